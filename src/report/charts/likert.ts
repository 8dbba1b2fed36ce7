import type { Stance } from '../../climate/favorable.ts'
import { bar, type Caption, drawing, HEIGHT, type Mark, WIDTH } from './svg.ts'

/** Part of a stacked bar. `level` 2 is the outer end of the scale, 1 what lies nearer to the middle. */
export type Segment = { share: number; stance: Stance; level: 1 | 2 }

/** The class that colours a segment, in a drawing and in its key alike. */
export const tone = ({ stance, level }: Pick<Segment, 'stance' | 'level'>): string =>
  stance === 'neutral' ? 'neutral' : `${stance}-${level}`

/**
 * A stacked bar that parts in the middle: unfavorable before it, favorable after it, neutral astride, so that bars
 * of several items compare by how far they reach to either side. `segments` run from unfavorable to favorable and
 * add up to 1.
 */
export function divergingBar(caption: Caption, segments: readonly Segment[], dir: 'ltr' | 'rtl'): string {
  const share = (stance: Stance) =>
    segments.reduce((sum, segment) => sum + (segment.stance === stance ? segment.share : 0), 0)
  const half = WIDTH / 2
  let at = half - (share('unfavorable') + share('neutral') / 2) * half
  const marks = segments
    .filter((segment) => segment.share > 0)
    .map((segment): Mark => {
      const from = at
      at += segment.share * half
      return { from, to: at, class: `mark ${tone(segment)}` }
    })
  const middle = `<line class="middle" x1="${half}" x2="${half}" y1="0" y2="${HEIGHT}" stroke="currentColor" vector-effect="non-scaling-stroke"/>`
  return drawing('bar diverging', caption, marks.map((mark) => bar(mark, dir)).join('') + middle)
}

/** A sample of a segment's tone, for the key; the words beside it say what it means. */
export const swatch = (segment: Pick<Segment, 'stance' | 'level'>): string =>
  `<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="mark ${tone(segment)}" width="10" height="10" fill="currentColor"/></svg>`
