/** The XPath of XLSForm cells (relevant, constraint) as a tree; what conditions can never hold is refused here. */

export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>='
export type Expression =
  | { op: Operator; left: Expression; right: Expression }
  | { call: string; args: Expression[] }
  /** `${name}` */
  | { ref: string }
  /** `.`: the answer that is being given. */
  | { dot: true }
  | { text: string }
  | { number: number }

type Token = { type: 'ref' | 'text' | 'number' | 'word' | 'mark'; value: string }

/** Deeper than anyone writes; keeps hostile cells from filling the stack. */
const deepest = 40
const longest = 5000

/** Levels of binding, loosest first. Arithmetic is not read: no condition of ours reckons. */
const levels: Operator[][] = [['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>=']]

const pattern =
  /\s*(?:\$\{\s*([^}\s]+)\s*\}|'([^']*)'|"([^"]*)"|(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_][\w:.-]*)|(!=|<=|>=|[=<>(),.]|-))/iy

/** Parses an expression; undefined when it is malformed or holds more than comparisons, functions and and/or. */
export function parseExpression(cell: string): Expression | undefined {
  const text = cell.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').trim()
  if (text.length > longest) return undefined
  const tokens = tokenize(text)
  if (!tokens) return undefined
  const state = { tokens, at: 0 }
  const whole = level(state, 0, 0)
  return state.at === tokens.length ? whole : undefined
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text)
    if (!found) return undefined
    const [, ref, single, double, number, word, mark] = found
    if (ref !== undefined) tokens.push({ type: 'ref', value: ref })
    else if (single !== undefined || double !== undefined)
      tokens.push({ type: 'text', value: single ?? double ?? '' })
    else if (number !== undefined) tokens.push({ type: 'number', value: number })
    else if (word !== undefined) tokens.push({ type: 'word', value: word })
    else if (mark !== undefined) tokens.push({ type: 'mark', value: mark })
  }
  return tokens.length > 0 ? tokens : undefined
}

type State = { tokens: Token[]; at: number }

const isOperator = (token: Token | undefined, operators: Operator[]): token is Token =>
  (token?.type === 'mark' || token?.type === 'word') &&
  (operators as string[]).includes(token.value.toLowerCase())

function level(state: State, depth: number, deep: number): Expression | undefined {
  const operators = levels[depth]
  if (!operators) return primary(state, deep)
  let left = level(state, depth + 1, deep)
  for (;;) {
    const token = state.tokens[state.at]
    if (!left || !isOperator(token, operators)) return left
    state.at++
    const right = level(state, depth + 1, deep)
    if (!right) return undefined
    left = { op: token.value.toLowerCase() as Operator, left, right }
  }
}

function primary(state: State, deep: number): Expression | undefined {
  const token = state.tokens[state.at++]
  if (!token || deep > deepest) return undefined
  if (token.type === 'ref') return { ref: token.value }
  if (token.type === 'text') return { text: token.value }
  if (token.type === 'number') return { number: Number(token.value) }
  if (token.type === 'word') return call(state, token.value, deep)
  if (token.value === '.') return { dot: true }
  if (token.value === '-') {
    const number = state.tokens[state.at++]
    return number?.type === 'number' ? { number: -Number(number.value) } : undefined
  }
  if (token.value !== '(') return undefined
  const inner = level(state, 0, deep + 1)
  return eat(state, ')') ? inner : undefined
}

function call(state: State, name: string, deep: number): Expression | undefined {
  if (!eat(state, '(')) return undefined
  const args: Expression[] = []
  if (eat(state, ')')) return { call: name, args }
  do {
    const argument = level(state, 0, deep + 1)
    if (!argument) return undefined
    args.push(argument)
  } while (eat(state, ','))
  return eat(state, ')') ? { call: name, args } : undefined
}

function eat(state: State, mark: string): boolean {
  const token = state.tokens[state.at]
  if (token?.type !== 'mark' || token.value !== mark) return false
  state.at++
  return true
}

/** Every question that an expression names, in order, each once; works on any text, parsed or not. */
export const references = (cell: string): string[] => [
  ...new Set([...cell.matchAll(/\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}/g)].map(([, name]) => name ?? '')),
]

/** The parts that all must hold. */
export const conjuncts = (expression: Expression): Expression[] =>
  'op' in expression && expression.op === 'and'
    ? [...conjuncts(expression.left), ...conjuncts(expression.right)]
    : [expression]

const turned: Partial<Record<Operator, Operator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** A comparison with its literal on the right: `5 < ${n}` as `${n} > 5`. */
export function literalRight(expression: Expression): Expression {
  if (!('op' in expression) || !('text' in expression.left || 'number' in expression.left)) return expression
  const { op, left, right } = expression
  return { op: turned[op] ?? op, left: right, right: left }
}
