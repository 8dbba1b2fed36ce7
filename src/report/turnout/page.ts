import type { District } from '../../district/district.ts'
import type { Dimension } from '../../district/enrolment.ts'
import { sayDate } from '../../language/format.ts'
import type { Text } from '../../language/text.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import { bucketStarts, quartiles } from '../../response/minutes.ts'
import { lengthBar } from '../charts/bars.ts'
import type { Reader, Words } from '../reader.ts'
import { courseOf, daysOf } from './course.ts'
import { type Rate, type Turnout, turnout, type UnderHeard } from './rates.ts'

/** Everything that is counted of a survey, for the office that watches it. Nothing of what was answered. */
export type Watched = Parameters<typeof turnout>[0] & {
  questionnaire: Questionnaire
  district: District
  /** Whether `languages` are those spoken at home; else those of the form. */
  homeAsked: boolean
  forms: readonly { code: string; n: number }[]
  channels: readonly { code: string; n: number }[]
  hours: readonly { code: string; n: number }[]
  progress: readonly { what: string; place: string; n: number }[]
}

/** As views/report/bars.ejs and table.ejs take them. */
export type WatchChart = {
  key: string
  heading: string
  note: string | undefined
  rows: {
    label: Words
    hint: string | undefined
    number: string
    aside: string | undefined
    svg: string | undefined
  }[]
  table: { caption: string; head: Words[]; rows: { head: Words; cells: string[] }[] }
}

export type WatchBody = {
  all: string
  rate: string | undefined
  uncounted: string | undefined
  under: {
    state: 'listed' | 'none' | 'notYet' | 'noTable'
    list: { words: string; needed: string; to: Record<string, string> }[]
    more: number
    like: boolean
  }
  charts: WatchChart[]
  course: { most: string | undefined; chart: WatchChart } | undefined
  minutes: { words: string; base: string; chart: WatchChart } | undefined
}

/** Parts that the top of the page names. */
const mostListed = 6
/** Days that the chart shows. */
const mostDays = 42
/** Fewer than this, and a time to answer could be somebody's. */
const fewest = 10

const shown: readonly Dimension[] = ['group', 'school', 'language', 'grade', 'level', 'zone']
/** Level and zone repeat what their schools say: they are marked in the tables, and not listed. */
const listed: readonly Dimension[] = ['group', 'school', 'grade', 'language']

type To = { reader: Reader; nameOf: (tag: string) => string; minimum: number }

/** What the codes of a dimension are called. */
function labeller({ district, questionnaire }: Watched, { reader, nameOf }: To) {
  const lists: Partial<Record<Dimension, readonly { code: string; label: Text }[]>> = {
    school: district.schools,
    group: district.groups,
    grade: district.grades,
    language: district.homeLanguages,
  }
  return (dimension: Dimension, code: string): Words => {
    if (code === '') return reader.own(reader.t('watching.watch.unsaid'))
    // What the survey itself offers goes first: it may hold more than the district's list, and its own words.
    const offered =
      dimension === 'level' || dimension === 'zone'
        ? undefined
        : profileQuestion(questionnaire, dimension)?.options
    const found = [...(offered ?? []), ...(lists[dimension] ?? [])].find((one) => one.code === code)
    if (found) return reader.words(found.label)
    return dimension === 'language' ? reader.own(nameOf(code)) : { words: code, lang: '', dir: 'ltr' }
  }
}

/** In the order of the district; what it does not know comes last, "did not say" at the very end. */
function inOrder(dimension: Dimension, rates: readonly Rate[], district: District): Rate[] {
  const order =
    dimension === 'school'
      ? district.schools.map(({ code }) => code)
      : dimension === 'group'
        ? district.groups.map(({ code }) => code)
        : dimension === 'grade'
          ? district.grades.map(({ code }) => code)
          : dimension === 'language'
            ? district.homeLanguages.map(({ code }) => code)
            : district.schools.map((school) => school[dimension] ?? '')
  const place = ({ code }: Rate) => {
    const at = order.indexOf(code)
    return code === '' ? Number.POSITIVE_INFINITY : at < 0 ? order.length : at
  }
  return rates.toSorted((a, b) => place(a) - place(b))
}

