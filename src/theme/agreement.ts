/**
 * How far coders agree. A judgement is any value compared for being the same: for a theme, whether it was given
 * (true or false). A unit is a comment; undefined means that the coder has not looked at it.
 */
export type Judgement = string | number | boolean | undefined

type Pair = [Judgement, Judgement]
const both = (a: Judgement[], b: Judgement[]): Pair[] =>
  a.map((one, at): Pair => [one, b[at]]).filter(([one, other]) => one !== undefined && other !== undefined)

/** Share (0 to 1) of the units both looked at that they judged alike; undefined when there are none. */
export function percentAgreement(a: Judgement[], b: Judgement[]): number | undefined {
  const pairs = both(a, b)
  if (pairs.length === 0) return undefined
  return pairs.filter(([one, other]) => one === other).length / pairs.length
}

/**
 * Cohen's kappa for two coders: (observed - expected) / (1 - expected), expected by each coder's own habits (Cohen,
 * "A coefficient of agreement for nominal scales", 1960). Undefined without common units, and when both gave one
 * and the same value throughout: then there is nothing to tell agreement from habit.
 */
export function cohensKappa(a: Judgement[], b: Judgement[]): number | undefined {
  const pairs = both(a, b)
  const n = pairs.length
  if (n === 0) return undefined
  const observed = pairs.filter(([one, other]) => one === other).length / n
  const share = (side: 0 | 1, value: Judgement) => pairs.filter((pair) => pair[side] === value).length / n
  const values = new Set(pairs.flat())
  let expected = 0
  for (const value of values) expected += share(0, value) * share(1, value)
  return 1 - expected < 1e-12 ? undefined : (observed - expected) / (1 - expected)
}

/**
 * Krippendorff's alpha for nominal values, any number of coders, and units that some have not looked at:
 * 1 - observed / expected disagreement from the table of coincidences (Krippendorff, "Computing Krippendorff's
 * Alpha-Reliability", 2011). `units` holds the judgements of each unit. Undefined when no unit has two judgements, or
 * when all are the same.
 */
export function krippendorffsAlpha(units: Judgement[][]): number | undefined {
  const totals = new Map<Judgement, number>()
  let n = 0
  let disagreement = 0
  for (const unit of units) {
    const given = unit.filter((one) => one !== undefined)
    if (given.length < 2) continue
    const counts = new Map<Judgement, number>()
    for (const one of given) counts.set(one, (counts.get(one) ?? 0) + 1)
    n += given.length
    for (const [value, count] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + count)
      disagreement += (count * (given.length - count)) / (given.length - 1)
    }
  }
  let expected = 0
  for (const count of totals.values()) expected += count * (n - count)
  if (n < 2 || expected === 0) return undefined
  return 1 - ((n - 1) * disagreement) / expected
}

/** What one coder gave one comment. A comment without themes was looked at, and nothing fitted. */
export type Coded = { coder: string; comment: string; themes: string[] }

export type Agreement = {
  theme: string
  /** Comments that at least two coders looked at, and those of them where anyone gave the theme. */
  n: number
  given: number
  /** Of all pairs of coders, each comment weighing the same, as in alpha. */
  percent?: number
  /** Of the two coders with the most comments in common (`pair`). */
  kappa?: number
  alpha?: number
}
export type Disagreement = { comment: string; theme: string; with: string[]; without: string[] }

/** Agreement theme by theme on the comments that at least two coders have looked at, and every disagreement. */
export function agreement(
  codings: Coded[],
  themes: string[],
): { byTheme: Agreement[]; disagreements: Disagreement[]; pair: { coders: string[]; n: number } } {
  const byComment = new Map<string, Map<string, string[]>>()
  for (const { coder, comment, themes: given } of codings) {
    const coders = byComment.get(comment) ?? new Map<string, string[]>()
    coders.set(coder, given)
    byComment.set(comment, coders)
  }
  const shared = [...byComment].filter(([, coders]) => coders.size > 1)
  const pair = closestPair(shared.map(([, coders]) => coders))
  const disagreements: Disagreement[] = []
  const byTheme = themes.map((theme): Agreement => {
    const units = shared.map(([, coders]) => [...coders.values()].map((given) => given.includes(theme)))
    for (const [comment, coders] of shared) {
      const [yes, no] = [true, false].map((wanted) =>
        [...coders].filter(([, given]) => given.includes(theme) === wanted).map(([coder]) => coder),
      )
      if (yes?.length && no?.length) disagreements.push({ comment, theme, with: yes, without: no })
    }
    const [a, b] = pair.map((coder) => shared.map(([, coders]) => coders.get(coder)?.includes(theme)))
    const percent = mean(units.map(alike))
    const kappa = cohensKappa(a ?? [], b ?? [])
    const alpha = krippendorffsAlpha(units)
    return {
      theme,
      n: shared.length,
      given: units.filter((unit) => unit.includes(true)).length,
      ...(percent === undefined ? {} : { percent }),
      ...(kappa === undefined ? {} : { kappa }),
      ...(alpha === undefined ? {} : { alpha }),
    }
  })
  const n = shared.filter(([, coders]) => pair.every((coder) => coders.has(coder))).length
  return { byTheme, disagreements, pair: { coders: pair, n } }
}

/** Share of the pairs of judgements of one unit that are the same. */
function alike(unit: Judgement[]): number {
  const pairs = unit.flatMap((one, at) => unit.slice(at + 1).map((other) => one === other))
  return pairs.filter(Boolean).length / pairs.length
}

const mean = (shares: number[]): number | undefined =>
  shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length

function closestPair(units: Map<string, string[]>[]): string[] {
  const common = new Map<string, number>()
  for (const unit of units) {
    const coders = [...unit.keys()].sort()
    for (const [at, a] of coders.entries())
      for (const b of coders.slice(at + 1)) {
        const key = JSON.stringify([a, b])
        common.set(key, (common.get(key) ?? 0) + 1)
      }
  }
  const [best] = [...common].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return best ? (JSON.parse(best[0]) as string[]) : []
}
