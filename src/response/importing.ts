import { match } from '../language/tags.ts'
import { ownColumns } from '../questionnaire/check.ts'
import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Answer } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { unguardCell } from './formula.ts'
import { readHour } from './hour.ts'
import type { Versions } from './recount.ts'
import type { Answers, Channel, Settled } from './response.ts'
import { type Circumstances, settle } from './settle.ts'
import { wayThrough } from './walk.ts'

/**
 * What a file is read by: the survey's versions, and what stands in for cells that are empty or not there.
 * `current`: the version for rows that name none. `hour`: epoch milliseconds, for rows that name none.
 */
export type Reading = { versions: Versions; current: number; hour: number }

/** A header that was understood: the names of the file's columns, in its order, and how each version reads them. */
export type Header = {
  columns: readonly string[]
  reading: Reading
  columnsOf: (version: number) => Columns
  /** What rows with these cells of their own are: the version's questionnaire, language, channel and hour. */
  seen: Map<string, Pick<Given, 'questionnaire' | 'about'>>
}

/**
 * What is wrong, for a page to say in the reader's language: wording keys `importFault.<code>`, the column, what stands
 * in it, and what may.
 */
export type ToldFault = {
  code:
    | 'noName'
    | 'unknown'
    | 'twice'
    | 'noQuestion'
    | 'cells'
    | 'language'
    | 'channel'
    | 'hour'
    | 'version'
    | 'notAsked'
    | 'answer'
    | 'long'
  column: string
  value: string
  may: string
}
/** The same for programs and the command line (`faults`, English) and for pages (`told`), in the same order. */
export type Faulty = { faults: string[]; told: ToldFault[] }

/** Of a row: how many answers it lost to the path, and how many rankings end before they say they do. */
export type Lost = { dropped: number; cut: number }

/** One row: a response ready to be kept and what it lost, or everything that is wrong. */
export type ImportedRow = ({ settled: Settled } & Lost) | Faulty

/** Gathers faults, each once. */
function faultList() {
  const found = new Map<string, ToldFault>()
  return {
    add(english: string, code: ToldFault['code'], column = '', value = '', may = ''): void {
      if (!found.has(english)) found.set(english, { code, column, value, may })
    },
    size: () => found.size,
    all: (): Faulty => ({ faults: [...found.keys()], told: [...found.values()] }),
  }
}

const channels: readonly Channel[] = ['web', 'paper', 'kiosk', 'import']

/** Columns that other programs add to number their rows. We keep no such numbers, so they are passed over. */
const passedOver = ['id', 'response']

const questionColumns = (questionnaire: Questionnaire): string[] =>
  questions(questionnaire).flatMap((question) =>
    kindOf(question)
      .columns(question)
      .map(({ name }) => name),
  )

/** Reads the first row of a wide CSV. Every column must be one that an export of this survey has. */
export function readHeader(cells: readonly string[], reading: Reading): Header | Faulty {
  const columns = cells.map((cell) => cell.trim())
  const asked = new Set([...reading.versions.values()].flatMap(questionColumns))
  const known = new Set([...ownColumns, ...passedOver, ...asked])
  const faults = faultList()
  for (const [index, name] of columns.entries()) {
    if (name === '') faults.add(`column ${index + 1} has no name`, 'noName', String(index + 1))
    else if (!known.has(name)) faults.add(`this survey has no column "${name}"`, 'unknown', name)
    else if (columns.indexOf(name) < index) faults.add(`the column "${name}" stands twice`, 'twice', name)
  }
  if (faults.size() === 0 && !columns.some((name) => asked.has(name)))
    faults.add('no column belongs to a question of this survey', 'noQuestion')
  if (faults.size() > 0) return faults.all()
  const made = new Map<number, Columns>()
  const columnsOf = (version: number): Columns => {
    const known = made.get(version) ?? columnsOfVersion(columns, reading.versions.get(version))
    made.set(version, known)
    return known
  }
  return { columns, reading, columnsOf, seen: new Map() }
}

/** The cells of one question read as its answer. */
type Cells = { answer?: Answer | undefined; fault?: string | undefined; cut?: boolean }

/** Where in a row a version finds the cells of each question, and the columns that it does not ask. */
type Columns = {
  asked: {
    question: Question
    at: readonly number[]
    read: (row: readonly string[], language: string) => Cells
  }[]
  others: readonly { at: number; name: string }[]
  at: { version: number; language: number; channel: number; hour: number }
}

