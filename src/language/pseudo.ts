import { baseOf, bases, flat, pluralForms, wantedKeys } from './completeness.ts'
import type { LocaleFile } from './wording.ts'

/** A letter with a mark for each plain one: still readable, and plainly not from the source. */
const plain = 'abcdefghijklmnopqrstuvwxyz'
const marked = 'àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýž'
const accented: Record<string, string> = Object.fromEntries(
  [...marked].flatMap((letter, at) => [
    [plain[at] ?? '', letter],
    [plain[at]?.toUpperCase() ?? '', letter.toUpperCase()],
  ]),
)

/** What is filled in, and other wordings: {{count}}, {{- name}}, $t(key). */
const blank = /(\{\{[^}]*\}\}|\$t\([^)]*\))/

/** Translations run longer than English: by so much of the letters. */
const longer = 0.4

/**
 * A wording as a made-up language would have it: marked letters, 40 % longer, in ⟦brackets⟧, blanks kept. On a page
 * in it, what stands outside brackets is hard-coded, and what lacks its closing bracket is cut off.
 */
export function pseudo(wording: string): string {
  const parts = wording.split(blank)
  const words = parts.filter((_, at) => at % 2 === 0).join('')
  const said = parts.map((part, at) =>
    at % 2 ? part : [...part].map((letter) => accented[letter] ?? letter).join(''),
  )
  return `⟦${said.join('')}${padding(Math.ceil([...words].length * longer))}⟧`
}

/** So many letters more, in words that can be broken over lines. */
function padding(length: number): string {
  const filler = ' ŵöŕðš ţö þàð'
  return [...filler.repeat(Math.ceil(length / filler.length))].slice(0, length).join('').trimEnd()
}

/** A locale file in the made-up language: every wording of the English one, in the plural forms that `tag` has. */
export function pseudoLocale(tag: string, english: LocaleFile): LocaleFile {
  const model = flat(english)
  const { plural } = bases(model.keys())
  const file: LocaleFile = { _about: { name: `⟦${tag}⟧`, machine: true } }
  for (const key of wantedKeys(tag, english)) {
    const form = key.slice(baseOf(key).length + 1)
    const like = plural.has(baseOf(key)) && pluralForms('en').includes(form) ? key : `${baseOf(key)}_other`
    put(file, key.split('.'), pseudo(String(model.get(key) ?? model.get(like) ?? '')))
  }
  return file
}

function put(group: Record<string, unknown>, [name = '', ...rest]: string[], words: string): void {
  if (rest.length === 0) {
    group[name] = words
    return
  }
  const inner = (group[name] ?? {}) as Record<string, unknown>
  group[name] = inner
  put(inner, rest, words)
}