/** The page of one survey, but for what is not counted (see models/watching.ts). */
export function watchBody(watched: Watched, to: To): WatchBody {
  const { reader } = to
  const { t, number } = reader
  const heard = turnout(watched)
  const label = labeller(watched, to)
  const rateOf = ({ counted, enrolled }: Rate) =>
    enrolled === undefined
      ? undefined
      : t('watching.watch.rate', {
          n: number(counted),
          enrolled: number(enrolled),
          share: enrolled > 0 ? reader.percent(counted / enrolled) : '–',
        })
  const total = rateOf(heard.all)
  return {
    all: t('watching.watch.all', { count: heard.all.n, n: number(heard.all.n) }),
    rate: total && (heard.uncounted.length > 0 ? t('watching.watch.rateOf', { rate: total }) : total),
    uncounted:
      watched.enrolment && heard.uncounted.length > 0
        ? t('watching.watch.uncounted', {
            groups: reader.list(heard.uncounted.map((code) => label('group', code).words)),
          })
        : undefined,
    under: underOf(heard, watched, label, to),
    charts: [
      ...shown.flatMap((dimension) => dimensionChart(dimension, heard, watched, label, rateOf, to)),
      ...(watched.homeAsked
        ? [countChart('form', watched.forms, (code) => reader.own(to.nameOf(code)), to)]
        : []),
      countChart('channel', watched.channels, (code) => reader.own(t(`watching.watch.channel.${code}`)), to),
      dayChart(watched, to),
    ].filter(({ rows }) => rows.length > 0),
    course: courseChart(watched, to),
    minutes: minutesChart(watched, to),
  }
}

/** One line for the list of surveys. */
export function watchLine(watched: Watched, { reader }: To): string | undefined {
  const heard = turnout(watched)
  const { counted, enrolled } = heard.all
  if (enrolled === undefined || enrolled === 0) return undefined
  const behind = heard.under.filter(({ dimension }) => listed.includes(dimension)).length
  const rate = reader.t('watching.watch.rate', {
    n: reader.number(counted),
    enrolled: reader.number(enrolled),
    share: reader.percent(counted / enrolled),
  })
  const words = [reader.t('watching.watch.homeRate', { rate })]
  if (behind > 0) words.push(reader.t('watching.watch.homeUnder', { count: behind }))
  return words.join(' · ')
}

type Label = ReturnType<typeof labeller>

function underOf(
  { under, all }: Turnout,
  watched: Watched,
  label: Label,
  { reader, minimum }: To,
): WatchBody['under'] {
  const { t } = reader
  const told = under.filter(({ dimension }) => listed.includes(dimension))
  const words = ({ dimension, code, group, share, of }: UnderHeard) => {
    const values = {
      part: label(dimension, code).words,
      share: reader.percent(share),
      of: reader.percent(of),
    }
    return dimension === 'group'
      ? t('watching.watch.under.whole', values)
      : group === ''
        ? t('watching.watch.under.where', values)
        : t('watching.watch.under.ofGroup', { ...values, group: label('group', group).words })
  }
  const state = !watched.enrolment
    ? 'noTable'
    : told.length > 0
      ? 'listed'
      : all.n < minimum
        ? 'notYet'
        : 'none'
  return {
    state,
    list: told.slice(0, mostListed).map((one) => ({
      words: words(one),
      needed: t('watching.watch.under.needed', { count: one.needed, n: reader.number(one.needed) }),
      to: linkTo(one),
    })),
    more: Math.max(0, told.length - mostListed),
    like: told.some(({ group, like }) => like !== group),
  }
}

/** What the kit of links is narrowed to. */
const linkTo = ({ dimension, code, group }: UnderHeard): Record<string, string> => ({
  ...(dimension === 'school' ? { school: code } : {}),
  ...(dimension === 'language' ? { language: code } : {}),
  ...(dimension === 'group' ? { group: code } : group ? { group } : {}),
})

