/** Order of day and month in dates that are written with strokes. */
export type DayOrder = 'mdy' | 'dmy'

const pattern =
  /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?)?/

/**
 * A date and time as forms and spreadsheets write them, cut to the hour, as the clock on the wall: "2021-05-12T19:00".
 * Without a time it is noon. A year of two digits, as Excel saves what Microsoft Forms wrote ("5/12/21"), is one of this
 * century. Undefined for what is no date.
 */
export function readWall(cell: string, order: DayOrder): string | undefined {
  const match = pattern.exec(cell.trim())
  if (!match) return undefined
  const [, first = '', second = '', third = '', hours, , half] = match
  const [said, month, day] =
    first.length === 4
      ? [first, second, third]
      : order === 'mdy'
        ? [third, first, second]
        : [third, second, first]
  const year = said.length === 2 ? `20${said}` : said
  if (year.length !== 4) return undefined
  let hour = hours === undefined ? 12 : Number(hours)
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  const two = (n: string | number) => String(n).padStart(2, '0')
  const wall = `${year}-${two(month)}-${two(day)}T${two(hour)}:00`
  const time = Date.parse(`${wall}Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(wall) ? wall : undefined
}

/** Day first where some date of the column could not be read the other way; else month first, as in the United States. */
export const guessOrder = (cells: readonly string[]): DayOrder =>
  cells.some((cell) => cell && readWall(cell, 'mdy') === undefined && readWall(cell, 'dmy') !== undefined)
    ? 'dmy'
    : 'mdy'
