import { match } from '../language/tags.ts'
import type { Text } from '../language/text.ts'
import { readEmail } from './people.ts'

/** Somebody whom a survey is sent to; `school` and `group` may be ''. */
export type ListedContact = { email: string; language: string; school: string; group: string }

export const contactFields = ['email', 'language', 'school', 'group'] as const
export type ContactField = (typeof contactFields)[number]
/** Which column (0 the first) holds what; undefined: none. */
export type Mapping = Partial<Record<ContactField, number>>

/** Why a row cannot be used. `row` counts from 1, as a spreadsheet shows it. */
export type RowProblem = {
  row: number
  code: 'noEmail' | 'email' | 'twice' | 'school' | 'group'
  value: string
}

type Labelled = { code: string; label: Text }
export type Offered = {
  schools: readonly Labelled[]
  groups: readonly Labelled[]
  /** Those of the survey, each by the names that people write for it. */
  languages: readonly { tag: string; names: string[] }[]
  /** For whoever has none that is offered. */
  fallback: string
}

/** As people write the same thing: case, accents' encoding and spaces apart. */
const plain = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

const names: Record<ContactField, RegExp> = {
  email: /^(e-?mail|mail|correo|courriel)|e-?mail/,
  language: /lang|idioma|langue|lingua/,
  school: /school|escuela|campus|building|site/,
  group: /group|grupo|role|audience|stakeholder/,
}

/** What the columns hold, judged by the first row, and by where addresses stand. `header`: the first row is no person. */
export function guessMapping(rows: readonly (readonly string[])[]): { header: boolean; mapping: Mapping } {
  const [first = []] = rows
  const header = !first.some((cell) => readEmail(cell) !== undefined)
  const mapping: Mapping = {}
  if (header)
    for (const field of contactFields) {
      const at = first.findIndex(
        (cell, column) => names[field].test(plain(cell)) && !Object.values(mapping).includes(column),
      )
      if (at >= 0) mapping[field] = at
    }
  if (mapping.email === undefined) {
    const sample = rows.slice(header ? 1 : 0, 50)
    const width = Math.max(0, ...sample.map((row) => row.length))
    const hits = Array.from(
      { length: width },
      (_, column) => sample.filter((row) => readEmail(row[column] ?? '') !== undefined).length,
    )
    const most = Math.max(0, ...hits)
    if (most > 0) mapping.email = hits.indexOf(most)
  }
  return { header, mapping }
}

export type ReadContacts = {
  contacts: ListedContact[]
  problems: RowProblem[]
  /** Addresses that are on the list already. */
  known: number
  /** Languages that the survey is not offered in, as written, with how many rows have them. */
  elsewhere: Map<string, number>
}

/**
 * Reads rows, some at a time: `take` them with the number of the first, and `read` fills. Blank rows are passed over.
 * `listed` are the addresses on the list already.
 */
export function contactReader(mapping: Mapping, offered: Offered, listed: ReadonlySet<string>) {
  const read: ReadContacts = { contacts: [], problems: [], known: 0, elsewhere: new Map() }
  const seen = new Set<string>()
  const schools = byName(offered.schools)
  const groups = byName(offered.groups)
  const languages = new Map(
    offered.languages.flatMap(({ tag, names: written }) =>
      [tag, ...written].map((name) => [plain(name), tag] as const),
    ),
  )
  const tags = offered.languages.map(({ tag }) => tag)

  function languageOf(written: string): string {
    if (written === '') return offered.fallback
    const found =
      languages.get(plain(written)) ??
      (/^[a-z]{2,3}([-_]\w+)*$/i.test(written) ? match([written.replace('_', '-')], tags) : undefined)
    if (found) return found
    const said = written.slice(0, 40)
    read.elsewhere.set(said, (read.elsewhere.get(said) ?? 0) + 1)
    return offered.fallback
  }

  function takeRow(row: readonly string[], number: number): void {
    if (row.every((cell) => cell.trim() === '')) return
    const cell = (field: ContactField) => (row[mapping[field] ?? -1] ?? '').trim()
    const tell = (code: RowProblem['code'], value: string) =>
      read.problems.push({ row: number, code, value: value.slice(0, 80) })
    const typed = cell('email')
    if (typed === '') return void tell('noEmail', '')
    const email = readEmail(typed)
    if (email === undefined) return void tell('email', typed)
    if (seen.has(email)) return void tell('twice', email)
    seen.add(email)
    const school = cell('school') === '' ? '' : schools.get(plain(cell('school')))
    if (school === undefined) return void tell('school', cell('school'))
    const group = cell('group') === '' ? '' : groups.get(plain(cell('group')))
    if (group === undefined) return void tell('group', cell('group'))
    if (listed.has(email)) read.known++
    else read.contacts.push({ email, language: languageOf(cell('language')), school, group })
  }

  return {
    read,
    take: (rows: readonly (readonly string[])[], first: number): void =>
      rows.forEach((row, at) => {
        takeRow(row, first + at)
      }),
  }
}

const byName = (list: readonly Labelled[]): Map<string, string> =>
  new Map(
    list.flatMap(({ code, label }) =>
      [code, ...Object.values(label)].map((name) => [plain(name), code] as const),
    ),
  )
