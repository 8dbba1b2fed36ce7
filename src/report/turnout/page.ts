import type { WatchBody } from './body.ts'
import { countChart, dayChart, dimensionChart } from './countCharts.ts'
import { courseChart, minutesChart } from './courseCharts.ts'
import { type Rate, turnout } from './rates.ts'
import { underOf } from './underLines.ts'
import { labeller, listed, shown, type To, type Watched } from './watched.ts'

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
    over: [heard.all, ...shown.flatMap((dimension) => heard.by[dimension])].some(
      ({ counted, enrolled }) => enrolled !== undefined && counted > enrolled,
    ),
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
