import type { Column } from './columns.ts'
import type { Table } from './head.ts'
import { listOf } from './lists.ts'
import { placeIn } from './places.ts'
import { plain } from './plain.ts'
import { areCodes, areOpinions, numbersOf, scaleOf } from './scales.ts'
import { dateColumn, guessTarget, isNo, isYes, languageColumn } from './targets.ts'

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
  'tick',
  'rank',
  'place',
  'order',
  'comment',
] as const
export type ColumnKind = (typeof columnKinds)[number]

/** A column: what it is, and how many different values it has. */
export type Recognised = { at: number; kind: ColumnKind; different: number }

type Body = Table['body']

/** More different answers than this are no choice: they are what people wrote, or who they are. */
export const mostOptions = 64

const identifying =
  /\b(e-?mail|correo|name|nombre|phone|tel[eé]fono|address|direcci[oó]n|ip|student id|id number|username|response id|respondent id|token|seed|last ?page|referr?er)\b|^(id|ipaddress|last modified time|start (time|date))$/
const who: [ColumnKind, RegExp][] = [
  ['home', /language (spoken )?at home|home language|idioma (en|del) hogar/],
  ['school', /^(which |what |your |my )*(is your )?(child'?s )?(school|escuela|campus)\b/],
  ['grade', /^(which |what |your |in what )*(is your )?(child'?s )?(grade|grado)\b/],
  ['group', /^(role|stakeholder( group)?|group|who are you|i am an?)\b/],
]

/** Columns that share a question, side by side. */
function groupsOf(columns: readonly Column[]): Column[][] {
  const groups: Column[][] = []
  for (const column of columns) {
    const last = groups.at(-1)
    const stem = last?.[0]?.heading.stem
    if (last && stem && stem === column.heading.stem) last.push(column)
    else groups.push([column])
  }
  return groups.filter((group) => group.length > 1)
}

/** The cells of some columns, a list for each response that has any. */
const cellsOf = (columns: readonly Column[], body: Body): string[][] =>
  body
    .map((row) => columns.map(({ at }) => (row[at] ?? '').trim()).filter(Boolean))
    .filter((cells) => cells.length > 0)

/** Places of options: each place once in a row, an option in each column. */
function isRanked(columns: readonly Column[], body: Body): boolean {
  if (columns.length < 3 || !columns.every(({ values }) => values.every(({ value }) => placeIn(value))))
    return false
  const ballots = cellsOf(columns, body).filter((cells) => cells.length > 1)
  const sound = ballots.filter((cells) => {
    const places = cells.map(placeIn)
    return (
      places.every((place) => place !== undefined && place <= columns.length) &&
      new Set(places).size === places.length
    )
  })
  return ballots.length > 0 && sound.length >= ballots.length * 0.9
}

/** Options at places: the columns are first, second and so on, and the same options stand in all. */
function isPlaced(columns: readonly Column[], body: Body): boolean {
  const places = columns.map(({ heading }) => placeIn(heading.row))
  if (!places.every((place, at) => place === at + 1)) return false
  const said = columns.flatMap(({ values }) => values.map(({ value }) => plain(value)))
  const options = new Set(said)
  if (options.size < 2 || options.size > mostOptions || options.size === said.length) return false
  const ballots = cellsOf(columns, body).filter((cells) => cells.length > 1)
  const sound = ballots.filter((cells) => new Set(cells.map(plain)).size === cells.length)
  return ballots.length > 0 && sound.length >= ballots.length * 0.9
}

/** Ticks: each column is an option, and says yes or no, or its own words where it was chosen. */
function isTicked(columns: readonly Column[]): boolean {
  const some = columns.filter(({ values }) => values.length > 0)
  return (
    columns.length > 1 &&
    some.length > 0 &&
    some.every(({ values, heading }) => {
      const words = values.map(({ value }) => plain(value))
      return (
        words.every((word) => isYes(word) || isNo(word)) ||
        (words.length === 1 && (words[0] === plain(heading.row) || !/^-?\d+$/.test(words[0] ?? '')))
      )
    }) &&
    some.some(({ values, heading }) =>
      values.some(({ value }) => isYes(plain(value)) || plain(value) === plain(heading.row)),
    )
  )
}

/** What every column seems to be. Nothing that could tell who somebody is is taken by itself. */
export function recognise(columns: readonly Column[], body: Body): Recognised[] {
  const shared = new Map<number, ColumnKind>()
  for (const group of groupsOf(columns.filter(({ heading }) => !heading.system))) {
    const asked = group.filter(({ heading }) => !heading.open && !heading.other)
    const kind = isRanked(asked, body)
      ? 'rank'
      : isPlaced(asked, body)
        ? 'place'
        : isTicked(asked)
          ? 'tick'
          : ratedTogether(asked)
            ? 'rating'
            : undefined
    if (kind) for (const { at } of asked) shared.set(at, kind)
    // Whoever wrote another answer beside the options ticked it.
    if (kind === 'tick') for (const { at, heading } of group) if (heading.other) shared.set(at, 'tick')
  }
  let dated = false
  return columns.map((column): Recognised => {
    const { at, heading, values } = column
    const known = guessTarget(heading.whole, [])
    const of = (kind: ColumnKind): Recognised => ({ at, kind, different: values.length })
    if (known === dateColumn) {
      const kind = dated ? 'skip' : 'date'
      dated = true
      return of(kind)
    }
    if (known === languageColumn) return of('language')
    if (heading.system) return of('skip')
    return of(shared.get(at) ?? aloneKind(column, body))
  })
}

/** Rows of one question on one scale, as a whole: nobody need have used all of its points in each row. */
function ratedTogether(columns: readonly Column[]): boolean {
  const said = [...new Set(columns.flatMap(({ values }) => values.map(({ value }) => value)))]
  return scaleOf(said) !== undefined || numbersOf(said) !== undefined || areCodes(said)
}

function aloneKind({ at, heading, values, filled }: Column, body: Body): ColumnKind {
  const said = values.map(({ value }) => value)
  const words = plain(heading.row)
  const person = who.find(([, heads]) => heads.test(plain(heading.whole)) || heads.test(words))
  // A name, unless it is a question about names with few answers: "How do you learn your teachers' names?"
  const short = words.split(' ').length <= 4
  const tells = identifying.test(words) && (short || values.length > Math.max(2, filled / 3))
  if (person && values.length > 0 && values.length <= mostOptions && !areOpinions(said)) return person[0]
  if (values.length < 2 || tells || said.filter((one) => one.includes('@')).length > said.length / 2)
    return 'skip'
  if (scaleOf(said) || numbersOf(said)) return 'rating'
  const average = said.reduce((sum, one) => sum + one.length, 0) / said.length
  const list = average < 200 ? listOf(body.map((row) => row[at] ?? '')) : undefined
  if (list) return list.ordered ? 'order' : 'several'
  // What a few wrote themselves beside the options makes no comment of a choice.
  const usual = values.filter(({ n }) => n > Math.max(1, filled / 200))
  const covered = usual.reduce((sum, { n }) => sum + n, 0)
  if (usual.length >= 2 && usual.length <= 30 && covered >= filled * 0.8) return 'choice'
  if (values.length > 30 || values.length > filled / 2 || average > 80) return 'comment'
  return 'choice'
}
