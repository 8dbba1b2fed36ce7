import type { Dimension } from '../../district/enrolment.ts'
import { sayDate } from '../../language/format.ts'
import { lengthBar } from '../charts/bars.ts'
import type { Words } from '../reader.ts'
import type { WatchChart } from './body.ts'
import { daysOf } from './course.ts'
import type { Rate, Turnout } from './rates.ts'
import { inOrder, type Label, type To, type Watched } from './watched.ts'

/** Days that the chart shows. */
const mostDays = 42

/** One dimension beside what is enrolled of each part; none where nobody said. */
export function dimensionChart(
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
export function chartOf(
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

/** By channel, or by language of the form. */
export const countChart = (
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

/** Responses day by day. */
export function dayChart(watched: Watched, to: To): WatchChart {
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
