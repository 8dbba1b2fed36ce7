import { type GroupPart, gapsBetween, type ReadGap, readTogether } from '../../climate/gaps.ts'
import { sayNumber } from '../../language/format.ts'
import { exactParts, type PartKind, type PartOfDistrict, partsOfItem } from '../byPart.ts'
import { dotRow } from '../charts/dots.ts'
import { type Manifest, sayManifest } from '../manifest.ts'
import { choicesOf, type Link, type SelectOption } from '../page.ts'
import { points } from '../plan/say.ts'
import { axisOf, type Reader, type Words } from '../reader.ts'
import type { QuestionReport, Report } from '../report.ts'
import { sayFilter, statementOf } from '../say.ts'
import { partName, sayParts } from '../sayParts.ts'
import { filterQuery } from '../slice.ts'
import { profileQuestion, type ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { groupParts } from './equity.ts'

/** An item with its widest gap, as a sentence, a drawing and a row of the table. */
export type GapRow = {
  href: string
  label: Words
  hint: string | null
  words: string
  beyond: boolean
  svg: string
}

/** views/report/equity.ejs */
export type EquityPage = {
  title: Words
  sample: boolean
  asOf: string
  said: string
  crumbs: Link[]
  filtered: boolean
  action: string
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  suppressed: boolean
  /** The ends and the middle of the lists' scale, in words. */
  axis: string[]
  /** What else gaps can be looked for between, and what they are now. */
  views: { href: string; words: string; current: boolean }[]
  lists: {
    id: string
    heading: string
    rows: GapRow[]
    more: GapRow[]
    table: Table
    none: string | null
    read: string
  }[]
  minimum: string
  manifest: { term: string; words: string }[]
}

/** Who people are by their own answers: told of everyone together, never within a school or a group. */
export type Own = 'grade' | 'language'
export const owns: readonly Own[] = ['grade', 'language']
/** Of each statement, "question item": the parts that may be told exactly. */
export type OwnParts = ReadonlyMap<string, PartOfDistrict[]>

type Kind = 'group' | PartKind | Own
type Found = {
  kind: Kind
  one: QuestionReport
  item: string
  parts: GroupPart[]
  name: (code: string) => string
}

/**
 * The gaps of every item, the widest first, those of one list read together: between groups, schools, levels and zones,
 * or, with `own`, between grades or home languages.
 */
export function equityPage(
  report: Report,
  source: ReportSource,
  reader: Reader,
  {
    asOf,
    manifest,
    own,
  }: { asOf: string; manifest: Manifest; own?: { by: Own; parts: OwnParts } | undefined },
): EquityPage {
  const { survey, filter, reach } = report
  const path = `/reports/${survey.slug}/equity`
  const found = own ? ownParts(report, own, reader) : everything(report, source, reader)
  const kinds: Kind[] = own ? [own.by] : ['group', 'school', 'level', 'zone']
  return {
    title: reader.words(report.questionnaire.title),
    sample: survey.sample,
    asOf,
    said: sayFilter(report, reader),
    crumbs: [
      {
        href: `/reports/${survey.slug}${filterQuery(filter)}`,
        label: reader.words(report.questionnaire.title),
      },
    ],
    filtered: filter.group !== null || filter.school !== null,
    action: path,
    everyone: reach === undefined ? path : `${path}?school=`,
    groups: choicesOf(report.choices.groups, filter.group, reader),
    schools: choicesOf(report.choices.schools, filter.school, reader),
    suppressed: report.responses === null,
    axis: axisOf(reader),
    views: viewsOf(report, own?.by, path, reader),
    lists: kinds.flatMap((kind) => {
      const read = readTogether(
        found
          .filter((one) => one.kind === kind)
          .flatMap((one) => gapsBetween(one.parts).map((gap, rank) => ({ ...gap, rank, of: one }))),
      )
      const widest = read.filter(({ rank }) => rank === 0).sort((a, b) => b.difference - a.difference)
      const asked =
        own !== undefined ||
        (kind === 'group' ? filter.group === null : filter.school === null && reach === undefined)
      return asked ? [{ ...listOf(kind, widest, report, reader), read: sayRead(read.length, reader) }] : []
    }),
    minimum: reader.number(survey.minimumGroup),
    manifest: sayManifest(manifest, reader),
  }
}

function everything(report: Report, source: ReportSource, reader: Reader): Found[] {
  const { filter, reach } = report
  const groups = new Map(report.choices.groups.map(({ code, label }) => [code, reader.words(label).words]))
  return report.sections.flatMap(({ questions }) =>
    questions.flatMap((one) => {
      if (one.result?.measure !== 'points') return []
      return one.result.items.flatMap(({ code }): Found[] => {
        const parted =
          filter.school === null && reach === undefined
            ? partsOfItem(source, one.question, code, filter.group)
            : undefined
        return [
          {
            kind: 'group',
            one,
            item: code,
            parts: groupParts(one, code),
            name: (group) => groups.get(group) ?? group,
          },
          ...(['school', 'level', 'zone'] as const).map((kind): Found => {
            const parts = parted?.[kind] ?? []
            const name = (part: string) =>
              partName(parts.find((each) => each.code === part) ?? { code: part, label: null }, kind, reader)
                .words
            return { kind, one, item: code, parts: exactParts(parts), name }
          }),
        ]
      })
    }),
  )
}

/** Ways to part people that the survey asks about. */
function viewsOf(
  { questionnaire, filter, reach }: Report,
  by: Own | undefined,
  path: string,
  { t }: Reader,
): EquityPage['views'] {
  const asked = owns.filter((one) => profileQuestion(questionnaire, one))
  if (asked.length === 0) return []
  const plain = filterQuery(filter) || (reach === undefined ? '' : '?school=')
  return [
    { href: `${path}${by ? '' : plain}`, words: t('dashboard.gapsBy.places'), current: by === undefined },
    ...asked.map((one) => ({
      href: `${path}?by=${one}`,
      words: t(`dashboard.gapsBy.${one}`),
      current: by === one,
    })),
  ]
}

function ownParts(report: Report, { by, parts }: { by: Own; parts: OwnParts }, reader: Reader): Found[] {
  return report.sections.flatMap(({ questions }) =>
    questions.flatMap((one) =>
      (one.outline.items ?? []).map(({ code }): Found => {
        const all = parts.get(`${one.question.code} ${code}`) ?? []
        const label = (part: string) => all.find((each) => each.code === part)?.label
        return {
          kind: by,
          one,
          item: code,
          parts: exactParts(all),
          name: (part) => reader.words(label(part) ?? { [reader.lang]: part }).words,
        }
      }),
    ),
  )
}

const sayRead = (n: number, { t, number }: Reader): string =>
  t('dashboard.gapsRead', { count: n, n: number(n) })

type Widest = ReadGap & { of: Found }
const SHOWN = 10

function listOf(kind: Kind, widest: readonly Widest[], report: Report, reader: Reader) {
  const rows = widest.map((gap, at) => gapRow(gap, report, reader, `${kind}-${at}`))
  return {
    id: `gaps-${kind}`,
    heading: reader.t(`dashboard.gapsBy.${kind}`),
    rows: rows.slice(0, SHOWN),
    more: rows.slice(SHOWN),
    table: tableOf(widest, reader),
    none: rows.length > 0 ? null : reader.t(`dashboard.noGaps.${kind}`),
  }
}

function gapRow({ of, ...gap }: Widest, { survey, filter }: Report, reader: Reader, id: string): GapRow {
  const { one, item, parts, name } = of
  const words = sayParts(gap, parts, name, reader)
  const { label, hint } = statementOf(one, item, reader)
  const share = (code: string) => {
    const part = parts.find(({ group }) => group === code)
    return part ? part.count / part.n : 0
  }
  const [high, low] = [share(gap.above), share(gap.below)]
  const caption = { id: `gap-${id}`, title: label.words, desc: words, lang: label.lang }
  return {
    href: `/reports/${survey.slug}/q/${one.question.code}/${item}${filterQuery(filter)}`,
    label,
    hint,
    words,
    beyond: gap.beyondChance,
    svg: dotRow(caption, { share: high, low, high, before: low }, reader.dir),
  }
}

function tableOf(widest: readonly Widest[], reader: Reader): Table {
  const { t, lang } = reader
  const heads = ['item', 'above', 'below', 'gap', 'interval', 'p', 'verdict']
  return {
    caption: t('dashboard.gapTable'),
    head: heads.map((key) => reader.own(t(`dashboard.gapColumn.${key}`))),
    rows: widest.map(({ of, ...gap }) => {
      const figure = (code: string) => {
        const part = of.parts.find(({ group }) => group === code)
        return part ? `${of.name(code)} ${reader.figure(part.count / part.n, part.count)}` : of.name(code)
      }
      return {
        head: statementOf(of.one, of.item, reader).label,
        cells: [
          figure(gap.above),
          figure(gap.below),
          points(lang, gap.difference),
          t('report.fromTo', { low: points(lang, gap.low), high: points(lang, gap.high) }),
          sayP(reader, gap.holm),
          t(gap.beyondChance ? 'dashboard.gapYes' : 'dashboard.gapNo'),
        ],
      }
    }),
  }
}

/** A p value to three places. */
function sayP({ lang, t }: Reader, p: number): string {
  const say = (value: number) =>
    sayNumber(lang, value, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
  return p < 0.001 ? t('report.under', { share: say(0.001) }) : say(p)
}
