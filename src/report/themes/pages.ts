import type { Commitment } from '../../commitment/commitment.ts'
import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'
import { findTheme, type Theme, themesOf } from '../../theme/codebook.ts'
import { counting, tally, together } from '../../theme/tally.ts'
import { choicesOf, type Link, type SelectOption } from '../page.ts'
import { type PromiseShown, promiseShown, type QuoteShown } from '../published/heardPage.ts'
import type { ShownThemes } from '../published/snapshot.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { sayFilter } from '../say.ts'
import { everyone, filterQuery, type Slice } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { none, sayShare, type ThemeRow, themeNotes, themeRows } from './bars.ts'
import type { ThemeSource, ThemesShown } from './source.ts'

/** What both pages of themes say at their head, and whose comments they count. */
type Head = {
  title: Words
  slug: string
  sample: boolean
  said: string
  action: string
  filtered: boolean
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  minimum: string
}
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

function headOf(report: Report, reader: Reader, address: string): Head {
  const { survey, questionnaire, filter, reach } = report
  return {
    title: reader.words(questionnaire.title),
    slug: survey.slug,
    sample: survey.sample,
    said: sayFilter(report, reader),
    action: address,
    filtered: filter.group !== null || filter.school !== null,
    everyone: reach === undefined ? address : `${address}?school=`,
    groups: choicesOf(report.choices.groups, filter.group, reader),
    schools: choicesOf(report.choices.schools, filter.school, reader),
    minimum: reader.number(survey.minimumGroup),
  }
}

const nameOf = ({ codebook }: ThemeSource, code: string, reader: Reader): Words =>
  reader.words(findTheme(codebook, code)?.name ?? { [reader.lang]: code })

/** Columns that a table of themes parts people by: those that may be shown, with what they are called. */
type Column = { label: Words; shown: ThemesShown }

function tableOf(
  source: ThemeSource,
  caption: string,
  columns: readonly Column[],
  codes: readonly string[],
  reader: Reader,
): Table[] {
  const open = columns.filter(({ shown }) => shown.base !== null)
  if (open.length < 2) return []
  const cell = (shown: ThemesShown, code: string) => {
    const share = shown.themes.find((one) => one.code === code)
    return share ? sayShare(share, reader) : none
  }
  return [
    {
      caption: reader.t(caption),
      head: [reader.own(reader.t('told.table.themes')), ...open.map(({ label }) => label)],
      rows: [
        ...codes.map((code) => ({
          head: nameOf(source, code, reader),
          cells: open.map(({ shown }) => cell(shown, code)),
        })),
        {
          head: reader.own(reader.t('told.themes.wrote')),
          cells: open.map(({ shown }) => reader.number(shown.base?.people ?? 0)),
        },
      ],
    },
  ]
}

/** The same turned round: one theme, group by group, school by school or language by language. */
function partsOf(
  _source: ThemeSource,
  caption: string,
  first: string,
  columns: readonly Column[],
  code: string,
  reader: Reader,
): Table[] {
  const open = columns.filter(({ shown }) => shown.base !== null)
  if (open.length === 0) return []
  return [
    {
      caption: reader.t(caption),
      head: [first, 'told.themes.share', 'told.themes.wrote'].map((key) => reader.own(reader.t(key))),
      rows: open.map(({ label, shown }) => {
        const share = shown.themes.find((one) => one.code === code)
        return {
          head: label,
          cells: [
            share ? sayShare(share, reader) : none,
            reader.number(share?.of?.people ?? shown.base?.people ?? 0),
          ],
        }
      }),
    },
  ]
}

function groupColumns(report: Report, source: ThemeSource, reader: Reader): Column[] {
  if (report.filter.group !== null) return []
  return report.choices.groups.map(({ code, label }) => ({
    label: reader.words(label),
    shown: source.of({ school: report.filter.school, group: code }),
  }))
}

function schoolColumns(report: Report, source: ThemeSource, reader: Reader): Column[] {
  if (report.filter.school !== null) return []
  return report.choices.schools.map(({ code, label }) => ({
    label: reader.words(label),
    shown: source.of({ school: code, group: report.filter.group }),
  }))
}

const isEveryone = ({ school, group }: Slice): boolean => school === null && group === null

const languageColumns = (
  report: Report,
  source: ThemeSource,
  reader: Reader,
  sayLanguage: (tag: string) => string,
): Column[] =>
  isEveryone(report.filter)
    ? source.byLanguage().map(({ language, shown }) => ({ label: reader.own(sayLanguage(language)), shown }))
    : []

/** How many people spoke of a priority or strategy by any theme that cites it; for everyone together. */
export function byElement(
  source: ThemeSource,
  plan: Plan,
): { code: string; people: number; share: number; themes: Theme[] }[] {
  const whole = source.whole()
  if (!whole) return []
  const given = counting(whole.codings)
  const codes = plan.priorities.flatMap(({ code, strategies }) => [
    code,
    ...strategies.map((one) => one.code),
  ])
  return codes.flatMap((code) => {
    const themes = themesOf(source.codebook, plan, code)
    if (themes.length === 0) return []
    const about = new Set(themes.map((one) => one.code))
    const asOne = whole.comments.flatMap(({ comment }) =>
      [...(given.get(comment) ?? [])].some((theme) => about.has(theme))
        ? [{ comment, theme: code, source: 'person' as const, accepted: true }]
        : [],
    )
    const { people, themes: counted } = tally(whole.comments, asOne, [code])
    const n = counted[0]?.people ?? 0
    return people > 0 ? [{ code, people: n, share: n / people, themes }] : []
  })
}

function elementTable(source: ThemeSource, plan: Plan | undefined, reader: Reader): Table[] {
  const found = plan ? byElement(source, plan) : []
  if (!plan || found.length === 0) return []
  return [
    {
      caption: reader.t('told.themes.byElement'),
      head: ['told.themes.element', 'told.themes.share', 'told.table.themes'].map((key) =>
        reader.own(reader.t(key)),
      ),
      rows: found.map(({ code, people, share, themes }) => {
        const text = reader.words(findElement(plan, code)?.text ?? {})
        return {
          head: { ...text, words: `${code} ${text.words}` },
          cells: [
            reader.figure(share, people),
            reader.list(themes.map(({ name }) => reader.words(name).words)),
          ],
        }
      }),
    },
  ]
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
