import pg from 'pg'
import type { Server } from '../../../bench/process.ts'
import { type Server as Postgres, programs, startPostgres } from '../../postgres/server.ts'
import { gone, openGround, pause, settleDown, type Trial } from './trial.ts'

const kills = 50

/**
 * Two servers on one PostgreSQL while people answer through both: one is killed (-9) at a moment drawn by chance, and
 * those whom it served go on at the other; at times both are, and at times PostgreSQL itself ends as in a power failure.
 * After each, everything is looked at.
 */
export const several: Trial = async ({ share, random, databaseUrl }) => {
  const own = databaseUrl === undefined ? await ownPostgres() : undefined
  const url = databaseUrl ?? own?.url('heard')
  if (url === undefined) return { what: 'passed over: no PostgreSQL was found on this machine', faults: [] }
  const ground = await openGround(undefined, url)
  const { crowd } = ground
  const rounds = Math.max(1, Math.round(kills * share))
  const killed = { one: 0, both: 0, postgres: 0 }
  const faults: string[] = []
  try {
    // What was compiled is kept by a server that ends in order, which none of those that are killed does: with it the
    // next starts take half as long.
    await (await ground.start()).stop()
    let servers: Server[] = await Promise.all([ground.start(), ground.start()])
    for (let round = 0; round < rounds; round++) {
      const milliseconds = 300 + 1200 * random()
      const answering = servers.map((server) =>
        crowd.answer(server.url, { atOnce: 12, milliseconds: milliseconds + 300 }),
      )
      await pause(milliseconds)
      const chance = random()
      const what = own && chance < 0.2 ? 'postgres' : chance < 0.4 ? 'both' : 'one'
      killed[what] += 1
      if (what === 'postgres') await own?.crash()
      const dying = what === 'one' ? [servers[round % 2]] : what === 'both' ? servers : []
      for (const server of dying) if (server) process.kill(server.pid, 'SIGKILL')
      await Promise.all([...answering, ...dying.map((server) => server && gone(server.pid))])
      const left = servers.filter((server) => !dying.includes(server))
      // At the end one is enough for everybody to finish.
      const missing = Math.max(0, (round + 1 === rounds ? 1 : 2) - left.length)
      // A server that starts writes nothing, so that it may while everything is looked at.
      const [found, ...fresh] = await Promise.all([
        crowd.audit(),
        ...Array.from({ length: missing }, () => ground.start()),
      ])
      faults.push(...found.map((fault) => `after ${what} in round ${round + 1}: ${fault}`))
      servers = [...left, ...fresh]
    }
    const [first, second] = servers
    await second?.stop()
    if (first) faults.push(...(await settleDown(ground, first)))
    const { acknowledged, requests, broken, refused } = crowd.counts()
    return {
      what:
        `two servers on one PostgreSQL: ${killed.one} times one was killed, ${killed.both} times both, ` +
        `${killed.postgres} times PostgreSQL ended at once; ${requests} requests, ${broken} people cut off, ` +
        `${refused} told to try again, ${acknowledged} acknowledged responses`,
      faults,
    }
  } finally {
    await ground.close()
    await own?.close()
  }
}

/** One that writes to disk as it would in earnest. */
async function ownPostgres(): Promise<Postgres | undefined> {
  const bin = programs()
  if (bin === undefined) return undefined
  const server = await startPostgres(bin, { safe: true })
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query('create database heard')
  await admin.end()
  return server
}
