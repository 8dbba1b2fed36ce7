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

/**
 * What the clocks show instead when they jump over `wall` (the night in which summer time begins): the same time after
 * the jump. Undefined for a time that there is, and for what is no time at all.
 */
export function afterGap(wall: string, timeZone: string): string | undefined {
  if (!/^2[01]\d\d-\d\d-\d\dT\d\d:\d\d$/.test(wall) || momentOf(wall, timeZone) !== undefined)
    return undefined
  const asUtc = Date.parse(`${wall}Z`)
  // A day that the calendar lacks (31 April) would slide into the next month.
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 16) !== wall) return undefined
  const near = asUtc - farthest
  const shown = Date.parse(`${wallTime(near, timeZone)}Z`)
  return wallTime(asUtc - (shown - Math.floor(near / 60_000) * 60_000), timeZone)
}

/** Whether the clocks show `wall` twice (the night in which summer time ends). */
export function comesTwice(wall: string, timeZone: string): boolean {
  const first = momentOf(wall, timeZone)
  return (
    first !== undefined &&
    [30, 60, 120].some((minutes) => wallTime(first + minutes * 60_000, timeZone) === wall)
  )
}
