import type { District } from '../../district/district.ts'
import { sayDate, sayNumber } from '../../language/format.ts'
import { type Plan, textOf } from '../../plan/plan.ts'
import { dotRow } from '../charts/dots.ts'
import type { Reader, Words } from '../reader.ts'
import { sayTogether, verdictOf } from '../verdict.ts'
import type { IndicatorDefinition } from './indicatorDefinition.ts'
import { type Change, type Line, TOGETHER, type ToldFigure } from './progress.ts'

/** What pages of a plan say numbers with. */
export type Teller = { reader: Reader; district: District; month: (at: number) => string }

/** A wave is named by its month; by its day where another wave of these began in the same month. */
export function tellerOf(reader: Reader, district: District, waves: readonly { at: number }[] = []): Teller {
  const { timeZone } = district
  const month = (at: number) => sayDate(reader.lang, at, { month: 'long', year: 'numeric', timeZone })
  const months = waves.map(({ at }) => month(at))
  return {
    reader,
    district,
    month: (at) =>
      months.filter((one) => one === month(at)).length > 1
        ? sayDate(reader.lang, at, { dateStyle: 'long', timeZone })
        : month(at),
  }
}

/** Populations that have a name of their own; others are called by their groups. */
const named = ['students', 'staff', 'families', 'community', 'administrators', 'teachers', TOGETHER]

export function sayPopulation(
  { reader, district }: Teller,
  { populations }: IndicatorDefinition,
  code: string,
): string {
  if (named.includes(code)) return reader.t(`dashboard.population.${code}`)
  const groups = populations.find((one) => one.code === code)?.groups ?? []
  return reader.list(
    groups.map((group) => {
      const label = district.groups.find((one) => one.code === group)?.label
      return label ? reader.words(label).words : group
    }),
  )
}

/** A figure in words: `value` is what stands big, `base` what it is out of. */
export type FigureWords = { value: string; base: string; interval: string }

export function sayFigure(
  { t, number, percent, bound, figure }: Reader,
  { statistic, unit }: Pick<IndicatorDefinition, 'statistic' | 'unit'>,
  told: ToldFigure | null,
): FigureWords {
  const none = { base: '', interval: '' }
  if (!told) return { value: t('dashboard.notAsked'), ...none }
  const { n, count, share, low, high } = told
  const people = { count: n ?? 0, n: number(n ?? 0) }
  if (told.bound) return { value: bound(told.bound), base: t('dashboard.ofPeople', people), interval: '' }
  if (told.suppressed) return { value: t('report.notShown'), ...none }
  if (share === null || n === null) return { value: t('report.nobody'), ...none }
  const interval =
    low === null || high === null ? '' : t('dashboard.interval', { low: percent(low), high: percent(high) })
  if (statistic === 'count' && count !== null)
    return {
      value: number(count),
      base: t(`dashboard.of.${unit}`, { ...people, share: percent(share) }),
      interval,
    }
  return {
    value: count === null ? percent(share) : figure(share, count),
    base: t('dashboard.ofPeople', people),
    interval,
  }
}

/** A figure as a dot with its interval; '' where there is none to draw. */
export function drawFigure(
  { dir, lang }: Reader,
  id: string,
  title: string,
  told: ToldFigure | null,
  before?: ToldFigure | null,
  desc = '',
): string {
  if (!told || told.share === null || told.low === null || told.high === null) return ''
  const dot = { share: told.share, low: told.low, high: told.high }
  const earlier = before?.share ?? undefined
  return dotRow({ id, title, desc, lang }, earlier === undefined ? dot : { ...dot, before: earlier }, dir)
}

/** A change that is read together with the others of its page. */
export type ReadChange = Change & {
  holm: number
  beyondChance: boolean
  /** How many changes were read together. */
  together: number
}

/** How a change stands to what the plan wants: `none` where chance could have made it, or the plan says nothing. */
export type Tone = 'better' | 'worse' | 'none'

export const toneOf = (change: ReadChange, direction: 'increase' | 'decrease' | null): Tone =>
  !change.beyondChance || direction === null || change.difference === 0
    ? 'none'
    : change.difference > 0 === (direction === 'increase')
      ? 'better'
      : 'worse'

/** Percentage points, with a sign. */
export const points = (lang: string, difference: number): string =>
  sayNumber(lang, difference * 100, { maximumFractionDigits: 0, signDisplay: 'negative' })

/** "Up 5 points since May 2020 (from 1 to 9): more than chance." */
export function sayChange(
  { reader: { t, lang, number, percent }, month }: Teller,
  { statistic }: Pick<IndicatorDefinition, 'statistic'>,
  line: Line,
  change: ReadChange,
): string {
  const { difference, low, high, count, from } = change
  const size = Math.round(difference * 100)
  const way = size > 0 ? 'up' : size < 0 ? 'down' : difference === 0 ? 'same' : 'little'
  const since = month(line.waves.find(({ wave }) => wave === from)?.at ?? 0)
  const parts = [
    t(`dashboard.change.${way}`, { points: number(Math.abs(size)), count: Math.abs(size), since }),
    t('dashboard.change.interval', { low: points(lang, low), high: points(lang, high) }),
    t(`dashboard.change.${verdictOf(change)}`),
    ...sayTogether('changes', change.together, { t, number }),
  ]
  if (change.partial)
    parts.push(
      t('dashboard.change.partial', {
        from: change.before.share === null ? '' : percent(change.before.share),
        to: change.after.share === null ? '' : percent(change.after.share),
      }),
    )
  if (statistic === 'count')
    parts.push(t('dashboard.change.people', { n: sayNumber(lang, count, { signDisplay: 'exceptZero' }) }))
  return parts.join(' ')
}

/** The printed name of a plan. */
export const planName = (plan: Plan, reader: Reader): Words => reader.words(textOf(plan.title, plan.language))
