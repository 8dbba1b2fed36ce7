import { z } from 'zod'
import { pick } from '../../language/text.ts'
import { doubles, findOption, labelTexts, many } from '../choices.ts'
import { optionSchema, questionBase } from '../definition.ts'
import { linesToParts, typedFlag, typedNumber, typedOptions } from '../edit/form.ts'
import type { Kind } from '../kind.ts'
import { numbersTyped, wrongNumber } from '../typing.ts'

/** Any number of options, or at most `atMost`. The answer is their codes in the order of the definition. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('multiple'),
  options: z.array(optionSchema).min(2),
  atMost: z.number().int().positive().optional(),
  shuffle: z.boolean().optional(),
})
type Multiple = z.infer<typeof schema>

const chosen = (question: Multiple, codes: string[]): string[] =>
  question.options.map(({ code }) => code).filter((code) => codes.includes(code))

const column = (question: Multiple, code: string): string => `${question.code}.${code}`

const multiple: Kind<Multiple, string[]> = {
  name: 'multiple',
  measure: 'choice',
  schema,
  check: (question) => doubles(question.options, 'option'),
  fields: (question) => [question.code],
  parse(question, body) {
    const codes = many(body[question.code])
    const at = (code: string, values?: Record<string, number>) => ({
      problems: [{ question: question.code, field: question.code, code, ...(values && { values }) }],
    })
    if (codes.some((code) => !findOption(question.options, code))) return at('notOffered')
    const answer = chosen(question, codes)
    if (answer.length === 0) return { problems: [] }
    if (answer.length > 1 && answer.some((code) => findOption(question.options, code)?.exclusive))
      return at('exclusive')
    if (question.atMost && answer.length > question.atMost) return at('tooMany', { count: question.atMost })
    return { answer, problems: [] }
  },
  fill: (question, answer) => ({ [question.code]: answer }),
  fits: (question, answer): answer is string[] =>
    Array.isArray(answer) &&
    answer.length > 0 &&
    new Set(answer).size === answer.length &&
    answer.every((code) => typeof code === 'string' && findOption(question.options, code) !== undefined) &&
    (answer.length === 1 || !answer.some((code) => findOption(question.options, code)?.exclusive)) &&
    (question.atMost === undefined || answer.length <= question.atMost),
  codes: (_, answer) => answer,
  say: (question, answer, language, source) =>
    answer.map((code) => pick(findOption(question.options, code)?.label ?? {}, language, source)),
  columns: (question) =>
    question.options.map(({ code }) => ({
      name: column(question, code),
      cell: (answer) => (answer.includes(code) ? '1' : '0'),
    })),
  codebook: (question) =>
    question.options.map(({ code, label }) => ({ column: column(question, code), value: '1', label })),
  fromCells(question, cells) {
    const read = question.options.map(({ code }) => ({ code, cell: cells[column(question, code)] ?? '' }))
    const odd = read.find(({ cell }) => cell !== '' && cell !== '0' && cell !== '1')
    if (odd) return { problem: `"${odd.cell}" in ${column(question, odd.code)} is neither 1 nor 0` }
    const answer = read.filter(({ cell }) => cell === '1').map(({ code }) => code)
    if (answer.length === 0) return {}
    return multiple.fits(question, answer)
      ? { answer }
      : { problem: `the options of ${question.code} cannot stand together` }
  },
  cells: (_, answer) => answer,
  outline: (question) => ({ options: question.options }),
  texts: (question) => labelTexts(question.options, 'options'),
  typing: {
    how: ({ options }) => ({ code: 'multiple', values: { last: options.length } }),
    read({ code, options }, typed) {
      const chosen = (numbersTyped(typed, options.length) ?? []).map((number) => options[(number ?? 0) - 1])
      const codes = chosen.flatMap((option) => (option ? [option.code] : []))
      // A number that stands twice is a slip of the fingers: the second was meant to be another.
      return codes.length > 0 && codes.length === chosen.length && new Set(codes).size === codes.length
        ? { body: { [code]: codes } }
        : wrongNumber(options.length)
    },
  },
  build: {
    blank: (code) => ({ code, kind: 'multiple', title: {}, options: [] }),
    edited: (question, form) => ({
      ...question,
      options: typedOptions(form, question.options),
      shuffle: typedFlag(form, 'shuffle'),
      atMost: typedNumber(form, 'atMost', question.atMost, { least: 1, most: 100 }),
    }),
    lines: (question, lines, source) => ({
      ...question,
      options: [...question.options, ...linesToParts(lines, question.options, source, 'option')],
    }),
  },
}

export default multiple
