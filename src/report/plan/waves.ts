import type { Item } from '../../questionnaire/definition.ts'
import { groupsAsked } from '../../questionnaire/groupsAsked.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { ReportSource } from '../source.ts'

/** A survey's counts with the time from which it was answered, epoch milliseconds. */
export type DatedSource = { source: ReportSource; at: number }

/** Surveys that tell together how things stood at one time. `at`: when the last of them began; it names the wave. */
export type Wave = { key: string; at: number; sources: ReportSource[] }

/**
 * Surveys put into waves, the earliest first. Surveys that began in one school year are one wave, since they ask
 * different people (families here, students there); but one that asks an item again of the same readers in the same
 * groups begins a wave of its own, so that nobody is added up twice. `yearOf` tells the school year of a time.
 */
export function wavesOf(surveys: readonly DatedSource[], yearOf: (at: number) => string): Wave[] {
  const waves: (Wave & { year: string; asked: Set<string> })[] = []
  for (const { source, at } of surveys.toSorted((a, b) => a.at - b.at)) {
    const year = yearOf(at)
    const asked = asking(source)
    const last = waves.at(-1)
    if (last && last.year === year && last.asked.isDisjointFrom(asked)) {
      last.sources.push(source)
      last.at = at
      for (const one of asked) last.asked.add(one)
    } else waves.push({ key: source.survey.slug, at, sources: [source], year, asked: new Set(asked) })
  }
  return waves.map(({ key, at, sources }) => ({ key, at, sources }))
}

/** What a survey asks of whom, as "item of the bank, group, readers". */
function asking({ questionnaire, district }: ReportSource): Set<string> {
  const groups = groupsAsked(
    questionnaire,
    district.groups.map(({ code }) => code),
  )
  const readers = questionnaire.readers ?? ''
  return new Set(
    questionnaire.sections.flatMap(({ questions }) =>
      questions.flatMap((question) => {
        const items: readonly Pick<Item, 'bank'>[] = kindOf(question).outline(question).items ?? []
        return [question, ...items].flatMap(({ bank }) =>
          bank === undefined
            ? []
            : [...(groups.get(question.code) ?? [])].map((group) => `${bank} ${group} ${readers}`),
        )
      }),
    ),
  )
}
