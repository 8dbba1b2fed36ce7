import { direction } from './tags.ts'
import type { LocaleFile } from './wording.ts'

/** How far a locale file is translated. Counts are of strings, each plural form of the language counted as one. */
export type Completeness = {
  tag: string
  /** The language by its own name. */
  name: string
  dir: 'ltr' | 'rtl'
  /** Strings that the interface needs in this language. */
  total: number
  translated: number
  /** Of the translated ones, those that a machine wrote and no person has said to have read. */
  machine: number
  /** Keys without words, in the order of the English file: readers see these in English. */
  missing: string[]
}

const pluralEnding = /_(zero|one|two|few|many|other)$/

/** What was worked out of a locale file. They are never changed in place: other contents come as another object. */
const flatOf = new WeakMap<object, ReadonlyMap<string, unknown>>()

/** Every wording of a locale file by its dotted key; what stands under `_about` is no wording. */
export function flat(locale: object): ReadonlyMap<string, unknown> {
  const known = flatOf.get(locale) ?? flattened(locale)
  flatOf.set(locale, known)
  return known
}

function flattened(locale: object, path = ''): Map<string, unknown> {
  return new Map(
    Object.entries(locale).flatMap(([name, value]): [string, unknown][] => {
      if (path === '' && name === '_about') return []
      const key = path ? `${path}.${name}` : name
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [...flattened(value, key)]
        : [[key, value]]
    }),
  )
}

/** A key without its plural ending, where it has one. */
export const baseOf = (key: string): string => key.replace(pluralEnding, '')

/** Keys without and with plural forms; `x_one` is a plural only where `x_other` stands beside it. */
export function bases(keys: Iterable<string>): { plain: Set<string>; plural: Set<string> } {
  const all = new Set(keys)
  const isPlural = (key: string) => pluralEnding.test(key) && all.has(`${baseOf(key)}_other`)
  return {
    plain: new Set([...all].filter((key) => !isPlural(key))),
    plural: new Set([...all].filter(isPlural).map(baseOf)),
  }
}

const formsOf = new Map<string, string[]>()

/** The plural forms that a language has, such as one, few, other. */
export function pluralForms(tag: string): string[] {
  const forms = formsOf.get(tag) ?? new Intl.PluralRules(tag).resolvedOptions().pluralCategories
  formsOf.set(tag, forms)
  return forms
}

const wantedOf = new WeakMap<object, Map<string, string[]>>()
const stateOf = new WeakMap<object, { english: object; tag: string; state: Completeness }>()

/** The keys that a locale file of `tag` must have to say all that the English file says, in its order. */
export function wantedKeys(tag: string, english: object): string[] {
  const known = wantedOf.get(english) ?? new Map<string, string[]>()
  wantedOf.set(english, known)
  const wanted = known.get(tag) ?? keysFor(tag, english)
  known.set(tag, wanted)
  return wanted
}

function keysFor(tag: string, english: object): string[] {
  const keys = [...flat(english).keys()]
  const { plain, plural } = bases(keys)
  const forms = pluralForms(tag)
  const wanted = keys.flatMap((key) =>
    plain.has(key) || !plural.has(baseOf(key)) ? [key] : forms.map((form) => `${baseOf(key)}_${form}`),
  )
  return [...new Set(wanted)]
}

/** How complete each locale file is, the least complete first, then by tag. English is what the others must say. */
export function completeness(files: Record<string, LocaleFile>): Completeness[] {
  return Object.keys(files)
    .flatMap((tag) => completenessIn(files, tag) ?? [])
    .sort((a, b) => a.translated / a.total - b.translated / b.total || (a.tag < b.tag ? -1 : 1))
}

/** How complete the file of one language is; undefined where there is none. */
export function completenessIn(files: Record<string, LocaleFile>, tag: string): Completeness | undefined {
  const file = Object.hasOwn(files, tag) ? files[tag] : undefined
  if (!file) return undefined
  const english = files.en ?? file
  const known = stateOf.get(file)
  if (known?.tag === tag && known.english === english) return known.state
  const state = completenessOf(tag, file, english)
  stateOf.set(file, { english, tag, state })
  return state
}

const machineOf = new WeakMap<object, ReadonlySet<string>>()

/** Whether a machine wrote this wording, and no person has said to have read it. */
export function isMachine({ _about: { machine = false } }: LocaleFile, key: string): boolean {
  if (!Array.isArray(machine)) return machine
  // Lists are as long as the file.
  const listed = machineOf.get(machine) ?? new Set(machine)
  machineOf.set(machine, listed)
  return listed.has(key) || listed.has(baseOf(key))
}

function completenessOf(tag: string, file: LocaleFile, english: LocaleFile): Completeness {
  const own = flat(file)
  const has = (key: string) => String(own.get(key) ?? '').trim() !== ''
  const wanted = wantedKeys(tag, english)
  const translated = wanted.filter(has)
  const written = translated.filter((key) => isMachine(file, key))
  return {
    tag,
    name: file._about.name,
    dir: direction(tag),
    total: wanted.length,
    translated: translated.length,
    machine: written.length,
    missing: wanted.filter((key) => !has(key)),
  }
}
