import { bucketStarts } from '../../response/minutes.ts'
import { courseOf, daysOf } from './course.ts'
import { type Rate, turnout } from './rates.ts'
import { inOrder, labeller, shown, type To, type Watched } from './watched.ts'

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
