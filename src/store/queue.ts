import { Unavailable } from './errors.ts'

export type Queue<J, O> = {
  /** Resolves with what became of the job, once the commit that it shared has returned. */
  push: (job: J) => Promise<O>
  /** Takes nothing more; resolves when everything taken is done. */
  end: () => Promise<void>
}

/**
 * Jobs that arrive while a commit is under way wait and share the next one, so that one flush to disk serves
 * them all. When the commit throws, all that shared it are refused with the same error.
 *
 * @param most jobs that wait; more are refused, so that memory has an end
 * @param limit most jobs in one commit; keeps the write lock short for other processes
 */
export function shareCommits<J, O>(
  commit: (jobs: J[]) => Promise<O[]>,
  limit = 500,
  most = 20_000,
): Queue<J, O> {
  type Waiting = { job: J; resolve: (outcome: O) => void; reject: (error: unknown) => void }
  const waiting: Waiting[] = []
  const whenIdle: (() => void)[] = []
  let busy = false
  let ended = false

  function wake(): void {
    if (busy) return
    if (waiting.length === 0) {
      for (const idle of whenIdle.splice(0)) idle()
      return
    }
    busy = true
    // Not at once: requests read in the same turn of the loop belong to the same commit.
    setImmediate(flush)
  }

  async function flush(): Promise<void> {
    const batch = waiting.splice(0, limit)
    try {
      const outcomes = await commit(batch.map(({ job }) => job))
      batch.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index]
        if (outcome === undefined) reject(new Unavailable('the commit gave no answer for this job'))
        else resolve(outcome)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    busy = false
    wake()
  }

  return {
    push: (job) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Unavailable('the store is closing'))
        if (waiting.length >= most) return reject(new Unavailable('too many are waiting'))
        waiting.push({ job, resolve, reject })
        wake()
      }),
    end: () =>
      new Promise((resolve) => {
        ended = true
        whenIdle.push(resolve)
        wake()
      }),
  }
}
