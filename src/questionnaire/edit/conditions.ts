import { many, one } from '../choices.ts'
import type { Comparison, Condition, Question, Questionnaire } from '../definition.ts'
import { findQuestion } from '../definition.ts'
import type { Kind, Outline } from '../kind.ts'
import { kinds } from '../kinds.ts'
import { type Form, typedNumber } from './form.ts'

/**
 * Skip logic of one level, as people pick it: comparisons that must all hold, or one of them. Deeper conditions are
 * not taken apart; the builder says them in words and leaves them alone.
 */

/** What an answer is compared with: codes it may be, a number, or whether there is one. */
export type How = 'is' | 'isNot' | 'includes' | 'atLeast' | 'atMost' | 'answered' | 'unanswered'

export type Row = {
  question: string
  item?: string | undefined
  how: How
  codes: string[]
  number?: number | undefined
}
export type Simple = { join: 'all' | 'any'; rows: Row[] }

/** The condition as rows; undefined when it is deeper or compares in a way that rows cannot say. */
export function simple(condition: Condition | undefined): Simple | undefined {
  if (!condition) return { join: 'all', rows: [] }
  const join = 'any' in condition ? 'any' : 'all'
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition]
  const rows = parts.map(rowOf)
  return rows.every((row) => row !== undefined) ? { join, rows: rows as Row[] } : undefined
}

function rowOf(part: Condition): Row | undefined {
  if ('not' in part) {
    const row = 'question' in part.not ? rowOf(part.not) : undefined
    return row?.how === 'is' ? { ...row, how: 'isNot' } : undefined
  }
  if (!('question' in part)) return undefined
  const { question, item, is, includes, atLeast, atMost, answered } = part
  const tests = [is, includes, atLeast, atMost, answered].filter((test) => test !== undefined)
  if (tests.length > 1) return undefined
  const at = { question, item, codes: [] }
  if (is) return { ...at, how: 'is', codes: is }
  if (includes) return { ...at, how: 'includes', codes: includes }
  if (atLeast !== undefined) return { ...at, how: 'atLeast', number: atLeast }
  if (atMost !== undefined) return { ...at, how: 'atMost', number: atMost }
  return { ...at, how: answered === false ? 'unanswered' : 'answered' }
}

/** Rows as a condition; undefined for none: always. */
export function composed({ join, rows }: Simple): Condition | undefined {
  const parts = rows.map(partOf)
  const [only] = parts
  // One comparison of "any" stays one of any: another may be added to it.
  if (!only || (parts.length === 1 && join === 'all')) return only
  return join === 'any' ? { any: parts } : { all: parts }
}

function partOf({ question, item, how, codes, number }: Row): Condition {
  const at: Comparison = { question, ...(item !== undefined && { item }) }
  if (how === 'unanswered') return { ...at, answered: false }
  // A comparison that nothing was chosen for asks for an answer at all, until something is.
  if ((how === 'is' || how === 'includes' || how === 'isNot') && codes.length > 0) {
    if (how === 'includes') return { ...at, includes: codes }
    return how === 'is' ? { ...at, is: codes } : { not: { ...at, is: codes } }
  }
  if (how === 'atLeast' && number !== undefined) return { ...at, atLeast: number }
  if (how === 'atMost' && number !== undefined) return { ...at, atMost: number }
  return { ...at, answered: true }
}

type Answers = { code: string; label: Record<string, string> }[]

/** What a condition can ask of a question, or of one row of a grid: the ways to compare, and the answers there are. */
export type Comparable = { question: Question; item?: string; hows: How[]; answers: Answers }

/** Each earlier question, grids row by row, with the comparisons that suit its kind. */
export function comparables(earlier: readonly Question[]): Comparable[] {
  return earlier.flatMap((question): Comparable[] => {
    const kind = kinds.get(question.kind)
    const always: How[] = ['answered', 'unanswered']
    if (!kind) return [{ question, hows: always, answers: [] }]
    const { options = [], items = [], points = [] } = outlineOf(kind, question)
    if (kind.measure === 'points' && items.some(({ code }) => code !== question.code))
      return items.map(({ code }) => ({
        question,
        item: code,
        hows: ['is', 'isNot', ...always],
        answers: points,
      }))
    if (kind.measure === 'points' || kind.measure === 'number')
      return [{ question, hows: ['atLeast', 'atMost', ...always], answers: [] }]
    if (options.length === 0) return [{ question, hows: always, answers: [] }]
    const oneOf = options.some(({ code }) => kind.fits(question, code))
    return [
      {
        question,
        hows: [...(oneOf ? (['is', 'isNot'] as const) : (['includes'] as const)), ...always],
        answers: options,
      },
    ]
  })
}

/** A question that was begun elsewhere may lack the very lists that its kind outlines: then there are none. */
function outlineOf(kind: Kind, question: Question): Outline {
  try {
    return kind.outline(question)
  } catch {
    return {}
  }
}

/** A question, or a row of a grid, as one form value: "goal" or "climate.safe". Codes hold no point. */
export const placeOf = ({ question, item }: { question: string; item?: string | undefined }): string =>
  item === undefined ? question : `${question}.${item}`

const mostRows = 50

/**
 * The condition that a form asks for. Rows are `if.<n>.question`, `.how`, `.codes`, `.number`; `if.new.question` adds one;
 * `if.join` is all, any or always. A condition that was too deep for rows stays unless `if.replace` is ticked.
 */
export function typedCondition(form: Form, before: Condition | undefined): Condition | undefined {
  const { body } = form
  if (body['if.join'] === undefined && body['if.new.question'] === undefined) return before
  if (simple(before) === undefined && one(body['if.replace']) !== 'yes') return before
  if (one(body['if.join']) === 'always') return undefined
  const rows: Row[] = []
  for (let at = 0; at < mostRows; at++) {
    const place = one(body[`if.${at}.question`])
    if (place === '' || one(body.do) === `if.remove.${at}`) continue
    const how = one(body[`if.${at}.how`]) as How
    rows.push({
      ...split(place),
      how,
      codes: many(body[`if.${at}.codes`]),
      number:
        how === 'atLeast' || how === 'atMost'
          ? typedNumber(form, `if.${at}.number`, undefined, { whole: false })
          : undefined,
    })
  }
  const added = one(body['if.new.question'])
  if (added) rows.push({ ...split(added), how: 'answered', codes: [] })
  return composed({ join: one(body['if.join']) === 'any' ? 'any' : 'all', rows })
}

function split(place: string): { question: string; item?: string } {
  const [question = '', item] = place.split('.')
  return item === undefined ? { question } : { question, item }
}

/** Whether each comparison names a question that there is; a form may come late. */
export const known = (questionnaire: Questionnaire, condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every((part) => known(questionnaire, part))
  if ('any' in condition) return condition.any.every((part) => known(questionnaire, part))
  if ('not' in condition) return known(questionnaire, condition.not)
  return findQuestion(questionnaire, condition.question) !== undefined
}
