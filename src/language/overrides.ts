import { baseOf, bases, flat, isMachine, pluralForms, wantedKeys } from './completeness.ts'
import type { Leeway } from './exchange/placeholders.ts'
import { placeholders } from './exchange/placeholders.ts'
import { type Kept, type Standing, standing } from './translating.ts'
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

/** One wording of the interface to be translated. `form`: the plural form that it is, with a number that takes it. */
export type InterfaceString = Standing & {
  id: string
  source: string
  words: string
  form: { name: string; example: number | undefined } | undefined
  leeway: Leeway
}

/** Every wording that the interface needs in this language, in the order of the English file, and how it stands. */
export function interfaceStrings(
  tag: string,
  file: LocaleFile | undefined,
  english: LocaleFile,
  own: ReadonlyMap<string, Kept> = new Map(),
): InterfaceString[] {
  const model = flat(english)
  const there = flat(file ?? {})
  const { plural } = bases(model.keys())
  return wantedKeys(tag, english).map((id) => {
    const base = baseOf(id)
    const form = plural.has(base) && id !== base ? id.slice(base.length + 1) : undefined
    const source = String(model.get(id) ?? model.get(`${base}_other`) ?? '')
    const kept = own.get(id)
    const written = there.get(id)
    const words = kept?.words ?? (typeof written === 'string' ? written : '')
    const origin =
      file && kept === undefined && isMachine(file, id) ? { source, state: 'machine' as const } : undefined
    const forms = form ? [`${base}_one`, `${base}_other`].map((key) => String(model.get(key) ?? '')) : []
    return {
      id,
      source,
      words,
      form: form ? { name: form, example: exampleOf(tag, form) } : undefined,
      leeway: form
        ? {
            also: forms.flatMap(placeholders),
            omit: ['zero', 'one', 'two'].includes(form) ? ['{{count}}', '{{n}}'] : [],
          }
        : {},
      ...standing({ source, words }, kept, origin),
    }
  })
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
