/**
 * Wall-clock times of a district, in the form that `<input type="datetime-local">` takes: "2026-05-01T08:00".
 */

const parts = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })

/** What the clocks of the time zone show at `time` (epoch milliseconds), to the minute. */
export function wallTime(time: number, timeZone: string): string {
  const part = Object.fromEntries(
    parts(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  return `${part.year?.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}`
}

/** Clocks are never further from UTC than this, either way. */
const farthest = 15 * 3_600_000

/**
 * The moment (epoch milliseconds) at which the clocks of the time zone show `wall`. Of an hour that comes twice, the
 * first; undefined for one that the clocks jump over, and for what is no such time of the years 2000 to 2199.
 */
export function momentOf(wall: string, timeZone: string): number | undefined {
  if (!/^2[01]\d\d-\d\d-\d\dT\d\d:\d\d$/.test(wall)) return undefined
  const asUtc = Date.parse(`${wall}Z`)
  if (Number.isNaN(asUtc)) return undefined
  // Offsets a while before and a while after: a change of clocks in between gives two candidates.
  const candidates = [asUtc - farthest, asUtc + farthest].map((near) => {
    const shown = Date.parse(`${wallTime(near, timeZone)}Z`)
    return asUtc - (shown - Math.floor(near / 60_000) * 60_000)
  })
  return candidates.sort((a, b) => a - b).find((moment) => wallTime(moment, timeZone) === wall)
}
