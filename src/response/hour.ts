export const hourLength = 3_600_000

/** The hour of a response as exports write it, in UTC: "2021-05-12T19:00Z". */
export function writeHour(hour: number): string {
  const known = written.get(hour)
  if (known) return known
  const words = `${new Date(hour).toISOString().slice(0, 13)}:00Z`
  if (written.size < 10_000) written.set(hour, words)
  return words
}

/** A year has fewer hours than this holds, and an export writes each of them many times. */
const written = new Map<number, string>()

/**
 * Reads an hour that an export wrote, and fuller times ("2021-05-12T19:40:00Z") and dates ("2021-05-12") cut to the
 * hour, all in UTC. Undefined for anything else. Epoch milliseconds.
 */
export function readHour(cell: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?Z)?$/.exec(cell)
  if (!match) return undefined
  const canonical = `${match[1]}T${match[2] ?? '00'}:00Z`
  const hour = Date.parse(canonical)
  // A date that the calendar lacks (30 February) would otherwise slide into the next month.
  return Number.isNaN(hour) || writeHour(hour) !== canonical ? undefined : hour
}

/** Drafts that nobody touched for so long are cleared away, milliseconds. */
export const draftsLast = 30 * 24 * hourLength
