import { isDay } from './commitment.ts'
import {
  type Conversation,
  type ConversationKind,
  conversationKinds,
  longestTitle,
  mostMinutes,
  mostPeople,
} from './conversation.ts'

/** Something to tell about a row (as a spreadsheet numbers it; 0: the whole file); words: `talks.note.<code>`. */
export type ConversationNote = {
  row: number
  code:
    | 'noRows'
    | 'noHeader'
    | 'tooMany'
    | 'date'
    | 'kind'
    | 'title'
    | 'minutes'
    | 'people'
    | 'school'
    | 'language'
    | 'survey'
    | 'plan'
    | 'id'
    | 'twice'
    | 'passedOver'
  values: Record<string, string | number>
}

/** `id`: the one that a row replaces; undefined for a new one. */
export type ConversationRow = { id: number | undefined; conversation: Conversation }
export type ReadConversations = {
  rows: ConversationRow[]
  faults: ConversationNote[]
  notices: ConversationNote[]
}

/** What codes in the file may name. `ids`: conversations that are there. */
export type ConversationNames = {
  groups: readonly string[]
  schools: readonly string[]
  languages: readonly string[]
  surveys: readonly string[]
  plans: readonly string[]
  ids: ReadonlyMap<number, Conversation>
}

const mostRows = 5000
const fixed = [
  'id',
  'date',
  'kind',
  'minutes',
  'schools',
  'languages',
  'survey',
  'plan',
  'questions',
] as const
type Fixed = (typeof fixed)[number]

/** The log as rows with a header, for a spreadsheet and back. */
export function writeConversations(
  log: readonly (Conversation & { id: number })[],
  groups: readonly string[],
): string[][] {
  const tags = [...new Set(['en', ...log.flatMap(({ title }) => Object.keys(title))])]
  const present = [
    ...new Set([...groups, ...log.flatMap(({ attendance }) => Object.keys(attendance))]),
  ].filter((code) => code !== '')
  return [
    [
      ...fixed,
      ...tags.map((tag) => ['title', tag].join('.')),
      'people',
      ...present.map((code) => ['people', code].join('.')),
    ],
    ...log.map((one) => [
      ...[
        String(one.id),
        one.on,
        one.kind,
        String(one.minutes),
        one.schools.join(' '),
        one.languages.join(' '),
      ],
      ...[one.survey, one.plan, one.asks ? 'yes' : ''],
      ...tags.map((tag) => one.title[tag] ?? ''),
      ...['', ...present].map((code) => String(one.attendance[code] ?? '')),
    ]),
  ]
}

/**
 * Reads such rows; columns may stand in any order and all but the date and a title may be missing. A row with the id of
 * a conversation replaces it.
 */
export function readConversations(
  table: readonly (readonly string[])[],
  names: ConversationNames,
): ReadConversations {
  const faults: ConversationNote[] = []
  const notices: ConversationNote[] = []
  const none = { rows: [], faults, notices }
  const fault = (row: number, code: ConversationNote['code'], values: ConversationNote['values'] = {}) =>
    faults.push({ row, code, values })
  const [first, ...body] = table
  const header = (first ?? []).map((cell) => cell.trim().replace(/^\uFEFF/, ''))
  const lower = header.map((cell) => cell.toLowerCase())
  if (!lower.includes('date') || !lower.some((cell) => cell === 'title' || cell.startsWith('title.'))) {
    fault(0, header.some(Boolean) ? 'noHeader' : 'noRows')
    return none
  }
  if (body.length > mostRows) {
    fault(0, 'tooMany', { most: mostRows })
    return none
  }
  const known = (cell: string) =>
    (fixed as readonly string[]).includes(cell) || /^(title|people)(\.|$)/.test(cell) || cell === ''
  const passedOver = header.filter((_, at) => !known(lower[at] ?? ''))
  if (passedOver.length > 0)
    notices.push({ row: 1, code: 'passedOver', values: { columns: passedOver.slice(0, 20).join(', ') } })

  const seen = new Set<number>()
  const rows: ConversationRow[] = []
  body.forEach((cells, index) => {
    const row = index + 2
    if (cells.every((cell) => cell.trim() === '')) return
    const before = faults.length
    const cell = (name: Fixed) => (cells[lower.indexOf(name)] ?? '').trim()
    const bad = (code: ConversationNote['code'], words: string) =>
      fault(row, code, { cell: words.slice(0, 100) })
    const list = (name: 'schools' | 'languages', code: 'school' | 'language') => {
      const typed = cell(name)
        .split(/[\s,;|]+/)
        .filter(Boolean)
      for (const one of typed) if (!names[name].includes(one)) bad(code, one)
      return [...new Set(typed)]
    }
    const on = cell('date')
    if (!isDay(on)) bad('date', on)
    const kind = (cell('kind')
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-') || 'other') as ConversationKind
    if (!conversationKinds.includes(kind)) bad('kind', cell('kind'))
    const title: Record<string, string> = {}
    const attendance: Record<string, number> = {}
    lower.forEach((name, at) => {
      const typed = (cells[at] ?? '').trim()
      if (typed === '') return
      if (name === 'title' || name.startsWith('title.')) title[header[at]?.slice(6) || 'en'] = typed
      if (name !== 'people' && !/^people[.]/.test(name)) return
      const group = header[at]?.slice(7) ?? ''
      const n = count(typed, mostPeople)
      if (n === undefined || (group !== '' && !names.groups.includes(group)))
        bad('people', `${header[at]}: ${typed}`)
      else if (n > 0) attendance[group] = n
    })
    if (Object.keys(title).length === 0 || Object.values(title).some((one) => one.length > longestTitle))
      bad('title', Object.values(title)[0] ?? '')
    const minutes = cell('minutes') === '' ? 0 : count(cell('minutes'), mostMinutes)
    if (minutes === undefined) bad('minutes', cell('minutes'))
    const schools = list('schools', 'school')
    const languages = list('languages', 'language')
    const [survey, plan] = [cell('survey'), cell('plan')]
    if (survey && !names.surveys.includes(survey)) bad('survey', survey)
    if (plan && !names.plans.includes(plan)) bad('plan', plan)
    const id = cell('id') === '' ? undefined : Number(cell('id'))
    const old = id === undefined ? undefined : names.ids.get(id)
    if (id !== undefined && !old) bad('id', cell('id'))
    if (id !== undefined && seen.has(id)) bad('twice', cell('id'))
    if (id !== undefined) seen.add(id)
    if (faults.length > before) return
    const asks = /^(yes|y|1|true)$/i.test(cell('questions'))
    const sample = old?.sample ?? false
    rows.push({
      id,
      conversation: {
        ...{
          on,
          kind,
          title,
          minutes: minutes ?? 0,
          schools,
          attendance,
          languages,
          survey,
          plan,
          asks,
          sample,
        },
      },
    })
  })
  if (faults.length === 0 && rows.length === 0) fault(0, 'noRows')
  return { rows: faults.length > 0 ? [] : rows, faults, notices }
}

/** A whole number as people write it ("1,204"); undefined when it is none, or too large. */
export function count(typed: string, most: number): number | undefined {
  const digits = typed.replace(/(?<=\d)[,.\u00a0\u202f' ](?=\d{3}(\D|$))/g, '').replace(/[.,]0+$/, '')
  return /^\d{1,9}$/.test(digits) && Number(digits) <= most ? Number(digits) : undefined
}
