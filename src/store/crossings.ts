import { setImmediate as turn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { addTo, type Counts, type KeptCrossings, listKept, none } from './crossingsKept.ts'
import type { Engine } from './engine.ts'
import type { Crossing, Crossings } from './stores.ts'

/** Responses counted at a time: few enough to be sorted in memory, and pages are served in between. */
const PAGE = 20_000
/** Crossings that stay counted; of them only what came since is read. */
const MOST_KEPT = 200

type Kept = Counts & { last: Promise<unknown> }

/**
 * Counts answers of the same people to several questions. Most are counted beforehand (keptCrossings); what came since,
 * or was counted too far, is read from the responses. That is sure to be all of them: else they are counted afresh.
 */
export function openCrossings(
  { read, part }: Pick<Engine, 'read' | 'part'>,
  beforehand: KeptCrossings,
): Crossings {
  const kept = new Map<string, Kept>()

  async function refresh(survey: number, asked: Crossing, one: Kept, end: number): Promise<void> {
    const there = () => counted(survey, one.upTo)
    await countTo(survey, asked, one, end)
    if ((await there()) === one.responses) return
    // Somebody took a response back, or one came in late.
    forget(one)
    Object.assign(one, await beforehand.load(survey, asked))
    await countTo(survey, asked, one, end)
    if ((await there()) === one.responses) return
    forget(one)
    await countTo(survey, asked, one, end)
  }

  async function counted(survey: number, upTo: number): Promise<number> {
    const { n } = await read
      .selectFrom('response')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('survey', '=', survey)
      .where('id', '<=', upTo)
      .executeTakeFirstOrThrow()
    return Number(n)
  }

  async function countTo(survey: number, asked: Crossing, one: Kept, end: number): Promise<void> {
    const from = Math.min(one.upTo, end)
    await countOn(survey, asked, one, { from, to: Math.max(one.upTo, end), sign: one.upTo > end ? -1 : 1 })
    one.upTo = end
  }

  /** Adds the responses of a range, or takes them away. */
  async function countOn(
    survey: number,
    { profiles, by }: Crossing,
    one: Kept,
    { from, to, sign }: { from: number; to: number; sign: 1 | -1 },
  ): Promise<void> {
    if (from === to) return
    const [first = null, second = null, measured = null] = await Promise.all(
      [profiles[0], profiles[1], by?.question].map((code) => partOf(survey, code)),
    )
    for (let after = from; after < to; after += PAGE) {
      const rows = await read
        .selectFrom('response')
        .select(({ fn }) => [
          (first ?? nothing).as('first'),
          (second ?? nothing).as('second'),
          (measured && by ? within(measured, by) : nothing).as('value'),
          fn.countAll<number>().as('n'),
        ])
        .where('survey', '=', survey)
        .where('id', '>', after)
        .where('id', '<=', Math.min(to, after + PAGE))
        .groupBy(['first', 'second', 'value'])
        .execute()
      for (const { first: a, second: b, value, n } of rows) {
        const codes = [a, b].slice(0, profiles.length).map((text) => codeIn(text))
        addTo(one, { profiles: codes, value, n: sign * Number(n) })
      }
      await turn()
    }
  }

  /** What a response says of one question, as kept; group and school stand in the response itself. */
  async function partOf(survey: number, code: string | undefined) {
    if (code === undefined) return null
    if (code === '@group') return sql<string | null>`response.grp`
    if (code === '@school') return sql<string | null>`response.school`
    const row = await read
      .selectFrom('question')
      .select('id')
      .where('survey', '=', survey)
      .where('code', '=', code)
      .executeTakeFirst()
    // One value at most: question and response are the key of an answer.
    return sql<
      string | null
    >`(select a.value from answer a where a.question = ${row?.id ?? 0} and a.response = response.id)`
  }

  /** A part of an answer: the point of one item of a grid, the first of a ranking, or all of it as JSON. */
  function within(value: RawBuilder<string | null>, { item, first }: NonNullable<Crossing['by']>) {
    if (item !== undefined) return part(value, item)
    return first ? part(part(value, 'order'), 0) : value
  }

  return {
    newest: async (survey) => {
      const row = await read
        .selectFrom('response')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('survey', '=', survey)
        .executeTakeFirst()
      return row?.id ?? 0
    },
    since: async (survey, response) => {
      const row = await read
        .selectFrom('response')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('survey', '=', survey)
        .where('id', '>', response)
        .executeTakeFirstOrThrow()
      return Number(row.n)
    },
    count: async (survey, asked, upTo) => {
      const key = JSON.stringify([survey, asked])
      const known = kept.get(key)
      const one: Kept = known ?? { ...none(), last: Promise.resolve() }
      if (!known)
        one.last = beforehand.load(survey, asked).then((found) => {
          Object.assign(one, found)
        })
      kept.delete(key)
      kept.set(key, one)
      for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old)
      // One after the other: two at once would add the same responses twice.
      const mine = one.last.then(() => refresh(survey, asked, one, upTo))
      one.last = mine.catch(() => kept.delete(key))
      await mine
      return [...one.rows.values()].filter(({ n }) => n !== 0).map((row) => ({ ...row }))
    },
    keepUp: beforehand.keepUp,
    kept: (survey) => listKept(read, survey),
  }
}

const forget = (one: Kept) => Object.assign(one, none())

const nothing = sql<string | null>`null`

/** A profile answer is kept as JSON; group and school of the response are bare codes, '' where not given. */
function codeIn(text: string | null): string {
  if (text === null) return ''
  return text.startsWith('"') ? String(JSON.parse(text)) : text
}
