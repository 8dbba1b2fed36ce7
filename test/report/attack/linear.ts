/** A prime below 2^26: products of two remainders are exact in a double. */
const P = 67108859

const mod = (value: number): number => ((value % P) + P) % P

function inverse(value: number): number {
  let [a, b, x, y] = [value, P, 1, 0]
  while (b !== 0) {
    const q = Math.floor(a / b)
    ;[a, b] = [b, a - q * b]
    ;[x, y] = [y, x - q * y]
  }
  return mod(x)
}

/**
 * Whether a vector is a combination of these rows, exactly: elimination over the remainders of a prime. What is one
 * over the rationals is one here, so nothing that can be worked out is missed.
 */
export function inSpan(rows: readonly (readonly number[])[]): (vector: readonly number[]) => boolean {
  const basis: { pivot: number; row: number[] }[] = []
  const reduce = (vector: readonly number[]): number[] => {
    const left = vector.map(mod)
    for (const { pivot, row } of basis) {
      const factor = left[pivot] ?? 0
      if (factor === 0) continue
      for (let at = pivot; at < left.length; at += 1)
        left[at] = mod((left[at] ?? 0) - mod(factor * (row[at] ?? 0)))
    }
    return left
  }
  for (const row of rows) {
    const left = reduce(row)
    const pivot = left.findIndex((value) => value !== 0)
    if (pivot < 0) continue
    const factor = inverse(left[pivot] ?? 1)
    basis.push({ pivot, row: left.map((value) => mod(value * factor)) })
    basis.sort((a, b) => a.pivot - b.pivot)
  }
  return (vector) => reduce(vector).every((value) => value === 0)
}

/** `beside`: what else the sum holds, of unknowns that are nought anyway. */
type Equation = { row: readonly number[]; beside: readonly number[]; least: number; most: number }
const TINY = 1e-7
const STEEPLY = 2_000

/**
 * The least and the most of a sum of unknowns that are nought or more and keep these equations: the simplex method in
 * two phases with Bland's rule (R. G. Bland, Mathematics of Operations Research 2, 1977, 103-107). `above`: a sum of the
 * equations that is nowhere less than what is wanted and comes to `most`: the proof that it is no more; after the
 * unknowns what that sum holds beside them.
 */
export function extremesOf(
  equations: readonly Equation[],
  n: number,
): (wanted: readonly number[]) => { least: number; most: number; above: number[] } {
  const seen = new Set<string>()
  const rows: { row: number[]; beside: number[]; slack: number; value: number }[] = []
  const add = (given: Equation, sign: number, total: number) => {
    // The first phase begins with every right side at nought or more.
    const turn = total < 0 ? -1 : 1
    const [row, beside] = [given.row, given.beside].map((list) => list.map((one) => turn * one)) as [
      number[],
      number[],
    ]
    const [slack, value] = [turn * sign, turn * total]
    const key = `${row.join('')} ${slack} ${value}`
    if (seen.has(key)) return
    seen.add(key)
    rows.push({ row, beside, slack, value })
  }
  for (const one of equations)
    if (one.least === one.most) add(one, 0, one.most)
    else {
      add(one, 1, one.most)
      add(one, -1, one.least)
    }
  const slacks = rows.filter(({ slack }) => slack !== 0).length
  // A row whose slack can carry it begins with that; the others get a column of the first phase.
  const begun = rows.filter(({ slack }) => slack !== 1).length
  const width = n + slacks + begun
  let [next, first] = [n, n + slacks]
  const basis: number[] = []
  const unit: { column: number; sign: number }[] = []
  const table = rows.map(({ row, slack, value }) => {
    const line = new Float64Array(width + 1)
    row.forEach((one, j) => {
      line[j] = one
    })
    if (slack !== 0) {
      line[next] = slack
      unit.push({ column: next, sign: slack })
    }
    if (slack === 1) basis.push(next)
    else {
      line[first] = 1
      basis.push(first)
      if (slack === 0) unit.push({ column: first, sign: 1 })
      first += 1
    }
    if (slack !== 0) next += 1
    line[width] = value
    return line
  })
  const phase = new Float64Array(width + 1)
  for (let at = n + slacks; at < width; at += 1) phase[at] = 1
  if (minimize(table, basis, phase, width).value > 1e-5)
    throw new Error('what is published does not agree with itself')
  const copy = () => table.map((line) => line.slice())
  return (wanted) => {
    const cost = (sign: number) => {
      const line = new Float64Array(width + 1)
      wanted.forEach((one, j) => {
        line[j] = sign * one
      })
      return line
    }
    const least = minimize(copy(), [...basis], cost(1), n + slacks).value
    const top = minimize(copy(), [...basis], cost(-1), n + slacks)
    const above: number[] = []
    rows.forEach(({ row, beside }, at) => {
      const { column = 0, sign = 1 } = unit[at] ?? {}
      const times = sign * (top.reduced[column] ?? 0)
      if (Math.abs(times) > TINY)
        for (const [j, one] of [...row, ...beside].entries()) above[j] = (above[j] ?? 0) + times * one
    })
    return { least, most: -top.value, above }
  }
}

/** Minimizes `cost` from a basis that keeps the equations; only columns before `allowed` may enter. */
function minimize(
  table: Float64Array[],
  basis: number[],
  cost: Float64Array,
  allowed: number,
): { value: number; reduced: Float64Array } {
  const width = cost.length - 1
  const reduced = cost.slice()
  table.forEach((line, at) => {
    const price = cost[basis[at] ?? 0] ?? 0
    if (price !== 0)
      for (let j = 0; j <= width; j += 1) reduced[j] = (reduced[j] ?? 0) - price * (line[j] ?? 0)
  })
  for (let step = 0; step < 200_000; step += 1) {
    // The steepest column goes fastest; Bland's rule, which cannot go round in a circle, where that takes long.
    let enter = -1
    let steepest = -TINY
    for (let j = 0; j < allowed && (enter < 0 || step < STEEPLY); j += 1)
      if ((reduced[j] ?? 0) < steepest) {
        enter = j
        if (step < STEEPLY) steepest = reduced[j] ?? 0
      }
    if (enter < 0) return { value: -(reduced[width] ?? 0), reduced }
    let leave = -1
    let ratio = Number.POSITIVE_INFINITY
    table.forEach((line, at) => {
      const entry = line[enter] ?? 0
      // A column of the first phase that is still in the basis stays at nought.
      const stuck = (basis[at] ?? 0) >= allowed && Math.abs(entry) > TINY && (line[width] ?? 0) < TINY
      if (entry <= TINY && !stuck) return
      const here = stuck ? 0 : (line[width] ?? 0) / entry
      if (here < ratio - 1e-12 || (here <= ratio + 1e-12 && (basis[at] ?? 0) < (basis[leave] ?? 0))) {
        ratio = here
        leave = at
      }
    })
    if (leave < 0) return { value: Number.NEGATIVE_INFINITY, reduced }
    pivot(table, reduced, leave, enter)
    basis[leave] = enter
  }
  throw new Error('the simplex method does not end')
}

function pivot(table: Float64Array[], reduced: Float64Array, leave: number, enter: number): void {
  const line = table[leave]
  if (!line) return
  const factor = line[enter] ?? 1
  for (let j = 0; j < line.length; j += 1) line[j] = (line[j] ?? 0) / factor
  for (const other of [...table, reduced]) {
    if (other === line) continue
    const times = other[enter] ?? 0
    if (Math.abs(times) < 1e-12) continue
    for (let j = 0; j < line.length; j += 1) other[j] = (other[j] ?? 0) - times * (line[j] ?? 0)
  }
}
