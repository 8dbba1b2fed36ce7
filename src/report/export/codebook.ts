import type { Text } from '../../language/text.ts'
import { words } from '../../language/text.ts'
import { type Question, type Questionnaire, questions } from '../../questionnaire/definition.ts'
import type { CodebookRow } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { guardCell } from '../../response/formula.ts'
import type { Versions } from '../../response/recount.ts'
import { newestFirst, wideColumns } from './columns.ts'

/** What one value of one column means, before it is laid out as cells. */
type Meaning = CodebookRow & {
  question: string
  title: string
  kind: string
  cites: readonly string[]
  bank: string
}

/** The columns that are no question's: what they hold, and the values that say more than themselves. */
const own: CodebookRow[] = [
  { column: 'language', value: '', label: { en: 'Language of the form (BCP 47 tag)' } },
  { column: 'channel', value: '', label: { en: 'How the answer reached us' } },
  { column: 'channel', value: 'web', label: { en: 'On the website' } },
  { column: 'channel', value: 'paper', label: { en: 'On paper' } },
  { column: 'channel', value: 'kiosk', label: { en: 'On a shared device' } },
  { column: 'channel', value: 'import', label: { en: 'Read from a file' } },
  { column: 'version', value: '', label: { en: 'Version of the questionnaire that was answered' } },
  { column: 'hour', value: '', label: { en: 'Hour in which it was sent, in UTC' } },
]

/**
 * What the columns of the wide CSV and their values mean, as rows with a header: column, question, title, kind,
 * value, one label column per language, cites, bank, versions. Rows stand in the order of the wide CSV's columns. A
 * value whose meaning changed between versions has a row for each meaning; `versions` says which ones had it.
 */
export function codebook(versions: Versions): string[][] {
  const languages = [...new Set(newestFirst(versions).flatMap(([, { languages: offered }]) => offered))]
  const header = [
    ...['column', 'question', 'title', 'kind', 'value'],
    ...languages.map((tag) => `label.${tag}`),
    ...['cites', 'bank', 'versions'],
  ]
  const rows = new Map<string, { meaning: Meaning; versions: number[] }>()
  for (const [number, questionnaire] of newestFirst(versions)) {
    for (const meaning of meanings(questionnaire)) {
      const key = JSON.stringify(meaning)
      const known = rows.get(key)
      if (known) known.versions.unshift(number)
      else rows.set(key, { meaning, versions: [number] })
    }
  }
  const place = new Map(wideColumns(versions).map((column, index) => [column, index]))
  const placed = [...rows.values()].sort(
    (a, b) => (place.get(a.meaning.column) ?? 0) - (place.get(b.meaning.column) ?? 0),
  )
  return [
    header,
    ...placed.map(({ meaning, versions: having }) =>
      [
        ...[meaning.column, meaning.question, meaning.title, meaning.kind, meaning.value],
        ...languages.map((tag) => meaning.label[tag] ?? ''),
        ...[meaning.cites.join(' '), meaning.bank, having.join(' ')],
      ].map(guardCell),
    ),
  ]
}

function meanings(questionnaire: Questionnaire): Meaning[] {
  const blank = { question: '', title: '', kind: '', cites: [], bank: '' }
  return [
    ...own.map((row) => ({ ...blank, ...row })),
    ...questions(questionnaire).flatMap((question) => {
      const kind = kindOf(question)
      const about = { question: question.code, title: titleOf(question, questionnaire), kind: kind.name }
      return kind.codebook(question).map((row) => ({ ...row, ...about, ...citedBy(question, row) }))
    }),
  ]
}

const titleOf = (question: Question, { source }: Questionnaire): string =>
  words(question.title as Text, source, source)

/** What the option or item that a row is about cites; the question's own citations where it cites nothing. */
function citedBy(question: Question, { column, value }: CodebookRow): Pick<Meaning, 'cites' | 'bank'> {
  const { options = [], items = [] } = kindOf(question).outline(question)
  const part = [...options, ...items].find(
    ({ code }) => column === `${question.code}.${code}` || (column === question.code && value === code),
  )
  return {
    cites: part?.cites ?? question.cites ?? [],
    bank: part?.bank ?? question.bank ?? '',
  }
}
