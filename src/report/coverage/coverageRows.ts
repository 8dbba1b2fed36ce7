import { pick } from '../../language/text.ts'
import { guardCell } from '../../response/formula.ts'
import type { Ask } from './asks.ts'
import type { Coverage } from './coverage.ts'

const head = [
  'plan',
  'priority',
  'kind',
  'code',
  'text',
  'standing',
  'half',
  'population',
  'groups_not_asked',
  'survey',
  'under_work',
  'question',
  'item',
  'wording',
]

/**
 * The coverage as rows of a CSV, its head first: a row for each half and population of an element and each item that
 * measures it (or one without an item); then the items that measure nothing, with an empty code.
 */
export function coverageRows(found: Coverage, plan: string, lang: string): string[][] {
  const asked = (ask: Ask | undefined): string[] =>
    ask
      ? [
          ask.survey.slug,
          ask.survey.work ? 'yes' : 'no',
          ask.question,
          ask.item ?? '',
          pick(ask.words, lang, ask.survey.questionnaire.source).words,
        ]
      : ['', '', '', '', '']
  const rows = found.priorities.flatMap(({ code: priority, rows }) =>
    rows.flatMap(({ kind, code, text, standing, needs, asks }) => {
      const start = [plan, priority ?? '', kind, code, pick(text, lang).words, standing]
      const lines = (list: Ask[], rest: string[]) =>
        (list.length > 0 ? list : [undefined]).map((ask) => [...start, ...rest, ...asked(ask)])
      return needs.length > 0
        ? needs.flatMap((need) =>
            lines(need.asks, [need.part?.code ?? '', need.population ?? '', need.missing.join(' ')]),
          )
        : lines(asks, ['', '', ''])
    }),
  )
  const beside = found.surveys.flatMap(({ beside }) =>
    beside.map((ask) => [plan, '', 'item', '', '', 'beside', '', '', '', ...asked(ask)]),
  )
  return [head, ...[...rows, ...beside].map((row) => row.map(guardCell))]
}