/** Combinations of cells that are kept read, for each question: most of a million rows say what others said. */
const mostReady = 3_000

function columnsOfVersion(columns: readonly string[], questionnaire: Questionnaire | undefined): Columns {
  const place = new Map(columns.map((name, at) => [name, at]))
  const find = (name: string) => place.get(name) ?? -1
  const own = new Set([...ownColumns, ...passedOver])
  const asked = (questionnaire ? questions(questionnaire) : []).map((question) => {
    const kind = kindOf(question)
    const names = kind.columns(question).map(({ name }) => name)
    for (const name of names) own.add(name)
    const here = names.filter((name) => place.has(name))
    const at = here.map(find)
    const fresh = (row: readonly string[], language: string): Cells => {
      // Without a prototype, so that a question called "constructor" finds no cell that is not in the file.
      const cells: Record<string, string> = Object.create(null)
      for (const [index, name] of here.entries()) cells[name] = unguardCell(row[at[index] ?? -1] ?? '')
      const { answer, problem, cut = false } = kind.fromCells(question, cells, language)
      if (problem !== undefined) return { fault: problem }
      if (answer === undefined || kind.fits(question, answer)) return { answer, cut }
      return { fault: `the cells of ${question.code} are not an answer to it` }
    }
    // Words are hardly ever said twice.
    return { question, at, read: kind.measure === 'words' ? fresh : readOnce(at, fresh) }
  })
  return {
    asked,
    others: columns.flatMap((name, at) => (own.has(name) ? [] : [{ at, name }])),
    at: {
      version: find('version'),
      language: find('language'),
      channel: find('channel'),
      hour: find('hour'),
    },
  }
}

/** What was read of cells, found by the cells one after the other: joining them to one text would take longer. */
type Twig = { read: Cells | undefined; next: Map<string, Twig> }

/** Reads the same cells once; the answer is then shared by all who gave it, and so cannot be changed any more. */
function readOnce(
  at: readonly number[],
  fresh: (row: readonly string[], language: string) => Cells,
): (row: readonly string[], language: string) => Cells {
  const root: Twig = { read: undefined, next: new Map() }
  let ready = 0
  return (row, language) => {
    let twig: Twig | undefined = root
    for (const place of at) {
      twig = twig.next.get(row[place] ?? '')
      if (!twig) break
    }
    if (twig?.read) return twig.read
    const read = fresh(row, language)
    if (read.fault === undefined && ready < mostReady) {
      ready++
      freeze(read.answer)
      twigAt(root, row, at).read = read
    }
    return read
  }
}

function twigAt(root: Twig, row: readonly string[], at: readonly number[]): Twig {
  let here = root
  for (const place of at) {
    const cell = row[place] ?? ''
    const next: Twig = here.next.get(cell) ?? { read: undefined, next: new Map() }
    // The engine may keep a longer cell as a view on the text that it was cut from: a quarter of a megabyte.
    if (!here.next.has(cell)) here.next.set(cell.length < 13 ? cell : structuredClone(cell), next)
    here = next
  }
  return here
}

function freeze(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return
  for (const part of Object.values(answer)) freeze(part)
  Object.freeze(answer)
}

type Given = {
  questionnaire: Questionnaire
  answers: Answers
  given: number
  cut: number
  about: Circumstances
}

/** Reads one row of a wide CSV; its cells stand in the order of the header. */
export function readRow(row: readonly string[], header: Header): ImportedRow {
  const read = readGiven(row, header)
  if ('faults' in read) return read
  const settled = settle(read.questionnaire, read.answers, read.about)
  return { settled, dropped: read.given - Object.keys(settled.answers).length, cut: read.cut }
}

/** As readRow, for who wants to know what is wrong, and keeps nothing of the row. */
export function checkRow(row: readonly string[], header: Header): Lost | Faulty {
  const read = readGiven(row, header)
  if ('faults' in read) return read
  const { answers } = wayThrough(read.questionnaire, read.answers)
  return { dropped: read.given - Object.keys(answers).length, cut: read.cut }
}

