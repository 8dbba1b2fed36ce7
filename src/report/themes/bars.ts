import { shareBar } from '../charts/bars.ts'
import { sayMachine } from '../published/heardPage.ts'
import type { Reader } from '../reader.ts'
import type { Report } from '../report.ts'
import type { ChartRow } from '../rows.ts'
import { filterQuery } from '../slice.ts'
import type { ThemeShare, ThemesShown } from './source.ts'

/** Stands where nothing may be told. */
export const none = '–'

/** A bar that leads to its theme. */
export type ThemeRow = ChartRow & { href: string }

/** A share of people, told exactly, as a bound, or not at all: "18% (379)". */
export function sayShare({ peopleShare, people, bound }: ThemeShare, reader: Reader): string {
  if (peopleShare !== null && people !== null) return reader.figure(peopleShare, people)
  return bound ? reader.bound(bound) : none
}

/** "Of 1,200 people whose comments were read (1,400 comments)." */
export function sayBase(base: ThemesShown['base'], { t, number }: Reader): string {
  if (!base) return ''
  return t('told.themes.base', {
    people: t('told.themes.people', { count: base.people, n: number(base.people) }),
    comments: t('told.themes.comments', { count: base.comments, n: number(base.comments) }),
  })
}

/** Themes as bars, the most spoken of first; each leads to its page in the same filter. */
export function themeRows(report: Report, shown: ThemesShown, reader: Reader): ThemeRow[] {
  const told = shown.themes
    .filter(({ people, bound }) => (people ?? 0) > 0 || bound !== undefined)
    .toSorted((a, b) => (b.peopleShare ?? 0) - (a.peopleShare ?? 0))
  const longest = Math.max(0, ...told.map(({ peopleShare }) => peopleShare ?? 0))
  return told.map((one) => {
    const label = reader.words(one.name)
    const number = sayShare(one, reader)
    const caption = { id: `theme-${one.code}`, title: label.words, desc: number, lang: label.lang }
    return {
      ...{ label, number, hint: null },
      aside:
        one.comments === null
          ? null
          : reader.t('report.comments', { count: one.comments, n: reader.number(one.comments) }),
      svg:
        one.peopleShare === null
          ? ''
          : shareBar(caption, { share: one.peopleShare, longest, strong: false, dir: reader.dir }),
      href: themeAddress(report, one.code),
    }
  })
}

const themeAddress = ({ survey, filter }: Report, code: string): string =>
  `/reports/${survey.slug}/themes/${code}${filterQuery(filter)}`

/** What is said under numbers of themes: base, that shares pass the whole, and what a machine put. */
export function themeNotes(shown: ThemesShown, reader: Reader): string[] {
  return [
    sayBase(shown.base, reader),
    ...(shown.several ? [reader.t('told.themes.several')] : []),
    ...sayMachine(shown, reader),
  ].filter(Boolean)
}
