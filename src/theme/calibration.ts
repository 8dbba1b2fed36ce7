/** Turns what a line says into a probability: 1 / (1 + exp(a * said + b)). */
export type Sigmoid = { a: number; b: number }

export const probability = (said: number, { a, b }: Sigmoid): number => {
  const f = a * said + b
  return f >= 0 ? Math.exp(-f) / (1 + Math.exp(-f)) : 1 / (1 + Math.exp(f))
}

/**
 * The sigmoid that fits held-out examples best: Platt, "Probabilistic outputs for support vector machines" (1999),
 * by the Newton method with backtracking of Lin, Lin and Weng, "A note on Platt's probabilistic outputs" (2007),
 * whose targets keep away from 0 and 1 so that a few examples do not make it too sure.
 */
export function platt(said: ArrayLike<number>, isTheme: ArrayLike<boolean | number>): Sigmoid {
  const n = said.length
  let positives = 0
  for (let i = 0; i < n; i++) if (isTheme[i]) positives++
  const negatives = n - positives
  const high = (positives + 1) / (positives + 2)
  const low = 1 / (negatives + 2)
  const target = (i: number) => (isTheme[i] ? high : low)
  let [a, b] = [0, Math.log((negatives + 1) / (positives + 1))]
  const loss = (a: number, b: number) => {
    let sum = 0
    for (let i = 0; i < n; i++) {
      const f = a * (said[i] ?? 0) + b
      sum += f >= 0 ? target(i) * f + Math.log1p(Math.exp(-f)) : (target(i) - 1) * f + Math.log1p(Math.exp(f))
    }
    return sum
  }
  let value = loss(a, b)
  for (let round = 0; round < 100; round++) {
    let [h11, h22, h21, g1, g2] = [1e-12, 1e-12, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const x = said[i] ?? 0
      const p = probability(x, { a, b })
      const d2 = p * (1 - p)
      h11 += x * x * d2
      h22 += d2
      h21 += x * d2
      g1 += x * (target(i) - p)
      g2 += target(i) - p
    }
    if (Math.abs(g1) < 1e-5 && Math.abs(g2) < 1e-5) break
    const det = h11 * h22 - h21 * h21
    const da = -(h22 * g1 - h21 * g2) / det
    const db = -(-h21 * g1 + h11 * g2) / det
    const slope = g1 * da + g2 * db
    let step = 1
    while (step >= 1e-10) {
      const next = loss(a + step * da, b + step * db)
      if (next < value + 1e-4 * step * slope) {
        a += step * da
        b += step * db
        value = next
        break
      }
      step /= 2
    }
    if (step < 1e-10) break
  }
  return { a, b }
}
