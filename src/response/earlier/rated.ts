import type { Column } from './columns.ts'
import { plain } from './plain.ts'
import { areCodes, isNotApplicable, type KnownScale, numbersOf, placeOn, scaleOf, wholeIn } from './scales.ts'

/** A point of a made scale: its code, the words of the file ('' where nobody chose it), and which values stand for it. */
export type MadePoint = { code: string; value: number; label: string; favorable: boolean; said: string[] }

/**
 * A scale that columns of a file share. `ordered`: its points are known to stand in order, worst first; else they stand
 * as often as they were said. `na`: values that say that the question does not apply.
 */
export type FoundScale = {
  key: string
  ordered: boolean
  points: MadePoint[]
  na: string[]
  columns: number[]
}

/** What the office said of a scale, by the plain words of a value: is it favorable, not, or no answer; and its place. */
export type ScaleSaid = Record<string, { is: 'favorable' | 'other' | 'na'; place: number }>

/** Columns that are taken together: those of one question, as far as their values stand on one scale. */
type Unit = {
  known: KnownScale | undefined
  numbers: { least: number; most: number } | undefined
  /** The values as they were first written, by their plain words. */
  values: Map<string, string>
  filled: number
  columns: number[]
}

/** Few answers leave a point unchosen by chance: a scale of four points may then be one of five. */
const few = 30

/** The scales of the rated columns, each once, in the order of the columns. */
export function foundScales(columns: readonly Column[]): FoundScale[] {
  const byStem = Map.groupBy(columns, ({ at, heading }) => heading.stem || `@${at}`)
  const units = [...byStem.values()].flatMap((group) => {
    const whole = unitOf(group)
    const apart = group.map((column) => unitOf([column]))
    return isOnScale(whole) || !apart.some(isOnScale) ? [whole] : apart
  })
  const drafts: Unit[] = []
  for (const unit of units) {
    const found = drafts.find((draft) => fits(draft, unit))
    if (!found) {
      drafts.push(unit)
      continue
    }
    // A scale that holds both is the longer one.
    if (unit.known && found.known && unit.known.points.length > found.known.points.length)
      found.known = unit.known
    for (const [key, value] of unit.values) if (!found.values.has(key)) found.values.set(key, value)
    found.columns.push(...unit.columns)
  }
  return drafts.map(finished)
}

const isOnScale = ({ known, numbers }: Unit): boolean => known !== undefined || numbers !== undefined

function unitOf(columns: readonly Column[]): Unit {
  const values = new Map<string, string>()
  for (const column of columns)
    for (const { value } of column.values) if (!values.has(plain(value))) values.set(plain(value), value)
  const said = [...values.values()]
  const known = scaleOf(said)
  return {
    known,
    numbers: known ? undefined : numbersOf(said),
    values,
    filled: columns.reduce((sum, { filled }) => sum + filled, 0),
    columns: columns.map(({ at }) => at),
  }
}

/** "Quite safe" and "quite important" stand at one place of a scale, and are not the same words. */
function fits(draft: Unit, unit: Unit): boolean {
  if (draft.known && unit.known) {
    const [longer, shorter] =
      draft.known.points.length >= unit.known.points.length ? [draft, unit] : [unit, draft]
    const scale = longer.known
    if (!scale || (scale !== shorter.known && shorter.filled >= few)) return false
    const said = new Map(draft.values)
    for (const [key, value] of unit.values) said.set(key, value)
    const points = [...said.values()].filter((value) => !isNotApplicable(value))
    const places = points.map((value) => placeOn(scale, value))
    return !places.includes(-1) && new Set(places).size === places.length
  }
  if (draft.known || unit.known) return false
  if (draft.numbers || unit.numbers)
    return draft.numbers?.least === unit.numbers?.least && draft.numbers?.most === unit.numbers?.most
  const shared = [...unit.values.keys()].filter((key) => draft.values.has(key)).length
  return shared >= 2 && shared >= Math.min(unit.values.size, draft.values.size)
}

function finished({ known, numbers, values, columns }: Unit): FoundScale {
  const all = [...values.values()]
  const na = all.filter(isNotApplicable)
  const said = all.filter((value) => !isNotApplicable(value))
  const points = known
    ? known.points.map((_, place): MadePoint => {
        const here = said.filter((value) => placeOn(known, value) === place)
        return { ...point(place + 1, here[0] ?? ''), favorable: place >= known.good, said: here }
      })
    : numbers
      ? Array.from({ length: numbers.most - numbers.least + 1 }, (_, at) => {
          const value = numbers.least + at
          const from = numbers.least + 0.6 * (numbers.most - numbers.least)
          const here = said.filter((one) => wholeIn(one) === value)
          return { ...point(value, String(value)), favorable: value > from, said: here }
        })
      : inOrder(said).map((label, at) => ({
          ...point(at + 1, label),
          favorable: at === said.length - 1,
          said: [label],
        }))
  const key = [known?.code ?? (numbers ? 'numbers' : 'words'), ...[...values.keys()].sort()].join('|')
  return { key, ordered: known !== undefined || numbers !== undefined, points, na, columns }
}

/** By how often they were said; numbers and codes by their number. */
const inOrder = (said: string[]): string[] =>
  areCodes(said) || said.every((value) => /^-?\d+$/.test(value))
    ? said.toSorted((a, b) => Number(a.replace(/^\D+(?=\d)/, '')) - Number(b.replace(/^\D+(?=\d)/, '')))
    : said

const point = (value: number, label: string) => ({ code: `p${value}`, value, label })

/** By what a point is called in a form: its words, or its place where nobody chose it. */
export const pointKey = ({ label, value }: Pick<MadePoint, 'label' | 'value'>): string =>
  plain(label) || `@${value}`

/** A scale as the office said that it is: what counts as favorable, what is no answer, and for words their order. */
export function saidScale(scale: FoundScale, said: ScaleSaid | undefined): FoundScale {
  if (!said) return scale
  const of = (key: string) => (Object.hasOwn(said, key) ? said[key] : undefined)
  const back = scale.na.filter((value) => (of(plain(value))?.is ?? 'na') !== 'na')
  const all = [
    ...scale.points,
    ...back.map((value) => ({ ...point(0, value), favorable: false, said: [value] })),
  ]
  const out = all.filter((one) => of(pointKey(one))?.is === 'na')
  const kept = all.filter((one) => !out.includes(one))
  const place = (one: MadePoint) => of(pointKey(one))?.place || one.value || all.length
  const sorted = scale.ordered && back.length === 0 ? kept : kept.toSorted((a, b) => place(a) - place(b))
  const anew = !scale.ordered || back.length > 0
  return {
    ...scale,
    na: [...scale.na.filter((value) => !back.includes(value)), ...out.flatMap((one) => one.said)],
    points: sorted.map((one, at) => ({
      ...one,
      ...(anew && point(at + 1, one.label)),
      favorable: of(pointKey(one)) ? of(pointKey(one))?.is === 'favorable' : one.favorable,
    })),
  }
}
