import type { Ballot } from '../../src/ranking/ballots.ts'

export type Election = { options: string[]; names: string[]; ballots: Ballot[] }

/**
 * Reads a BLT file (the format of OpenSTV and its kin): "options seats", withdrawn options as negative numbers, one
 * line a ballot ("weight rank rank ... 0", with or without a leading "(id)"), a line "0", then names in quotes and
 * the title. A skipped rank ("-") or a tied one ("2=3") ends the ballot there. Options are called by their number.
 */
export function readBlt(text: string): Election {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line && !line.startsWith('#'))
  const count = Number(lines[0]?.split(/\s+/)[0])
  const end = lines.findIndex((line, index) => index > 0 && line === '0')
  const withdrawn = new Set<string>()
  const tally = new Map<string, number>()
  for (const line of lines.slice(1, end)) {
    if (line.startsWith('-')) {
      for (const number of line.split(/\s+/)) withdrawn.add(number.slice(1))
      continue
    }
    const [weight = '0', ...ranks] = line.replace(/^\([^)]*\)\s*/, '').split(/\s+/)
    const stop = ranks.findIndex((rank) => !/^[1-9]\d*$/.test(rank))
    const order = [...new Set(ranks.slice(0, stop < 0 ? undefined : stop))]
      .filter((rank) => !withdrawn.has(rank))
      .join('>')
    if (order) tally.set(order, (tally.get(order) ?? 0) + Number(weight))
  }
  return {
    options: Array.from({ length: count }, (_, index) => String(index + 1)).filter(
      (code) => !withdrawn.has(code),
    ),
    names: lines.slice(end + 1).map((name) => name.replace(/^"|"$/g, '')),
    ballots: [...tally].map(([order, n]) => ({ order: order.split('>'), n })),
  }
}
