import { bucketStarts, quartiles } from '../../response/minutes.ts'
import { lengthBar } from '../charts/bars.ts'
import type { Words } from '../reader.ts'
import type { WatchBody } from './body.ts'
import { chartOf } from './countCharts.ts'
import { courseOf } from './course.ts'
import type { To, Watched } from './watched.ts'

/** Fewer than this, and a time to answer could be somebody's. */
const fewest = 10

/** How far people come, page by page. */
export function courseChart({ questionnaire, progress }: Watched, { reader }: To): WatchBody['course'] {
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

/** How long answering takes; undefined while so few have finished that a time could be somebody's. */
export function minutesChart({ progress }: Watched, to: To): WatchBody['minutes'] {
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
