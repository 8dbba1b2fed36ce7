import { z } from 'zod'
import { sayNumber } from '../../language/format.ts'
import { one } from '../choices.ts'
import { questionBase, textSchema } from '../definition.ts'
import { westernDigits } from '../digits.ts'
import { typedFlag, typedNumber, typedText } from '../edit/form.ts'
import { mostFaces, tooManyFaces } from '../faces.ts'
import type { Kind } from '../kind.ts'

/** A whole number between two named ends, 0 to 10 unless said otherwise. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('scale'),
  min: z.number().int().default(0),
  max: z.number().int().default(10),
  low: textSchema,
  high: textSchema,
  /** From this point on an answer counts as favourable; printed with every share. */
  favorableFrom: z.number().int().optional(),
  /** The steps say how somebody feels: young readers see them as faces, from sad to glad. */
  faces: z.boolean().optional(),
})
type Scale = z.infer<typeof schema>

export const points = ({ min, max }: Scale): number[] =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index)

const scale: Kind<Scale, number> = {
  name: 'scale',
  measure: 'points',
  schema,
  check: ({ min, max, favorableFrom, faces }) => [
    ...(max > min && max - min <= 20
      ? []
      : ['"max" is more than "min", and there are at most 20 steps between them']),
    ...(favorableFrom !== undefined && (favorableFrom < min || favorableFrom > max)
      ? ['"favorableFrom" is not a point of the scale']
      : []),
    ...(faces && max - min >= mostFaces ? [tooManyFaces] : []),
  ],
  fields: (question) => [question.code],
  parse(question, body) {
    const typed = one(body[question.code])
    if (!typed) return { problems: [] }
    const answer = points(question).find((point) => String(point) === typed)
    if (answer !== undefined) return { answer, problems: [] }
    return { problems: [{ question: question.code, field: question.code, code: 'notOffered' }] }
  },
  fill: (question, answer) => ({ [question.code]: String(answer) }),
  fits: (question, answer): answer is number =>
    typeof answer === 'number' &&
    Number.isInteger(answer) &&
    answer >= question.min &&
    answer <= question.max,
  codes: (_, answer) => [answer, String(answer)],
  say: (_, answer, language) => [{ words: sayNumber(language, answer), lang: language }],
  columns: (question) => [{ name: question.code, cell: (answer) => String(answer) }],
  codebook: (question) => [
    { column: question.code, value: String(question.min), label: question.low },
    { column: question.code, value: String(question.max), label: question.high },
  ],
  fromCells(question, cells) {
    const cell = cells[question.code] ?? ''
    if (!cell) return {}
    const { answer } = scale.parse(question, { [question.code]: cell }, '')
    return answer === undefined
      ? { problem: `"${cell}" in ${question.code} is not a point from ${question.min} to ${question.max}` }
      : { answer }
  },
  // A scale is a grid of one item, so that reports read both alike.
  cells: (question, answer) => [`${question.code}=${answer}`],
  outline: (question) => ({
    items: [
      {
        code: question.code,
        label: question.title,
        ...(question.short && { short: question.short }),
        ...(question.cites && { cites: question.cites }),
      },
    ],
    points: points(question).map((value) => ({
      code: String(value),
      value,
      label: value === question.min ? question.low : value === question.max ? question.high : {},
      favorable: value >= (question.favorableFrom ?? question.max + 1),
    })),
  }),
  texts: (question) => [
    { path: 'low', text: question.low },
    { path: 'high', text: question.high },
  ],
  typing: {
    how: ({ min, max }) => ({ code: 'scale', values: { first: min, last: max } }),
    read: (question, typed) => ({ body: { [question.code]: westernDigits(typed) } }),
  },
  build: {
    blank: (code, preset) => ({
      code,
      kind: 'scale',
      title: {},
      min: 0,
      max: 10,
      low: preset('notAtAll'),
      high: preset('veryMuch'),
    }),
    edited: (question, form) => ({
      ...question,
      min: typedNumber(form, 'min', question.min) ?? 0,
      max: typedNumber(form, 'max', question.max) ?? 10,
      favorableFrom: typedNumber(form, 'favorableFrom', question.favorableFrom),
      low: typedText(form, 'low', question.low),
      high: typedText(form, 'high', question.high),
      faces: typedFlag(form, 'faces'),
    }),
  },
}

export default scale
