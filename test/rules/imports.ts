import { posix } from 'node:path'

/** The rules of the house about who may use whom: one table, and the checks that read sources by it. */

/** Words from left to right: a word may use the words of an earlier row, never of its own or of a later one. */
const wordRows = [
  ['language'],
  ['plan'],
  ['district'],
  ['questionnaire'],
  ['response'],
  ['ranking', 'climate', 'theme'],
  ['commitment'],
  ['report'],
]
export const words = wordRows.flat()
const leftOf = (word: string) =>
  wordRows
    .slice(
      0,
      wordRows.findIndex((row) => row.includes(word)),
    )
    .flat()

/** What a room may use; of `types` it may use types only. Rooms are folders of src and single files beside them. */
type Rule = { uses: string[]; types?: string[] }
const rules: Record<string, Rule> = {
  ...Object.fromEntries(words.map((word) => [word, { uses: leftOf(word) }])),
  'config.ts': { uses: [] },
  'locales.ts': { uses: ['language'] },
  /** The mail server, behind one function. */
  'mail.ts': { uses: [] },
  'templates.ts': { uses: ['plan', 'questionnaire', 'theme', 'report'] },
  /** What has had its time. */
  'tidy.ts': { uses: ['web', 'questionnaire'], types: ['store'] },
  web: { uses: ['language', 'district'] },
  /** Learning from what people coded, on threads of its own. */
  learning: { uses: words, types: ['store'] },
  /** Looking through comments for danger in the background, and telling those who are named. */
  safety: { uses: words, types: ['store', 'mail.ts'] },
  routes: { uses: ['web', 'files', 'sending', 'learning', ...words], types: ['store', 'mail.ts'] },
  store: { uses: words },
  /** Bytes of foreign formats (workbooks, questionnaire files) to what the words read, and back. */
  files: { uses: words },
  /** Letters to families: composing them, and the queue that goes out by itself. */
  sending: { uses: ['web', ...words], types: ['store', 'mail.ts'] },
  'app.ts': { uses: ['web', 'routes', 'learning'], types: ['store', 'config.ts', 'mail.ts', ...words] },
}
/** What acts when it is imported, and the rooms that only the command line uses, may use everything below them. */
const below = Object.keys(rules)
rules.demo = { uses: below }
rules.commands = { uses: [...below, 'demo'] }
rules['serving.ts'] = { uses: below }
rules['server.ts'] = { uses: [...below, 'serving.ts'] }
rules['cli.ts'] = { uses: [...below, 'demo', 'commands', 'server.ts'] }

/** Packages that reckon with what they are given and reach for nothing; all that a word may use beside words. */
const purePackages =
  /^(zod|i18next|natural|csv-parse|csv-stringify|fflate|fast-xml-parser|syllable|franc|d3-[a-z]+)(\/|$)|^node:stream$/
/** Packages that belong to one room; the rest are free to machinery. */
const homes: [RegExp, string[]][] = [
  [/^nodemailer(\/|$)/, ['mail.ts']],
  [/^openid-client(\/|$)/, ['web']],
  [/^(better-sqlite3|kysely|pg|node:sqlite)(\/|$)/, ['store']],
  [
    /^(express|express-session|express-rate-limit|csrf-sync|helmet|compression)(\/|$)/,
    ['web', 'routes', 'app.ts'],
  ],
]

/** The one word that reads a folder: loading code is how question kinds are found. */
const exceptions = new Set(['questionnaire/kinds.ts node:fs'])

