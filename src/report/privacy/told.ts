import { type Count, placeKey, type Slice } from '../slice.ts'
import { type Bound, bandOf, boundOf, SMALL_GROUP } from './bounded.ts'
import { type Cut, smallSetWith } from './derivable.ts'
import { hideOne } from './hiding.ts'
import { pinnedCell } from './ranges.ts'
import { columnOf, hiddenCells, rowOf, type State, tableOf } from './state.ts'
import type { Shown } from './suppression.ts'

/** One thing that was said (an option, a favorable answer), and how many people of each school and group said it. */
export type Said = { code: string; counts: readonly Count[] }

/** What of the answers may be told. `bound`: instead of a share that may not be told exactly, where anything may. */
export type Told = {
  exact: (slice: Slice) => boolean
  /** Whether every school, every group and every group of a school is told exactly. */
  everywhere: boolean
  /** Whether it may be told how answers go together: of everyone, of large groups, and where all is told exactly. */
  together: (slice: Slice) => boolean
  /** Each person said exactly one of the answers. */
  whole: boolean
  bound: (slice: Slice, code: string) => Bound | undefined
}

/** `whole`: each person said exactly one of the answers. */
export type Telling = {
  whole: boolean
  /** People who are hidden are told only among SMALL_GROUP others, since much else is told that counts them. */
  amongMany?: boolean
  /** How many of each place can have said it at most, where that is told elsewhere. */
  limit?: readonly Count[]
  /** Of so many of the first things told beside each person who answered said exactly one. */
  parts?: number
  /** All people of the survey, who may have answered or not; else those who answered. */
  everybody?: readonly Count[]
  /** The smallest group that is shown. */
  minimum: number
  /** Whatever else is told where answers are told exactly, of the people of these places. */
  beside?: (hidden: (place: { school: string; group: string }) => boolean) => readonly Said[]
}

/**
 * Decides which slices' answers are told exactly. A small school or group of which nearly nobody or nearly everybody
 * said something is not (see boundOf); nor, then, is whatever would give it away by adding and subtracting: the same
 * reasoning as for small groups (suppression.ts), over sets of fewer than SMALL_GROUP people with such a share. All
 * answers of one slice are told alike, so that options that add up to everybody do not give each other away either.
 * Everyone together is always told exactly. What is told as bounds has room on both sides (see bandOf), and so adds
 * nothing to what can be worked out exactly.
 *
 * @param people those who answered
 * @param shown what may be shown of them at all
 */
export function tell(
  people: readonly Count[],
  said: readonly Said[],
  shown: Shown,
  { whole, amongMany = false, parts = 0, everybody = people, minimum, limit, beside }: Telling,
): Told {
  const table = tableOf(people)
  const { rows, columns } = table
  const layers = said.map(({ counts }) => layer(counts, rows, columns))
  const nearIn = (cells: readonly (readonly [number, number])[]): boolean => {
    const n = addUp(table.n, cells)
    return n < SMALL_GROUP && layers.some((one) => boundOf(addUp(one, cells), n) !== undefined)
  }
  const [all, across] = [[...rows.keys()], [...columns.keys()]]
  const row = (i: number) => across.map((j) => [i, j] as const)
  const column = (j: number) => all.map((i) => [i, j] as const)
  const open = (school: string | null, group: string | null) => shown.size({ school, group }) !== null
  const state: State = {
    table,
    rowShown: rows.map((school, i) => open(school, null) && !nearIn(row(i))),
    columnShown: columns.map((group, j) => open(null, group) && !nearIn(column(j))),
    cellShown: [],
  }
  let sensitive = false
  state.cellShown = rows.map((school, i) =>
    columns.map((group, j) => {
      if (!open(school, group)) return false
      const small = nearIn([[i, j]])
      sensitive ||= small
      return !small && state.rowShown[i] === true && state.columnShown[j] === true
    }),
  )
  sensitive ||= rows.some((code, i) => open(code, null) && !state.rowShown[i])
  sensitive ||= columns.some((code, j) => open(null, code) && !state.columnShown[j])
  const few = (i: number, j: number) => {
    const n = table.n[i]?.[j] ?? 0
    return amongMany && n > 0 && n < minimum && !state.cellShown[i]?.[j]
  }
  sensitive ||= all.some((i) => across.some((j) => few(i, j)))
  if (sensitive)
    closeGaps(state, (cut) => {
      const cells = all.flatMap((i) => row(i).filter(([, j]) => hiddenIn(state, cut, i, j)))
      return nearIn(cells) || cells.some(([i, j]) => few(i, j))
    })
  const there = layer(everybody, rows, columns)
  const closed = closePins(state, () => {
    const hidden = ({ school, group }: { school: string; group: string }) =>
      state.cellShown[rows.indexOf(school)]?.[columns.indexOf(group)] !== true
    const more = (beside?.(hidden) ?? []).map(({ counts }) => layer(counts, rows, columns))
    return pinnedCell(state, [...layers, ...more], {
      minimum,
      parts: whole ? layers : more.slice(0, parts),
      within: layers.length + (amongMany ? more.length : 0),
      strict: amongMany,
      everybody: there,
      limit: limit && layer(limit, rows, columns),
    })
  })
  const everywhere = all.every((i) => across.every((j) => table.n[i]?.[j] === 0 || state.cellShown[i]?.[j]))
  const together = (slice: Slice) => {
    const n = shown.size(slice)
    if (n === null || (slice.school === null && slice.group === null)) return n !== null
    return n >= SMALL_GROUP && (everywhere || slice.school === null)
  }
  if (!sensitive && !closed)
    return {
      exact: (slice) => shown.size(slice) !== null,
      everywhere,
      together,
      whole,
      bound: () => undefined,
    }

  const at = (codes: readonly string[], code: string) => codes.indexOf(code)
  const exact = ({ school, group }: Slice): boolean => {
    if (school === null && group === null) return true
    if (school === null) return state.columnShown[at(columns, group ?? '')] === true
    if (group === null) return state.rowShown[at(rows, school)] === true
    return state.cellShown[at(rows, school)]?.[at(columns, group)] === true
  }
  const banded = [
    ...rows.map((school): Slice => ({ school, group: null })),
    ...columns.map((group): Slice => ({ school: null, group })),
    ...rows.flatMap((school) => columns.map((group): Slice => ({ school, group }))),
  ].filter((slice) => shown.size(slice) !== null && !exact(slice))
  const cellsOf = ({ school, group }: Slice) => {
    if (group === null) return row(at(rows, school ?? ''))
    if (school === null) return column(at(columns, group))
    return [[at(rows, school), at(columns, group)] as const]
  }
  const bounds = banded.map((slice) => {
    const cells = cellsOf(slice)
    const n = addUp(table.n, cells)
    return layers.map((one) => bandOf(addUp(one, cells), n))
  })
  const places = new Map(banded.map((slice, index) => [placeKey(slice), index]))
  return {
    exact: (slice) => shown.size(slice) !== null && exact(slice),
    ...{ everywhere, whole },
    together: (slice) => exact(slice) && together(slice),
    bound: (slice, code) =>
      bounds[places.get(placeKey(slice)) ?? -1]?.[said.findIndex((one) => one.code === code)],
  }
}

