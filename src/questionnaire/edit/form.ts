import type { Text } from '../../language/text.ts'
import { one } from '../choices.ts'
import type { Item, Option } from '../definition.ts'
import { westernDigits } from '../digits.ts'
import type { FormBody } from '../kind.ts'
import { type Coded, codeFault, codeFrom, keptParts } from './codes.ts'

/** What is wrong with a field of the builder, worded `build.problem.<code>`. */
export type Fault = { field: string; code: string; values?: Record<string, string | number> }

/**
 * A form of the builder as it arrived. Readers take from it, and put into `faults` what cannot be taken, and into
 * `renamed` the options, items and points that got another code.
 */
export type Form = {
  body: FormBody
  /** Languages whose fields stand on the form; words in the others stay as they are. */
  tags: readonly string[]
  source: string
  /** Codes of this question's parts that were published. */
  frozen: ReadonlySet<string>
  faults: Fault[]
  renamed: Map<string, string>
  /** Codes of the rows of a list, by the number that each row has on the form. */
  rows: Map<string, string>
}

export const readForm = (
  body: FormBody,
  tags: readonly string[],
  source: string,
  frozen: ReadonlySet<string> = new Set(),
): Form => ({ body, tags, source, frozen, faults: [], renamed: new Map(), rows: new Map() })

/** A line of a quick list: the words of one option or item. */
export type Line = Text

/** A text that the interface has ready in the questionnaire's languages, by the wording `build.preset.<key>`. */
export type Preset = (key: string) => Text

const has = (form: Form, name: string): boolean => Object.hasOwn(form.body, name)

/** Words as typed, line ends made one. */
const typedWords = (form: Form, name: string): string => {
  const value = form.body[name]
  return (typeof value === 'string' ? value : '').replace(/\r\n?/g, '\n').trim()
}

/** A text with the typed words in the languages of the form; blank takes the language out. */
export function typedText(form: Form, name: string, before: Text = {}): Text {
  const changed = form.tags.flatMap((tag): [string, string | undefined][] =>
    has(form, `${name}.${tag}`) ? [[tag, typedWords(form, `${name}.${tag}`) || undefined]] : [],
  )
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(changed) }).flatMap(([tag, words]) =>
      words === undefined ? [] : [[tag, words]],
    ),
  )
}

/** A text that may be left out: undefined when no language has words. */
export function typedTextOrNone(form: Form, name: string, before: Text | undefined): Text | undefined {
  const text = typedText(form, name, before)
  return Object.keys(text).length > 0 ? text : undefined
}

/** A tick. Absent means no, as forms send it. */
export const typedFlag = (form: Form, name: string): true | undefined =>
  one(form.body[name]) === 'yes' || undefined

/** A number, or undefined for a blank; what is none, or is out of bounds, is a fault and leaves `before`. */
export function typedNumber(
  form: Form,
  name: string,
  before: number | undefined,
  { least = -1e9, most = 1e9, whole = true }: { least?: number; most?: number; whole?: boolean } = {},
): number | undefined {
  if (!has(form, name)) return before
  const typed = westernDigits(one(form.body[name])).replace('−', '-').replace(',', '.')
  if (typed === '') return undefined
  const number = /^-?\d{1,10}(\.\d{1,6})?$/.test(typed) ? Number(typed) : Number.NaN
  if (Number.isNaN(number) || (whole && !Number.isInteger(number))) {
    form.faults.push({ field: name, code: whole ? 'whole' : 'number' })
    return before
  }
  if (number < least || number > most) {
    form.faults.push({ field: name, code: 'between', values: { least, most } })
    return before
  }
  return number
}

/** Codes typed with commas or spaces between them, or ticked. */
export function typedCodes(form: Form, name: string): string[] | undefined {
  const value = form.body[name]
  const codes = (Array.isArray(value) ? value : [value ?? ''])
    .flatMap((part) => (typeof part === 'string' ? part.split(/[\s,;،、]+/) : []))
    .filter(Boolean)
  return codes.length > 0 ? [...new Set(codes)] : undefined
}