function dimensionChart(
  dimension: Dimension,
  heard: Turnout,
  watched: Watched,
  label: Label,
  rateOf: (rate: Rate) => string | undefined,
  { reader }: To,
): WatchChart[] {
  const { t, number } = reader
  const rates = inOrder(dimension, heard.by[dimension], watched.district)
  if (!rates.some(({ code, n }) => code !== '' && n > 0)) return []
  const known = rates.some(({ enrolled }) => enrolled !== undefined)
  const size = ({ n, counted, enrolled }: Rate) => (enrolled ? counted / enrolled : known ? 0 : n)
  const most = Math.max(...rates.map(size))
  const byForm = dimension === 'language' && !watched.homeAsked
  const heading = t(`watching.watch.by.${byForm ? 'form' : dimension}`)
  return [
    {
      key: dimension,
      heading,
      note: byForm ? t('watching.watch.formHelp') : undefined,
      rows: rates.map((rate, at) => {
        const words = label(dimension, rate.code)
        const figure = rateOf(rate) ?? number(rate.n)
        const caption = {
          id: `watch-${dimension}-${at}`,
          title: words.words,
          desc: figure,
          lang: reader.lang,
        }
        const bare = known && !rate.enrolled
        return {
          label: words,
          hint: rate.under ? t('watching.watch.under.mark') : undefined,
          number: figure,
          aside: undefined,
          svg: bare
            ? undefined
            : lengthBar(caption, { value: size(rate), most, strong: rate.under, dir: reader.dir }),
        }
      }),
      table: {
        caption: heading,
        head: [
          t(`watching.column.${dimension}`),
          t('watching.watch.responses'),
          ...(known ? [t('watching.watch.enrolled')] : []),
        ].map(reader.own),
        rows: rates.map((rate) => ({
          head: label(dimension, rate.code),
          cells: [number(rate.n), ...(known ? [rateOf(rate) ?? t('watching.watch.noNumber')] : [])],
        })),
      },
    },
  ]
}

type Line = { label: Words; n: number }

/** A chart of counts alone. */
function chartOf(
  key: string,
  heading: string,
  lines: readonly Line[],
  { reader }: To,
  first = reader.t('watching.watch.part'),
): WatchChart {
  const most = Math.max(0, ...lines.map(({ n }) => n))
  return {
    key,
    heading,
    note: undefined,
    rows: lines.map(({ label, n }, at) => ({
      label,
      hint: undefined,
      number: reader.number(n),
      aside: undefined,
      svg: lengthBar(
        { id: `watch-${key}-${at}`, title: label.words, desc: reader.number(n), lang: reader.lang },
        { value: n, most, strong: false, dir: reader.dir },
      ),
    })),
    table: {
      caption: heading,
      head: [first, reader.t('watching.watch.responses')].map(reader.own),
      rows: lines.map(({ label, n }) => ({ head: label, cells: [reader.number(n)] })),
    },
  }
}

const countChart = (
  key: 'form' | 'channel',
  counts: readonly { code: string; n: number }[],
  label: (code: string) => Words,
  to: To,
): WatchChart =>
  chartOf(
    key,
    to.reader.t(`watching.watch.by.${key}`),
    counts.toSorted((a, b) => b.n - a.n).map(({ code, n }) => ({ label: label(code), n })),
    to,
  )

function dayChart(watched: Watched, to: To): WatchChart {
  const { reader } = to
  const days = daysOf(watched.hours, watched.district.timeZone)
  // A day of the calendar is the same everywhere: shown as it is, not moved by a zone.
  const words = (day: string) =>
    sayDate(reader.lang, Date.parse(day), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    })
  const chart = chartOf(
    'day',
    reader.t('watching.watch.by.day'),
    days.slice(-mostDays).map(({ day, n }) => ({ label: reader.own(words(day)), n })),
    to,
    reader.t('watching.watch.day'),
  )
  return days.length > mostDays
    ? { ...chart, note: reader.t('watching.watch.dayMore', { n: reader.number(mostDays) }) }
    : chart
}

function courseChart({ questionnaire, progress }: Watched, { reader }: To): WatchBody['course'] {
  const { t, number } = reader
  const stops = courseOf(questionnaire, progress).filter(({ reached }) => reached > 0)
  if (stops.length === 0) return undefined
  const most = Math.max(...stops.map(({ reached }) => reached))
  const label = ({ page }: (typeof stops)[number]): Words => {
    if (!page) return reader.own(t('watching.watch.course.review'))
    const [question] = page.questions
    if (page.part) return reader.words(page.part.title)
    return reader.words(
      page.code === page.section.code ? page.section.title : (question?.title ?? page.section.title),
    )
  }
  const worst = stops.toSorted((a, b) => b.left - a.left)[0]
  return {
    most:
      worst && worst.left > 0
        ? t('watching.watch.course.most', {
            page: label(worst).words,
            n: number(worst.left),
            reached: number(worst.reached),
          })
        : undefined,
    chart: {
      key: 'course',
      heading: t('watching.watch.course.title'),
      note: t('watching.watch.course.help'),
      rows: stops.map((stop, at) => ({
        label: label(stop),
        hint: undefined,
        number: number(stop.reached),
        aside: undefined,
        svg: lengthBar(
          {
            id: `watch-course-${at}`,
            title: label(stop).words,
            desc: number(stop.reached),
            lang: reader.lang,
          },
          { value: stop.reached, most, strong: stop === worst && stop.left > 0, dir: reader.dir },
        ),
      })),
      table: {
        caption: t('watching.watch.course.title'),
        head: [
          t('watching.watch.course.page'),
          t('watching.watch.course.reached'),
          t('watching.watch.course.passed'),
          t('watching.watch.course.left'),
        ].map(reader.own),
        rows: stops.map((stop) => ({
          head: label(stop),
          cells: [number(stop.reached), number(stop.passed), number(stop.left)],
        })),
      },
    },
  }
}

