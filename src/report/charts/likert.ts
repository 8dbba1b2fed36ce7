import type { Stance } from '../../climate/favorable.ts'
import { bar, type Caption, drawing, HEIGHT, type Mark, WIDTH } from './svg.ts'

/** Part of a stacked bar. `level` 2 is the outer end of the scale, 1 what lies nearer to the middle. */
export type Segment = { share: number; stance: Stance; level: 1 | 2 }

/** The class that colours a segment, in a drawing and in its key alike. */
export const tone = ({ stance, level }: Pick<Segment, 'stance' | 'level'>): string =>
  stance === 'neutral' ? 'neutral' : `${stance}-${level}`

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
  return drawing('bar diverging', caption, marks.map((mark) => bar(mark, dir)).join('') + line)
}

/** A sample of a segment's tone, for the key; the words beside it say what it means. */
export const swatch = (segment: Pick<Segment, 'stance' | 'level'>): string =>
  `<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="mark ${tone(segment)}" width="10" height="10" fill="currentColor"/></svg>`
