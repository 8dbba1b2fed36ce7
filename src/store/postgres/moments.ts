import type pg from 'pg'
import { openLine } from './connection.ts'

/** Pause before a broken line is opened again, milliseconds. */
const PAUSE = 1_000
/** How often the line is asked whether it is still there: one that broke without a word would leave us deaf. */
const BEAT = 5_000

export type Moments = {
  now: () => number
  /** We have changed something ourselves. */
  passed: () => void
  close: () => Promise<void>
}

/**
 * Counts up when somebody, in whichever process, changes a survey or a setting: triggers tell everybody who listens
 * (migrations/postgres). While nobody can be heard, every turn of the event loop is another moment.
 */
export async function openMoments(url: string): Promise<Moments> {
  let at = 0
  let deaf = true
  let turned = false
  let closed = false
  let line: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const passed = () => {
    at += 1
  }

  async function listen(): Promise<void> {
    const mine = await openLine(url)
    mine.on('notification', passed)
    mine.once('end', () => lost(mine))
    line = mine
    await mine.query('listen heard')
    // What was said while we did not listen.
    passed()
    deaf = false
  }

  function lost(mine: pg.Client): void {
    if (closed || line !== mine) return
    line = undefined
    deaf = true
    passed()
    again()
  }

  function again(): void {
    if (closed) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      listen().catch(again)
    }, PAUSE).unref()
  }

  async function beat(): Promise<void> {
    const mine = line
    if (!mine) return
    const silent = setTimeout(() => {
      lost(mine)
      mine.end().catch(() => {})
    }, BEAT).unref()
    await mine.query('select 1').catch(() => lost(mine))
    clearTimeout(silent)
  }

  await listen()
  const beating = setInterval(() => void beat(), BEAT).unref()
  return {
    passed,
    now() {
      if (deaf && !turned) {
        turned = true
        passed()
        setImmediate(() => {
          turned = false
        })
      }
      return at
    },
    async close() {
      closed = true
      clearInterval(beating)
      clearTimeout(timer)
      await line?.end().catch(() => {})
    },
  }
}
