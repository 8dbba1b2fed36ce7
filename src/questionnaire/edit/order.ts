/** Places in one of the longest runs of rising numbers: what stays where it is when the rest is moved. */
function longestRising(numbers: readonly number[]): Set<number> {
  const best = numbers.map(() => ({ length: 1, from: -1 }))
  numbers.forEach((number, at) => {
    for (let earlier = 0; earlier < at; earlier++) {
      const [one, other] = [best[at], best[earlier]]
      if (one && other && (numbers[earlier] ?? 0) < number && other.length + 1 > one.length)
        best[at] = { length: other.length + 1, from: earlier }
    }
  })
  let at = best.reduce(
    (longest, { length }, index) => (length > (best[longest]?.length ?? 0) ? index : longest),
    0,
  )
  const kept = new Set<number>()
  while (at >= 0 && at < numbers.length) {
    kept.add(at)
    at = best[at]?.from ?? -1
  }
  return kept
}

/** What of `after` stands as it stood in `before`, when as little as possible is thought of as moved. */
export function unmoved(before: readonly string[], after: readonly string[]): Set<string> {
  const known = after.filter((one) => before.includes(one))
  const still = longestRising(known.map((one) => before.indexOf(one)))
  return new Set(known.filter((_, at) => still.has(at)))
}

/**
 * One order out of two that were both made from `base`: theirs, with what I put in or moved standing after what it
 * follows in mine. Of what both moved, mine counts. `stays` says what is left of either; nothing stands twice.
 */
export function mergedOrder(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
  stays: (one: string) => boolean,
): string[] {
  const still = unmoved(base, mine)
  const result = theirs.filter((one) => stays(one) && (still.has(one) || !mine.includes(one)))
  mine.forEach((one, at) => {
    if (!stays(one) || result.includes(one)) return
    const before = mine.slice(0, at).findLast((other) => result.includes(other))
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, one)
  })
  return result
}
