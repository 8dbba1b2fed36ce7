import type { Reading, SaidComment, StoredCoding } from '../../store/stores.ts'
import type { Guess } from '../../theme/classifier.ts'
import { nextToCode } from '../../theme/uncertainty.ts'

/** Which comments are wanted. '' stands for all. */
export const states = ['unread', 'open', 'differ', 'none', 'read', 'all', 'sample'] as const
export type State = (typeof states)[number]
export const orders = ['unsure', 'first', 'last'] as const
export type Order = (typeof orders)[number]
export type Asked = {
  state: State
  order: Order
  language: string
  group: string
  school: string
  question: string
  theme: string
  find: string
}
export const narrowing = ['language', 'group', 'school', 'question', 'theme', 'find'] as const

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '')

/** What an address or a form asks for; what it does not know is left out. */
export function askedFor(query: Record<string, unknown>): Asked {
  const one = <T extends string>(known: readonly T[], value: unknown, usual: T): T =>
    known.find((each) => each === value) ?? usual
  return {
    state: one(states, query.state, 'unread'),
    order: one(orders, query.order, 'unsure'),
    language: text(query.language),
    group: text(query.group),
    school: text(query.school),
    question: text(query.question),
    theme: text(query.theme),
    find: text(query.find),
  }
}

/** The query of an address that asks for this, without what is usual. */
export function queryOf(asked: Asked, more: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams()
  if (asked.state !== 'unread') query.set('state', asked.state)
  if (asked.order !== 'unsure') query.set('order', asked.order)
  for (const name of narrowing) if (asked[name]) query.set(name, asked[name])
  for (const [name, value] of Object.entries(more))
    if (value !== undefined && value !== '') query.set(name, String(value))
  return query.size > 0 ? `?${query}` : ''
}

/** All that is known of the comments of a survey when one is chosen. */
export type Known = {
  comments: SaidComment[]
  codings: StoredCoding[]
  readings: Reading[]
  open: ReadonlySet<number>
  sample: readonly number[]
  guesses: ReadonlyMap<number, Guess[]>
  /** Who asks. */
  person: string
}

/** What is known, of the comments alone that are asked for whatever their state: searched once for all states. */
export const narrowed = (known: Known, asked: Asked): Known => ({
  ...known,
  comments: narrowing.some((name) => asked[name] !== '')
    ? choose(known, { ...asked, state: 'all', order: 'first' })
    : known.comments,
})

/** What is asked for of comments that were narrowed already. */
export const stateOnly = ({ state, order }: Pick<Asked, 'state' | 'order'>): Asked => ({
  ...{ state, order, language: '', group: '', school: '', question: '', theme: '', find: '' },
})

/** The comments that are asked for, in the order in which they come. */
export function choose(known: Known, asked: Asked): SaidComment[] {
  const readers = Map.groupBy(known.readings, ({ comment }) => comment)
  const codes = Map.groupBy(known.codings, ({ comment }) => comment)
  const sample = new Set(known.sample)
  const inState: Record<State, (id: number) => boolean> = {
    unread: (id) => !readers.has(id),
    open: (id) => known.open.has(id),
    differ: (id) => differing(codes.get(id) ?? [], readers.get(id) ?? []).length > 0,
    none: (id) =>
      readers.has(id) && !known.open.has(id) && !(codes.get(id) ?? []).some(({ verdict }) => verdict),
    read: (id) => readers.has(id),
    all: () => true,
    sample: (id) => sample.has(id) && !(readers.get(id) ?? []).some(({ person }) => person === known.person),
  }
  const find = asked.find.toLocaleLowerCase()
  const has = (id: number): boolean =>
    readers.has(id)
      ? (codes.get(id) ?? []).some(({ theme, verdict }) => theme === asked.theme && verdict)
      : (known.guesses.get(id) ?? []).some(({ theme, over }) => theme === asked.theme && over)
  const found = known.comments.filter(
    (one) =>
      inState[asked.state](one.id) &&
      (asked.language === '' || one.language === asked.language) &&
      (asked.group === '' || one.group === asked.group) &&
      (asked.school === '' || one.school === asked.school) &&
      (asked.question === '' || one.question === asked.question) &&
      (asked.theme === '' || has(one.id)) &&
      (find === '' || one.words.toLocaleLowerCase().includes(find)),
  )
  if (asked.order === 'last') return found.reverse()
  return asked.order === 'unsure' && known.guesses.size > 0 ? leastSure(found, known.guesses) : found
}

/** The least sure first, as far as they are likely to be reached in one sitting; the others follow as they came. */
function leastSure(found: SaidComment[], guesses: ReadonlyMap<number, Guess[]>): SaidComment[] {
  const byId = new Map(found.map((one) => [one.id, one]))
  const first = nextToCode(
    found.map(({ id, words }) => ({ id: String(id), text: words, guesses: guesses.get(id) ?? [] })),
    50,
  ).flatMap(({ id }) => byId.get(Number(id)) ?? [])
  const taken = new Set(first)
  return [...first, ...found.filter((one) => !taken.has(one))]
}

/** The themes on which people who read a comment differ and nobody has settled it. */
export function differing(
  codings: readonly Pick<StoredCoding, 'theme' | 'source' | 'who'>[],
  readings: readonly Pick<Reading, 'person'>[],
): string[] {
  if (readings.length < 2) return []
  const settled = new Set(codings.filter(({ source }) => source === 'settled').map(({ theme }) => theme))
  const given = Map.groupBy(
    codings.filter(({ source }) => source === 'person'),
    ({ theme }) => theme,
  )
  return [...given]
    .filter(([theme, by]) => !settled.has(theme) && new Set(by.map(({ who }) => who)).size < readings.length)
    .map(([theme]) => theme)
}
