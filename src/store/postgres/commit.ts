import { Unavailable } from '../errors.ts'
import type { Done, Job, Outcome } from '../jobs.ts'
import { ask, type Client, isRowFault, keepable, lockSql, type Pool, wordsOf } from './connection.ts'
import { addCounts, addTo, insertRows, noCounts, type Questions } from './rows.ts'

type Submit = Extract<Job, { kind: 'submit' }>
type DraftJob = Extract<Job, { kind: 'draft' }>
type Statement = Extract<Job, { kind: 'statement' }>

/**
 * Writes many small jobs in one transaction, a few statements for all of them: either COMMIT returned and every outcome
 * stands on disk, or it throws and nothing was kept. When one job is at fault, all are taken back and done again one by
 * one, each behind a savepoint, so that it fails alone.
 *
 * One such transaction at a time in the whole database, whichever process it comes from: numbers of responses then come
 * in the order in which they can be read, and kept counts, which all of them add to, would make them wait anyway.
 * Drafts alone go side by side.
 */
export async function commit(pool: Pool, questions: Questions, jobs: Job[]): Promise<Outcome[]> {
  try {
    return await transaction(pool, jobs, async (client) =>
      (await applyAll(client, questions, jobs)).map((done) => ({ done })),
    )
  } catch (error) {
    questions.clear()
    if (!isRowFault(error)) refused(error)
    if (jobs.length === 1) return [faultOf(error)]
  }
  try {
    return await transaction(pool, jobs, (client) => oneByOne(client, questions, jobs))
  } catch (error) {
    questions.clear()
    return refused(error)
  }
}

const faultOf = (error: unknown): Outcome => ({ fault: wordsOf(error) })

async function transaction<T>(pool: Pool, jobs: Job[], work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = true
  try {
    const lock = jobs.every(({ kind }) => kind === 'draft')
      ? 'pg_advisory_xact_lock_shared'
      : 'pg_advisory_xact_lock'
    await client.query(`begin; ${lockSql(lock, 'writes')}`)
    try {
      const result = await work(client)
      await client.query('commit').catch(refused)
      broken = false
      return result
    } catch (error) {
      await client.query('rollback')
      broken = false
      throw error
    }
  } finally {
    client.release(broken)
  }
}

/** What was written could not be kept, and that is nobody's fault who wrote it. */
const refused = (error: unknown): never => {
  throw new Unavailable(`nothing was kept: ${wordsOf(error)}`)
}

async function oneByOne(client: Client, questions: Questions, jobs: Job[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const job of jobs) {
    await client.query('savepoint job')
    try {
      const [done = 0] = await applyAll(client, questions, [job])
      await client.query('release job')
      outcomes.push({ done })
    } catch (error) {
      if (!isRowFault(error)) throw error
      await client.query('rollback to job; release job')
      outcomes.push(faultOf(error))
    }
  }
  return outcomes
}

/** Jobs of one batch were handed over without waiting for each other: kind by kind is as good an order as any. */
async function applyAll(client: Client, questions: Questions, jobs: Job[]): Promise<Done[]> {
  const outcomes: Done[] = []
  const of = <K extends Job['kind']>(kind: K) =>
    [...jobs.entries()].filter((one): one is [number, Extract<Job, { kind: K }>] => one[1].kind === kind)
  const tell = (entries: [number, Job][], done: readonly Done[]) => {
    entries.forEach(([at], index) => {
      outcomes[at] = done[index] ?? 0
    })
  }
  const [drafts, submits, statements] = [of('draft'), of('submit'), of('statement')]
  tell(drafts, await saveDrafts(client, jobsOf(drafts)))
  tell(submits, await submit(client, questions, jobsOf(submits)))
  tell(statements, await runStatements(client, jobsOf(statements)))
  return outcomes
}

const jobsOf = <J>(entries: [number, J][]): J[] => entries.map(([, job]) => job)

async function runStatements(client: Client, jobs: Statement[]): Promise<Done[]> {
  const done: Done[] = []
  for (const { sql, parameters } of jobs) {
    const { rowCount } = await client.query(sql, parameters.map(keepable))
    done.push(rowCount ?? 0)
  }
  return done
}

