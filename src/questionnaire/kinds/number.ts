import { z } from 'zod'
import { sayNumber } from '../../language/format.ts'
import { one } from '../choices.ts'
import { questionBase } from '../definition.ts'
import { westernDigits } from '../digits.ts'
import { typedFlag, typedNumber } from '../edit/form.ts'
import type { Kind } from '../kind.ts'

/** A number typed in. Digits of any script and both decimal marks are read; nothing is guessed. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('number'),
  min: z.number().optional(),
  max: z.number().optional(),
  /** True for whole numbers only. */
  whole: z.boolean().optional(),
})
type Quantity = z.infer<typeof schema>

/**
 * Digits of other scripts (Arabic-Indic, Devanagari, Burmese ...) to 0-9, and a lone comma or momayyez to a point.
 * A point is always the decimal one; "1,234" is a thousand to one reader and one and a bit to the next, so it is
 * nothing here. Direction marks that right-to-left keyboards put in are passed over.
 */
export function readNumber(typed: string): number | undefined {
  if (typed.length > 100) return undefined
  const western = westernDigits(typed.replace(/[\u061C\u200E\u200F]/g, '').trim()).replace('−', '-')
  if (/^-?[1-9]\d{0,2},\d{3}$/.test(western)) return undefined
  const pointed = western.replace(/[,٫]/g, '.')
  // Adding nought turns a typed "-0" into 0.
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(pointed) ? Number(pointed) + 0 : undefined
}

const number: Kind<Quantity, number> = {
  name: 'number',
  measure: 'number',
  schema,
  check: ({ min, max }) =>
    min !== undefined && max !== undefined && min > max ? ['"min" is more than "max"'] : [],
  fields: (question) => [question.code],
  parse(question, body) {
    const typed = one(body[question.code])
    if (!typed) return { problems: [] }
    const at = (code: string, values?: Record<string, number>) => ({
      problems: [{ question: question.code, field: question.code, code, ...(values && { values }) }],
    })
    const answer = readNumber(typed)
    if (answer === undefined) return at('notNumber')
    if (question.whole && !Number.isInteger(answer)) return at('notWhole')
    if (question.min !== undefined && answer < question.min) return at('tooSmall', { limit: question.min })
    if (question.max !== undefined && answer > question.max) return at('tooLarge', { limit: question.max })
    return { answer, problems: [] }
  },
  fill: (question, answer) => ({ [question.code]: String(answer) }),
  fits: (question, answer): answer is number =>
    typeof answer === 'number' &&
    Number.isFinite(answer) &&
    (!question.whole || Number.isInteger(answer)) &&
    answer >= (question.min ?? -Infinity) &&
    answer <= (question.max ?? Infinity),
  codes: (_, answer) => [answer],
  // "min2": a year is not broken into thousands.
  say: (_, answer, language) => [
    {
      words: sayNumber(language, answer, { maximumFractionDigits: 6, useGrouping: 'min2' }),
      lang: language,
    },
  ],
  columns: (question) => [{ name: question.code, cell: (answer) => String(answer) }],
  codebook: (question) => [{ column: question.code, value: '', label: question.title }],
  fromCells(question, cells) {
    const cell = cells[question.code] ?? ''
    if (!cell) return {}
    const { answer } = number.parse(question, { [question.code]: cell }, '')
    return answer === undefined
      ? { problem: `"${cell}" in ${question.code} is not a number that it takes` }
      : { answer }
  },
  cells: (_, answer) => [String(answer)],
  outline: () => ({}),
  texts: () => [],
  typing: {
    how: () => ({ code: 'number' }),
    read: (question, typed) => ({ body: { [question.code]: typed } }),
  },
  build: {
    blank: (code) => ({ code, kind: 'number', title: {}, min: 0, whole: true }),
    edited: (question, form) => ({
      ...question,
      min: typedNumber(form, 'min', question.min, { whole: false }),
      max: typedNumber(form, 'max', question.max, { whole: false }),
      whole: typedFlag(form, 'whole'),
    }),
  },
}

export default number
