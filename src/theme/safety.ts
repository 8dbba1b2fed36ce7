import { detect } from './language.ts'
import { compile, find, type Phrases } from './phrases.ts'
import { tokens } from './tokens.ts'
import { type DangerKind, idioms, urgent } from './words/danger.ts'

export type { DangerKind } from './words/danger.ts'

/** The lists themselves, for people to look at: phrases by language and kind, and ways of speaking that go second. */
export const dangerLists = (): { lang: string; words: Record<DangerKind, string[]>; ways: string[] }[] =>
  Object.entries(urgent).map(([lang, words]) => ({ lang, words, ways: idioms[lang] ?? [] }))

type Level = 'urgent' | 'second'
/** Words that were met: offsets into the text, the entry of the list, and its language. */
export type DangerSpan = {
  start: number
  end: number
  kind: DangerKind
  entry: string
  lang: string
  level: Level
}

/**
 * That a comment may speak of danger. `urgent` is to be looked at at once; `second` when every word met stands in a
 * way of speaking ("the homework is killing me") or is one word of a language that the comment is not in. `kind` is
 * the gravest of the highest level.
 */
export type Danger = { level: Level; kind: DangerKind; spans: DangerSpan[] }

const grave: DangerKind[] = ['self-harm', 'threat', 'abuse']

/** Arabic writes "and" and "the" onto the word, so only there words are compared by their stems. */
const by = (lang: string) => (lang === 'ar' ? 'stem' : 'form')

type List = { lang: string; words: Phrases<DangerKind>; ways: Phrases<DangerKind> }
/** The lists made ready to be looked for. */
export type Lists = readonly List[]

/** An entry that a district added to a list, or one of ours that it switched off. */
type Own = { list: string; lang: string; phrase: string; did: string }

/** The lists as they come, with what a district added and without what it switched off. */
export function readyLists(own: readonly Own[] = []): Lists {
  const langs = [...new Set([...Object.keys(urgent), ...own.map(({ lang }) => lang)])]
  return langs.map((lang) => {
    const entries = (list: DangerKind | 'way', ours: readonly string[]) => {
      const here = own.filter((one) => one.list === list && one.lang === lang)
      const off = new Set(here.flatMap(({ did, phrase }) => (did === 'off' ? [phrase] : [])))
      const added = here.flatMap(({ did, phrase }) => (did === 'add' ? [phrase] : []))
      return [...ours.filter((phrase) => !off.has(phrase)), ...added]
    }
    const kinds = urgent[lang]
    return {
      lang,
      words: compile(
        grave.flatMap((kind) =>
          entries(kind, kinds?.[kind] ?? []).map((phrase): [string, DangerKind] => [phrase, kind]),
        ),
        lang,
        by(lang),
      ),
      ways: compile(
        entries('way', idioms[lang] ?? []).map((phrase): [string, DangerKind] => [phrase, 'self-harm']),
        lang,
        by(lang),
      ),
    }
  })
}
let made: Lists | undefined
/** Made when a comment is first looked at: it takes a tenth of a start. */
const shipped = (): Lists => {
  made ??= readyLists()
  return made
}

/** Languages that anyone here may answer in, whatever the rest of the comment is in. */
const common = ['en', 'es']
const base = (tag: string): string => tag.split('-')[0] ?? tag
const inLatin = (entry: string): boolean => /^[\p{Script=Latin}\p{M}*'-]+$/u.test(entry)

/**
 * Whether a comment may speak of self-harm, abuse or a threat; undefined when nothing was met. Every list is tried,
 * since to miss one is worse than to show ten; `langs` (the comment's own and the form's; all when left out) only
 * tell whether one short word of another language goes second. The lists know words, not meanings: they find what
 * they hold, and a person must read for the rest.
 */
export function danger(text: string, langs?: string[], lists: Lists = shipped()): Danger | undefined {
  const plain = tokens(text, 'und')
  const arabic = /\p{Script=Arabic}/u.test(text) ? tokens(text, 'ar') : plain
  const near = langs && new Set([...langs.map(base), ...common])
  const readFor = (lang: string) => (lang === 'ar' ? arabic : plain)
  // Languages share words: "suicide prevention" must cover the Spanish entry suicid* too.
  const spoken = lists.flatMap(({ lang, ways }) =>
    find(ways, text, readFor(lang)).map(({ start, end, phrase, carried }): DangerSpan => {
      return { start, end, kind: carried, entry: phrase, lang, level: 'second' }
    }),
  )
  const spans = [...spoken]
  for (const { lang, words } of lists) {
    const read = readFor(lang)
    for (const { start, end, phrase, carried } of find(words, text, read)) {
      const figure = spoken.some((way) => way.start <= start && end <= way.end)
      const foreign = near !== undefined && !near.has(lang) && inLatin(phrase)
      spans.push({
        start,
        end,
        kind: carried,
        entry: phrase,
        lang,
        level: figure || foreign ? 'second' : 'urgent',
      })
    }
  }
  if (spans.length === 0) return undefined
  const level = spans.some((span) => span.level === 'urgent') ? 'urgent' : 'second'
  const kind =
    grave.find((one) => spans.some((span) => span.level === level && span.kind === one)) ?? 'threat'
  return { level, kind, spans: spans.sort((a, b) => a.start - b.start || a.end - b.end) }
}

/** As danger(), in the language of the form and in the one that the words themselves are in. */
export function dangerIn(
  words: string,
  form: string,
  offered: string[],
  lists: Lists = shipped(),
): Danger | undefined {
  // Telling the language costs more than the lists do, and most comments meet none of them.
  if (!danger(words, undefined, lists)) return undefined
  return danger(words, [form, detect(words, offered, form).lang], lists)
}
