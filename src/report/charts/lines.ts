import { type Caption, drawing, WIDTH } from './svg.ts'

/** A share at one time with its interval, as fractions; null where it may not be told. `broken`: no line leads to it. */
export type Moment = { share: number; low: number; high: number; broken?: boolean } | null

/** Units down a line chart; it is stretched to the room there is. */
export const TALL = 120

const round = (value: number): number => Math.round(value * 100) / 100
const still = 'vector-effect="non-scaling-stroke"'

/** Where the columns of `n` times stand, as parts of the width: in the middle of equal columns. */
const column = (at: number, n: number) => (at + 0.5) / n

/**
 * A share over time: a dot for each wave with its interval, joined by a line where two waves follow each other. Times
 * run from where reading starts. The words stand in columns of the same width under it.
 */
export function lineChart(caption: Caption, moments: readonly Moment[], dir: 'ltr' | 'rtl'): string {
  const x = (at: number) => {
    const part = column(at, moments.length)
    return round((dir === 'rtl' ? 1 - part : part) * WIDTH)
  }
  const y = (share: number) => round(TALL * (1 - share))
  const rules = [0, 0.5, 1]
    .map(
      (share) =>
        `<line class="tick" x1="0" x2="${WIDTH}" y1="${y(share)}" y2="${y(share)}" stroke="currentColor" ${still}/>`,
    )
    .join('')
  const marks = moments.map((moment, at) => {
    if (!moment) return ''
    const before = moments[at - 1]
    const joined =
      before && !moment.broken
        ? `<line class="trend" x1="${x(at - 1)}" y1="${y(before.share)}" x2="${x(at)}" y2="${y(moment.share)}" stroke="currentColor" ${still}/>`
        : ''
    return (
      joined +
      `<line class="interval" x1="${x(at)}" x2="${x(at)}" y1="${y(moment.low)}" y2="${y(moment.high)}" stroke="currentColor" ${still}/>` +
      `<line class="dot" x1="${x(at)}" x2="${x(at)}" y1="${y(moment.share)}" y2="${y(moment.share)}" stroke="currentColor" ${still}/>`
    )
  })
  return drawing('lines', caption, rules + marks.join(''), TALL)
}
