/** Steps on a list of things with codes. A code that is not there changes nothing. */

type Coded = { code: string }

/** The thing `by` places further on; at an end it stays. */
export function moved<T extends Coded>(list: readonly T[], code: string, by: number): T[] {
  const from = list.findIndex((one) => one.code === code)
  const thing = list[from]
  if (!thing) return [...list]
  const others = list.filter((_, at) => at !== from)
  const to = Math.max(0, Math.min(others.length, from + by))
  return [...others.slice(0, to), thing, ...others.slice(to)]
}

/** Put before the thing called `before`, or at the end. */
export function insertedBefore<T extends Coded>(
  list: readonly T[],
  thing: T,
  before: string | undefined,
): T[] {
  const at = list.findIndex(({ code }) => code === before)
  return at < 0 ? [...list, thing] : [...list.slice(0, at), thing, ...list.slice(at)]
}

export function insertedAfter<T extends Coded>(list: readonly T[], thing: T, after: string): T[] {
  const at = list.findIndex(({ code }) => code === after)
  return at < 0 ? [...list, thing] : [...list.slice(0, at + 1), thing, ...list.slice(at + 1)]
}

export const without = <T extends Coded>(list: readonly T[], code: string): T[] =>
  list.filter((one) => one.code !== code)

export const replaced = <T extends Coded>(list: readonly T[], code: string, change: (one: T) => T): T[] =>
  list.map((one) => (one.code === code ? change(one) : one))
