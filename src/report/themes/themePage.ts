import type { Commitment } from '../../commitment/commitment.ts'
import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Theme } from '../../theme/codebook.ts'
import type { Link } from '../page.ts'
import { type PromiseShown, promiseShown, type QuoteShown } from '../published/heardPage.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { filterQuery } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { sayShare, themeNotes } from './bars.ts'
import { type Head, headOf } from './pageHead.ts'
import type { ThemeSource, ThemesShown } from './source.ts'
import {
  byElement,
  type Column,
  groupColumns,
  isEveryone,
  languageColumns,
  partsOf,
  schoolColumns,
} from './themeTables.ts'

/** views/report/theme.ejs: one theme. */
export type ThemePage = Head & {
  name: Words
  definition: Words | null
  include: Words | null
  exclude: Words | null
  told: string | null
  under: string[]
  tables: Table[]
  /** Parts of the plan that it speaks to; `told`: how many spoke of that part by whichever theme. */
  plan: (Link & { told: string | null })[]
  quotes: QuoteShown[]
  promises: PromiseShown[]
  gap: boolean
  back: string
}

/** A theme in the other waves of its series: what each is called, and what was shown there. */
export type ThemeWave = { label: Words; shown: ThemesShown }

/** Everything beside the report that a theme's page shows. */
export type BesideTheme = {
  quotes: QuoteShown[]
  commitments: readonly Commitment[]
  waves: ThemeWave[]
  sayLanguage: (tag: string) => string
  sayDay: (day: string) => string
}

export function themePage(
  report: Report,
  source: ReportSource,
  theme: Theme,
  reader: Reader,
  beside: BesideTheme,
): ThemePage {
  const { survey, filter, plan } = report
  const { themes } = source
  const shown = report.themes
  const share = shown?.themes.find(({ code }) => code === theme.code)
  const text = (words: Theme['definition']): Words | null => {
    const found = reader.words(words)
    return found.words ? found : null
  }
  const element = (code: string | null) => {
    const found = code !== null && plan ? findElement(plan, code) : undefined
    return found ? { code: found.code, text: found.text } : null
  }
  const parts = (caption: string, first: string, columns: readonly Column[]) =>
    themes ? partsOf(themes, caption, first, columns, theme.code, reader) : []
  return {
    ...headOf(report, reader, `/reports/${survey.slug}/themes/${theme.code}`),
    name: reader.words(theme.name),
    definition: text(theme.definition),
    include: text(theme.include),
    exclude: text(theme.exclude),
    told:
      share && (share.people !== null || share.bound)
        ? reader.t('told.toldTheme', { figure: sayShare(share, reader) })
        : null,
    under: shown ? themeNotes(shown, reader) : [],
    tables: [
      ...(beside.waves.length > 1 ? parts('told.themes.byWave', 'told.themes.wave', beside.waves) : []),
      ...(themes
        ? [
            ...parts('told.themes.byGroup', 'report.summary.group', groupColumns(report, themes, reader)),
            ...parts('told.themes.bySchool', 'report.summary.school', schoolColumns(report, themes, reader)),
            ...parts(
              'told.themes.byLanguage',
              'told.themes.language',
              languageColumns(report, themes, reader, beside.sayLanguage),
            ),
          ]
        : []),
    ],
    plan: plan ? planParts(plan, theme, isEveryone(filter) ? themes : undefined, reader) : [],
    quotes: beside.quotes,
    promises: beside.commitments.map((one) =>
      promiseShown({ ...one, element: element(one.element) }, reader, plan?.id, beside.sayDay),
    ),
    gap: beside.commitments.every(({ status }) => status === 'stopped') && (share?.people ?? 0) > 0,
    back: `/reports/${survey.slug}/themes${filterQuery(filter)}`,
  }
}

/** The parts of the plan that a theme cites, each with how many spoke of that part by any of its themes. */
function planParts(
  plan: Plan,
  theme: Theme,
  themes: ThemeSource | undefined,
  reader: Reader,
): ThemePage['plan'] {
  const counted = themes ? byElement(themes, plan) : []
  return (theme.cites[plan.id] ?? []).flatMap((code) => {
    const found = findElement(plan, code)
    if (!found) return []
    const words = reader.words(found.text)
    const count = counted.find((one) => one.code === code)
    const several = (count?.themes.length ?? 0) > 1
    return [
      {
        href: `/plans/${plan.id}#${code}`,
        label: { ...words, words: `${code} ${words.words}` },
        told:
          count && several
            ? reader.t('told.themes.withOthers', { figure: reader.figure(count.share, count.people) })
            : null,
      },
    ]
  })
}
