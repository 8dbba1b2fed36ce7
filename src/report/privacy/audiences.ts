import type { Table } from './state.ts'

/** Groups that a question is asked of alone. Its base tells how many of them there are of a school, and of everyone. */
export type Audience = (group: string) => boolean

/**
 * Whether how many of each audience there are is told: in each row, and of all (`all`, which tells it of the columns
 * that are hidden, since the others are known). `asks`: by audience and column.
 */
export type Audiences = {
  asks: boolean[][]
  rows: boolean[][]
  all: boolean[]
  places: { rows: Places; columns: Places }
}
/** Numbers of places after those of the rows, or columns, themselves, by what they are. */
type Places = Map<string, number>

export const audiencesIn = ({ rows, columns }: Table, audiences: readonly Audience[]): Audiences => ({
  asks: audiences.map((asks) => columns.map(asks)),
  rows: rows.map(() => audiences.map(() => true)),
  all: audiences.map(() => true),
  places: { rows: new Map(), columns: new Map() },
})

/** Which audiences of those that are told a column is of: '' of none. Columns of one kind are known only together. */
export const kindOf = (
  audiences: Audiences | undefined,
  told: readonly boolean[] | undefined,
  j: number,
): string => audiences?.asks.flatMap((asks, one) => (told?.[one] && asks[j] ? [one] : [])).join(' ') ?? ''

/** A place for it after the rows (or columns) and what is left of them; always the same one. */
export function placeOf(places: Places, key: string, lines: number): number {
  const place = places.get(key) ?? lines + 1 + places.size
  places.set(key, place)
  return place
}

export type Candidate = { n: number; hide: () => void }
export const smallest = (candidates: Candidate[]): Candidate | undefined =>
  candidates.reduce<Candidate | undefined>(
    (least, one) => (least && least.n <= one.n ? least : one),
    undefined,
  )

type Line = { audiences: Audiences; told: boolean[]; sizes: readonly number[] }
const without = ({ told }: Line, one: number): boolean[] => told.map((is, each) => is && each !== one)

/** No longer tells an audience; `n`: how many people it is of. */
const leaving = (line: Line, one: number): Candidate => ({
  n: line.sizes.reduce((sum, size, j) => sum + (line.audiences.asks[one]?.[j] ? size : 0), 0),
  hide: () => {
    line.told[one] = false
  },
})

/**
 * Tells no audience where that by itself gives a small set away: in a row; or of the columns that are hidden, of which
 * another one can be hidden instead. People who did not say are let pass: they hide nobody (see protectProfile).
 */
export function tellAudiences(
  table: Table,
  audiences: Audiences,
  minimum: number,
  columnShown: readonly boolean[],
  hideColumn: (j: number) => void,
): void {
  const named = [...table.columns.keys()].filter((j) => table.columns[j] !== '')
  for (const [i, told] of audiences.rows.entries()) {
    const line = { audiences, told, sizes: table.n[i] ?? [] }
    for (let few = smallKind(line, named, minimum); few !== undefined; few = smallKind(line, named, minimum))
      smallest(parting(line, few))?.hide()
  }
  const all = { audiences, told: audiences.all, sizes: table.columnSums }
  for (;;) {
    const hidden = named.filter((j) => !columnShown[j])
    const few = smallKind(all, hidden, minimum)
    if (few === undefined) return
    const beside = named.filter((j) => columnShown[j] && kindOf(audiences, all.told, j) === few)
    const columns = beside.map((j) => ({ n: table.columnSums[j] ?? 0, hide: () => hideColumn(j) }))
    smallest([...columns, ...parting(all, few)])?.hide()
  }
}

/** A kind of column of which there are some people, but fewer than the minimum, where any audience is told. */
function smallKind(line: Line, columns: readonly number[], minimum: number): string | undefined {
  if (!line.told.includes(true)) return undefined
  const sums = new Map<string, number>()
  for (const j of columns) {
    const kind = kindOf(line.audiences, line.told, j)
    sums.set(kind, (sums.get(kind) ?? 0) + (line.sizes[j] ?? 0))
  }
  return [...sums].find(([, n]) => n > 0 && n < minimum)?.[0]
}

/** Audiences that alone keep a kind of column apart from another one; all that are told where no single one does. */
function parting(line: Line, kind: string): Candidate[] {
  const there = line.sizes.flatMap((size, j) => (size > 0 ? [j] : []))
  const own = there.filter((j) => kindOf(line.audiences, line.told, j) === kind)
  const told = [...line.told.keys()].filter((one) => line.told[one])
  const alone = told.filter((one) => {
    const kinds = new Set(own.map((j) => kindOf(line.audiences, without(line, one), j)))
    return there.some((j) => !own.includes(j) && kinds.has(kindOf(line.audiences, without(line, one), j)))
  })
  return (alone.length > 0 ? alone : told).map((one) => leaving(line, one))
}

/**
 * Audiences that a line no longer tells so that the two sides of a cut are joined: one that alone parts columns on both
 * sides, or else all of them.
 */
export function joining(
  line: Line,
  columns: readonly number[],
  inside: (column: number) => boolean,
): Candidate[] {
  const own = columns.filter((j) => (line.sizes[j] ?? 0) > 0)
  if (!line.told.includes(true) || new Set(own.map(inside)).size < 2) return []
  const told = [...line.told.keys()].filter((one) => line.told[one])
  const alone = told.filter((one) =>
    [...Map.groupBy(own, (j) => kindOf(line.audiences, without(line, one), j)).values()].some(
      (alike) => new Set(alike.map(inside)).size > 1,
    ),
  )
  if (alone.length > 0) return alone.map((one) => leaving(line, one))
  const n = line.sizes.reduce((sum, size) => sum + size, 0)
  return [{ n, hide: () => line.told.fill(false) }]
}
