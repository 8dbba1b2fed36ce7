import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'
import { findTheme, type Theme, themesOf } from '../../theme/codebook.ts'
import { counting, tally } from '../../theme/tally.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import type { Slice } from '../slice.ts'
import type { Table } from '../tables.ts'
import { none, sayShare } from './bars.ts'
import type { ThemeSource, ThemesShown } from './source.ts'

export const nameOf = ({ codebook }: ThemeSource, code: string, reader: Reader): Words =>
  reader.words(findTheme(codebook, code)?.name ?? { [reader.lang]: code })

/** Columns that a table of themes parts people by: those that may be shown, with what they are called. */
export type Column = { label: Words; shown: ThemesShown }

export function tableOf(
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
export function partsOf(
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

export function groupColumns(report: Report, source: ThemeSource, reader: Reader): Column[] {
  if (report.filter.group !== null) return []
  return report.choices.groups.map(({ code, label }) => ({
    label: reader.words(label),
    shown: source.of({ school: report.filter.school, group: code }),
  }))
}

export function schoolColumns(report: Report, source: ThemeSource, reader: Reader): Column[] {
  if (report.filter.school !== null) return []
  return report.choices.schools.map(({ code, label }) => ({
    label: reader.words(label),
    shown: source.of({ school: code, group: report.filter.group }),
  }))
}

export const isEveryone = ({ school, group }: Slice): boolean => school === null && group === null

export const languageColumns = (
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

export function elementTable(source: ThemeSource, plan: Plan | undefined, reader: Reader): Table[] {
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
