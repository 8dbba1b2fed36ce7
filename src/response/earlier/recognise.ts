import { valuesOf } from './read.ts'
import { isNotApplicable, knownScales, numbersOf, placeOn, scaleOf } from './scales.ts'
import { dateColumn, guessTarget, languageColumn, plain } from './targets.ts'

/** What a column of a file can be made into, where no survey asks the same. */
export const columnKinds = [
  'skip',
  'date',
  'language',
  'group',
  'school',
  'grade',
  'home',
  'rating',
  'choice',
  'several',
  'rank',
  'comment',
] as const
export type ColumnKind = (typeof columnKinds)[number]

/** A column: what it is, and how many different values it has. */
export type Recognised = { at: number; kind: ColumnKind; different: number }

type Rows = readonly (readonly string[])[]

/** More different answers than this are no choice: they are what people wrote, or who they are. */
export const mostOptions = 64

const identifying =
  /\b(e-?mail|correo|name|nombre|phone|tel[eé]fono|address|direcci[oó]n|ip|student id|id number|username|response id|respondent id|token|seed|last ?page|referr?er)\b|^id$/
const who: [ColumnKind, RegExp][] = [
  ['home', /language (spoken )?at home|home language|idioma (en|del) hogar/],
  ['school', /^(which |what |your |my )*(is your )?(child'?s )?(school|escuela|campus)\b/],
  ['grade', /^(which |what |your |in what )*(is your )?(child'?s )?(grade|grado)\b/],
  ['group', /^(role|stakeholder( group)?|group|who are you|i am an?)\b/],
]

/** The stem and the row of a heading such as "How often? [I feel safe]" or "Q1[SQ001]". */
export function stemOf(heading: string): { stem: string; row: string } {
  const split = /^(.*?)\s*\[(.+)\]\s*$/u.exec(heading.trim())
  return split
    ? { stem: (split[1] ?? '').trim(), row: (split[2] ?? '').trim() }
    : { stem: '', row: heading.trim() }
}

/** The parts of a cell that holds several answers. */
const partsIn = (cell: string, by: ';' | ','): string[] =>
  cell
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean)

/** What parts the answers of a column whose cells hold several; undefined where each holds one. */
export function severalBy(rows: Rows, at: number): ';' | ',' | undefined {
  const cells = rows.map((row) => (row[at] ?? '').trim()).filter(Boolean)
  return ([';', ','] as const).find((by) => {
    const joined = cells.filter((cell) => partsIn(cell, by).length > 1)
    const parts = new Set(cells.flatMap((cell) => partsIn(cell, by)).map(plain))
    const whole = new Set(cells.map(plain))
    return (
      joined.length >= cells.length / 10 &&
      parts.size >= 2 &&
      parts.size <= 30 &&
      (by === ';' || parts.size < whole.size)
    )
  })
}

/** Columns of one stem whose cells are places, each place once in a row: a ranking, an option in each column. */
function ranked(headings: readonly string[], rows: Rows): Set<number> {
  const byStem = Map.groupBy(
    headings.map((heading, at) => ({ at, stem: stemOf(heading).stem })).filter(({ stem }) => stem !== ''),
    ({ stem }) => stem,
  )
  const found = [...byStem.values()].filter((columns) => {
    if (columns.length < 3) return false
    const ballots = rows
      .map((row) => columns.flatMap(({ at }) => (row[at] ?? '').trim() || []))
      .filter((ballot) => ballot.length > 1)
    const sound = ballots.filter(
      (ballot) =>
        ballot.every(
          (cell) => /^\d{1,2}$/.test(cell) && Number(cell) >= 1 && Number(cell) <= columns.length,
        ) && new Set(ballot).size === ballot.length,
    )
    return ballots.length > 0 && sound.length >= ballots.length * 0.9
  })
  return new Set(found.flat().map(({ at }) => at))
}

/** What every column seems to be. Nothing that could tell who somebody is is taken by itself. */
export function recognise(headings: readonly string[], rows: Rows): Recognised[] {
  const places = ranked(headings, rows)
  let dated = false
  return headings.map((heading, at) => {
    const values = valuesOf(rows, at)
    const said = values.map(({ value }) => value)
    const filled = values.reduce((sum, { n }) => sum + n, 0)
    const words = plain(heading)
    const known = guessTarget(heading, [])
    const of = (kind: ColumnKind): Recognised => ({ at, kind, different: values.length })
    if (known === dateColumn) {
      const kind = dated ? 'skip' : 'date'
      dated = true
      return of(kind)
    }
    if (known === languageColumn) return of('language')
    if (places.has(at)) return of('rank')
    if (
      values.length < 2 ||
      identifying.test(words) ||
      said.filter((one) => one.includes('@')).length > said.length / 2
    )
      return of('skip')
    const person = who.find(([, heads]) => heads.test(words))
    if (person) return of(person[0])
    if (scaleOf(said) || numbersOf(said)) return of('rating')
    const average = said.reduce((sum, one) => sum + one.length, 0) / said.length
    if (severalBy(rows, at) && average < 200) return of('several')
    if (values.length > 30 || values.length > filled / 2 || average > 80) return of('comment')
    return of('choice')
  })
}

/** A point of a made scale: its code, the words of the file, and which values of the file stand for it. */
export type MadePoint = { code: string; value: number; label: string; favorable: boolean; said: string[] }

/**
 * The points of a rated column. A known scale has all of its points, in the words that the file has for them; a column
 * whose words are on none is taken as written, in the order of how often, and nothing of it counts as favorable but the
 * last: whoever brings it in is told to look.
 */
export function pointsOf(
  values: readonly string[],
  canonical: (scale: string, place: number) => string,
): MadePoint[] {
  const scale = scaleOf(values)
  if (scale)
    return scale.points.map((_, place) => {
      const said = values.filter((value) => !isNotApplicable(value) && placeOn(scale, value) === place)
      return {
        code: `p${place + 1}`,
        value: place + 1,
        label: said[0] ?? canonical(scale.code, place),
        favorable: place >= scale.good,
        said,
      }
    })
  const numbers = numbersOf(values)
  if (numbers)
    return Array.from({ length: numbers.most - numbers.least + 1 }, (_, at) => {
      const value = numbers.least + at
      const from = numbers.least + 0.6 * (numbers.most - numbers.least)
      return {
        code: `p${value}`,
        value,
        label: String(value),
        favorable: value > from,
        said: [String(value)],
      }
    })
  const said = values.filter((value) => !isNotApplicable(value))
  return said.map((label, at) => ({
    code: `p${at + 1}`,
    value: at + 1,
    label,
    favorable: at === said.length - 1,
    said: [label],
  }))
}

export const scaleCodes = knownScales.map(({ code }) => code)