/** Nearly every row has the version, language, channel and hour of others, and no fault. */
function readGiven(row: readonly string[], header: Header): Given | Faulty {
  const { columns, reading, columnsOf, seen } = header
  const { at } = columnsOf(reading.current)
  const own = `${row[at.version]}\0${row[at.language]}\0${row[at.channel]}\0${row[at.hour]}`
  const known = row.length === columns.length ? seen.get(own) : undefined
  if (!known) {
    const read = readClosely(row, header)
    if (!('faults' in read) && seen.size < mostReady) {
      const { questionnaire, about } = read
      seen.set(own, { questionnaire, about })
    }
    return read
  }
  const { questionnaire, about } = known
  const { asked, others } = columnsOf(about.version)
  const answers: Answers = {}
  let given = 0
  let lost = 0
  for (const { question, read } of asked) {
    const { answer, fault, cut } = read(row, about.language)
    if (fault !== undefined) return readClosely(row, header)
    if (cut) lost++
    if (answer === undefined) continue
    answers[question.code] = answer
    given++
  }
  for (const { at } of others) if (row[at] !== '') return readClosely(row, header)
  return { questionnaire, answers, given, cut: lost, about }
}

function readClosely(row: readonly string[], { columns, reading, columnsOf }: Header): Given | Faulty {
  const faults = faultList()
  if (row.length !== columns.length) {
    const [has, may] = [String(row.length), String(columns.length)]
    faults.add(`it has ${has} cells, but the header has ${may}`, 'cells', '', has, may)
    return faults.all()
  }
  const { at } = columnsOf(reading.current)
  const own = (index: number): string => unguardCell(row[index] ?? '').trim()
  const version = readVersion(own(at.version), reading)
  if (typeof version === 'string') {
    faults.add(version, 'version', 'version', own(at.version), [...reading.versions.keys()].sort().join(', '))
    return faults.all()
  }
  const { number, questionnaire } = version
  const named = own(at.language) || questionnaire.source
  // Another tool may say zh or es-MX for the language that the survey calls zh-Hans or es.
  const offered = questionnaire.languages
  const language = offered.includes(named) ? named : (match([named], offered) ?? named)
  if (!offered.includes(language))
    faults.add(
      `column language: "${language}" is not offered (it is one of ${questionnaire.languages.join(', ')})`,
      ...(['language', 'language', language, questionnaire.languages.join(', ')] as const),
    )
  const channel = own(at.channel) || 'import'
  if (!isChannel(channel))
    faults.add(
      `column channel: "${channel}" is not one of ${channels.join(', ')}`,
      ...(['channel', 'channel', channel, channels.join(', ')] as const),
    )
  const hour = own(at.hour) ? readHour(own(at.hour)) : reading.hour
  if (hour === undefined)
    faults.add(
      `column hour: "${own(at.hour)}" is not a time such as 2021-05-12T19:00Z`,
      ...(['hour', 'hour', own(at.hour), '2021-05-12T19:00Z'] as const),
    )
  const { asked, others } = columnsOf(number)
  const answers: Answers = {}
  let given = 0
  let lost = 0
  for (const { question, read } of asked) {
    const { answer, fault, cut } = read(row, language)
    if (cut) lost++
    const most = fault && mostIn(fault)
    if (most) faults.add(fault, 'long', question.code, '', most)
    else if (fault !== undefined) faults.add(fault, 'answer', question.code, valueIn(fault))
    else if (answer !== undefined) {
      answers[question.code] = answer
      given++
    }
  }
  for (const { at, name } of others)
    if (row[at] !== '')
      faults.add(
        `column ${name}: version ${number} does not ask this, so the cell must be empty`,
        ...(['notAsked', name, row[at] ?? '', String(number)] as const),
      )
  if (faults.size() > 0 || hour === undefined || !isChannel(channel)) return faults.all()
  return { questionnaire, answers, given, cut: lost, about: { version: number, language, channel, hour } }
}

/** What a kind says stands in the cell: between the quotation marks. */
const valueIn = (fault: string): string => /^"(.*)" (?:in|is) /s.exec(fault)?.[1] ?? ''

/** How many characters a kind says are the most. */
const mostIn = (fault: string): string | undefined => / is longer than (\d+) characters$/.exec(fault)?.[1]

const isChannel = (value: string): value is Channel => (channels as readonly string[]).includes(value)

function readVersion(
  cell: string,
  { versions, current }: Reading,
): { number: number; questionnaire: Questionnaire } | string {
  const number = cell === '' ? current : /^\d{1,6}$/.test(cell) ? Number(cell) : Number.NaN
  const questionnaire = versions.get(number)
  if (questionnaire) return { number, questionnaire }
  return `column version: "${cell}" is not a version of this survey (it has ${[...versions.keys()].sort((a, b) => a - b).join(', ')})`
}
