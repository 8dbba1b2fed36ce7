import type { District } from '../../district/district.ts'
import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Reader } from '../reader.ts'
import type { Slice } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { indicatorOf } from './indicator.ts'
import type { IndicatorDefinitions } from './indicatorDefinition.ts'
import { sayFigure, sayPopulation, tellerOf } from './say.ts'

/** The plan's indicators that a survey measures, as a table for print; undefined where there are none. */
export function indicatorTable(
  source: ReportSource,
  {
    plan,
    definitions,
    filter,
  }: { plan: Plan | undefined; definitions: IndicatorDefinitions | undefined; filter: Slice },
  district: District,
  reader: Reader,
): Table | undefined {
  if (!plan || !definitions || filter.group !== null) return undefined
  const teller = tellerOf(reader, district)
  const rows = definitions.indicators.flatMap((definition) => {
    const element = findElement(plan, definition.code)
    const { populations } = indicatorOf(definition, source, filter.school)
    const label = element ? reader.words(element.text) : reader.own('')
    return populations
      .filter(({ asked }) => asked)
      .map((one) => {
        const { value, base, interval } = sayFigure(reader, definition, one)
        return {
          head: { ...label, words: `${definition.code} ${label.words}` },
          cells: [sayPopulation(teller, definition, one.code), value, base, interval],
        }
      })
  })
  if (rows.length === 0) return undefined
  const head = ['indicator', 'who', 'figure', 'base', 'interval']
  return {
    caption: reader.t('dashboard.boardIndicators'),
    head: head.map((key) => reader.own(reader.t(`dashboard.boardColumn.${key}`))),
    rows,
  }
}
