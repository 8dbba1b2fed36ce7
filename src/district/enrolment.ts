/**
 * Enrolment: how many there are, of whom, as of a day, from where. The denominators of response rates and what weights
 * are raked to.
 */

/** What a figure can be about; '' in a row means: all of them. */
export const dimensions = ['school', 'level', 'zone', 'group', 'grade', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** n people. Codes are those of the district; a row of one school also holds that school's level and zone. */
export type EnrolmentRow = Record<Dimension, string> & { n: number }

/** A table of one day, "2020-10-01". */
export type Enrolment = { asOf: string; source: string; rows: readonly EnrolmentRow[] }

/** People of whom a figure is asked; a dimension that is left out means: all of them. */
export type Whom = Partial<Record<Dimension, string>>

export type Population = { n: number; asOf: string; source: string }

/**
 * What a row is split by. Level and zone follow from the school: a row of one school is not split further by them.
 * Two rows that are split alike can be added; others may hold the same people twice.
 */
export const splitOf = (row: EnrolmentRow): Dimension[] =>
  dimensions.filter(
    (dimension) =>
      row[dimension] !== '' && !(row.school !== '' && (dimension === 'level' || dimension === 'zone')),
  )

const matches = (row: EnrolmentRow, whom: Whom): boolean =>
  dimensions.every((dimension) => {
    const asked = whom[dimension]
    return asked === undefined || asked === '' || row[dimension] === asked
  })

type Sum = { splits: number; n: number }

/** Of sums of rows that are split alike: the one with the fewest splits, which is the nearest to a printed total. */
function nearest(sums: Iterable<Sum>): number | undefined {
  let best: Sum | undefined
  for (const sum of sums)
    if (!best || sum.splits < best.splits || (sum.splits === best.splits && sum.n > best.n)) best = sum
  return best?.n
}

/** How many there are of each code of a dimension, among `whom`; in the order of the table. Nothing is guessed. */
export function marginsBy(
  { rows }: Pick<Enrolment, 'rows'>,
  dimension: Dimension,
  whom: Whom = {},
): { code: string; n: number }[] {
  const codes = new Map<string, Map<string, Sum>>()
  for (const row of rows) if (row[dimension] !== '' && matches(row, whom)) gather(codes, row[dimension], row)
  return [...codes].map(([code, sums]) => ({ code, n: nearest(sums.values()) ?? 0 }))
}

/**
 * How many there are of `whom`, with day and source; undefined when the table does not say. A total that the table has
 * is taken as it stands; else its parts are added, from the rows that are split least.
 */
export function populationOf(enrolment: Enrolment, whom: Whom): Population | undefined {
  const all = new Map<string, Map<string, Sum>>()
  for (const row of enrolment.rows) if (matches(row, whom)) gather(all, '', row)
  const n = nearest(all.get('')?.values() ?? [])
  return n === undefined ? undefined : { n, asOf: enrolment.asOf, source: enrolment.source }
}

function gather(into: Map<string, Map<string, Sum>>, code: string, row: EnrolmentRow): void {
  const split = splitOf(row)
  const key = split.join()
  const sums = into.get(code) ?? new Map<string, Sum>()
  into.set(code, sums)
  const sum = sums.get(key)
  if (sum) sum.n += row.n
  else sums.set(key, { splits: split.length, n: row.n })
}

/** Groups that are in a grade; the others (teachers, families) are counted whole whatever grades are asked. */
const inGrades = ['student', '']

/**
 * Of a table only those whom a survey asks: some schools, some grades. A figure that also counts others is left out; when
 * no finer one is there, their number is not known.
 */
export function within<T extends Pick<Enrolment, 'rows'>>(
  enrolment: T,
  asked: { school?: readonly string[] | undefined; grade?: readonly string[] | undefined },
): T {
  const { school, grade } = asked
  const graded = new Set(enrolment.rows.filter((row) => row.grade !== '').map(({ group }) => group))
  const rows = enrolment.rows.filter(
    (row) =>
      (school === undefined || school.includes(row.school)) &&
      (grade === undefined ||
        (row.grade === ''
          ? !graded.has(row.group) && !inGrades.includes(row.group)
          : grade.includes(row.grade))),
  )
  return { ...enrolment, rows }
}

/**
 * The table that a report of `day` ("2021-05-30") stands on: the newest that is not of a later day, else the newest of
 * all. Without a day, the newest.
 */
export function tableOf<T extends { asOf: string }>(tables: readonly T[], day?: string): T | undefined {
  const newestFirst = tables.toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))
  return newestFirst.find(({ asOf }) => day === undefined || asOf <= day) ?? newestFirst[0]
}

/** Days since `asOf` at `day`; a table of another year is told with a warning. */
export const ageInDays = (asOf: string, day: string): number =>
  Math.round((Date.parse(day) - Date.parse(asOf)) / 86_400_000)
