import { Unavailable } from '../errors.ts'
import type { Done, Job, Outcome } from '../jobs.ts'
import { type Connection, isRowFault } from './connection.ts'
import { addTo, gather, noCounts, nothingGathered, prepareRows, type Rows } from './rows.ts'

/**
 * Writes many small jobs in one transaction: either COMMIT returned and every outcome stands on disk, or it
 * throws and nothing was kept. A job that is itself at fault fails alone.
 */
export type Commit = (jobs: Job[]) => Outcome[]

export function prepareCommit(db: Connection): Commit {
  const rows = prepareRows(db)
  const run = {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    mark: db.prepare('savepoint job'),
    keep: db.prepare('release job'),
    undo: db.prepare('rollback to job'),
    spend: db.prepare('insert into spent (token_hash, survey) values (?, ?) on conflict do nothing'),
    unspend: db.prepare('delete from spent where token_hash = ?'),
    useCode: db.prepare(
      `update access_code set state = 'used' where code_hash = ? and survey = ? and state = 'unused'`,
    ),
    mayWithdraw: db.prepare('insert into withdrawal (code_hash, survey, response) values (?, ?, ?)'),
    clearDraft: db.prepare('delete from draft where token_hash = ?'),
    clearSheet: db.prepare('delete from paper_sheet where survey = ? and sheet = ?'),
    // A page that arrives after its response was sent must not bring the draft back.
    saveDraft: db.prepare(`
      insert into draft (token_hash, survey, version, language, channel, answers, passed, typed, touched)
      select ?, ?, ?, ?, ?, ?, ?, ?, ? where not exists (select 1 from spent where token_hash = ?)
      on conflict (token_hash) do update set
        survey = excluded.survey, version = excluded.version, language = excluded.language,
        channel = excluded.channel, answers = excluded.answers, passed = excluded.passed,
        typed = excluded.typed, touched = excluded.touched`),
  }

  function apply(job: Job): Done {
    switch (job.kind) {
      case 'submit': {
        if (run.spend.run(job.tokenHash, job.survey).changes === 0) return 'already'
        if (job.codeHash !== undefined && run.useCode.run(job.codeHash, job.survey).changes === 0) {
          run.unspend.run(job.tokenHash)
          return 'refused'
        }
        const one = nothingGathered()
        gather(one, job.row)
        const id = rows.insert(job.survey, one)
        if (job.withdrawHash !== undefined) run.mayWithdraw.run(job.withdrawHash, job.survey, id)
        run.clearDraft.run(job.tokenHash)
        if (job.sheet !== undefined) run.clearSheet.run(job.survey, job.sheet)
        return 'saved'
      }
      case 'draft': {
        const { survey, version, language, channel, answers, passed, typed, touched } = job.draft
        const hash = job.tokenHash
        run.saveDraft.run(hash, survey, version, language, channel, answers, passed, typed, touched, hash)
        return 'saved'
      }
      case 'statement':
        return db.prepare(job.sql).run(job.parameters).changes
    }
  }

  /** A job that is at fault is undone; what came before it stays. */
  function applyAlone(job: Job): Outcome {
    run.mark.run()
    try {
      const done = apply(job)
      run.keep.run()
      return { done }
    } catch (error) {
      if (!isRowFault(error) || !db.inTransaction) throw error
      run.undo.run()
      run.keep.run()
      return { fault: error instanceof Error ? error.message : String(error) }
    }
  }

  function transaction(jobs: Job[], one: (job: Job) => Outcome): Outcome[] {
    const counts = noCounts()
    run.begin.run()
    const outcomes = jobs.map((job) => {
      const outcome = one(job)
      if (job.kind === 'submit' && 'done' in outcome && outcome.done === 'saved')
        addTo(counts, job.survey, job.row)
      return outcome
    })
    rows.count(counts)
    run.commit.run()
    return outcomes
  }

  return (jobs) => {
    try {
      return transaction(jobs, (job) => ({ done: apply(job) }))
    } catch (error) {
      // A savepoint for each job has every page that it changes copied first: only when one of them is at fault.
      const again = isRowFault(error) && db.inTransaction
      abandon(db, rows)
      if (!again) throw nothingKept(error)
    }
    try {
      return transaction(jobs, applyAlone)
    } catch (error) {
      abandon(db, rows)
      throw nothingKept(error)
    }
  }
}

const nothingKept = (error: unknown): Unavailable =>
  new Unavailable(`nothing was kept: ${error instanceof Error ? error.message : String(error)}`)

/** Takes back an open transaction, and what was remembered from within it. */
export function abandon(db: Connection, rows?: Rows): void {
  rows?.forget()
  if (db.inTransaction) db.exec('rollback')
}
