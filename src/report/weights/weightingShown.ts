import { sayDate } from '../../language/format.ts'
import type { Reader } from '../reader.ts'
import type { Report } from '../report.ts'
import { filterQuery } from '../slice.ts'

/** What a report page says of weights: the switch, what they are where they are on, or why there are none. */
export type WeightingShown = {
  on: boolean
  /** Whether the page links to itself with weights: not to those who read of some schools alone, who get none. */
  offered: boolean
  /** The same page with weights, or without where they are on. */
  href: string
  why: string | null
  facts: string[]
  more: string
}

/** The query of a report, to carry its filter and its weights from page to page; '' when there is neither. */
export function queryOf({ filter, weighted }: Pick<Report, 'filter' | 'weighted'>): string {
  const query = filterQuery(filter)
  if (!weighted) return query
  return query === '' ? '?weighted=1' : `${query}&weighted=1`
}

/** `path`: the page that it stands on. A reader of some schools names no school to read of everyone. */
export function weightingShown(report: Report, path: string, reader: Reader): WeightingShown {
  const { t, number, decimal, lang } = reader
  const { weighted, survey, filter, reach } = report
  const more = `/reports/${survey.slug}/weights`
  const whole = reach !== undefined && filter.school === null ? '?school=' : ''
  const query = filterQuery(filter)
  const plain = `${path}${query || whole}`
  if (!weighted) {
    return {
      on: false,
      offered: reach === undefined,
      href: `${path}${queryOf({ filter, weighted: off })}`,
      why: null,
      facts: [],
      more,
    }
  }
  if (!weighted.made)
    return {
      on: true,
      offered: false,
      href: plain,
      why: t(`weights.why.${weighted.why ?? 'refused'}`),
      facts: [],
      more,
    }
  const { by, enrolment, n, designEffect, effective, marginOfError } = weighted.made
  const day = sayDate(lang, Date.parse(enrolment.asOf), { dateStyle: 'long', timeZone: 'UTC' })
  return {
    on: true,
    offered: false,
    href: plain,
    why: null,
    facts: [
      t('report.weighted.by', { by: reader.list(by.map((one) => t(`watching.column.${one}`))), day }),
      t('report.weighted.counts'),
      t('weights.fact.effect', { effect: decimal(designEffect), n: number(n), effective: number(effective) }),
      ...(marginOfError === null ? [] : [t('weights.fact.margin', { points: decimal(marginOfError * 100) })]),
      t('report.weighted.rest'),
    ],
    more,
  }
}

const off = { why: null, refused: [], made: null, figures: [] }
