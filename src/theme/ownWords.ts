import { z } from 'zod'
import { findHidden, type Hidden } from './mask.ts'
import { compile, find, type Phrases } from './phrases.ts'
import { dangerIn, dangerLists, type Lists, readyLists } from './safety.ts'
import { tokens } from './tokens.ts'

/** Danger, ways of speaking that go second, names to mask, and words that are nobody's name. */
export const ownLists = ['self-harm', 'abuse', 'threat', 'way', 'name', 'not-name'] as const
export type OwnList = (typeof ownLists)[number]
export const dangerOnes: readonly OwnList[] = ['self-harm', 'abuse', 'threat', 'way']
export const maskOnes: readonly OwnList[] = ['name', 'not-name']

/** Under which name of the settings they are kept. */
export const ownWordsKey = 'own-words'

/** The longest entry and reason, in letters; the most changes that are kept. */
export const longestEntry = 80
export const longestReason = 500
export const mostChanges = 5000

const changeSchema = z.strictObject({
  list: z.enum(ownLists),
  lang: z.string(),
  phrase: z.string(),
  /** add and drop: an entry of the district's own; off and on: one that comes with Heard. */
  did: z.enum(['add', 'drop', 'off', 'on']),
  reason: z.string(),
  by: z.string(),
  at: z.number(),
})
/** One change of the word lists; all of them together, in order, are the log and what stands now. */
export type WordChange = z.infer<typeof changeSchema>

/** What the district made of the word lists. `text`: as it is kept. */
export type OwnWords = {
  text: string
  log: readonly WordChange[]
  danger: Lists
  names: Phrases<true>[]
  away: string[]
}

const key = ({ list, lang, phrase }: Pick<WordChange, 'list' | 'lang' | 'phrase'>) =>
  `${list} ${lang} ${phrase}`

/** The last change of each entry that still means something: added ones, and those that are switched off. */
export function standingChanges(log: readonly WordChange[]): WordChange[] {
  const last = new Map(log.map((change) => [key(change), change]))
  return [...last.values()].filter(({ did }) => did === 'add' || did === 'off')
}

let read: OwnWords | undefined

/** What is kept of the lists, made ready; made again only when the text is another. @throws ZodError on another shape. */
export function readOwnWords(text: string | undefined): OwnWords {
  const kept = text ?? '[]'
  if (read?.text === kept) return read
  const log = z.array(changeSchema).parse(JSON.parse(kept))
  const standing = standingChanges(log)
  const names = Map.groupBy(
    standing.filter(({ list, did }) => list === 'name' && did === 'add'),
    ({ lang }) => lang,
  )
  read = {
    ...{ text: kept, log },
    danger: readyLists(standing),
    names: [...names].map(([lang, list]) =>
      compile(
        list.map(({ phrase }): [string, true] => [phrase, true]),
        lang,
        'form',
      ),
    ),
    away: standing.flatMap(({ list, phrase }) => (list === 'not-name' ? [phrase] : [])),
  }
  return read
}

/** As dangerIn(), by the lists as they stand. */
export const dangerBy = (own: OwnWords, words: string, form: string, offered: string[]) =>
  dangerIn(words, form, offered, own.danger)

/** As findHidden(), with the district's names, and without its words that are nobody's. Patterns stay as they are. */
export function hiddenBy({ names, away }: OwnWords, text: string, known: string[] = []): Hidden[] {
  const own = names.flatMap((phrases) =>
    find(phrases, text, tokens(text, phrases.lang)).map(
      ({ start, end }): Hidden => ({
        start,
        end,
        kind: 'name',
        reason: "is in the district's list",
        sure: true,
      }),
    ),
  )
  return findHidden(text, [...known, ...away], own)
}

export type WordFault = 'phrase' | 'long' | 'there' | 'none' | 'reason' | 'longReason' | 'full'

/** What keeps a change from being made; undefined when it is sound. An entry of ours goes only for a reason. */
export function wordFault(log: readonly WordChange[], change: WordChange): WordFault | undefined {
  const { list, lang, phrase, did, reason } = change
  const standing = standingChanges(log).find((one) => key(one) === key(change))
  if (log.length >= mostChanges) return 'full'
  if (reason.length > longestReason) return 'longReason'
  if (phrase.length > longestEntry) return 'long'
  const letters = phrase.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (letters.length < 2 || /^[*_.…]/.test(phrase)) return 'phrase'
  const ours = shipped(list, lang).includes(phrase)
  if (did === 'add') return standing || ours ? 'there' : list === 'not-name' && !reason ? 'reason' : undefined
  if (did === 'off') return !ours || standing ? 'none' : reason ? undefined : 'reason'
  return standing?.did === (did === 'drop' ? 'add' : 'off') ? undefined : 'none'
}

/** The entries of a list that come with Heard and can be switched off. */
function shipped(list: OwnList, lang: string): string[] {
  const found = dangerLists().find((one) => one.lang === lang)
  if (!found || list === 'name' || list === 'not-name') return []
  return list === 'way' ? found.ways : found.words[list]
}
