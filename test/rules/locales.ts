/** Checks of the interface's wording files, on their contents alone. */
import { baseOf, bases, flat, pluralForms, wantedKeys } from '../../src/language/completeness.ts'

export { pluralForms }

export type Wordings = { [key: string]: string | Wordings }
export type Locale = { _about: { name: string; machine?: boolean | string[] } } & Record<string, unknown>

/** The keys as t() is given them. */
export function askable(locale: object): Set<string> {
  const { plain, plural } = bases(flat(locale).keys())
  return new Set([...plain, ...plural])
}

/** Names of what is filled in: {{count}}, {{- name}}, {{n, number}}, and other wordings by $t(key). */
export const blanks = (wording: string): Set<string> =>
  new Set(
    [...wording.matchAll(/\{\{-?\s*([^\s,}]+)[^}]*\}\}|\$t\(([^),]+)/g)].map(
      ([, name, other]) => name ?? `$t ${other}`,
    ),
  )

/** Everything in a locale file that does not answer to the English one. Empty when it is complete. */
export function localeFaults(tag: string, locale: Locale, english: Locale): string[] {
  const faults: string[] = []
  const [own, model] = [flat(locale), flat(english)]
  const { plain, plural } = bases(model.keys())
  const wanted = new Set(wantedKeys(tag, english))
  for (const key of wanted) if (!own.has(key)) faults.push(`${tag}: ${key} is missing`)
  for (const [key, value] of own) {
    const base = baseOf(key)
    const form = key.slice(base.length + 1)
    if (!wanted.has(key)) {
      faults.push(
        plural.has(base) && form
          ? `${tag}: ${key} is a plural form that the language has not`
          : `${tag}: ${key} is not in en`,
      )
      continue
    }
    if (typeof value !== 'string') faults.push(`${tag}: ${key} is no string`)
    else if (value.trim() === '') faults.push(`${tag}: ${key} is empty`)
    else
      faults.push(
        ...blankFaults(
          tag,
          key,
          value,
          plain.has(key) ? [key] : [`${base}_one`, `${base}_other`],
          form,
          model,
        ),
      )
  }
  return [...faults, ...aboutFaults(tag, locale, new Set([...own.keys(), ...askable(locale)]))]
}

/** Names under which a wording gets the number that its form goes by: as it is, or as it is written there. */
const numbers = new Set(['count', 'n', 'points'])

/** In one, two or none of something the number may be in the words ("one family"); everything else must be filled in. */
function blankFaults(
  tag: string,
  key: string,
  value: string,
  like: string[],
  form: string,
  model: ReadonlyMap<string, unknown>,
) {
  const known = new Set(like.flatMap((name) => [...blanks(String(model.get(name) ?? ''))]))
  const has = blanks(value)
  const mayOmit = like.length > 1 && ['zero', 'one', 'two'].includes(form)
  return [
    ...[...has]
      .filter((name) => !known.has(name))
      .map((name) => `${tag}: ${key} has {{${name}}}, which en has not`),
    ...[...known]
      .filter((name) => !has.has(name) && !(mayOmit && numbers.has(name)))
      .map((name) => `${tag}: ${key} lacks {{${name}}}`),
  ]
}

function aboutFaults(tag: string, { _about }: Locale, keys: ReadonlySet<string>): string[] {
  if (typeof _about?.name !== 'string' || _about.name.trim() === '')
    return [`${tag}: _about.name, the language's own name, is missing`]
  const { machine = false } = _about
  if (typeof machine === 'boolean') return []
  if (!Array.isArray(machine)) return [`${tag}: _about.machine is neither true, false nor a list of keys`]
  return machine
    .filter((key) => !keys.has(key))
    .map((key) => `${tag}: _about.machine names ${key}, which is not there`)
}

/** What sources ask for: whole keys, and beginnings that are finished when the page is made. */
export type Uses = { keys: Map<string, string>; beginnings: Map<string, string> }

/**
 * Reads sources (by path) for the keys of wordings: every literal whose first part is one of `rooms`, the top names of
 * the wording file, since keys also travel as data ({ key: 'people.problem.taken' }) before t() gets them.
 */
export function usesIn(sources: Record<string, string>, rooms: Iterable<string>): Uses {
  const uses: Uses = { keys: new Map(), beginnings: new Map() }
  const room = [...rooms].join('|')
  const literal = new RegExp(`(['"\`])((?:${room})(?:\\.[A-Za-z0-9_-]+)*\\.?)(\\1|\\$\\{)`, 'g')
  const asked = /(?<!messages\.)\bt\(\s*(['"])([^'"\s]+)\1/g
  for (const [file, source] of Object.entries(sources)) {
    for (const [, , key = '', end] of source.matchAll(literal)) {
      if (key.endsWith('.') || end === '${') uses.beginnings.set(key, file)
      else if (key.includes('.') && !/\.(css|js)$/.test(key)) uses.keys.set(key, file)
    }
    for (const [, , key = ''] of source.matchAll(asked))
      (key.endsWith('.') ? uses.beginnings : uses.keys).set(key, file)
  }
  return uses
}

/** Beginnings of keys that are finished when a page is made, each with its endings, or with any that there are. */
export type Dynamic = Readonly<Record<string, readonly string[] | 'any'>>

/**
 * Keys that sources ask for and `english` lacks, and keys of `english` that nothing asks for. A literal may be a group
 * whose parts are put behind it (error.notFound + .title).
 */
export function usageFaults({ keys, beginnings }: Uses, english: Locale, dynamic: Dynamic) {
  const known = askable(english)
  const isGroup = (key: string) => [...known].some((name) => name.startsWith(`${key}.`))
  const finished = Object.entries(dynamic).flatMap(([start, endings]) =>
    endings === 'any'
      ? [...known].filter((key) => key.startsWith(start))
      : endings.map((ending) => start + ending),
  )
  const asked = new Map([
    ...finished.map((key): [string, string] => [key, 'the list of made-up keys']),
    ...keys,
  ])
  const missing = [...asked].filter(([key]) => !known.has(key) && !isGroup(key) && !flat(english).has(key))
  const loose = [...beginnings].filter(([start]) => !Object.hasOwn(dynamic, start))
  const used = (key: string) =>
    asked.has(key) || [...keys.keys()].some((group) => key.startsWith(`${group}.`))
  return {
    missing: missing.map(([key, file]) => `${file}: en has no "${key}"`).sort(),
    loose: loose
      .map(([start, file]) => `${file}: a key that begins "${start}" is made up as it goes; list it by name`)
      .sort(),
    unused: [...known].filter((key) => !used(key)).sort(),
    idle: Object.keys(dynamic).filter((start) => !beginnings.has(start)),
  }
}
