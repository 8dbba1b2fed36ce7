import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Server, startServer } from '../../../bench/process.ts'
import { makeScratch, type Scratch, slug } from '../../../bench/scratch.ts'
import { type Crowd, openCrowd } from '../crowd.ts'

/** What a trial did, in words and numbers for the table, and everything that was wrong. */
export type Tried = { what: string; faults: string[] }

/** `share`: how much of the whole trial to do, 1 for all of it; the suite does a little. */
export type Trial = (asked: { share: number; random: () => number; databaseUrl?: string }) => Promise<Tried>

export type Ground = {
  scratch: Scratch
  crowd: Crowd
  start: (more?: Start) => Promise<Server>
  close: () => Promise<void>
}
type Start = { nodeArgs?: string[]; settings?: Record<string, string> }

/** A data folder (or an empty database) with an open survey, and people who want to answer it. */
export async function openGround(folder?: string, databaseUrl?: string): Promise<Ground> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'heard-faults-')))
  const scratch = await makeScratch(dataDir, 0, databaseUrl)
  return {
    scratch,
    crowd: openCrowd(scratch),
    start: ({ nodeArgs = [], settings = {} } = {}) =>
      startServer('src/server.ts', {
        nodeArgs,
        settings: {
          DATA_DIR: dataDir,
          ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
          LOG_LEVEL: 'silent',
          ...settings,
        },
        page: `/s/${slug}`,
      }),
    close: () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }),
  }
}

export const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Waits until a process is gone. */
export async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await pause(10)
  }
  throw new Error('the server did not end')
}

export const p99 = (times: readonly number[]): number =>
  Math.round([...times].sort((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0)

/** Everybody finishes, then all is compared; for the end of a trial whose server is running. */
export async function settleDown({ crowd }: Ground, server: Server): Promise<string[]> {
  await crowd.finish(server.url)
  await server.stop()
  return crowd.audit()
}
