import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Ballot } from '../../src/ranking/ballots.ts'
import { firstChoices } from '../../src/ranking/firstChoice.ts'
import { instantRunoff } from '../../src/ranking/instantRunoff.ts'

const folder = new URL('../../../shared/samples/ballots/', import.meta.url)

/** Reads a BLT file: a skipped or tied rank ends the ballot there. Options are called by their number. */
function readBlt(text: string): { options: string[]; names: string[]; ballots: Ballot[] } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
  const count = Number(lines[0]?.split(' ')[0])
  const end = lines.indexOf('0')
  const tally = new Map<string, number>()
  for (const line of lines.slice(1, end)) {
    const [weight = '0', ...ranks] = line.split(' ')
    const stop = ranks.findIndex((rank) => !/^[1-9]\d*$/.test(rank))
    const order = [...new Set(ranks.slice(0, stop < 0 ? undefined : stop))].join('>')
    if (order) tally.set(order, (tally.get(order) ?? 0) + Number(weight))
  }
  return {
    options: Array.from({ length: count }, (_, index) => String(index + 1)),
    names: lines.slice(end + 1).map((name) => name.replaceAll('"', '')),
    ballots: [...tally].map(([order, n]) => ({ order: order.split('>'), n })),
  }
}

/** Published outcomes; see the README of the samples. */
const elections = [
  { file: '2006-Burlington-Mayor.blt', winner: 'Bob Kiss', ahead: 'Bob Kiss' },
  { file: '2009-Aspen-Mayor.blt', winner: "Michael C. 'Mick' Ireland", ahead: undefined },
  { file: '2010-Oakland-School_Director-D4.blt', winner: 'GARY D. YEE', ahead: undefined },
  { file: '2010-San_Leandro-Mayor.blt', winner: 'STEPHEN H. CASSIDY', ahead: "ANTHONY B. ''TONY'' SANTOS" },
]

describe.skipIf(!existsSync(folder))('real elections', () => {
  it.each(elections)('$file is won by $winner', ({ file, winner, ahead }) => {
    const { options, names, ballots } = readBlt(readFileSync(new URL(file, folder), 'utf8'))
    const name = (code: string | null | undefined) => names[Number(code) - 1]
    expect(name(instantRunoff(options, ballots).winner)).toBe(winner)
    const first = firstChoices(options, ballots).toSorted((a, b) => b.first - a.first)[0]
    if (ahead) expect(name(first?.code)).toBe(ahead)
  })
})