/** Of one token the last counts. A page that arrives after its response was sent must not bring the draft back. */
async function saveDrafts(client: Client, jobs: DraftJob[]): Promise<Done[]> {
  if (jobs.length === 0) return []
  const last = new Map(jobs.map(({ tokenHash, draft }) => [tokenHash, draft]))
  // By their tokens: two batches that hold the same ones must not wait for each other.
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1))
  const of = <V>(value: (draft: DraftJob['draft']) => V): V[] => rows.map(([, draft]) => value(draft))
  await ask(
    client,
    `insert into draft (token_hash, survey, version, language, channel, answers, passed, typed, touched)
     select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::bigint[]) as given (token_hash)
     where not exists (select 1 from spent where spent.token_hash = given.token_hash)
     on conflict (token_hash) do update set
       survey = excluded.survey, version = excluded.version, language = excluded.language,
       channel = excluded.channel, answers = excluded.answers, passed = excluded.passed,
       typed = excluded.typed, touched = excluded.touched`,
    [
      rows.map(([token]) => token),
      of(({ survey }) => survey),
      of(({ version }) => version),
      of(({ language }) => language),
      of(({ channel }) => channel),
      of(({ answers }) => answers),
      of(({ passed }) => passed),
      of(({ typed }) => typed),
      of(({ touched }) => touched),
    ],
  )
  return jobs.map(() => 'saved')
}

/** Those with the same token or code as one before them wait for what becomes of it. */
async function submit(client: Client, questions: Questions, jobs: Submit[]): Promise<Done[]> {
  const done = new Map<Submit, Done>()
  let left = jobs
  while (left.length > 0) {
    const seen = new Set<string>()
    const now: Submit[] = []
    const later: Submit[] = []
    for (const job of left) {
      const names = [
        `token ${job.tokenHash}`,
        ...(job.codeHash === undefined ? [] : [`code ${job.codeHash}`]),
      ]
      ;(names.some((name) => seen.has(name)) ? later : now).push(job)
      for (const name of names) seen.add(name)
    }
    await submitDistinct(client, questions, now, done)
    left = later
  }
  return jobs.map((job) => done.get(job) ?? 0)
}

async function submitDistinct(
  client: Client,
  questions: Questions,
  jobs: Submit[],
  done: Map<Submit, Done>,
): Promise<void> {
  const spent = await spend(client, jobs)
  const used = await useCodes(
    client,
    jobs.filter(({ tokenHash }) => spent.has(tokenHash)),
  )
  const refused: string[] = []
  const kept: Submit[] = []
  for (const job of jobs) {
    if (!spent.has(job.tokenHash)) done.set(job, 'already')
    else if (job.codeHash !== undefined && !used.has(job.codeHash)) {
      refused.push(job.tokenHash)
      done.set(job, 'refused')
    } else {
      kept.push(job)
      done.set(job, 'saved')
    }
  }
  if (refused.length > 0) await ask(client, 'delete from spent where token_hash = any($1::text[])', [refused])
  if (kept.length === 0) return
  const numbered = await insertRows(client, questions, kept)
  await mayWithdraw(client, kept, numbered)
  await ask(client, 'delete from draft where token_hash = any($1::text[])', [
    kept.map(({ tokenHash }) => tokenHash),
  ])
  for (const { survey, sheet } of kept)
    if (sheet !== undefined)
      await ask(client, 'delete from paper_sheet where survey = $1 and sheet = $2', [survey, sheet])
  const counts = noCounts()
  for (const one of kept) addTo(counts, questions, one)
  await addCounts(client, counts)
}

async function spend(client: Client, jobs: Submit[]): Promise<Set<string>> {
  const { rows } = await ask<{ token_hash: string }>(
    client,
    `insert into spent (token_hash, survey) select * from unnest($1::text[], $2::bigint[])
     on conflict do nothing returning token_hash`,
    [jobs.map(({ tokenHash }) => tokenHash), jobs.map(({ survey }) => survey)],
  )
  return new Set(rows.map(({ token_hash }) => token_hash))
}

async function useCodes(client: Client, jobs: Submit[]): Promise<Set<string>> {
  const coded = jobs.filter(({ codeHash }) => codeHash !== undefined)
  if (coded.length === 0) return new Set()
  const { rows } = await ask<{ code_hash: string }>(
    client,
    `update access_code set state = 'used' from unnest($1::text[], $2::bigint[]) as given (code_hash, survey)
     where access_code.code_hash = given.code_hash and access_code.survey = given.survey and state = 'unused'
     returning access_code.code_hash`,
    [coded.map(({ codeHash }) => codeHash ?? ''), coded.map(({ survey }) => survey)],
  )
  return new Set(rows.map(({ code_hash }) => code_hash))
}

async function mayWithdraw(client: Client, kept: Submit[], numbered: { id: number }[]): Promise<void> {
  const rows = kept.flatMap(({ survey, withdrawHash }, at) =>
    withdrawHash === undefined ? [] : [{ hash: withdrawHash, survey, response: numbered[at]?.id ?? 0 }],
  )
  if (rows.length === 0) return
  await ask(
    client,
    `insert into withdrawal (code_hash, survey, response)
     select * from unnest($1::text[], $2::bigint[], $3::bigint[])`,
    [rows.map(({ hash }) => hash), rows.map(({ survey }) => survey), rows.map(({ response }) => response)],
  )
}
