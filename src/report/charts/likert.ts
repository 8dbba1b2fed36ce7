import type { Stance } from '../../climate/favorable.ts'
import { bar, type Caption, drawing, HEIGHT, type Mark, stripes, WIDTH } from './svg.ts'

/** Part of a stacked bar. `level` 2 is the outer end of the scale, 1 what lies nearer to the middle. */
export type Segment = { share: number; stance: Stance; level: 1 | 2 }

/** The class that colours a segment, in a drawing and in its key alike. */
export const tone = ({ stance, level }: Pick<Segment, 'stance' | 'level'>): string =>
  stance === 'neutral' ? 'neutral' : `${stance}-${level}`

/** Without colour the two sides are alike, dark at the ends: the unfavorable one is striped. */
const isStriped = (name: string): boolean => name.includes('unfavorable')

/** How far bars go to either side of the middle, as shares. */
export type Reach = { before: number; after: number }

export function reachOf(segments: readonly Segment[]): Reach {
  const share = (stance: Stance) =>
    segments.reduce((sum, segment) => sum + (segment.stance === stance ? segment.share : 0), 0)
  const half = share('neutral') / 2
  return { before: share('unfavorable') + half, after: share('favorable') + half }
}

/** The reach that all bars of a chart share, so that their middles stand under each other. */
export const widest = (reaches: readonly Reach[]): Reach => ({
  before: Math.max(0.1, ...reaches.map(({ before }) => before)),
  after: Math.max(0.1, ...reaches.map(({ after }) => after)),
})

/**
 * A stacked bar that parts in the middle: unfavorable before it, favorable after it, neutral astride, so that bars
 * of several items compare by how far they reach to either side. `segments` run from unfavorable to favorable and
 * add up to 1; `room` is what the chart's longest bars need.
 */
export function divergingBar(
  caption: Caption,
  segments: readonly Segment[],
  { room, dir }: { room: Reach; dir: 'ltr' | 'rtl' },
): string {
  const unit = WIDTH / (room.before + room.after)
  const middle = room.before * unit
  let at = middle - reachOf(segments).before * unit
  const marks = segments
    .filter((segment) => segment.share > 0)
    .map((segment): Mark => {
      const from = at
      at += segment.share * unit
      return { from, to: at, class: `mark ${tone(segment)}` }
    })
  const x = Math.round(dir === 'rtl' ? WIDTH - middle : middle)
  const line = `<line class="middle" x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}" stroke="currentColor" vector-effect="non-scaling-stroke"/>`
  const drawn = marks.map((mark) => bar(mark, dir) + (isStriped(mark.class) ? stripes(mark, dir) : ''))
  return drawing('bar diverging', caption, drawn.join('') + line)
}

/** A sample of a segment's tone, for the key; the words beside it say what it means. */
export function swatch(segment: Pick<Segment, 'stance' | 'level'>): string {
  const name = `mark ${tone(segment)}`
  const lines = isStriped(name) ? stripes({ from: 0, to: 10 }, 'ltr', 10) : ''
  return `<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="${name}" width="10" height="10" fill="currentColor"/>${lines}</svg>`
}
