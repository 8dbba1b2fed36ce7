import { openLedger } from '../ledger.ts'
import { load, packed } from '../load.ts'
import { processorTime, type Server } from '../process.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median } from '../rounds.ts'
import type { Row } from '../row.ts'
import { slug } from '../scratch.ts'
import { bareIn, journeysIn } from './journeys.ts'

/** Seconds of what is not counted: the engine compiles what it meets often. */
const warmUp = 12

/**
 * What a request costs the server's processor, all its threads and the kernel's work for it. A busy machine makes
 * everything slower by the clock, and far less so by this; two checkouts in turns (--beside) tell even little apart.
 */
export const processor: Measure = {
  title:
    'Processor time of the server for each request: journeys as above, and the start page in Spanish; beside it one GET of bare Express, and Heard as it is in the other checkout',
  async run(room) {
    const kinds: [string, Ask][] = [
      ['a journey’s requests', journey],
      ['start page, compressed', startPage(packed)],
      ['start page, not compressed', startPage('')],
    ]
    const rows: Row[] = []
    for (const [what, ask] of kinds) rows.push(...(await measure(room, what, ask)))
    return rows
  },
}

/** Puts load on Heard (or the other Heard), or on bare Express, for so many seconds; how many requests were answered. */
type Ask = Record<'heard' | 'bare', (room: Room, seconds: number) => Promise<number>>

const journey: Ask = {
  heard: async (room, seconds) => (await journeysIn(room, seconds)).requests,
  bare: async (room, seconds) => (await bareIn(room, seconds)).requests,
}

const startPage = (encodings: string): Ask => {
  const headers = { 'accept-language': 'es', ...(encodings && { 'accept-encoding': encodings }) }
  const ask = async (url: string, seconds: number) =>
    (await load({ url, connections: 32, seconds, headers, status: 200 })).requests
  return {
    heard: ({ heard }, seconds) => ask(`${heard.url}/s/${slug}`, seconds),
    bare: ({ express }, seconds) => ask(express.url, seconds),
  }
}

async function measure(room: Room, what: string, ask: Ask): Promise<Row[]> {
  const { rounds, seconds, other, heard, express } = room
  // What it acknowledges is in a database of its own.
  const there = other && { ...room, heard: other, ledger: openLedger() }
  const lasting = 2 * seconds
  await ask.heard(room, room.quick ? seconds : warmUp)
  if (there) await ask.heard(there, room.quick ? seconds : warmUp)
  const contenders: Record<string, () => Promise<number>> = {
    heard: () => each(heard, () => ask.heard(room, lasting)),
    bare: () => each(express, () => ask.bare(room, lasting)),
    ...(there && { other: () => each(there.heard, () => ask.heard(there, lasting)) }),
  }
  const { heard: ours = [], bare = [], other: theirs } = await inTurns(rounds, contenders)
  const row = (name: string, ceiling: readonly number[]): Row => ({
    what,
    unit: 'µs',
    heard: median(ours),
    beside: beside(name, ours, ceiling),
    note: `${Math.min(...ours).toFixed(0)} to ${Math.max(...ours).toFixed(0)}`,
  })
  return [row('bare Express', bare), ...(theirs ? [row('other checkout', theirs)] : [])]
}

/** Microseconds for each request. */
async function each({ pid }: Server, work: () => Promise<number>): Promise<number> {
  const before = processorTime(pid)
  const requests = await work()
  const after = processorTime(pid)
  if (before === undefined || after === undefined) throw new Error('this system does not tell processor time')
  return (after - before) / requests
}
