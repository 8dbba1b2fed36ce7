import { type Loaded, load, packed } from '../load.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median } from '../rounds.ts'
import type { Row } from '../row.ts'
import { slug } from '../scratch.ts'

const connections = 32
const language = 'es'

export const firstPage: Measure = {
  title: `First page (/s/${slug}, Spanish), ${connections} connections; ceilings answer the same bytes`,
  run: async (room) => [...(await measure(room, packed)), ...(await measure(room, ''))],
}

async function measure(room: Room, encodings: string): Promise<Row[]> {
  const { rounds, seconds, heard, http, express } = room
  const headers = { 'accept-language': language, ...(encodings && { 'accept-encoding': encodings }) }
  const ask = (url: string, lasting: number) => () =>
    load({ url, connections, seconds: lasting, headers, status: 200 })
  const turns = (lasting: number) => ({
    heard: ask(`${heard.url}/s/${slug}`, lasting),
    http: ask(http.url, lasting),
    express: ask(express.url, lasting),
  })
  await inTurns(1, turns(seconds / 2))
  return rowsOf(encodings ? 'compressed' : 'not compressed', await inTurns(rounds, turns(seconds)), {
    bar: { on: 'ratio', atLeast: 0.6 },
  })
}

/** Throughput beside both ceilings, latency beside Express. */
export function rowsOf(
  what: string,
  { heard, http, express }: Record<'heard' | 'http' | 'express', Loaded[]>,
  { bar }: Pick<Row, 'bar'> = {},
): Row[] {
  const of = (loads: Loaded[], figure: keyof Loaded) => loads.map((loaded) => loaded[figure])
  const row = (said: string, unit: Row['unit'], figure: keyof Loaded, name: string, bare: Loaded[]): Row => ({
    what: `${said}, ${what}`,
    unit,
    heard: median(of(heard, figure)),
    beside: beside(name, of(heard, figure), of(bare, figure)),
  })
  return [
    { ...row('requests', '/s', 'perSecond', 'bare Express', express), ...(bar && { bar }) },
    row('requests', '/s', 'perSecond', 'bare node:http', http),
    row('p50', 'ms', 'p50', 'bare Express', express),
    row('p99', 'ms', 'p99', 'bare Express', express),
  ]
}
