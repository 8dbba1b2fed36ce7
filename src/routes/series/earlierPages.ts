import { columnName } from '../../files/cells.ts'
import { pick, type Text } from '../../language/text.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { plain } from '../../response/earlier/plain.ts'
import {
  type EarlierMapping,
  isChosen,
  mostValues,
  type ReadEarlier,
  valuesOf,
} from '../../response/earlier/read.ts'
import { dateColumn, languageColumn, type Target, targetsOf } from '../../response/earlier/targets.ts'
import type { EarlierPage } from '../models/waves.ts'

type To = { lang: string; say: (key: string, values?: Record<string, number>) => string }

/** What columns can be, in the reader's words: title, then the row or option. */
export function targetChoices(questionnaire: Questionnaire, { lang, say }: To): EarlierPage['targets'] {
  const { source } = questionnaire
  const name = (text: Text) => pick(text, lang, source).words
  return [
    { to: dateColumn, words: say('waves.earlier.date'), code: '' },
    { to: languageColumn, words: say('waves.earlier.language'), code: '' },
    ...targetsOf(questionnaire).map(({ to, title, part, how, place }) => ({
      to,
      words: [
        name(title),
        part && name(part),
        how === 'list' && say('waves.earlier.list'),
        how === 'order' && say('waves.earlier.ordered'),
        place && say('waves.earlier.place', { n: place }),
      ]
        .filter(Boolean)
        .join(' – '),
      code: to,
    })),
  ]
}

/** Each column as the file has it, with what it is taken for and what its values stand for. */
export function columnsOf(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  mapping: EarlierMapping,
  questionnaire: Questionnaire,
  { lang, say }: To,
): EarlierPage['columns'] {
  const targets = new Map(targetsOf(questionnaire).map((target) => [target.to, target]))
  return headings.map((heading, at) => {
    const use = mapping.columns[at] ?? { to: '', values: {} }
    const target = targets.get(use.to)
    const values = target && isChosen(target) ? valuesOf(rows, at, target) : []
    return {
      at,
      letter: columnName(at),
      heading: heading.slice(0, 200),
      sample: [...new Set(rows.slice(0, 200).map((row) => (row[at] ?? '').trim().slice(0, 60)))]
        .filter(Boolean)
        .slice(0, 3),
      to: use.to,
      values: values.slice(0, mostValues).map(({ value, n }) => ({
        value: value.slice(0, 200),
        n,
        code: use.values[plain(value)] ?? '',
      })),
      more: Math.max(0, values.length - mostValues),
      choices: target ? choicesOf(target, questionnaire.source, { lang, say }) : [],
    }
  })
}

function choicesOf(target: Target, source: string, { lang, say }: To) {
  if (target.how === 'tick')
    return [
      { code: '1', words: say('waves.earlier.chosen') },
      { code: '0', words: say('waves.earlier.notChosen') },
    ]
  return target.choices.map(({ code, label }) => ({
    code,
    words: pick(label, lang, source).words || code,
  }))
}

/** What would be taken, and what not. */
export const countsOf = (read: ReadEarlier, shown: number): EarlierPage['counts'] => ({
  good: read.settled.length,
  bad: read.problems.length,
  dropped: read.dropped,
  leftOut: [...read.leftOut.values()].reduce((sum, n) => sum + n, 0),
  problems: read.problems.slice(0, shown),
})