/** People of one answer, laid out as the table of all who answered. */
function layer(counts: readonly Count[], rows: readonly string[], columns: readonly string[]): number[][] {
  const n = rows.map(() => columns.map(() => 0))
  const [row, column] = [
    new Map(rows.map((code, i) => [code, i])),
    new Map(columns.map((code, j) => [code, j])),
  ]
  for (const count of counts) {
    const line = n[row.get(count.school) ?? -1]
    const j = column.get(count.group)
    if (line && j !== undefined) line[j] = (line[j] ?? 0) + count.n
  }
  return n
}

type Cells = readonly (readonly [row: number, column: number])[]

const addUp = (n: readonly (readonly number[])[], cells: Cells): number =>
  cells.reduce((sum, [i, j]) => sum + (n[i]?.[j] ?? 0), 0)

/** Whether a cell that is not told is in the set that a cut gives away. */
const hiddenIn = (state: State, cut: Cut, i: number, j: number): boolean =>
  !state.cellShown[i]?.[j] && cut.row[rowOf(state, i)] === true && cut.column[columnOf(state, j)] !== true

/**
 * While the people of a small hidden cell are known to have said a thing since nobody else can have, one slice beside it
 * more is not told exactly. True where one was.
 */
function closePins(state: State, find: () => { i: number; j: number } | undefined): boolean {
  for (let closed = false; ; closed = true) {
    const pinned = find()
    if (!pinned || !hideBeside(state, pinned)) return closed
  }
}

/** The smallest that can still be hidden, the nearest first: cells of its row and column, other cells, these lines, others. */
function hideBeside(state: State, { i, j }: { i: number; j: number }): boolean {
  const { n, rowSums, columnSums } = state.table
  const cells = n.flatMap((line, row) =>
    line.flatMap((size, column) =>
      state.cellShown[row]?.[column] ? [{ row, column, size, near: row === i || column === j }] : [],
    ),
  )
  const nearest = <T extends { near: boolean; size: number }>(list: T[]): T | undefined =>
    list.toSorted((a, b) => Number(b.near) - Number(a.near) || a.size - b.size)[0]
  const cell = nearest(cells)
  if (cell) {
    const line = state.cellShown[cell.row]
    if (line) line[cell.column] = false
    return true
  }
  const lines = [
    ...state.rowShown.flatMap((shown, at) =>
      shown
        ? [{ hide: () => state.rowShown.splice(at, 1, false), near: at === i, size: rowSums[at] ?? 0 }]
        : [],
    ),
    ...state.columnShown.flatMap((shown, at) =>
      shown
        ? [{ hide: () => state.columnShown.splice(at, 1, false), near: at === j, size: columnSums[at] ?? 0 }]
        : [],
    ),
  ]
  const line = nearest(lines)
  line?.hide()
  return line !== undefined
}

/** While a small set with a share near an end can be worked out, one slice more is not told exactly. */
function closeGaps(state: State, isSensitive: (cut: Cut) => boolean): boolean {
  let hidden = hiddenCells(state)
  let closed = true
  for (const [i, line] of state.table.n.entries())
    for (const [j, n] of line.entries()) {
      while (n > 0 && n < SMALL_GROUP && !state.cellShown[i]?.[j]) {
        const cut = smallSetWith(hidden, rowOf(state, i), columnOf(state, j), SMALL_GROUP)
        if (!cut || !isSensitive(cut)) break
        if (!hideOne(state, cut)) {
          closed = false
          break
        }
        hidden = hiddenCells(state)
      }
    }
  return closed
}
