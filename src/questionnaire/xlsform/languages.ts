import { isTag } from '../../language/tags.ts'

/** Languages beyond the two-letter ones whose names stand in school surveys. */
const longer = [
  'zh-Hans',
  'zh-Hant',
  'pt-BR',
  'ceb',
  'chk',
  'ckb',
  'fil',
  'haw',
  'hmn',
  'ilo',
  'kar',
  'kea',
].concat(['kmr', 'ksw', 'mam', 'mh', 'prs', 'quc', 'rhg', 'sm', 'ti', 'to', 'tpi', 'yue'])

const plain = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

let englishNames: Intl.DisplayNames | undefined
const englishName = (tag: string): string | undefined => {
  englishNames ??= new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  try {
    return englishNames.of(tag)
  } catch {
    return undefined
  }
}

let named: Map<string, string> | undefined

/** Tags by the name of the language, in English and in the language itself; made when first asked for. */
function byName(): Map<string, string> {
  if (named) return named
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const tags = [...letters.flatMap((a) => letters.map((b) => a + b)), ...longer]
  named = new Map()
  for (const tag of tags) {
    const english = englishName(tag)
    if (english === undefined) continue
    // An outdated code ("iw") has the name of the one that replaced it.
    const current = Intl.getCanonicalLocales(tag)[0] ?? tag
    const own = new Intl.DisplayNames([current], { type: 'language' }).of(current) ?? english
    for (const name of [english, own]) if (!named.has(plain(name))) named.set(plain(name), current)
  }
  for (const [name, tag] of [
    ['mandarin', 'zh-Hans'],
    ['karen', 'ksw'],
    ['haitian', 'ht'],
    ['farsi', 'fa'],
  ] as const)
    named.set(name, tag)
  return named
}

/** The BCP 47 tag of a language as XLSForm columns name it ("Español (es)", "French", "pt-BR"), or undefined. */
export function tagOf(name: string): string | undefined {
  const [, before = name, inside = ''] = /^(.*)\(([^()]*)\)\s*$/s.exec(name) ?? []
  const language = byName().get(plain(before))
  const bracketed = inside.trim()
  // "English (US)", "Chinese (TW)": two capitals are a country when the name before them is a language.
  if (
    language &&
    /^[A-Z]{2}$/.test(bracketed) &&
    !language.includes('-') &&
    isTag(`${language}-${bracketed}`)
  )
    return `${language}-${bracketed}`
  return asTag(bracketed) ?? language ?? byName().get(plain(name)) ?? asTag(name.trim())
}

/** Tags of two or three letters, with script and region perhaps; of two letters only those that exist. */
function asTag(text: string): string | undefined {
  const written = text.replaceAll('_', '-')
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(written) || !isTag(written)) return undefined
  const tag = Intl.getCanonicalLocales(written)[0] ?? written
  const [language = ''] = tag.split('-')
  return language.length === 3 || englishName(language) !== undefined ? tag : undefined
}

/** Local-use codes of ISO 639 for languages that nobody can tell from their name: qaa, qab ... */
export const localTag = (index: number): string => `qa${String.fromCharCode(97 + Math.min(index, 25))}`

/** How a column names a language: its own name and its tag, "Español (es)". */
export function columnLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  return `${name.replace(/[():]/g, ' ').replace(/\s+/g, ' ').trim()} (${tag})`
}
