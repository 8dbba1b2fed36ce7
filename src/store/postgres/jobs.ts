import type pg from 'pg'
import { freeJobSql, openLine, tryJobSql } from './connection.ts'

export type Holder = {
  hold: (job: string) => Promise<boolean>
  release: (job: string) => Promise<void>
  close: () => Promise<void>
}

/**
 * Jobs that one process alone may do: a lock that lasts as long as the line that took it. When its process ends or its
 * line breaks, the database gives the job to the next one that asks.
 */
export function openHolder(url: string): Holder {
  let line: Promise<pg.Client> | undefined
  const held = new Set<string>()

  function open(): Promise<pg.Client> {
    const opening = openLine(url).then((mine) => {
      mine.once('end', forget)
      return mine
    })
    const forget = () => {
      if (line === opening) {
        line = undefined
        held.clear()
      }
    }
    opening.catch(forget)
    return opening
  }

  return {
    async hold(job) {
      if (held.has(job)) return true
      line ??= open()
      const mine = line
      const { rows } = await (await mine).query<{ mine: boolean }>(tryJobSql, [job])
      const ours = rows[0]?.mine === true && line === mine
      if (ours) held.add(job)
      return ours
    },
    async release(job) {
      if (!held.delete(job)) return
      await (await line)?.query(freeJobSql, [job])
    },
    async close() {
      await (await line?.catch(() => undefined))?.end().catch(() => {})
    },
  }
}
