import type { Kysely } from 'kysely'
import type { Answers, Settled, StoredResponse } from '../response/response.ts'
import type { Hearing } from './crossingsKept.ts'
import type { Engine } from './engine.ts'
import { type Row, toRow } from './jobs.ts'
import { fromJson, sharedFromJson } from './json.ts'
import { chunked } from './order.ts'
import type { Responses } from './stores.ts'
import type { Database } from './tables.ts'

/** Responses read at a time. */
const PAGE = 200
/** Responses made ready to write at a time. */
const BATCH = 500

/** `hear`: who counts the responses of a file as they are written. */
export function openResponses(
  { read, ready, share, run, bulk }: Pick<Engine, 'read' | 'ready' | 'share' | 'run' | 'bulk'>,
  hear?: (survey: number) => Hearing,
): Responses {
  const findSpent = ready(read.selectFrom('spent').select('survey').where('token_hash', '=', ''))
  return {
    submit: async (survey, tokenHash, settled, codeHash, withdrawHash) => {
      const row = toRow(settled)
      const done = await share({ kind: 'submit', survey, tokenHash, row, codeHash, withdrawHash })
      return done === 'already' || done === 'refused' ? done : 'saved'
    },
    spent: async (tokenHash) => (await findSpent(tokenHash)) !== undefined,
    addMany: async (survey, settled) => (await bulk(survey, toRows(chunked(settled, BATCH)))).n,
    addPart: async (survey, batches, { fingerprint, kept }) => {
      const place = (n: number) =>
        kept === 0
          ? read
              .insertInto('import_run')
              .values({ survey, fingerprint, kept: n })
              .onConflict((known) => known.columns(['survey', 'fingerprint']).doNothing())
          : read
              .updateTable('import_run')
              .set({ kept: kept + n })
              .where('survey', '=', survey)
              .where('fingerprint', '=', fingerprint)
              .where('kept', '=', kept)
      const hearing = hear?.(survey)
      try {
        const { n, first } = await bulk(survey, toRows(batches, hearing), place)
        hearing?.kept(first)
        return n
      } catch (error) {
        hearing?.kept(undefined)
        throw error
      }
    },
    partsKept: async (survey, fingerprint) => {
      const row = await read
        .selectFrom('import_run')
        .select('kept')
        .where('survey', '=', survey)
        .where('fingerprint', '=', fingerprint)
        .executeTakeFirst()
      return row?.kept ?? 0
    },
    forgetParts: async (survey, fingerprint) => {
      const gone = read.deleteFrom('import_run').where('survey', '=', survey)
      await run(gone.where('fingerprint', '=', fingerprint))
    },
    stream: (survey) => stream(read, survey),
    count: async (survey) => {
      // The kept count of responses themselves, so that it costs the same however many there are.
      const { n } = await read
        .selectFrom('tally')
        .select((is) => is.fn.sum<number | null>('n').as('n'))
        .where('survey', '=', survey)
        .where('question', '=', '')
        .where('cell', '=', '')
        .executeTakeFirstOrThrow()
      return Number(n ?? 0)
    },
  }
}

async function* toRows(
  batches: Iterable<readonly Settled[]> | AsyncIterable<readonly Settled[]>,
  hearing?: Hearing,
): AsyncGenerator<Row[]> {
  for await (const settled of batches) {
    await hearing?.add(settled)
    yield settled.map((one) => toRow(one))
  }
}

/** In order of id, from wherever the last page ended: no cursor is held open while the reader takes its time. */
export async function* stream(read: Kysely<Database>, survey: number): AsyncGenerator<StoredResponse> {
  for await (const page of streamBetween(read, survey)) yield* page
}

/** Pages of the responses behind `after`, up to `upTo`. */
export async function* streamBetween(
  read: Kysely<Database>,
  survey: number,
  { after = 0, upTo }: { after?: number; upTo?: number } = {},
): AsyncGenerator<StoredResponse[]> {
  let from = after
  const parse = answerReader()
  for (;;) {
    const page = await read
      .selectFrom('response')
      .select(['id', 'version', 'language', 'channel', 'hour'])
      .where('survey', '=', survey)
      .where('id', '>', from)
      .$if(upTo !== undefined, (some) => some.where('id', '<=', upTo ?? 0))
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const last = page.at(-1)
    if (!last) return
    const answers = await answersBetween(read, survey, { after: from, last: last.id, parse })
    yield page.map((row) => ({ ...row, answers: answers.get(row.id) ?? {} }))
    from = last.id
  }
}

/** Answers kept ready by their text: a million people choose among a few options. */
const MOST_READY = 5_000

function answerReader(): (text: string) => Answers[string] {
  const ready = new Map<string, Answers[string]>()
  return (text) => {
    const known = ready.get(text)
    if (known !== undefined) return known
    if (text.length > 60 || ready.size >= MOST_READY) return fromJson<Answers[string]>(text)
    const answer = sharedFromJson<Answers[string]>(text)
    ready.set(text, answer)
    return answer
  }
}

async function answersBetween(
  read: Kysely<Database>,
  survey: number,
  { after, last, parse }: { after: number; last: number; parse: (text: string) => Answers[string] },
): Promise<Map<number, Answers>> {
  // Read for each page: a version published meanwhile may have brought questions.
  const asked = await read
    .selectFrom('question')
    .select(['id', 'code'])
    .where('survey', '=', survey)
    .orderBy('id')
    .execute()
  const byResponse = new Map<number, Answers>()
  if (asked.length === 0) return byResponse
  const codes = new Map(asked.map(({ id, code }) => [id, code]))
  const rows = await read
    .selectFrom('answer')
    .select(['question', 'response', 'value'])
    .where('question', 'in', [...codes.keys()])
    .where('response', '>', after)
    .where('response', '<=', last)
    .orderBy('question')
    .execute()
  for (const { question, response, value } of rows) {
    const code = codes.get(question) ?? ''
    const answers = byResponse.get(response)
    if (answers) answers[code] = parse(value)
    else byResponse.set(response, { [code]: parse(value) })
  }
  return byResponse
}
