import { baseOf, bases, flat, isMachine, pluralForms, wantedKeys } from './completeness.ts'
import type { Leeway } from './exchange/placeholders.ts'
import { placeholders } from './exchange/placeholders.ts'
import { type Counts, countStates, type Kept, type Standing, standing } from './translating.ts'
import type { LocaleFile } from './wording.ts'

/** A language of the interface that a district added, and wordings of its own for any language, by key. */
export type OwnLanguage = { tag: string; name: string; shown: boolean }
export type OwnWordings = ReadonlyMap<string, ReadonlyMap<string, Kept>>

/**
 * The locale files with the district's wordings put over them, and the languages that it added and shows. A wording
 * whose key the English file no longer has is passed over.
 */
export function withOwn(
  files: Record<string, LocaleFile>,
  languages: readonly OwnLanguage[],
  own: OwnWordings,
): Record<string, LocaleFile> {
  const english = files.en
  if (!english) return files
  const begun = languages
    .filter(({ tag, shown }) => shown && !Object.hasOwn(files, tag))
    .map(({ tag, name }): [string, LocaleFile] => [tag, { _about: { name } }])
  return Object.fromEntries(
    [...Object.entries(files), ...begun].map(([tag, file]) => {
      const kept = own.get(tag)
      return [tag, kept && kept.size > 0 ? merged(tag, file, english, kept) : file]
    }),
  )
}

function merged(
  tag: string,
  file: LocaleFile,
  english: LocaleFile,
  own: ReadonlyMap<string, Kept>,
): LocaleFile {
  const wanted = new Set(wantedKeys(tag, english))
  const taken = [...own].filter(([key]) => wanted.has(key))
  const result = structuredClone(file)
  for (const [key, { words }] of taken) put(result, key.split('.'), words)
  const said = new Map(taken.map(([key, { state }]) => [key, state]))
  const machine = [...flat(result).keys()].filter((key) =>
    said.has(key) ? said.get(key) === 'machine' : isMachine(file, key),
  )
  result._about = { ...file._about, machine }
  return result
}

function put(group: Record<string, unknown>, [name = '', ...rest]: string[], words: string): void {
  if (rest.length === 0) {
    group[name] = words
    return
  }
  const there = Object.hasOwn(group, name) ? group[name] : undefined
  const inner = typeof there === 'object' && there !== null ? (there as Record<string, unknown>) : {}
  group[name] = inner
  put(inner, rest, words)
}

/** A wording that the interface needs in a language. `form`: the plural form that it is, with a number that takes it. */
type Wanted = {
  id: string
  source: string
  form: { name: string; example: number | undefined } | undefined
  leeway: Leeway
}

/** One wording of the interface to be translated. */
export type InterfaceString = Standing & Wanted & { words: string }

/** Every wording that the interface needs in this language, in the order of the English file, and how it stands. */
export function interfaceStrings(
  tag: string,
  file: LocaleFile | undefined,
  english: LocaleFile,
  own: ReadonlyMap<string, Kept> = new Map(),
): InterfaceString[] {
  return wantedIn(tag, english).map((wanted) => {
    const words = wordsOf(file, wanted.id, own)
    return { ...wanted, words, ...standingOf(wanted, file, own) }
  })
}

/**
 * How many of those wordings stand how: as counting `interfaceStrings`, which a list of every language cannot afford.
 * Only those that the district wrote itself are looked at each time.
 */
export function interfaceCounts(
  tag: string,
  file: LocaleFile | undefined,
  english: LocaleFile,
  own: ReadonlyMap<string, Kept> = new Map(),
): Counts {
  const wanted = wantedIn(tag, english)
  const counts = { ...shippedCounts(tag, file, english) }
  if (own.size === 0) return counts
  for (const one of wanted.filter(({ id }) => own.has(id))) {
    counts[standingOf(one, file).state] -= 1
    counts[standingOf(one, file, own).state] += 1
  }
  return counts
}

const none: ReadonlyMap<string, Kept> = new Map()

/** What the district says, else what the file says, else ''. */
function wordsOf(file: LocaleFile | undefined, id: string, own = none): string {
  const written = file && flat(file).get(id)
  return own.get(id)?.words ?? (typeof written === 'string' ? written : '')
}

function standingOf({ id, source }: Wanted, file: LocaleFile | undefined, own = none): Standing {
  const kept = own.get(id)
  const machine = file && kept === undefined && isMachine(file, id)
  const origin = machine ? { source, state: 'machine' as const } : undefined
  return standing({ source, words: wordsOf(file, id, own) }, kept, origin)
}

const wantedOf = new WeakMap<LocaleFile, Map<string, readonly Wanted[]>>()

/** Worked out once for each language, since locale files are never changed in place. */
function wantedIn(tag: string, english: LocaleFile): readonly Wanted[] {
  const known = wantedOf.get(english) ?? new Map<string, readonly Wanted[]>()
  wantedOf.set(english, known)
  const wanted = known.get(tag) ?? wantedAnew(tag, english)
  known.set(tag, wanted)
  return wanted
}

function wantedAnew(tag: string, english: LocaleFile): Wanted[] {
  const model = flat(english)
  const { plural } = bases(model.keys())
  return wantedKeys(tag, english).map((id) => {
    const base = baseOf(id)
    const form = plural.has(base) && id !== base ? id.slice(base.length + 1) : undefined
    const forms = form ? [`${base}_one`, `${base}_other`].map((key) => String(model.get(key) ?? '')) : []
    return {
      id,
      source: String(model.get(id) ?? model.get(`${base}_other`) ?? ''),
      form: form ? { name: form, example: exampleOf(tag, form) } : undefined,
      leeway: form
        ? {
            also: forms.flatMap(placeholders),
            omit: ['zero', 'one', 'two'].includes(form) ? ['{{count}}', '{{n}}'] : [],
          }
        : {},
    }
  })
}

const countsOf = new WeakMap<LocaleFile, { english: LocaleFile; tag: string; counts: Counts }>()

/** How the wordings of a file stand by themselves. */
function shippedCounts(tag: string, file: LocaleFile | undefined, english: LocaleFile): Counts {
  const wanted = wantedIn(tag, english)
  if (!file) return { ...countStates([]), missing: wanted.length, all: wanted.length }
  const known = countsOf.get(file)
  if (known?.tag === tag && known.english === english) return known.counts
  const counts = countStates(wanted.map((one) => standingOf(one, file)))
  countsOf.set(file, { english, tag, counts })
  return counts
}

const examples = new Map<string, number | undefined>()

/** The first whole number that takes a plural form. */
function exampleOf(tag: string, form: string): number | undefined {
  const key = `${tag} ${form}`
  if (!examples.has(key) && pluralForms(tag).includes(form)) {
    const rules = new Intl.PluralRules(tag)
    const numbers = Array.from({ length: 101 }, (_, number) => number)
    examples.set(
      key,
      [...numbers, 1_000_000].find((number) => rules.select(number) === form),
    )
  }
  return examples.get(key)
}
