/** Rows of numbers, mostly zero: row r holds `columns` and `values` from starts[r] to starts[r + 1]. */
export type Sparse = {
  rows: number
  width: number
  starts: Int32Array
  columns: Int32Array
  values: Float32Array
}

/** A fitted line: weight per column, and what is added to all. */
export type Line = { weights: Float64Array; bias: number }

export type Fitting = {
  /** Cost of an error for an example with the theme, and without. */
  costs: { with: number; without: number }
  /** Rounds over the examples at most. */
  rounds: number
  /** Stop when no example asks for a larger step than this. */
  tolerance: number
}

/** Numbers from 0 to 1 that follow from the seed: mulberry32 (public domain, T. Ettinger). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function shuffle(list: Int32Array, roll: () => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(roll() * (at + 1))
    const kept = list[at] ?? 0
    list[at] = list[other] ?? 0
    list[other] = kept
  }
}

/** What the line says of row r: above 0 for the theme. */
export function decide({ starts, columns, values }: Sparse, r: number, { weights, bias }: Line): number {
  let sum = bias
  const end = starts[r + 1] ?? 0
  for (let at = starts[r] ?? 0; at < end; at++) sum += (weights[columns[at] ?? 0] ?? 0) * (values[at] ?? 0)
  return sum
}

/**
 * Logistic regression with an L2 penalty, by dual coordinate descent: each step solves one example's part of the
 * dual exactly enough by a few Newton steps. Method: Yu, Huang and Lin, "Dual coordinate descent methods for
 * logistic regression and maximum entropy models", Machine Learning 85 (2011), Algorithm 5, with the stopping rules
 * of LIBLINEAR (Fan et al., JMLR 9, 2008). The bias is a column of ones, penalized like the others. `rows` are the
 * examples to learn from, `signs` is 1 for an example with the theme and -1 for one without (by row of `data`).
 */
export function fitLine(data: Sparse, rows: Int32Array, signs: Int8Array, how: Fitting, seed: number): Line {
  const { starts, columns, values } = data
  const weights = new Float64Array(data.width)
  let bias = 0
  const roll = dice(seed)
  const order = rows.slice()
  // The two parts of each example's dual variable; together they are the example's cost.
  const near = new Float64Array(data.rows)
  const far = new Float64Array(data.rows)
  const squares = new Float64Array(data.rows)
  const add = (r: number, step: number) => {
    const end = starts[r + 1] ?? 0
    for (let at = starts[r] ?? 0; at < end; at++) {
      const column = columns[at] ?? 0
      weights[column] = (weights[column] ?? 0) + step * (values[at] ?? 0)
    }
    bias += step
  }
  for (const r of rows) {
    const cost = signs[r] === 1 ? how.costs.with : how.costs.without
    const little = Math.min(0.001 * cost, 1e-8)
    near[r] = little
    far[r] = cost - little
    let square = 1
    const end = starts[r + 1] ?? 0
    for (let at = starts[r] ?? 0; at < end; at++) square += (values[at] ?? 0) ** 2
    squares[r] = square
    add(r, (signs[r] ?? 0) * little)
  }
  let enough = 1e-2
  for (let round = 0; round < how.rounds; round++) {
    shuffle(order, roll)
    let largest = 0
    let newton = 0
    for (const r of order) {
      const sign = signs[r] ?? 0
      const cost = sign === 1 ? how.costs.with : how.costs.without
      const a = squares[r] ?? 1
      const b = sign * decide(data, r, { weights, bias })
      // The smaller of the two parts is solved for, which keeps the logarithms well-behaved.
      const first = 0.5 * a * ((far[r] ?? 0) - (near[r] ?? 0)) + b >= 0
      const side = first ? 1 : -1
      const before = (first ? near[r] : far[r]) ?? 0
      let z = before
      if (cost - z < 0.5 * cost) z *= 0.1
      let slope = a * (z - before) + side * b + Math.log(z / (cost - z))
      largest = Math.max(largest, Math.abs(slope))
      let steps = 0
      while (steps <= 100 && Math.abs(slope) >= enough) {
        const curve = a + cost / (cost - z) / z
        const next = z - slope / curve
        z = next <= 0 ? z * 0.1 : next
        slope = a * (z - before) + side * b + Math.log(z / (cost - z))
        steps++
      }
      newton += steps
      if (steps === 0) continue
      near[r] = first ? z : cost - z
      far[r] = first ? cost - z : z
      add(r, side * (z - before) * sign)
    }
    if (largest < how.tolerance) break
    if (newton <= rows.length / 10) enough = Math.max(1e-8, 0.1 * enough)
  }
  return { weights, bias }
}
