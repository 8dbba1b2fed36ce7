import { type Caption, drawing, HEIGHT, WIDTH } from './svg.ts'

/** A share with its interval; `before`: the same some time ago, as a hollow mark. All are fractions. */
export type Dot = { share: number; low: number; high: number; before?: number | undefined }

const round = (value: number): number => Math.round(value * 100) / 100
const still = 'vector-effect="non-scaling-stroke"'

/**
 * A share as a dot on a line from nothing to everything, with its interval. Marks are strokes that do not scale, since
 * the drawing is stretched to the room there is. Ticks stand at each quarter.
 */
export function dotRow(caption: Caption, { share, low, high, before }: Dot, dir: 'ltr' | 'rtl'): string {
  const x = (value: number) => round(dir === 'rtl' ? WIDTH * (1 - value) : WIDTH * value)
  const middle = HEIGHT / 2
  const line = (from: number, to: number, name: string) =>
    `<line class="${name}" x1="${x(from)}" x2="${x(to)}" y1="${middle}" y2="${middle}" stroke="currentColor" ${still}/>`
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (at) =>
        `<line class="tick" x1="${x(at)}" x2="${x(at)}" y1="0" y2="${HEIGHT}" stroke="currentColor" ${still}/>`,
    )
    .join('')
  const point = (at: number, name: string) => line(at, at, name)
  const earlier = before === undefined ? '' : point(before, 'dot-before') + point(before, 'dot-hollow')
  return drawing('bar dots', caption, ticks + line(low, high, 'interval') + earlier + point(share, 'dot'))
}
