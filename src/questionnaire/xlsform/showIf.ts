import { type Condition, findQuestion, type Questionnaire } from '../definition.ts'
import { kindOf } from '../kinds.ts'

/** A condition of ours as XPath for the column `relevant`. `name`: how the file calls a question, or a row of it. */
export function writeRelevant(
  condition: Condition,
  questionnaire: Questionnaire,
  name: (question: string, item?: string) => string,
): string {
  const write = (part: Condition, inside: boolean): string => {
    if ('not' in part) return `not(${bare(write(part.not, false))})`
    const parts =
      'all' in part
        ? part.all.map((one) => write(one, true))
        : 'any' in part
          ? part.any.map((one) => write(one, true))
          : compared(part)
    const joint = parts.join('any' in part ? ' or ' : ' and ')
    return inside && parts.length > 1 ? `(${joint})` : joint
  }
  const compared = (part: Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>) => {
    const { item, is, includes, atLeast, atMost, answered } = part
    const question = findQuestion(questionnaire, part.question)
    const kind = question && kindOf(question)
    const { items = [], points = [] } = question && kind ? kind.outline(question) : {}
    const ref = `\${${name(part.question, item)}}`
    const anyOf = (codes: string[], say: (code: string) => string) =>
      codes.length > 1 ? `(${codes.map(say).join(' or ')})` : codes.map(say).join('')
    const equals = (code: string) => `${ref} = ${quoted(code)}`
    const has = (code: string) => `selected(${ref}, ${quoted(code)})`
    const severally = question?.kind === 'multiple' || question?.kind === 'ranking'
    // The points of a grid are named, so a limit is the names on its side; a scale and a number hold the number.
    const graded = item !== undefined && points.length > 0
    const limits = (holds: (value: number) => boolean) =>
      anyOf(
        points.filter(({ value }) => holds(value)).map(({ code }) => code),
        equals,
      ) || 'false()'
    const rows = item === undefined && question?.kind === 'grid' ? items.map(({ code }) => code) : []
    const blank = (operator: string, word: string) =>
      rows.length > 0
        ? `(${rows.map((row) => `\${${name(part.question, row)}} ${operator} ''`).join(` ${word} `)})`
        : `${ref} ${operator} ''`
    const parts = [
      ...(is ? [anyOf(is, severally ? has : equals)] : []),
      ...(includes ? [anyOf(includes, severally ? has : equals)] : []),
      ...(atLeast === undefined
        ? []
        : [graded ? limits((value) => value >= atLeast) : `${ref} >= ${atLeast}`]),
      ...(atMost === undefined ? [] : [graded ? limits((value) => value <= atMost) : `${ref} <= ${atMost}`]),
      ...(answered === false ? [blank('=', 'and')] : []),
      ...(answered === true ? [blank('!=', 'or')] : []),
    ]
    return parts.length > 0 ? parts : [blank('!=', 'or')]
  }
  return bare(write(condition, false))
}

/** Without the brackets around the whole. */
const bare = (text: string): string => {
  const inner = text.slice(1, -1)
  return text.startsWith('(') && text.endsWith(')') && balanced(inner) ? inner : text
}

/** Whether brackets close only what they opened, so that the outer pair may go. */
function balanced(text: string): boolean {
  let open = 0
  for (const mark of text.replace(/'[^']*'|"[^"]*"/g, '')) {
    if (mark === '(') open++
    if (mark === ')') open--
    if (open < 0) return false
  }
  return open === 0
}

const quoted = (value: string): string => (value.includes("'") ? `"${value}"` : `'${value}'`)

/** Whether the XPath of a condition is read back in this very shape, so that it needs no copy of ours beside it. */
export function readsBack(condition: Condition, questionnaire: Questionnaire): boolean {
  if ('any' in condition) return false
  if ('not' in condition) return 'question' in condition.not && readsBack(condition.not, questionnaire)
  if ('all' in condition) {
    const looked = condition.all.map((part) => ('question' in part ? part.question : undefined))
    const apart = looked.length > 1 && new Set(looked).size === looked.length && !looked.includes(undefined)
    return apart && condition.all.every((part) => readsBack(part, questionnaire))
  }
  const { question, item, ...asked } = condition
  const fields = Object.entries(asked).filter(([, value]) => value !== undefined)
  const [field] = fields[0] ?? []
  if (fields.length !== 1 || field === undefined) return false
  const kind = findQuestion(questionnaire, question)?.kind ?? ''
  const onItem = item !== undefined
  if (field === 'answered') return kind !== 'grid' || onItem
  if (field === 'is') return ['single', 'profile'].includes(kind) || (kind === 'grid' && onItem)
  if (field === 'includes') return ['multiple', 'ranking'].includes(kind)
  return ['number', 'scale'].includes(kind)
}
