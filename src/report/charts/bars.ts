import { bar, type Caption, drawing, WIDTH } from './svg.ts'

/**
 * One bar of a chart of shares. `longest` is the largest share in the chart, so that bars compare with each other;
 * a chart of small shares is not blown up beyond a half. `strong`: it is one that the headline speaks of.
 */
export function shareBar(
  caption: Caption,
  { share, longest, strong, dir }: { share: number; longest: number; strong: boolean; dir: 'ltr' | 'rtl' },
): string {
  const to = (share / Math.max(longest, 0.5)) * WIDTH
  return drawing('bar', caption, bar({ from: 0, to, class: strong ? 'mark strong' : 'mark' }, dir))
}

/** A bar of a count, as long as its part of `most`. */
export function lengthBar(
  caption: Caption,
  { value, most, strong, dir }: { value: number; most: number; strong: boolean; dir: 'ltr' | 'rtl' },
): string {
  const to = most > 0 ? (value / most) * WIDTH : 0
  return drawing('bar', caption, bar({ from: 0, to, class: strong ? 'mark strong' : 'mark' }, dir))
}
