/** Lower ends of the buckets, in minutes: time to answer is counted in these and never kept closer. */
export const bucketStarts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 45, 60] as const

/** Whoever comes back after so long did not answer all the while, minutes. */
const longest = 12 * 60

/** The bucket of a time to answer, by its lower end; undefined for a time that says nothing. */
export function bucketOf(minutes: number): string | undefined {
  if (!(minutes >= 0) || minutes > longest) return undefined
  return String(bucketStarts.findLast((start) => start <= minutes) ?? 0)
}

export type Minutes = { n: number; median: number; low: number; high: number }

/**
 * Median and quartiles of bucketed times, in minutes, each as if times were spread evenly over their bucket (linear
 * interpolation within the class, as for any grouped data); null for none. The last bucket has no end: whatever falls
 * into it is its start, and means: so many or more.
 */
export function quartiles(buckets: readonly { place: string; n: number }[]): Minutes | null {
  const counts = bucketStarts.map((start) =>
    buckets.reduce((sum, { place, n }) => sum + (place === String(start) ? n : 0), 0),
  )
  const n = counts.reduce((sum, count) => sum + count, 0)
  if (n === 0) return null
  const at = (share: number): number => {
    let before = 0
    for (const [index, count] of counts.entries()) {
      const start = bucketStarts[index] ?? 0
      const end = bucketStarts[index + 1]
      if (count > 0 && before + count >= share * n)
        return end === undefined ? start : start + ((share * n - before) / count) * (end - start)
      before += count
    }
    return bucketStarts.at(-1) ?? 0
  }
  return { n, median: at(0.5), low: at(0.25), high: at(0.75) }
}
