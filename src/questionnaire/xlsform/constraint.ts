import { conjuncts, type Expression, literalRight, parseExpression } from './expression.ts'

/** What a constraint says that a question can hold. `partly`: it says more than that. */
export type Limits = {
  min?: number
  max?: number
  atMost?: number
  maxLength?: number
  /** Names of choices that stand alone. */
  exclusive: string[]
  partly: boolean
}

/** Reads a constraint as far as it is made of limits joined by "and"; undefined when it holds nothing of the kind. */
export function readConstraint(cell: string, whole: boolean): Limits | undefined {
  const expression = parseExpression(cell)
  if (!expression) return undefined
  const limits: Limits = { exclusive: [], partly: false }
  let read = 0
  for (const part of conjuncts(expression)) {
    const found = exclusiveName(part)
    if (found !== undefined) limits.exclusive.push(found)
    const took = found !== undefined || limit(literalRight(part), whole, limits)
    if (took) read++
    else limits.partly = true
  }
  return read > 0 ? limits : undefined
}

function limit(part: Expression, whole: boolean, limits: Limits): boolean {
  if (!('op' in part)) return false
  const { op, left, right } = part
  const value =
    'number' in right ? right.number : 'text' in right && right.text ? Number(right.text) : Number.NaN
  if (!Number.isFinite(value)) return false
  // Counts and whole numbers below 5 are at most 4; of fractions a strict limit cannot be kept.
  const counted = 'call' in left && left.args.length === 1 && 'dot' in (left.args[0] ?? {})
  const strict = op === '<' || op === '>'
  const nearest = !strict ? value : whole || counted ? value + (op === '>' ? 1 : -1) : undefined
  if (nearest === undefined) return false
  const upper = op === '<' || op === '<='
  if (counted) {
    const field = { 'count-selected': 'atMost', 'string-length': 'maxLength' }[left.call] as
      | 'atMost'
      | 'maxLength'
      | undefined
    if (!field || !upper || !Number.isInteger(nearest) || nearest < 1) return false
    limits[field] = Math.min(nearest, limits[field] ?? nearest)
    return true
  }
  if (!('dot' in left) || (!upper && op !== '>' && op !== '>=')) return false
  if (upper) limits.max = Math.min(nearest, limits.max ?? nearest)
  else limits.min = Math.max(nearest, limits.min ?? nearest)
  return true
}

/** `not(selected(., 'none') and count-selected(.) > 1)`: the way to say that a choice stands alone. */
function exclusiveName(part: Expression): string | undefined {
  if (!('call' in part) || part.call !== 'not' || part.args.length !== 1) return undefined
  const inner = part.args[0]
  if (!inner || !('op' in inner) || inner.op !== 'and') return undefined
  for (const [one, other] of [
    [inner.left, inner.right],
    [inner.right, inner.left],
  ] as const) {
    if (!('call' in one) || one.call !== 'selected' || !('op' in other)) continue
    const [dot, choice] = one.args
    if (!dot || !('dot' in dot) || !choice) continue
    const { op, left, right } = other
    const several =
      'call' in left &&
      left.call === 'count-selected' &&
      'number' in right &&
      ((op === '>' && right.number === 1) || (op === '>=' && right.number === 2))
    if (several && 'text' in choice) return choice.text
    if (several && 'number' in choice) return String(choice.number)
  }
  return undefined
}

/** The constraint that says these limits. */
export function writeConstraint(limits: Partial<Limits>): string {
  const { min, max, atMost, maxLength, exclusive = [] } = limits
  return [
    ...(min === undefined ? [] : [`. >= ${min}`]),
    ...(max === undefined ? [] : [`. <= ${max}`]),
    ...(atMost === undefined ? [] : [`count-selected(.) <= ${atMost}`]),
    ...(maxLength === undefined ? [] : [`string-length(.) <= ${maxLength}`]),
    ...exclusive.map((name) => `not(selected(., '${name}') and count-selected(.) > 1)`),
  ].join(' and ')
}
