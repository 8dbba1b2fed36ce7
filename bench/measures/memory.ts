import { setTimeout as wait } from 'node:timers/promises'
import { residentMemory, type Server } from '../process.ts'
import type { Measure, Room } from '../room.ts'
import { beside } from '../rounds.ts'
import type { Row } from '../row.ts'

/** Milliseconds without a request before a server counts as idle. */
const settling = 1_500

export const memory: Measure = {
  title: 'Resident memory',
  async run(room) {
    const idle = await Promise.all([
      idleMemory(room.startHeard(room.folder('idle'), '/')),
      idleMemory(room.startCeiling('http')),
      idleMemory(room.startCeiling('express')),
    ])
    const [heard, http, express] = idle
    if (heard === undefined || http === undefined || express === undefined)
      throw new Error('this system does not tell')
    const row = { what: 'idle, after one page', unit: 'MB', heard } as const
    return [
      { ...row, beside: beside('bare Express', [heard], [express]) },
      { ...row, beside: beside('bare node:http', [heard], [http]) },
    ]
  },
}

async function idleMemory(starting: Promise<Server>): Promise<number | undefined> {
  const server = await starting
  await wait(settling)
  const used = residentMemory(server.pid)
  await server.stop()
  return used
}

/** The servers of the run, once all the load has passed over them. */
export const memoryAfterLoad: Measure = {
  title: 'Resident memory after the load',
  async run({ heard, express }: Room): Promise<Row[]> {
    await wait(settling)
    const [ours = Number.NaN, bare = Number.NaN] = [residentMemory(heard.pid), residentMemory(express.pid)]
    return [
      { what: 'after the load', unit: 'MB', heard: ours, beside: beside('bare Express', [ours], [bare]) },
    ]
  },
}
