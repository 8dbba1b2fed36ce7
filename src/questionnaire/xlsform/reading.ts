import { ownColumns, reservedQuestions } from '../check.ts'
import {
  type Condition,
  conditionSchema,
  type Question,
  type Questionnaire,
  type Section,
} from '../definition.ts'
import { type Extras, extrasOf } from './extras.ts'
import type { List } from './lists.ts'
import { codeFor } from './names.ts'
import { type Code, type Note, note } from './notes.ts'
import { readRelevant, type Target } from './relevant.ts'
import { writeRelevant } from './showIf.ts'
import type { Line } from './table.ts'
import { isNo } from './tree.ts'
import { type Wording, wordingOf } from './wording.ts'

/** What is known while a form is read from top to bottom. */
export type Reading = {
  sheet: string
  source: string
  languages: string[]
  lists: Map<string, List>
  usedLists: Set<string>
  /** Every name of the survey, read or still to come. */
  names: Set<string>
  targets: Map<string, Target | Code>
  /** What the file calls a question or a row of it, by "code" or "code.item". */
  nameOf: Map<string, string>
  /** Question codes and their rows. */
  rows: Map<string, number>
  /** Section codes and the rows where their groups begin. */
  sectionRows: Map<string, number>
  sections: Section[]
  losses: Note[]
  wording: Wording
}

export function startReading(
  base: Pick<Reading, 'sheet' | 'source' | 'languages' | 'lists' | 'names' | 'losses'>,
): Reading {
  return {
    ...base,
    usedLists: new Set(),
    targets: new Map(),
    nameOf: new Map(),
    rows: new Map(),
    sectionRows: new Map(),
    sections: [],
    wording: wordingOf(base.sheet, base.source),
  }
}

export const tell = (
  reading: Reading,
  code: Code,
  line: Line,
  values: Record<string, string | number> = {},
  column?: string,
): void => {
  const header = column === undefined ? undefined : line.header(column)
  reading.losses.push(note(code, { sheet: reading.sheet, row: line.row, column: header }, values))
}

export const extras = (reading: Reading, line: Line): Extras =>
  extrasOf(line, (column, value) => tell(reading, 'extraLost', line, { column, value }, column))

/** Names that would meet a column of an export or a field of a page. */
const reserved = new Set([...reservedQuestions, ...ownColumns, 'id', 'response'])

/** The code that a question of this name gets; told when it is another. */
export function questionCode(reading: Reading, line: Line, name: string): string {
  const code = codeFor(name, (one) => reserved.has(one) || reading.rows.has(one), 'q')
  if (code !== name) tell(reading, 'renamed', line, { name, code }, 'name')
  reading.rows.set(code, line.row)
  reading.nameOf.set(code, name)
  return code
}

/** The words of a label, and what there is to tell of them. */
export function label(reading: Reading, line: Line, stand: string) {
  const { text, notes } = reading.wording.fill(line.text('label'), stand, line)
  reading.losses.push(...notes)
  return text
}

export function hint(reading: Reading, line: Line) {
  const given = line.text('hint')
  if (!given) return undefined
  const { text, notes } = reading.wording.fill(given, '', line, 'hint')
  reading.losses.push(...notes)
  return text
}

/** The condition of a row: undefined when it is always shown, never when nobody would see it. */
export function showIf(reading: Reading, line: Line): Condition | 'never' | undefined {
  const cell = line.cell('relevant')
  if (cell === '') return undefined
  const own = ownCondition(reading, line, cell)
  if (own) return own
  const meaning = readRelevant(
    cell,
    (name) => reading.targets.get(name) ?? (reading.names.has(name) ? 'conditionLater' : 'conditionUnknown'),
  )
  if ('condition' in meaning) return meaning.condition
  if ('always' in meaning) return meaning.always ? undefined : 'never'
  tell(reading, meaning.code, line, { ...meaning.values, value: cell }, 'relevant')
  return undefined
}

/** Our own form of the condition, as long as it still says what the XPath beside it says. */
function ownCondition(reading: Reading, line: Line, cell: string): Condition | undefined {
  const { json } = extras(reading, line)
  const given = json('showIf')
  if (given === undefined) return undefined
  const parsed = conditionSchema.safeParse(given)
  if (!parsed.success) return undefined
  const soFar = { sections: reading.sections } as Questionnaire
  const name = (question: string, item?: string) =>
    reading.nameOf.get(item === undefined ? question : `${question}.${item}`) ?? ''
  return writeRelevant(parsed.data, soFar, name) === cell ? parsed.data : undefined
}

export const together = (conditions: (Condition | undefined)[]): Condition | undefined => {
  const all = conditions.filter((condition) => condition !== undefined)
  return all.length > 1 ? { all } : all[0]
}

/** Columns with a meaning here, whichever rows they are for. */
const meant = [
  'type',
  'name',
  'label',
  'hint',
  'required',
  'relevant',
  'constraint',
  'appearance',
  'parameters',
].concat(['choice_filter', 'disabled'])
const withoutCounterpart =
  /^(calculation|default|read_only|trigger|repeat_count|guidance_hint|constraint_message|required_message|media::.*|bind::.*|body::.*|control::.*|instance::.*|intent|autoplay|accuracythreshold|query|save_to|rows|count|jr:.*)$/

export const isSurveyColumn = (name: string): boolean =>
  meant.includes(name) || withoutCounterpart.test(name) || name.startsWith('heard::')

/** Tells of the filled cells that this row cannot keep. `kept`: what was read of the columns that only some rows have. */
export function tellLost(reading: Reading, line: Line, kept: readonly string[]): void {
  for (const { column, words } of line.filled()) {
    const { name, header } = column
    if (name === 'choice_filter') tell(reading, 'choiceFilter', line, { value: words }, name)
    else if (name === 'constraint' && !kept.includes(name))
      tell(reading, 'constraintLost', line, { value: words }, name)
    else if (name === 'appearance' && !kept.includes(name))
      tell(reading, 'appearanceLost', line, { appearance: words }, name)
    else if (name === 'parameters' && !kept.includes(name))
      tell(reading, 'parameterLost', line, { parameter: words }, name)
    else if (
      (withoutCounterpart.test(name) && !isNo(words)) ||
      (name === 'hint' && !kept.includes(name)) ||
      (name === 'required' && !kept.includes(name) && !isNo(words))
    )
      reading.losses.push(
        note(
          'columnLost',
          { sheet: reading.sheet, row: line.row, column: header },
          { column: header, value: words },
        ),
      )
  }
}

/** `key=value` pairs parted by spaces, commas or semicolons, keys in small letters. */
export const readParameters = (cell: string): Map<string, string> =>
  new Map(
    [...cell.matchAll(/([\w-]+)\s*=\s*([^\s,;]+)/g)].map(([, key = '', value = '']) => [
      key.toLowerCase(),
      value,
    ]),
  )

/** Puts a question into the section that is being read. */
export type Put = (question: Question) => void
