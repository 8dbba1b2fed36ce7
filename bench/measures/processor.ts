import { openLedger } from '../ledger.ts'
import { load, packed } from '../load.ts'
import { processorTime, type Server } from '../process.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median } from '../rounds.ts'
import type { Row } from '../row.ts'
import { slug } from '../scratch.ts'
import { bareIn, journeysIn } from './journeys.ts'

/**
 * What a request costs the server's processor, all its threads and the kernel's work for it. A busy machine makes
 * everything slower by the clock, and far less so by this; two checkouts in turns (--beside) tell even little apart.
 * Turns are so many requests, not so many seconds, so that a slow turn is no colder than a quick one.
 */
export const processor: Measure = {
  title:
    'Processor time of the server for each request: journeys, and the start page in Spanish; beside it a GET of bare Express, and Heard as the other checkout has it',
  async run(room) {
    const rows: Row[] = []
    for (const kind of kinds) rows.push(...(await measure(room, kind)))
    return rows
  },
}

/** Puts load on Heard or on bare Express; tells how many requests were answered. */
type Ask = (room: Room, amount: number) => Promise<number>
/** `turn`: how much at a time, after `first` that does not count, since the engine compiles what it meets often. */
type Kind = { what: string; first: number; turn: number; heard: Ask; bare: Ask }

/** Nothing ends by the clock. */
const seconds = 600

const startPage = (what: string, encodings: string): Kind => {
  const headers = { 'accept-language': 'es', ...(encodings && { 'accept-encoding': encodings }) }
  const ask = async (url: string, amount: number) =>
    (await load({ url, connections: 32, seconds, amount, headers, status: 200 })).requests
  return {
    ...{ what, first: 10_000, turn: 10_000 },
    heard: ({ heard }, amount) => ask(`${heard.url}/s/${slug}`, amount),
    bare: ({ express }, amount) => ask(express.url, amount),
  }
}

const kinds: Kind[] = [
  {
    what: 'a journey’s requests',
    ...{ first: 600, turn: 200 },
    heard: async (room, amount) => (await journeysIn(room, seconds, amount)).requests,
    bare: async (room, amount) => (await bareIn(room, seconds, amount)).requests,
  },
  startPage('start page, compressed', packed),
  startPage('start page, not compressed', ''),
]

async function measure(room: Room, { what, first, turn, ...ask }: Kind): Promise<Row[]> {
  const { rounds, quick, other, heard, express } = room
  // What the other acknowledges is in a database of its own.
  const there = other && { ...room, heard: other, ledger: openLedger() }
  const amount = quick ? turn / 4 : turn
  for (const each of [room, ...(there ? [there] : [])]) await ask.heard(each, quick ? first / 4 : first)
  const contenders: Record<string, () => Promise<number>> = {
    heard: () => perRequest(heard, () => ask.heard(room, amount)),
    bare: () => perRequest(express, () => ask.bare(room, amount)),
    ...(there && { other: () => perRequest(there.heard, () => ask.heard(there, amount)) }),
  }
  const { heard: ours = [], bare = [], other: theirs } = await inTurns(rounds, contenders)
  const row = (name: string, figures: readonly number[]): Row => ({
    ...{ what, unit: 'µs', heard: median(ours), beside: beside(name, ours, figures) },
    note: `${Math.min(...ours).toFixed(0)} to ${Math.max(...ours).toFixed(0)}`,
  })
  return [row('bare Express', bare), ...(theirs ? [row('other checkout', theirs)] : [])]
}

/** Microseconds. */
async function perRequest({ pid }: Server, work: () => Promise<number>): Promise<number> {
  const before = processorTime(pid)
  const requests = await work()
  const after = processorTime(pid)
  if (before === undefined || after === undefined) throw new Error('this system does not tell processor time')
  return (after - before) / requests
}