/** Rows of one list: no form has more. */
const mostRows = 500

/**
 * The rows of a list of coded things, in the order of the form. A row says which thing it `was`; a new one with
 * words gets a code made of them. `change` reads what else stands in the row.
 */
export function typedRows<T extends Coded>(
  form: Form,
  list: string,
  before: readonly T[],
  change: (row: string, thing: T | { code: string; label: Text }) => T,
): T[] {
  const indices = Array.from({ length: mostRows }, (_, at) => at).filter((at) =>
    has(form, `${list}.${at}.label.${form.source}`),
  )
  if (indices.length === 0 && !has(form, `${list}.rows`)) return [...before]
  const kept = new Map(
    indices.map((at) => [at, before.find(({ code }) => code === one(form.body[`${list}.${at}.was`]))]),
  )
  const taken = new Set([...before.map(({ code }) => code), ...form.frozen, ...keptParts])
  const result: T[] = []
  for (const at of indices) {
    const row = `${list}.${at}`
    const thing = kept.get(at)
    const label = typedText(form, `${row}.label`, thing?.label as Text | undefined)
    if (!thing && Object.keys(label).length === 0) continue
    const fixed = thing && form.frozen.has(thing.code)
    const code = !thing
      ? newCode(form, label, taken, list)
      : fixed
        ? thing.code
        : typedCode(form, `${row}.code`, thing.code, taken)
    if (result.some((one) => one.code === code)) continue
    taken.add(code)
    if (thing && code !== thing.code) form.renamed.set(thing.code, code)
    form.rows.set(row, code)
    result.push({ ...change(row, thing ?? { code, label }), code, label })
  }
  return result
}

const newCode = (form: Form, label: Text, taken: ReadonlySet<string>, list: string): string =>
  codeFrom(label[form.source] ?? '', taken, list === 'items' ? 'item' : list === 'scale' ? 'point' : 'option')

/** The code of something that has one: as typed where it may change, else as it was. */
export function typedCode(form: Form, name: string, before: string, taken: Iterable<string>): string {
  const typed = one(form.body[name])
  if (!has(form, name) || typed === before) return before
  const fault = codeFault(
    typed,
    [...taken].filter((code) => code !== before),
  )
  if (!fault) return typed
  form.faults.push({ field: name, code: fault, values: { code: typed } })
  return before
}

const citing = (form: Form, row: string, before: object): string[] | undefined =>
  has(form, `${row}.cites`) ? typedCodes(form, `${row}.cites`) : (before as { cites?: string[] }).cites

/** Options, each with its words, chart label, what it cites, and whether it stays last or excludes the others. */
export const typedOptions = (form: Form, before: readonly Option[]): Option[] =>
  typedRows(form, 'options', before as (Option & Coded)[], (row, option) => ({
    ...option,
    short: typedTextOrNone(form, `${row}.short`, (option as Option).short),
    other: typedFlag(form, `${row}.other`),
    exclusive: typedFlag(form, `${row}.exclusive`),
    cites: citing(form, row, option),
  }))

export const typedItems = (form: Form, before: readonly Item[]): Item[] =>
  typedRows(form, 'items', before as (Item & Coded)[], (row, item) => ({
    ...item,
    short: typedTextOrNone(form, `${row}.short`, (item as Item).short),
    reversed: typedFlag(form, `${row}.reversed`),
    cites: citing(form, row, item),
  }))

/** Lines as options or items, under codes made of their words. */
export function linesToParts(
  lines: readonly Line[],
  before: readonly { code: string }[],
  source: string,
  otherwise: string,
): { code: string; label: Text }[] {
  const taken = new Set([...before.map(({ code }) => code), ...keptParts])
  return lines.map((label) => {
    const code = codeFrom(label[source] ?? '', taken, otherwise)
    taken.add(code)
    return { code, label }
  })
}
