import { setImmediate as turn } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from './engine.ts'
import type { Crossed, Crossing, Crossings } from './stores.ts'

/** Responses counted at a time: few enough to be sorted in memory, and pages are served in between. */
const PAGE = 20_000
/** Crossings that stay counted; of them only what came since is read. */
const MOST_KEPT = 200

type Kept = { rows: Map<string, Crossed>; upTo: number; responses: number; last: Promise<unknown> }

/**
 * Counts answers of the same people to several questions. Responses are only added behind the last one, so what was
 * counted stays counted; when one was removed, all are counted again.
 */
export function openCrossings({ read, part }: Pick<Engine, 'read' | 'part'>): Crossings {
  const kept = new Map<string, Kept>()

  async function refresh(survey: number, asked: Crossing, one: Kept, end: number): Promise<void> {
    if (end < one.upTo) forget(one)
    await countOn(survey, asked, one, end)
    const { n } = await read
      .selectFrom('response')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('survey', '=', survey)
      .where('id', '<=', one.upTo)
      .executeTakeFirstOrThrow()
    if (Number(n) === one.responses) return
    forget(one)
    await countOn(survey, asked, one, end)
  }

  /** Adds the responses behind the last one that was counted. */
  async function countOn(survey: number, { profiles, by }: Crossing, one: Kept, end: number): Promise<void> {
    const [first = null, second = null, measured = null] = await Promise.all(
      [profiles[0], profiles[1], by?.question].map((code) => partOf(survey, code)),
    )
    while (one.upTo < end) {
      const until = Math.min(end, one.upTo + PAGE)
      const rows = await read
        .selectFrom('response')
        .select(({ fn }) => [
          (first ?? nothing).as('first'),
          (second ?? nothing).as('second'),
          (measured && by ? within(measured, by) : nothing).as('value'),
          fn.countAll<number>().as('n'),
        ])
        .where('survey', '=', survey)
        .where('id', '>', one.upTo)
        .where('id', '<=', until)
        .groupBy(['first', 'second', 'value'])
        .execute()
      one.upTo = until
      for (const { first: a, second: b, value, n } of rows) {
        one.responses += Number(n)
        const codes = [a, b].slice(0, profiles.length).map((text) => codeIn(text))
        const key = JSON.stringify([codes, value])
        const known = one.rows.get(key)
        if (known) known.n += Number(n)
        else one.rows.set(key, { profiles: codes, value, n: Number(n) })
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
    count: async (survey, asked, upTo) => {
      const key = JSON.stringify([survey, asked])
      const one = kept.get(key) ?? { rows: new Map(), upTo: 0, responses: 0, last: Promise.resolve() }
      kept.delete(key)
      kept.set(key, one)
      for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old)
      // One after the other: two at once would add the same responses twice.
      const mine = one.last.then(() => refresh(survey, asked, one, upTo))
      one.last = mine.catch(() => kept.delete(key))
      await mine
      return [...one.rows.values()].map((row) => ({ ...row }))
    },
  }
}

const forget = (one: Kept) => Object.assign(one, { rows: new Map(), upTo: 0, responses: 0 })

const nothing = sql<string | null>`null`

/** A profile answer is kept as JSON; group and school of the response are bare codes, '' where not given. */
function codeIn(text: string | null): string {
  if (text === null) return ''
  return text.startsWith('"') ? String(JSON.parse(text)) : text
}
