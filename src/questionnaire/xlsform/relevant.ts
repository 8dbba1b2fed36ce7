import type { Comparison, Condition } from '../definition.ts'
import { type Expression, literalRight, type Operator, parseExpression } from './expression.ts'
import { isCode } from './names.ts'
import type { Code } from './notes.ts'

/** An earlier question, or a row of a grid, as a condition of a file can look at it. */
export type Target = {
  question: string
  item?: string
  answers: 'one' | 'many' | 'ranked' | 'number' | 'words'
  /** Numbers without a fraction. */
  whole?: boolean
  /** Codes by the names that the file gives the choices. */
  choices?: ReadonlyMap<string, string>
  /** The district gives the choices, so any code may be one. */
  open?: boolean
}

/** Finds an earlier question by its name in the file, or says why it cannot be looked at. */
export type Find = (name: string) => Target | Code

/** A condition, or always, or never; or the wording of why it cannot be kept. */
export type Meaning =
  | { condition: Condition }
  | { always: boolean }
  | { code: Code; values: Record<string, string> }

const always: Meaning = { always: true }
const never: Meaning = { always: false }
const lost: Meaning = { code: 'conditionLost', values: {} }

/** What a cell of the column `relevant` means for the questions before it. Exact: nothing is nearly right. */
export function readRelevant(cell: string, find: Find): Meaning {
  const expression = parseExpression(cell)
  if (!expression) return { code: 'conditionParse', values: {} }
  return meaningOf(expression, find)
}

function meaningOf(expression: Expression, find: Find): Meaning {
  if ('op' in expression) {
    const { op, left, right } = expression
    if (op === 'and' || op === 'or') return joined(op, meaningOf(left, find), meaningOf(right, find))
    const compared = literalRight(expression)
    return 'op' in compared ? comparison(compared.op, compared.left, compared.right, find) : lost
  }
  if (!('call' in expression)) return lost
  const { call, args } = expression
  const [first, second] = args
  if (call === 'true' && args.length === 0) return always
  if (call === 'false' && args.length === 0) return never
  if (call === 'not' && first && args.length === 1) return denied(meaningOf(first, find))
  if (call === 'selected' && first && second && args.length === 2) return selected(first, second, find)
  return lost
}

function denied(meaning: Meaning): Meaning {
  if ('always' in meaning) return { always: !meaning.always }
  return 'condition' in meaning ? { condition: { not: meaning.condition } } : meaning
}

/** Joins two parts, flat, and comparisons of one answer with several codes or two limits into one. */
function joined(op: 'and' | 'or', left: Meaning, right: Meaning): Meaning {
  const decides = op === 'or'
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const)
    if ('always' in one) return one.always === decides ? one : other
  if (!('condition' in left)) return left
  if (!('condition' in right)) return right
  const [a, b] = [left.condition, right.condition]
  const parts = [...spread(op, a), ...spread(op, b)]
  const last = parts.at(-2)
  const merged = last && parts.at(-1) && merge(op, last, parts.at(-1) as Condition)
  const list = merged ? [...parts.slice(0, -2), merged] : parts
  const [only] = list
  if (list.length === 1 && only) return { condition: only }
  return { condition: op === 'and' ? { all: list } : { any: list } }
}

const spread = (op: 'and' | 'or', part: Condition): Condition[] =>
  op === 'and' && 'all' in part ? part.all : op === 'or' && 'any' in part ? part.any : [part]

function merge(op: 'and' | 'or', a: Condition, b: Condition): Comparison | undefined {
  if (!('question' in a) || !('question' in b) || a.question !== b.question || a.item !== b.item)
    return undefined
  const only = (part: Comparison, field: keyof Comparison) =>
    part[field] !== undefined &&
    Object.entries(part).every(
      ([key, value]) => value === undefined || ['question', 'item', field].includes(key),
    )
  if (op === 'or')
    for (const field of ['is', 'includes'] as const)
      if (only(a, field) && only(b, field))
        return { ...a, [field]: [...new Set([...(a[field] ?? []), ...(b[field] ?? [])])] }
  if (op === 'and' && only(a, 'atLeast') && only(b, 'atMost')) return { ...a, atMost: b.atMost }
  return undefined
}

const place = ({ question, item }: Target): Comparison => ({ question, ...(item !== undefined && { item }) })

function looked(expression: Expression, find: Find): Target | Meaning {
  if (!('ref' in expression)) return lost
  const found = find(expression.ref)
  return typeof found === 'string' ? { code: found, values: { name: expression.ref } } : found
}

const isTarget = (found: Target | Meaning): found is Target => 'question' in found

