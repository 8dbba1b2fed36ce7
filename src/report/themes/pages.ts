import { findTheme } from '../../theme/codebook.ts'
import { together } from '../../theme/tally.ts'
import type { ShownThemes } from '../published/snapshot.ts'
import type { Reader } from '../reader.ts'
import type { Report } from '../report.ts'
import { everyone } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { type ThemeRow, themeNotes, themeRows } from './bars.ts'
import { type Head, headOf } from './pageHead.ts'
import {
  type Column,
  elementTable,
  groupColumns,
  isEveryone,
  languageColumns,
  nameOf,
  tableOf,
} from './themeTables.ts'

/** views/report/themes.ejs. `why`: nothing is shown, since nobody has read comments or too few people wrote. */
export type ThemesPage = Head & {
  why: 'none' | 'few' | null
  rows: ThemeRow[]
  under: string[]
  tables: Table[]
  /** Themes that were spoken of together. */
  pairs: { words: string; figure: string }[]
  commitments: string
}

const MOST_PAIRS = 8

export function themesPage(
  report: Report,
  source: ReportSource,
  reader: Reader,
  sayLanguage: (tag: string) => string,
): ThemesPage {
  const address = `/reports/${report.survey.slug}/themes`
  const head = {
    ...headOf(report, reader, address),
    commitments: `/reports/${report.survey.slug}/commitments`,
  }
  const { themes } = source
  if (!themes || !report.themes) return { ...head, why: 'none', rows: [], under: [], tables: [], pairs: [] }
  if (!report.themes.base) return { ...head, why: 'few', rows: [], under: [], tables: [], pairs: [] }
  const rows = themeRows(report, report.themes, reader)
  const codes = themes.codebook.themes.map(({ code }) => code)
  const all: Column = { label: reader.own(head.said), shown: report.themes }
  const whole = isEveryone(report.filter) ? themes.whole() : undefined
  return {
    ...head,
    why: null,
    rows,
    under: [
      ...themeNotes(report.themes, reader),
      ...(whole && themes.machine.length > 0 ? [reader.t('told.themes.peopleOnly')] : []),
    ],
    tables: [
      ...tableOf(
        themes,
        'told.themes.byGroup',
        [all, ...groupColumns(report, themes, reader)],
        codes,
        reader,
      ),
      ...tableOf(
        themes,
        'told.themes.byLanguage',
        languageColumns(report, themes, reader, sayLanguage),
        codes,
        reader,
      ),
      ...(isEveryone(report.filter) ? elementTable(themes, source.plan, reader) : []),
    ],
    pairs: whole
      ? together(whole.comments, whole.codings, codes)
          .slice(0, MOST_PAIRS)
          .map(({ a, b, people }) => ({
            words: reader.list([nameOf(themes, a, reader).words, nameOf(themes, b, reader).words]),
            figure: reader.t('told.themes.people', { count: people, n: reader.number(people) }),
          }))
      : [],
  }
}

/** Themes as they stand in what is published: of everyone together. */
export function publishedThemes(source: ReportSource): ShownThemes | null {
  const { themes } = source
  const shown = themes?.of(everyone)
  if (!themes || !shown?.base) return null
  return {
    ...shown.base,
    several: shown.several,
    themes: shown.themes.map(({ code, people, peopleShare, of }) => ({
      code,
      name: findTheme(themes.codebook, code)?.name ?? {},
      told:
        people === null || peopleShare === null || !of
          ? null
          : { n: people, share: peopleShare, of: of.people },
    })),
    machine: themes.machine.map(({ theme, precision, recall, confidence }) => ({
      ...{ theme, precision, recall, confidence },
    })),
  }
}