function minutesChart({ progress }: Watched, to: To): WatchBody['minutes'] {
  const { reader } = to
  const { t, number } = reader
  const took = progress.filter(({ what }) => what === 'took')
  const told = quartiles(took)
  if (!told || told.n < fewest) return undefined
  const counts = bucketStarts.map((start, at) => ({
    start,
    end: bucketStarts[at + 1],
    n: took.reduce((sum, { place, n }) => sum + (place === String(start) ? n : 0), 0),
  }))
  const from = counts.findIndex(({ n }) => n > 0)
  const until = counts.findLastIndex(({ n }) => n > 0)
  const lines = counts.slice(from, until + 1).map(({ start, end, n }) => ({
    label: reader.own(
      end === undefined
        ? t('watching.watch.minutes.over', { n: number(start) })
        : end === 1
          ? t('watching.watch.minutes.under')
          : t('watching.watch.minutes.range', { from: number(start), to: number(end) }),
    ),
    n,
  }))
  const whole = (minutes: number) => number(Math.max(1, Math.round(minutes)))
  const heading = t('watching.watch.minutes.caption')
  const chart = chartOf('minutes', heading, lines, to, heading)
  return {
    words: t('watching.watch.minutes.half', {
      median: whole(told.median),
      low: whole(told.low),
      high: whole(told.high),
    }),
    base: t('watching.watch.minutes.base', { n: number(told.n) }),
    chart: {
      ...chart,
      table: { ...chart.table, head: [heading, t('watching.watch.minutes.people')].map(reader.own) },
    },
  }
}

/** The tables as rows of text: what is counted, of whom, how many of how many. */
export function watchRows(watched: Watched, to: To): string[][] {
  const heard = turnout(watched)
  const label = labeller(watched, to)
  const cell = ({ n, counted, enrolled }: Rate) => [
    String(n),
    enrolled === undefined ? '' : String(counted),
    enrolled === undefined ? '' : String(enrolled),
    enrolled ? (counted / enrolled).toFixed(4) : '',
  ]
  const plain = (
    dimension: string,
    list: readonly { code: string; n: number }[],
    name: (code: string) => string,
  ) => list.map(({ code, n }) => [dimension, code, name(code), String(n), '', '', ''])
  return [
    ['by', 'code', 'label', 'responses', 'of_counted_groups', 'enrolled', 'rate'],
    ['all', '', '', ...cell(heard.all)],
    ...shown.flatMap((dimension) =>
      inOrder(dimension, heard.by[dimension], watched.district).map((rate) => [
        dimension === 'language' && !watched.homeAsked ? 'form_language' : dimension,
        rate.code,
        label(dimension, rate.code).words,
        ...cell(rate),
      ]),
    ),
    ...(watched.homeAsked ? plain('form_language', watched.forms, to.nameOf) : []),
    ...plain('channel', watched.channels, (code) => to.reader.t(`watching.watch.channel.${code}`)),
    ...plain(
      'day',
      daysOf(watched.hours, watched.district.timeZone).map(({ day, n }) => ({ code: day, n })),
      () => '',
    ),
    ...courseOf(watched.questionnaire, watched.progress).map(({ page, reached }) => [
      'reached_about',
      page?.code ?? 'review',
      '',
      String(reached),
      '',
      '',
      '',
    ]),
    ...bucketStarts.map((start) => [
      'minutes_from',
      String(start),
      '',
      String(
        watched.progress.reduce(
          (sum, { what, place, n }) => sum + (what === 'took' && place === String(start) ? n : 0),
          0,
        ),
      ),
      '',
      '',
      '',
    ]),
  ]
}
