import { setImmediate as turn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { type Questionnaire, questions } from '../questionnaire/definition.ts'
import { type Crossable, crossingOf, type Said } from '../response/crossing.ts'
import type { Answers, Settled } from '../response/response.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import { streamBetween } from './responses.ts'
import type { Crossed, Crossing, Crossings } from './stores.ts'
import type { Database } from './tables.ts'

/** What was counted of a crossing, up to a response. */
export type Counts = { rows: Map<string, Crossed>; upTo: number; responses: number }

export const none = (): Counts => ({ rows: new Map(), upTo: 0, responses: 0 })

export function addTo(counts: Counts, { n, ...row }: Crossed): void {
  const key = JSON.stringify(row)
  const known = counts.rows.get(key)
  if (known) known.n += n
  else counts.rows.set(key, { ...row, n })
  counts.responses += n
}

/** Counts of distinct things that wait to be written together; and how many responses at most. */
const MOST_WAITING = { rows: 60_000, responses: 1_000_000 }
const noEnd = { rows: Number.POSITIVE_INFINITY, responses: Number.POSITIVE_INFINITY }
/** Rows in one statement: seven values each stay under every engine's limit of parameters. */
const PAGE = 1_000
/** Where several processes write, a response may appear behind later ones: those younger than this wait, milliseconds. */
const SETTLED = 60_000

const columns = { group: 'grp', grade: 'grade', language: 'spoken' } as const

/** People by group, grade and home language, by what they said: counted in one pass for every table of two of them. */
export type KeptCrossings = ReturnType<typeof keptCrossings>

export function keptCrossings({ read, write, several }: Pick<Engine, 'read' | 'write' | 'several'>) {
  const running = new Map<number, Promise<number>>()
  const seen = new Map<number, { newest: number; at: number }>()
  const known = new Map<number, Map<number, Questionnaire>>()
  const heard = new Map<number, Heard>()
  const importing = new Map<number, number>()

  async function markOf(survey: number, db: Kysely<Database> = read) {
    const row = await db
      .selectFrom('crossing_mark')
      .select(['up_to', 'turn'])
      .where('survey', '=', survey)
      .executeTakeFirst()
    return { upTo: Number(row?.up_to ?? 0), turn: Number(row?.turn ?? 0) }
  }

  /** The profile questions by their codes, as a crossing names them. */
  async function attributesOf(survey: number): Promise<Map<string, Crossable>> {
    const found = new Map<string, Crossable>([['@group', 'group']])
    for (const questionnaire of (await questionnairesOf(read, survey)).values())
      for (const { code, attribute } of questions(questionnaire))
        if (attribute === 'grade' || attribute === 'language') found.set(code, attribute)
    return found
  }

  /** What is kept of a crossing; nothing of one that is not kept. */
  async function load(survey: number, { profiles, by }: Crossing): Promise<Counts> {
    const attributes = await attributesOf(survey)
    const asked = profiles.map((code) => attributes.get(code))
    const [first, second] = asked
    if (!first || asked.includes(undefined)) return none()
    for (let tries = 0; tries < 3; tries++) {
      const mark = await markOf(survey)
      if (mark.upTo === 0) return none()
      const place = by ? (by.item === undefined ? by.question : `${by.question}.${by.item}`) : ''
      const rows = await read
        .selectFrom('crossing')
        .select(({ fn }) => [
          'question',
          'cell',
          `${columns[first]} as first`,
          second ? (`${columns[second]} as second` as const) : sql<string>`''`.as('second'),
          fn.sum<number>('n').as('n'),
        ])
        .where('survey', '=', survey)
        .where('question', 'in', by ? ['', place] : [''])
        .groupBy(['question', 'cell', 'first', 'second'])
        .execute()
      // Both were read of one state.
      if ((await markOf(survey)).turn !== mark.turn) continue
      const counts = { ...none(), upTo: mark.upTo }
      for (const { question, cell, first: a, second: b, n } of rows) {
        const codes = second ? [a, b] : [a]
        const people = Number(n)
        if (question === '') addTo(counts, { profiles: codes, value: null, n: people })
        else {
          addTo(counts, { profiles: codes, value: cell, n: people })
          addTo(counts, { profiles: codes, value: null, n: -people })
        }
      }
      return counts
    }
    return none()
  }

  async function keepUp(survey: number, { waits = false } = {}): Promise<number> {
    if (waits && (await readIn(survey))) return 0
    const mine = running.get(survey) ?? count(survey).finally(() => running.delete(survey))
    running.set(survey, mine)
    return mine
  }

  /** Whether a file is just being read in: there is one, and more of it than at the last look. */
  async function readIn(survey: number): Promise<boolean> {
    const { n } = await read
      .selectFrom('import_run')
      .select(({ fn }) => fn.sum<number | null>('kept').as('n'))
      .where('survey', '=', survey)
      .executeTakeFirstOrThrow()
    const [now, before] = [Number(n ?? 0), importing.get(survey)]
    importing.set(survey, now)
    return now > 0 && now !== before
  }

  /** Asked for each response, so without waiting where it is known. */
  function questionnaireOf(
    survey: number,
    version: number,
  ): Questionnaire | Promise<Questionnaire | undefined> {
    return known.get(survey)?.get(version) ?? readQuestionnaires(survey, version)
  }

  async function readQuestionnaires(survey: number, version: number): Promise<Questionnaire | undefined> {
    known.set(survey, await questionnairesOf(read, survey))
    return known.get(survey)?.get(version)
  }

  /** Counts the responses of one part of a file while they are at hand: reading a million back takes as long as bringing them in. */
  function hear(survey: number): Hearing {
    const one: Heard = heard.get(survey) ?? { ranges: [], waiting: new Map(), n: 0, things: 0 }
    const known = one.n
    // Several write at once there, and numbers do not follow each other.
    let given = !several && one.things < MOST_WAITING.rows
    return {
      async add(settled) {
        if (!given) return
        for (const { version, answers } of settled) {
          const found = questionnaireOf(survey, version)
          const questionnaire = found instanceof Promise ? await found : found
          if (questionnaire) one.things += put(one.waiting, questionnaire, answers)
        }
        one.n += settled.length
      },
      kept(first) {
        if (!given) return
        given = false
        // What is counted in already cannot be taken out.
        if (first === undefined) heard.delete(survey)
        else {
          one.ranges.push({ first, last: first + one.n - known - 1 })
          heard.set(survey, one)
        }
      },
    }
  }

  /** What was heard and is not counted yet; nothing when it was counted meanwhile, or some of it is gone. */
  async function takeHeard(survey: number, upTo: number): Promise<Heard | undefined> {
    const one = heard.get(survey)
    heard.delete(survey)
    const first = one?.ranges[0]?.first
    if (!one || first === undefined || first <= upTo) return undefined
    let there = 0
    for (const range of one.ranges) {
      const { n } = await read
        .selectFrom('response')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('survey', '=', survey)
        .where('id', '>=', range.first)
        .where('id', '<=', range.last)
        .executeTakeFirstOrThrow()
      there += Number(n)
    }
    return there === one.n ? one : undefined
  }

  /** The last response that no earlier one can come behind any more. */
  async function settledUpTo(survey: number): Promise<number> {
    const row = await read
      .selectFrom('response')
      .select(({ fn }) => fn.max('id').as('id'))
      .where('survey', '=', survey)
      .executeTakeFirst()
    const newest = Number(row?.id ?? 0)
    if (!several) return newest
    const now = performance.now()
    const before = seen.get(survey)
    if (before && now - before.at < SETTLED) return 0
    seen.set(survey, { newest, at: now })
    return before?.newest ?? 0
  }

  async function count(survey: number): Promise<number> {
    const end = await settledUpTo(survey)
    let mark = await markOf(survey)
    let waiting: Waiting = new Map()
    let n = 0
    let things = 0
    let [all, upTo] = [0, mark.upTo]
    const keep = async (): Promise<boolean> => {
      const kept = await add(survey, mark.turn, { waiting, upTo })
      waiting = new Map()
      n = 0
      things = 0
      mark = { upTo, turn: mark.turn + 1 }
      return kept
    }
    const readUpTo = async (last: number, most = MOST_WAITING): Promise<boolean> => {
      for await (const page of streamBetween(read, survey, { after: upTo, upTo: last })) {
        for (const { id, version, answers } of page) {
          const questionnaire = await questionnaireOf(survey, version)
          if (!questionnaire) return false
          things += put(waiting, questionnaire, answers)
          n++
          all++
          upTo = id
        }
        if ((things >= most.rows || n >= most.responses) && !(await keep())) return false
        await turn()
      }
      return true
    }
    const atHand = await takeHeard(survey, upTo)
    if (atHand) {
      const [{ first = 0 } = {}] = atHand.ranges
      if (!(await readUpTo(first - 1)) || (n > 0 && !(await keep()))) return all
      waiting = atHand.waiting
      n = atHand.n
      all += n
      // What families sent meanwhile lies between; the mark is only true behind all of it.
      for (const { first, last } of atHand.ranges) {
        if (!(await readUpTo(first - 1, noEnd))) return all
        upTo = last
      }
      if (!(await keep())) return all
    }
    if ((await readUpTo(end)) && n > 0) await keep()
    return all
  }

  /** Adds counts, unless somebody else changed what is kept meanwhile. */
  const add = (
    survey: number,
    before: number,
    { waiting, upTo }: { waiting: Waiting; upTo: number },
  ): Promise<boolean> =>
    write(async (db) => {
      const mark = await markOf(survey, db)
      if (mark.turn !== before) return false
      const rows = rowsOf(survey, waiting)
      for (let at = 0; at < rows.length; at += PAGE)
        await db
          .insertInto('crossing')
          .values(rows.slice(at, at + PAGE))
          .onConflict((known) =>
            known
              .columns(['survey', 'question', 'cell', 'grp', 'grade', 'spoken'])
              .doUpdateSet(({ eb, ref }) => ({ n: eb('crossing.n', '+', ref('excluded.n')) })),
          )
          .execute()
      await db
        .insertInto('crossing_mark')
        .values({ survey, up_to: upTo, turn: mark.turn + 1 })
        .onConflict((known) => known.column('survey').doUpdateSet({ up_to: upTo, turn: mark.turn + 1 }))
        .execute()
      return true
    })

  return { load, keepUp, hear }
}

/** Everything that is kept of a survey. */
export async function listKept(read: Kysely<Database>, survey: number): ReturnType<Crossings['kept']> {
  const mark = await read
    .selectFrom('crossing_mark')
    .select('up_to')
    .where('survey', '=', survey)
    .executeTakeFirst()
  const rows = await read
    .selectFrom('crossing')
    .select(['question', 'cell', 'grp', 'grade', 'spoken', 'n'])
    .where('survey', '=', survey)
    .execute()
  return {
    upTo: Number(mark?.up_to ?? 0),
    rows: rows.map(({ question, cell, grp, grade, spoken, n }) => ({
      who: { group: grp, grade, language: spoken },
      said: { asked: question, said: cell },
      n: Number(n),
    })),
  }
}

/** The questionnaires of a survey by version, frozen. */
async function questionnairesOf(read: Kysely<Database>, survey: number): Promise<Map<number, Questionnaire>> {
  const rows = await read
    .selectFrom('version')
    .select(['number', 'questionnaire'])
    .where('survey', '=', survey)
    .execute()
  return new Map(rows.map((row) => [row.number, sharedFromJson<Questionnaire>(row.questionnaire)]))
}

/** One part of a file: its responses as they come by, then the id of the first when all are kept one after the other. */
export type Hearing = {
  add: (settled: readonly Settled[]) => Promise<void>
  kept: (first: number | undefined) => void
}

/** Responses that were counted as they were written: their numbers, and what is to be added for them. */
type Heard = { ranges: { first: number; last: number }[]; waiting: Waiting; n: number; things: number }

/** What waits to be added: by people, what they said. What is said alike is mostly one object. */
type Waiting = Map<string, { who: Record<Crossable, string>; n: Map<Said, number> }>

/** Adds one response. Tells how many things are new. */
function put(waiting: Waiting, questionnaire: Questionnaire, answers: Answers): number {
  const { who, said } = crossingOf(questionnaire, answers)
  const key = `${who.group}\0${who.grade}\0${who.language}`
  const found = waiting.get(key)
  const { n } = found ?? { n: new Map<Said, number>() }
  if (!found) waiting.set(key, { who, n })
  const before = n.size
  for (const one of said) n.set(one, (n.get(one) ?? 0) + 1)
  return n.size - before
}

/** The rows of what waits, each of its key once, in the order of the table. */
function rowsOf(survey: number, waiting: Waiting) {
  const rows = new Map<string, ReturnType<typeof rowOf> & { survey: number; n: number }>()
  for (const { who, n } of waiting.values())
    for (const [one, more] of n) {
      const row = rowOf(who, one)
      const key = Object.values(row).join('\0')
      const known = rows.get(key)
      if (known) known.n += more
      else rows.set(key, { survey, ...row, n: more })
    }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}

const rowOf = ({ group, grade, language }: Record<Crossable, string>, { asked, said }: Said) => ({
  question: asked,
  cell: said,
  grp: group,
  grade,
  spoken: language,
})

/** Takes a response that is removed out of what is kept. */
export async function uncross(
  db: Kysely<Database>,
  survey: number,
  { id, questionnaire, answers }: { id: number; questionnaire: Questionnaire; answers: Answers },
): Promise<void> {
  const mark = await db
    .selectFrom('crossing_mark')
    .select(['up_to', 'turn'])
    .where('survey', '=', survey)
    .executeTakeFirst()
  if (!mark || Number(mark.up_to) < id) return
  const { who, said } = crossingOf(questionnaire, answers)
  for (const one of said) {
    const { question, cell, grp, grade, spoken } = rowOf(who, one)
    await db
      .updateTable('crossing')
      .set(({ eb }) => ({ n: eb('n', '-', 1) }))
      .where('survey', '=', survey)
      .where('question', '=', question)
      .where('cell', '=', cell)
      .where('grp', '=', grp)
      .where('grade', '=', grade)
      .where('spoken', '=', spoken)
      .execute()
  }
  await db.deleteFrom('crossing').where('survey', '=', survey).where('n', '<=', 0).execute()
  await db
    .updateTable('crossing_mark')
    .set({ turn: Number(mark.turn) + 1 })
    .where('survey', '=', survey)
    .execute()
}
