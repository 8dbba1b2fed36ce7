import { type Difference, type Paired, pairedDifference, pOfChange } from './difference.ts'

/** One response of a survey that asks for a self-made code: `code` as typed, `value` what is to be compared. */
export type Coded<T> = { code: string | null | undefined; value: T }

/**
 * People matched before and after by the code that each made up. Unmatched: a code that only one side has.
 * Ambiguous: a code that stands more than once on either side, so nobody can tell who is who; all of them are left
 * out. Everyone is in exactly one of the counts of their side.
 */
export type Matching<T> = {
  pairs: { before: T; after: T }[]
  before: SideCount
  after: SideCount
}
export type SideCount = { matched: number; unmatched: number; ambiguous: number; withoutCode: number }

/** The same code however it was typed: letters and digits alone, in capitals, in one Unicode form. */
export const sameCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Matches two sets of responses by code. No name, no key of a response and no order is needed. */
export function matchPairs<T>(before: readonly Coded<T>[], after: readonly Coded<T>[]): Matching<T> {
  const [first, second] = [byCode(before), byCode(after)]
  const ambiguous = (code: string) => [first, second].some((side) => (side.get(code)?.length ?? 0) > 1)
  const pairs = [...first].flatMap(([code, [one]]) => {
    const [other] = second.get(code) ?? []
    return one && other && !ambiguous(code) ? [{ before: one.value, after: other.value }] : []
  })
  const count = (side: Map<string, Coded<T>[]>, all: readonly Coded<T>[]): SideCount => {
    const doubted = [...side].reduce((sum, [code, list]) => sum + (ambiguous(code) ? list.length : 0), 0)
    const coded = [...side.values()].reduce((sum, list) => sum + list.length, 0)
    return {
      matched: pairs.length,
      unmatched: coded - doubted - pairs.length,
      ambiguous: doubted,
      withoutCode: all.length - coded,
    }
  }
  return { pairs, before: count(first, before), after: count(second, after) }
}

function byCode<T>(responses: readonly Coded<T>[]): Map<string, Coded<T>[]> {
  const found = new Map<string, Coded<T>[]>()
  for (const one of responses) {
    const code = sameCode(one.code ?? '')
    if (code) found.set(code, [...(found.get(code) ?? []), one])
  }
  return found
}

/** What matched people said before and after; null where they gave no point. */
export type PairedChange = Paired & { n: number; incomplete: number } & {
  change: (Difference & { p: number }) | null
}

/** Change in the share of favorable answers among matched people who gave a point both times; see difference.ts. */
export function changeOfPairs(
  pairs: readonly { before: boolean | null; after: boolean | null }[],
): PairedChange {
  const told = pairs.filter(({ before, after }) => before !== null && after !== null)
  const count = (before: boolean, after: boolean) =>
    told.filter((pair) => pair.before === before && pair.after === after).length
  const paired: Paired = {
    both: count(true, true),
    gained: count(false, true),
    lost: count(true, false),
    neither: count(false, false),
  }
  const difference = pairedDifference(paired)
  return {
    ...paired,
    n: told.length,
    incomplete: pairs.length - told.length,
    change: difference && { ...difference, p: pOfChange(paired) },
  }
}
