import { sayList, sayNumber } from '../language/format.ts'
import { direction } from '../language/tags.ts'
import { pick, type Text } from '../language/text.ts'
import type { Bound } from './privacy/bounded.ts'

/** Words with the language and direction that they are really in. */
export type Words = { words: string; lang: string; dir: 'ltr' | 'rtl' }

/** Wording of the interface by key. */
export type Say = (key: string, values?: Record<string, unknown>) => string

/** Who reads: in which language, and how numbers, shares and dates are written there. */
export type Reader = {
  lang: string
  dir: 'ltr' | 'rtl'
  t: Say
  /** A text of a survey or plan. */
  words: (text: Text) => Words
  /** Words that are in the reader's own language already. */
  own: (words: string) => Words
  number: (n: number) => string
  /** One decimal, for mean ranks and mean scores. */
  decimal: (n: number) => string
  percent: (share: number) => string
  /** "<10%", ">90%" or "30% to 40%", for a share that is told only so. */
  bound: (bound: Bound) => string
  /** The form in which leaders know it: "18% (379)". */
  figure: (share: number, n: number) => string
  list: (words: string[]) => string
}

/**
 * A reader of `lang`. Percentages are rounded once, from the counts; a share that is not nothing never reads 0 %,
 * and one that is not everything never 100 %. `source` is the language that fall-back texts are in.
 */
export function readerOf(lang: string, t: Say, source: string): Reader {
  const whole = (n: number) => sayNumber(lang, n, { maximumFractionDigits: 0 })
  const hundredths = (share: number) => sayNumber(lang, share, { style: 'percent', maximumFractionDigits: 0 })
  const own = (words: string): Words => ({ words, lang, dir: direction(lang) })
  const percent = (share: number): string => {
    if (share > 0 && share < 0.005) return t('report.under', { share: hundredths(0.01) })
    if (share < 1 && share >= 0.995) return t('report.over', { share: hundredths(0.99) })
    return hundredths(share)
  }
  return {
    lang,
    dir: direction(lang),
    t,
    words(text) {
      const { words, lang: spoken } = pick(text, lang, source)
      return { words, lang: spoken, dir: direction(spoken) }
    },
    own,
    number: whole,
    decimal: (n) => sayNumber(lang, n, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent,
    bound: (bound) =>
      'from' in bound
        ? t('report.fromTo', { low: hundredths(bound.from), high: hundredths(bound.to) })
        : 'under' in bound
          ? t('report.under', { share: hundredths(bound.under) })
          : t('report.over', { share: hundredths(bound.over) }),
    figure: (share, n) => t('report.figure', { share: percent(share), n: whole(n) }),
    list: (words) => sayList(lang, words),
  }
}

/**
 * The percentage that a share is shown as, for telling whether the shown parts add up. 23 of 40 is shown as 58 %, and
 * 0.575 * 100 is a little less than 57.5.
 */
export const roundedPercent = (share: number): number => Math.round(Number((share * 100).toPrecision(12)))

/** The ends and the middle of a scale of shares, in words. */
export const axisOf = ({ percent }: Pick<Reader, 'percent'>): string[] => [0, 0.5, 1].map(percent)