/** What a pure word never touches: clock, chance, environment, network, output, and other doors to modules. */
const impure: [RegExp, string][] = [
  [/\bDate\.now\b/, 'the clock (Date.now)'],
  [/\bnew Date\b(?!\s*\(\s*[^)\s])/, 'the clock (new Date())'],
  [/(?<!new )(?<![\w.$])Date\(/, 'the clock (Date())'],
  [/\bTemporal\.Now\b/, 'the clock (Temporal.Now)'],
  [/\bperformance\./, 'the clock (performance)'],
  [/\bset(Timeout|Interval|Immediate)\b/, 'the clock (timers)'],
  [/\bMath\.random\b/, 'chance (Math.random)'],
  [/(?<![\w.$])crypto\./, 'chance (crypto)'],
  [/(?<![\w.$])process\./, 'the environment (process)'],
  [/(?<![\w.$])console\./, 'output (console)'],
  [/(?<![\w.$])fetch\(/, 'the network (fetch)'],
  [/(?<![\w.$])(require|createRequire)\(/, 'modules (require)'],
]

export type Import = { to: string; typeOnly: boolean }

/** Every import and re-export of a TypeScript source, static and dynamic. */
export function importsOf(source: string): Import[] {
  const found: Import[] = []
  const clause = /^[ \t]*(?:import|export)\s+(type\s+)?((?:[\w$*]|[{},\s])+?)\s*\bfrom\s*['"]([^'"]+)['"]/gm
  for (const [, type, names = '', to = ''] of source.matchAll(clause)) {
    const named = /^\s*\{([^}]*)\}\s*$/
      .exec(names)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean)
    const eachType = named !== undefined && named.length > 0 && named.every((name) => /^type\s/.test(name))
    found.push({ to, typeOnly: type !== undefined || eachType })
  }
  for (const [, to = ''] of source.matchAll(/^[ \t]*import\s*['"]([^'"]+)['"]/gm))
    found.push({ to, typeOnly: false })
  for (const [, to = ''] of withoutComments(source).matchAll(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g))
    found.push({ to, typeOnly: false })
  return found
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')

/** The room of a file named from src: its folder, or the file itself when it lies beside the folders. */
const roomOf = (file: string): string => file.split('/')[0] ?? ''

/** Everything in these sources (by path from src) that breaks a rule. Empty when the house is in order. */
export function trespasses(sources: Record<string, string>): string[] {
  return Object.entries(sources).flatMap(([file, source]) => {
    const room = roomOf(file)
    const rule = rules[room]
    if (!rule) return [`${file}: no rule knows the room "${room}"; add it to the table in DESIGN.md and here`]
    const faults = importsOf(source).flatMap((used) =>
      used.to.startsWith('.') ? intoRoom(file, rule, used, sources) : intoPackage(file, used.to),
    )
    if (words.includes(room)) {
      const code = withoutComments(source)
      for (const [pattern, what] of impure)
        if (pattern.test(code)) faults.push(`${file}: a word is pure, but this touches ${what}`)
    }
    return faults
  })
}

function intoRoom(
  file: string,
  rule: Rule,
  { to, typeOnly }: Import,
  sources: Record<string, string>,
): string[] {
  const target = posix.join(posix.dirname(file), to)
  // Kinds are found by looking into their folder; the name of each is known only then.
  if (to.includes('${'))
    return roomOf(target) === roomOf(file) ? [] : [`${file}: an import by a made-up name, ${to}`]
  if (target.startsWith('..')) return [`${file}: ${to} lies outside src`]
  if (!(target in sources)) return [`${file}: ${to} is not there`]
  const other = roomOf(target)
  if (other === roomOf(file) || rule.uses.includes(other)) return []
  if (rule.types?.includes(other))
    return typeOnly ? [] : [`${file}: of ${other} only types may be used, but ${to} is imported`]
  return [`${file}: ${roomOf(file)} may not use ${other}, but ${to} is imported`]
}

function intoPackage(file: string, to: string): string[] {
  const room = roomOf(file)
  if (exceptions.has(`${file} ${to}`)) return []
  if (words.includes(room))
    return purePackages.test(to) ? [] : [`${file}: a word is pure, but ${to} is imported`]
  return homes
    .filter(([packages, rooms]) => packages.test(to) && !rooms.includes(room))
    .map(([, rooms]) => `${file}: ${to} may be used in ${rooms.join(', ')} only`)
}

/** Circles of files that need one another's values to load, each told once. */
export function circles(sources: Record<string, string>): string[] {
  const needs = new Map(
    Object.entries(sources).map(([file, source]) => [
      file,
      importsOf(source)
        .filter(({ to, typeOnly }) => to.startsWith('.') && !typeOnly)
        .map(({ to }) => posix.join(posix.dirname(file), to)),
    ]),
  )
  const found: string[] = []
  const left = new Set<string>()
  const visit = (file: string, trail: string[]): void => {
    const at = trail.indexOf(file)
    if (at >= 0) found.push([...trail.slice(at), file].join(' → '))
    if (at >= 0 || left.has(file)) return
    for (const next of needs.get(file) ?? []) visit(next, [...trail, file])
    left.add(file)
  }
  for (const file of needs.keys()) visit(file, [])
  return found
}
