import { z } from 'zod'
import { doubles, findOption, labelTexts, one, sayLabel } from '../choices.ts'
import { optionSchema, questionBase } from '../definition.ts'
import { linesToParts, typedFlag, typedOptions } from '../edit/form.ts'
import type { Kind } from '../kind.ts'
import { numbersTyped, wrongNumber } from '../typing.ts'

/** One option of several. The answer is its code. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('single'),
  options: z.array(optionSchema).min(2),
  shuffle: z.boolean().optional(),
})
type Single = z.infer<typeof schema>

const single: Kind<Single, string> = {
  name: 'single',
  measure: 'choice',
  schema,
  check: (question) => doubles(question.options, 'option'),
  fields: (question) => [question.code],
  parse(question, body) {
    const code = one(body[question.code])
    if (!code) return { problems: [] }
    if (findOption(question.options, code)) return { answer: code, problems: [] }
    return { problems: [{ question: question.code, field: question.code, code: 'notOffered' }] }
  },
  fill: (question, answer) => ({ [question.code]: answer }),
  fits: (question, answer): answer is string =>
    typeof answer === 'string' && findOption(question.options, answer) !== undefined,
  codes: (_, answer) => [answer],
  say: (question, answer, language, source) =>
    sayLabel(findOption(question.options, answer)?.label ?? {}, language, source),
  columns: (question) => [{ name: question.code, cell: (answer) => answer }],
  codebook: (question) =>
    question.options.map(({ code, label }) => ({ column: question.code, value: code, label })),
  fromCells(question, cells) {
    const code = cells[question.code] ?? ''
    if (!code) return {}
    return findOption(question.options, code)
      ? { answer: code }
      : { problem: `"${code}" is not an option of ${question.code}` }
  },
  cells: (_, answer) => [answer],
  outline: (question) => ({ options: question.options }),
  texts: (question) => labelTexts(question.options, 'options'),
  typing: {
    how: ({ options }) => ({ code: 'single', values: { last: options.length } }),
    read({ code, options }, typed) {
      const [number, ...more] = numbersTyped(typed, options.length) ?? []
      const option = options[(number ?? 0) - 1]
      return option && more.length === 0 ? { body: { [code]: option.code } } : wrongNumber(options.length)
    },
  },
  build: {
    blank: (code) => ({ code, kind: 'single', title: {}, options: [] }),
    edited: (question, form) => ({
      ...question,
      options: typedOptions(form, question.options),
      shuffle: typedFlag(form, 'shuffle'),
    }),
    lines: (question, lines, source) => ({
      ...question,
      options: [...question.options, ...linesToParts(lines, question.options, source, 'option')],
    }),
  },
}

export default single
