import { match } from '../tags.ts'
import { type Made, plainLines, type State } from '../translating.ts'
import { type Leeway, placeholderFault } from './placeholders.ts'
import { type ReturnedBundle, Unusable } from './unit.ts'

/** A text as it stands now, for what comes back to be held against. */
export type Present = {
  id: string
  source: string
  words: string
  state: State
  made: Made | undefined
  leeway?: Leeway | undefined
}

/**
 * What taking a row would do. `stale`: its source was changed since the file went out, so its words would stand as
 * outdated. `from` and `to` are words; both are the same where only the state changes.
 */
export type Change = {
  id: string
  row: number
  from: string
  to: string
  before: State
  state: Made
  /** The source text that the words were made from. */
  source: string
  stale: boolean
}

/** Why a row cannot be used: `code` picks the wording `translate.row.<code>`. */
export type Useless = { id: string; row: number; code: string; values?: Record<string, string> }

export type Incoming = { changes: Change[]; unchanged: number; useless: Useless[] }

/** The longest translation that is taken, characters. */
export const longestWords = 20_000

/** Whether two tags mean one language for a translator: es and es-US do, zh-Hans and zh-Hant do not. */
export function sameTongue(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase().replaceAll('_', '-'), other.toLowerCase()]
  if (a === b) return true
  return (a.startsWith(`${b}-`) || b.startsWith(`${a}-`)) && match([a], [other]) !== undefined
}

/** Refuses a file of another survey, or of other languages. Throws Unusable. */
export function belongs(file: ReturnedBundle, to: { of: string; from: string; to: string }): void {
  const otherOf = file.of.find((name) => name !== to.of)
  if (otherOf !== undefined) throw new Unusable('otherText', { theirs: otherOf, ours: to.of })
  const otherTo = file.to.find((tag) => !sameTongue(tag, to.to))
  if (otherTo !== undefined) throw new Unusable('otherLanguage', { theirs: otherTo, ours: to.to })
  const otherFrom = file.from.find((tag) => !sameTongue(tag, to.from))
  if (otherFrom !== undefined) throw new Unusable('otherSource', { theirs: otherFrom, ours: to.from })
  if (file.units.length === 0) throw new Unusable('noTexts')
}

/**
 * What a file would change, row by row, and which rows cannot be used. `mayReview`: whoever brings it may say that texts
 * were reviewed. The same file back, untouched, changes nothing.
 */
export function compare(
  units: ReturnedBundle['units'],
  present: readonly Present[],
  { mayReview }: { mayReview: boolean },
): Incoming {
  const known = new Map(present.map((one) => [one.id, one]))
  const byId = Map.groupBy(units, ({ id }) => id)
  const found: Incoming = { changes: [], unchanged: 0, useless: [] }
  for (const unit of units) {
    const { id, row, target } = unit
    const refuse = (code: string, values?: Record<string, string>) =>
      found.useless.push({ id, row, code, ...(values && { values }) })
    const now = known.get(id)
    if (!now) {
      refuse(id === '' ? 'noId' : 'unknown')
      continue
    }
    const twins = byId.get(id) ?? []
    if (twins.some((twin) => plainLines(twin.target) !== plainLines(target))) {
      refuse('twice', { rows: twins.map((twin) => twin.row).join(', ') })
      continue
    }
    // The same said twice counts once.
    if (twins[0] !== unit) {
      found.unchanged += 1
      continue
    }
    const words = plainLines(target)
    const same = words === plainLines(now.words)
    if (words.trim() === '') {
      if (now.state === 'missing') found.unchanged += 1
      else refuse('empty')
      continue
    }
    const state = stateFor(unit.state, now, same, mayReview)
    if (state === undefined) {
      found.unchanged += 1
      continue
    }
    const fault = words.length > longestWords ? undefined : placeholderFault(now.source, words, now.leeway)
    if (words.length > longestWords) refuse('long', { limit: String(longestWords) })
    else if (fault) refuse('placeholder', { lacks: fault.lacks.join(' '), extra: fault.extra.join(' ') })
    else {
      const stale = unit.source !== undefined && plainLines(unit.source) !== plainLines(now.source)
      const source = stale ? plainLines(unit.source ?? '') : now.source
      if (same && stale) found.unchanged += 1
      else
        found.changes.push({ id, row, from: now.words, to: words, before: now.state, state, source, stale })
    }
  }
  return found
}

/** How the words of a row would stand; undefined when taking it would change nothing. */
function stateFor(
  said: State | undefined,
  now: Present,
  same: boolean,
  mayReview: boolean,
): Made | undefined {
  const allowed = (state: State): Made =>
    state === 'machine' || (state === 'reviewed' && mayReview) ? state : 'translated'
  if (!same) {
    // A state that nobody touched says nothing of the new words.
    return said === undefined || said === now.state || said === 'missing' || said === 'outdated'
      ? 'translated'
      : allowed(said)
  }
  if (said === undefined || said === now.state || said === 'missing' || said === 'outdated') return undefined
  const state = allowed(said)
  if (now.state === 'outdated') return state === 'machine' ? undefined : state
  const order: Made[] = ['machine', 'translated', 'reviewed']
  return now.made !== undefined && order.indexOf(state) > order.indexOf(now.made) ? state : undefined
}
