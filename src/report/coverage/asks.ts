import type { Text } from '../../language/text.ts'
import type { Bank, Measure } from '../../questionnaire/bank/bank.ts'
import type { Item, Option, Question, Questionnaire } from '../../questionnaire/definition.ts'
import { groupsAsked } from '../../questionnaire/groupsAsked.ts'
import { kinds } from '../../questionnaire/kinds.ts'

/** A survey as the coverage of a plan sees it: published, or still under work. */
export type CoveredSurvey = { key: string; slug: string; work: boolean; questionnaire: Questionnaire }

/** One thing that a survey asks: a row of a grid, or a whole question. */
export type Ask = {
  survey: CoveredSurvey
  section: string
  question: string
  item: string | undefined
  words: Text
  /** Only words can be answered: it says something of the plan, and measures no share. */
  open: boolean
  /** Groups of the district that are asked. */
  groups: string[]
  /** What of the plan it measures. `part` undefined: the survey does not say which half. */
  measures: Pick<Measure, 'code' | 'part'>[]
  /** What its section is about, by code. */
  about: string[]
}

/**
 * Everything that a survey asks, but for who people are and for comments that explain an answer. A survey of this
 * plan says itself what it measures; of another, only what the bank knows of its items counts, since the same code
 * means something else there.
 */
export function asksOf(
  survey: CoveredSurvey,
  to: { plan: string; bank: Bank; groups: readonly string[] },
): Ask[] {
  const { questionnaire } = survey
  const own = questionnaire.plan === to.plan
  const asked = groupsAsked(questionnaire, to.groups)
  const known = new Map(to.bank.items.map((item) => [item.code, item.measures]))
  const measured = (bank: string | undefined, cites: string[]): Ask['measures'] => {
    const fromBank = (known.get(bank ?? '') ?? []).filter(({ plan }) => plan === to.plan)
    if (!own) return fromBank
    return [...new Set(cites)].flatMap((code): Ask['measures'] => {
      const parts = fromBank.filter((one) => one.code === code)
      return parts.length > 0 ? parts : [{ code, part: undefined }]
    })
  }
  return questionnaire.sections.flatMap((section) =>
    section.questions
      .filter(({ attribute, about }) => attribute === undefined && about === undefined)
      .flatMap((question) => {
        const made = (item: Item | undefined): Ask => ({
          survey,
          section: section.code,
          question: question.code,
          item: item?.code,
          words: item?.label ?? question.title,
          open: kinds.get(question.kind)?.measure === 'words',
          groups: [...(asked.get(question.code) ?? [])],
          measures: measured(item ? item.bank : question.bank, [
            ...(item?.cites ?? []),
            ...(question.cites ?? []),
            ...(item ? [] : optionsOf(question).flatMap(({ cites }) => cites ?? [])),
          ]),
          about: own ? (section.cites ?? []) : [],
        })
        return question.kind === 'grid' ? ((question.items ?? []) as Item[]).map(made) : [made(undefined)]
      }),
  )
}

const optionsOf = (question: Question): Option[] => (question.options ?? []) as Option[]
