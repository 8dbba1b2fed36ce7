import type { Runoff } from './instantRunoff.ts'
import { beats, circleOf, type Pairwise } from './pairwise.ts'
import type { Schulze } from './schulze.ts'

/** What each way of counting puts first; several options where it ties, none where nobody ranked anything. */
export type Firsts = {
  first: string[]
  borda: string[]
  irv: string[]
  schulze: string[]
  condorcet: string | null
}

/**
 * Why ways of counting differ, or leave something open. `n` and `other` are ballots.
 * - tie: a way of counting has several options at the top; for `irv` the runoff had a tie that a rule decided.
 * - circle: no option beats all others; each of these beats the next, the last the first.
 * - level: no option beats all others, since `option` is level with `others` head to head.
 * - overtaken: `option` leads on first choices, and `by` passes it as other options drop out.
 * - squeezed: `option` beats every other one head to head, yet few put it first: it dropped out in round `round`.
 *   `n` prefer it to `by`, the runoff's winner; `other` prefer `by`.
 * - broad: `option` has most points since many put it high (`n` in their first two), not first; `over` leads on
 *   first choices and is in the first two of `other`, who are fewer.
 * - above: `option` has most points, though no more people than for `over` have it in their first two: also in the
 *   places behind them it stands above more options.
 */
export type Reason =
  | { why: 'tie'; method: 'first' | 'borda' | 'irv' | 'schulze'; options: string[] }
  | { why: 'circle'; options: string[] }
  | { why: 'level'; option: string; others: string[] }
  | { why: 'overtaken'; option: string; by: string; round: number }
  | { why: 'squeezed'; option: string; by: string; round: number; n: number; other: number }
  | { why: 'broad'; option: string; over: string; n: number; other: number }
  | { why: 'above'; option: string; over: string }

/**
 * `nobody`: no ballots. `agree`: one option comes first by every way of counting; with a `circle` or `level` beside it
 * where it does not win each pair. `differ`: not so.
 */
export type Agreement = { verdict: 'nobody' | 'agree' | 'differ'; option: string | null } & Firsts & {
    reasons: Reason[]
  }

export type Counted = {
  options: readonly { code: string; first: number; borda: number; top: number }[]
  pairwise: Pairwise
  condorcet: string | null
  schulze: Schulze
  runoff: Runoff
}

const highest = (options: Counted['options'], of: 'first' | 'borda'): string[] => {
  const most = Math.max(...options.map((option) => option[of]))
  return options.filter((option) => option[of] === most).map(({ code }) => code)
}

/**
 * Whether first choices, Borda points, the instant runoff and head-to-head wins (Condorcet, Schulze) name the same
 * option, and if not, why: one record for page, JSON and slide. Words are put to it by report/say.
 */
export function agreementOf(counted: Counted): Agreement {
  const { options, condorcet, schulze, runoff } = counted
  if (runoff.winner === null || options.length === 0) {
    return {
      verdict: 'nobody',
      option: null,
      first: [],
      borda: [],
      irv: [],
      schulze: [],
      condorcet: null,
      reasons: [],
    }
  }
  const firsts: Firsts = {
    first: highest(options, 'first'),
    borda: highest(options, 'borda'),
    irv: [runoff.winner],
    schulze: schulze.order[0] ?? [],
    condorcet,
  }
  const tops = [firsts.first, firsts.borda, firsts.irv, firsts.schulze]
  const same = new Set(tops.flat()).size === 1
  return {
    verdict: same ? 'agree' : 'differ',
    option: same ? runoff.winner : null,
    ...firsts,
    reasons: [
      ...ties(firsts, runoff),
      ...noWinner(counted, firsts),
      ...(same ? [] : differences(counted, firsts, runoff.winner)),
    ],
  }
}

function ties({ first, borda, schulze }: Firsts, runoff: Runoff): Reason[] {
  const told = ([method, options]: readonly ['first' | 'borda' | 'schulze', string[]]): Reason[] =>
    options.length > 1 ? [{ why: 'tie', method, options }] : []
  const last = runoff.ties.findLast(({ options }) => options.includes(runoff.winner ?? ''))
  return [
    ...[['first', first] as const, ['borda', borda] as const, ['schulze', schulze] as const].flatMap(told),
    ...(last ? [{ why: 'tie' as const, method: 'irv' as const, options: last.options }] : []),
  ]
}

function differences(counted: Counted, { first, borda }: Firsts, irv: string): Reason[] {
  const { options, pairwise, condorcet, runoff } = counted
  const top = (code: string) => options.find((option) => option.code === code)?.top ?? 0
  const reasons: Reason[] = []
  const leader = first[0]
  if (first.length === 1 && leader !== undefined && leader !== irv) {
    const passed = runoff.rounds.findIndex((round) => (round[irv] ?? 0) > (round[leader] ?? 0))
    reasons.push({ why: 'overtaken', option: leader, by: irv, round: passed + 1 })
  }
  if (condorcet !== null && condorcet !== irv) {
    const last = runoff.rounds.findLastIndex((round) => condorcet in round)
    const [n, other] = [pairwise[condorcet]?.[irv] ?? 0, pairwise[irv]?.[condorcet] ?? 0]
    reasons.push({ why: 'squeezed', option: condorcet, by: irv, round: last + 1, n, other })
  }
  const most = borda[0]
  if (borda.length === 1 && most !== undefined && leader !== undefined && !first.includes(most)) {
    const [n, other] = [top(most), top(leader)]
    reasons.push(
      n > other
        ? { why: 'broad', option: most, over: leader, n, other }
        : { why: 'above', option: most, over: leader },
    )
  }
  return reasons
}

function noWinner({ options, pairwise }: Counted, { condorcet, schulze }: Firsts): Reason[] {
  const [codes, head] = [options.map(({ code }) => code), schulze[0]]
  if (condorcet !== null || head === undefined) return []
  const circle = circleOf(codes, pairwise, head)
  if (circle) return [{ why: 'circle', options: circle }]
  const level = codes.filter((code) => code !== head && !beats(pairwise, head, code))
  return level.length > 0 ? [{ why: 'level', option: head, others: level }] : []
}
