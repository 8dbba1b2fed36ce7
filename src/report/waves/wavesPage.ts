import type { Text } from '../../language/text.ts'
import { type LinePoint, waveLine } from '../charts/waves.ts'
import type { Link, SelectOption } from '../page.ts'
import { axisOf, type Reader, type Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { filterQuery } from '../slice.ts'
import type { Table } from '../tables.ts'
import { verdictOf } from '../verdict.ts'
import type { PairedPage } from './pairedPage.ts'
import type { Line, WaveChange, WavePoint, WaveReport } from './waves.ts'

/** One line: what it is of, its drawing, and in words what changed and where it breaks. */
export type LinePage = {
  label: Words | null
  /** Disagreeing is what counts as favorable. */
  hint: string | null
  /** '' where no wave may be drawn. */
  svg: string
  changes: string[]
  notes: string[]
}

/** views/report/waves.ejs: what was asked again and again. */
export type WavesPage = {
  title: Words
  sample: boolean
  action: string
  everyone: string
  filtered: boolean
  groups: SelectOption[]
  schools: SelectOption[]
  waves: { link: Link; title: Words; day: { iso: string; words: string }; responses: string }[]
  /** Waves that the filter leaves out, since they do not know that group or school. */
  left: Words[]
  /** What is more than chance, the largest first. */
  changed: { href: string; label: Words; words: string }[]
  /** Of how many changes that is; '' where there is none. */
  changedNote: string
  questions: { id: string; words: Words; base: string; lines: LinePage[]; table: Table }[]
  /** Something is asked in one wave alone, and not shown here. */
  once: boolean
  paired: PairedPage[]
  minimum: string
  json: string
}

/** The lines of a question stand together, in the order in which the last wave asks them. */
export function wavesPage(
  { id, name }: { id: number; name: Text },
  waves: readonly WaveReport[],
  lines: readonly Line[],
  reader: Reader,
  told: { left: readonly Text[]; paired: PairedPage[]; dayOf: (day: string) => string },
): WavesPage {
  const { t } = reader
  const last = waves.at(-1)?.report
  const action = `/reports/series/${id}`
  const filter = last?.filter ?? { school: null, group: null }
  // What only one wave asks has no line to show; the numbers stand in that wave's own report.
  const repeated = lines.filter(({ points }) => points.filter(({ asked }) => asked).length > 1)
  const questions = Map.groupBy(repeated, questionOf)
  return {
    title: reader.words(name),
    sample: waves.some(({ report }) => report.survey.sample),
    action,
    everyone: last?.reach === undefined ? action : `${action}?school=`,
    filtered: filter.group !== null || filter.school !== null,
    groups: choices(last?.choices.groups ?? [], filter.group, reader),
    schools: choices(last?.choices.schools ?? [], filter.school, reader),
    waves: waves.map(({ slug, label, day, report }) => ({
      link: { href: `/reports/${slug}${filterQuery(report.filter)}`, label: reader.words(label) },
      title: reader.words(report.questionnaire.title),
      day: { iso: day, words: told.dayOf(day) },
      responses:
        report.responses === null
          ? t('report.notShown')
          : t('report.responses', { count: report.responses, n: reader.number(report.responses) }),
    })),
    left: told.left.map((label) => reader.words(label)),
    ...changedFirst(repeated, waves, reader),
    questions: [...questions].flatMap(([code, own]) => {
      const [first] = own
      if (!first) return []
      return [
        {
          id: `q-${code}`,
          words: reader.words(first.words.question),
          base: t(`waves.measure.${first.measure}`),
          lines: own.map((line) => linePage(line, waves, reader)),
          table: tableOf(own, waves, reader),
        },
      ]
    }),
    once: lines.length > repeated.length,
    paired: told.paired,
    minimum: reader.number(last?.survey.minimumGroup ?? 10),
    json: `${action}/data.json${filterQuery(filter)}`,
  }
}

/** What a leader looks for first: what became more or less, beyond chance. */
function changedFirst(
  lines: readonly Line[],
  waves: readonly WaveReport[],
  reader: Reader,
): Pick<WavesPage, 'changed' | 'changedNote'> {
  const nameOf = (at: number) => reader.words(waves[at]?.label ?? {}).words
  const all = lines.flatMap((line) => changesOf(line).map((change) => ({ line, change })))
  const found = all
    .filter(({ change }) => change.beyondChance)
    .sort((a, b) => Math.abs(b.change.difference) - Math.abs(a.change.difference))
  const count = { count: all.length, n: reader.number(all.length), found: reader.number(found.length) }
  return {
    changed: found.map(({ line, change }) => ({
      href: `#q-${questionOf(line)}`,
      label: reader.words(labelOf(line) ?? line.words.question),
      words: [sayChange(change, nameOf, reader), hintOf(line, reader)].filter(Boolean).join(' '),
    })),
    changedNote:
      all.length === 0
        ? ''
        : reader.t(found.length === 0 ? 'dashboard.noChange' : 'dashboard.holm', {
            since: nameOf(0),
            ...count,
          }),
  }
}

const questionOf = ({ asked }: Line): string => asked.split('.')[0] ?? asked
const changesOf = ({ changes, overall }: Line): WaveChange[] => [...changes, ...(overall ? [overall] : [])]
const hintOf = ({ words }: Line, { t }: Reader): string | null =>
  words.reversed ? t('report.reversed') : null

const choices = (list: Report['choices']['groups'], chosen: string | null, reader: Reader): SelectOption[] =>
  list.map(({ code, label, shown }) => ({
    code,
    label: reader.words(label),
    selected: code === chosen,
    disabled: !shown && code !== chosen,
  }))

const labelOf = ({ words }: Line): Text | null => words.option ?? words.item

/** What stands for a point where there is no dot, and beside it where there is one. */
function say(point: WavePoint, { t, ...reader }: Reader): string {
  if (!point.asked) return t('waves.notAsked')
  if (point.bound) return `${reader.bound(point.bound)} (${reader.number(point.n ?? 0)})`
  if (point.suppressed) return t('report.notShown')
  if (point.count === null) return t('waves.noFavorable')
  if (point.share === null) return t('report.nobody')
  return reader.figure(point.share, point.count)
}

function linePage(line: Line, waves: readonly WaveReport[], reader: Reader): LinePage {
  const { t } = reader
  const nameOf = (at: number) => reader.words(waves[at]?.label ?? {}).words
  const label = labelOf(line)
  const joins = new Set(line.changes.map(({ to }) => to))
  const points = line.points.map(
    (point, at): LinePoint => ({
      share: point.share,
      low: point.low,
      high: point.high,
      label: nameOf(at),
      number: point.share === null ? '' : reader.percent(point.share),
      joined: joins.has(at),
      broken: point.broken !== null,
    }),
  )
  const title = reader.words(label ?? line.words.question)
  const desc = line.points.map((point, at) => `${nameOf(at)}: ${say(point, reader)}`).join('. ')
  const caption = {
    id: `line-${line.asked}${line.option ? `-${line.option}` : ''}`,
    title: title.words,
    desc,
    lang: title.lang,
  }
  return {
    label: label ? title : null,
    hint: hintOf(line, reader),
    svg: points.every(({ share }) => share === null)
      ? ''
      : waveLine(caption, points, { dir: reader.dir, axis: axisOf(reader) }),
    changes: changesOf(line).map((change) => sayChange(change, nameOf, reader)),
    notes: line.points.flatMap((point, at) => [
      ...(point.asked && point.share === null
        ? [t('report.part', { part: nameOf(at), figure: say(point, reader) })]
        : []),
      ...(point.broken
        ? [
            t('waves.broken', {
              wave: nameOf(at),
              reasons: reader.list(point.broken.map((reason) => t(`waves.break.${reason}`))),
            }),
          ]
        : []),
      ...(point.same === null ? [] : [t('waves.sameSaid', { wave: nameOf(at), reason: point.same })]),
      ...(point.mixed ? [t('waves.mixed', { wave: nameOf(at) })] : []),
    ]),
  }
}

/**
 * "2020 to 2021: down 12 points (-16 to -8). More than chance." The interval is of the later share less the earlier one,
 * as everywhere else.
 */
export function sayChange(
  change: Pick<WaveChange, 'from' | 'to' | 'difference' | 'low' | 'high' | 'beyondChance'>,
  nameOf: (at: number) => string,
  reader: Reader,
): string {
  const { t } = reader
  const points = Math.round(change.difference * 100)
  const way = points > 0 ? 'up' : points < 0 ? 'down' : change.difference === 0 ? 'level' : 'little'
  // Without the sum a small minus would be printed as -0.
  const whole = (share: number) => reader.number(Math.round(share * 100) + 0)
  const said = t(`waves.change.${way}`, {
    count: Math.abs(points),
    n: reader.number(Math.abs(points)),
    from: nameOf(change.from),
    to: nameOf(change.to),
    low: whole(change.low),
    high: whole(change.high),
  })
  const verdict = {
    beyond: 'waves.chance.more',
    many: 'dashboard.change.many',
    chance: 'waves.chance.within',
  }
  return `${said} ${t(verdict[verdictOf(change)])}`
}

function tableOf(lines: readonly Line[], waves: readonly WaveReport[], reader: Reader): Table {
  const { t } = reader
  const cell = (point: WavePoint) => {
    const broken = point.broken ? `${t('waves.newLine')} ` : ''
    if (point.share === null || point.low === null || point.high === null)
      return `${broken}${say(point, reader)}`
    const interval = t('report.fromTo', {
      low: reader.percent(point.low),
      high: reader.percent(point.high),
    })
    return `${broken}${say(point, reader)}, ${interval}, ${t('waves.of', { n: reader.number(point.n ?? 0) })}`
  }
  return {
    caption: t('waves.table'),
    head: [reader.own(t('waves.line')), ...waves.map(({ label }) => reader.words(label))],
    rows: lines.map((line) => ({
      head: reader.words(labelOf(line) ?? line.words.question),
      cells: line.points.map(cell),
    })),
  }
}

/** Codes and numbers of the page; the same counts give the same bytes. */
export function wavesJson(id: number, waves: readonly WaveReport[], lines: readonly Line[]): object {
  return {
    series: id,
    filter: waves.at(-1)?.report.filter ?? null,
    waves: waves.map(({ slug, day, report }) => ({
      survey: slug,
      version: report.survey.version,
      day,
      filter: report.filter,
      responses: report.responses,
      ...(report.responses === null && { suppressed: true }),
    })),
    lines: lines.map(({ words: _, ...line }) => line),
  }
}