function selected(of: Expression, choice: Expression, find: Find): Meaning {
  const target = looked(of, find)
  if (!isTarget(target)) return target
  const name = 'text' in choice ? choice.text : 'number' in choice ? String(choice.number) : undefined
  if (name === undefined || !target.choices) return lost
  const code = codeOf(target, name)
  if (code === undefined) return noChoice(target, name)
  const field = target.answers === 'one' ? 'is' : 'includes'
  return { condition: { ...place(target), [field]: [code] } }
}

const codeOf = ({ choices, open }: Target, name: string): string | undefined =>
  choices?.get(name) ?? (open && isCode(name) ? name : undefined)

const noChoice = ({ question, item }: Target, choice: string): Meaning => ({
  code: 'conditionChoice',
  values: { choice, name: item ?? question },
})

function comparison(op: Operator, left: Expression, right: Expression, find: Find): Meaning {
  const counted = countOf(left)
  const target = looked(counted ?? left, find)
  if (!isTarget(target)) return target
  if (counted) return howMany(op, right, target)
  if ('text' in right && right.text === '') {
    if (op === '=') return { condition: { ...place(target), answered: false } }
    if (op === '!=') return { condition: { ...place(target), answered: true } }
    return lost
  }
  if (op === '!=') return denied(comparison('=', left, right, find))
  if (target.answers === 'number') return number(op, right, target)
  if (target.choices) return choice(op, right, target)
  return lost
}

/** The question whose choices or letters are counted: count-selected(${q}), string-length(${q}). */
function countOf(expression: Expression): Expression | undefined {
  if (!('call' in expression) || !['count-selected', 'string-length'].includes(expression.call))
    return undefined
  return expression.args.length === 1 ? expression.args[0] : undefined
}

/** Of a count, only whether there is anything at all can be asked. */
function howMany(op: Operator, right: Expression, target: Target): Meaning {
  if (!('number' in right)) return lost
  const { number } = right
  if ((op === '>' && number === 0) || (op === '>=' && number === 1) || (op === '!=' && number === 0))
    return { condition: { ...place(target), answered: true } }
  if ((op === '<' && number === 1) || (op === '<=' && number === 0) || (op === '=' && number === 0))
    return { condition: { ...place(target), answered: false } }
  return lost
}

function amount(expression: Expression): number | undefined {
  if ('number' in expression) return expression.number
  if (!('text' in expression) || expression.text.trim() === '') return undefined
  const number = Number(expression.text)
  return Number.isFinite(number) ? number : undefined
}

/** Comparisons of numbers are inclusive here; a strict one of fractions is put as "answered, and not ...". */
function number(op: Operator, right: Expression, target: Target): Meaning {
  const value = amount(right)
  if (value === undefined) return lost
  const at = place(target)
  const whole = target.whole === true && Number.isInteger(value)
  if (op === '=') return { condition: { ...at, atLeast: value, atMost: value } }
  if (op === '>=') return { condition: { ...at, atLeast: value } }
  if (op === '<=') return { condition: { ...at, atMost: value } }
  if (op === '>' && whole) return { condition: { ...at, atLeast: value + 1 } }
  if (op === '<' && whole) return { condition: { ...at, atMost: value - 1 } }
  const beyond = op === '>' ? { ...at, atMost: value } : { ...at, atLeast: value }
  return { condition: { all: [{ ...at, answered: true }, { not: beyond }] } }
}

function choice(op: Operator, right: Expression, target: Target): Meaning {
  const choices = [...(target.choices ?? [])]
  if (op !== '=') {
    const limit = amount(right)
    if (limit === undefined || target.answers !== 'one') return lost
    const codes = choices.filter(([name]) => holds(op, Number(name), limit)).map(([, code]) => code)
    return codes.length > 0 ? { condition: { ...place(target), is: codes } } : never
  }
  const name = 'text' in right ? right.text : 'number' in right ? String(right.number) : undefined
  if (name === undefined) return lost
  const code = codeOf(target, name)
  if (code === undefined) return noChoice(target, name)
  if (target.answers === 'one') return { condition: { ...place(target), is: [code] } }
  if (target.answers !== 'many') return lost
  // A multiple choice equals one name when that alone was chosen.
  const others = choices.map(([, other]) => other).filter((other) => other !== code)
  const chosen = { ...place(target), includes: [code] }
  if (others.length === 0) return { condition: chosen }
  return { condition: { all: [chosen, { not: { ...place(target), includes: others } }] } }
}

function holds(op: Operator, value: number, limit: number): boolean {
  if (op === '<') return value < limit
  if (op === '<=') return value <= limit
  return op === '>' ? value > limit : value >= limit
}
