import { z } from 'zod'
import { one, raw } from '../choices.ts'
import { codeSchema, questionBase } from '../definition.ts'
import { typedFlag, typedNumber } from '../edit/form.ts'
import type { Kind } from '../kind.ts'

const shortLimit = 200
const longLimit = 5000

/** Words of the respondent's own: a line, or a comment. The only answer that holds words. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('text'),
  long: z.boolean().optional(),
  maxLength: z.number().int().positive().max(20_000).optional(),
  /** The single choice that this explains: the comment is kept with the option chosen there. */
  about: codeSchema.optional(),
})
type Words = z.infer<typeof schema>

/** `language`: the language of the form on which it was written. */
type Written = { words: string; language: string }

export const limit = (question: Words): number =>
  question.maxLength ?? (question.long ? longLimit : shortLimit)

/** Made when it is first needed: loading it takes longer than a page. */
let graphemes: Intl.Segmenter | undefined

/** Length as a person counts it: an emoji or a letter with its marks is one. */
function length(words: string): number {
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' })
  let count = 0
  for (const _ of graphemes.segment(words)) count++
  return count
}

/** The most UTF-16 units that one letter takes as people count them: a kissing couple of two skin colours has 15. */
const widest = 16

/** By how much a text is too long. What surely fits, and a pasted book, is not counted letter by letter. */
function tooMany(words: string, most: number): number {
  if (words.length <= most) return 0
  return words.length > most * widest ? words.length - most : length(words) - most
}

/**
 * Line ends made one, control characters (but line feed and tab) taken out; joiners and direction marks stay.
 * Of marks and spaces alone nothing is left: such a comment would look empty.
 */
function clean(typed: string): string {
  const words = typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()
  return /[^\p{Cc}\p{Cf}\p{Z}]/u.test(words) ? words : ''
}

const text: Kind<Words, Written> = {
  name: 'text',
  measure: 'words',
  schema,
  check: () => [],
  fields: (question) => [question.code],
  parse(question, body, language) {
    const words = clean(raw(body[question.code]))
    if (!words) return { problems: [] }
    const over = tooMany(words, limit(question))
    if (over > 0)
      return {
        problems: [
          {
            question: question.code,
            field: question.code,
            code: 'tooLong',
            values: { count: limit(question), over },
          },
        ],
      }
    return { answer: { words, language }, problems: [] }
  },
  fill: (question, answer) => ({ [question.code]: answer.words }),
  fits(question, answer): answer is Written {
    const value = answer as Written | null
    return (
      typeof value === 'object' &&
      value !== null &&
      typeof value.words === 'string' &&
      typeof value.language === 'string' &&
      value.words.length > 0 &&
      value.words.length <= limit(question) * widest
    )
  },
  codes: () => [],
  say: (_, answer) => [{ words: answer.words, lang: answer.language }],
  columns: (question) => [{ name: question.code, cell: (answer) => answer.words }],
  codebook: (question) => [{ column: question.code, value: '', label: question.title }],
  fromCells(question, cells, language) {
    const { answer, problems } = text.parse(
      question,
      { [question.code]: cells[question.code] ?? '' },
      language,
    )
    return problems.length > 0
      ? { problem: `${question.code} is longer than ${limit(question)} characters` }
      : { answer }
  },
  cells: () => [],
  outline: () => ({}),
  texts: () => [],
  typing: {
    how: () => ({ code: 'words' }),
    read: (question, typed) => ({ body: { [question.code]: typed } }),
  },
  build: {
    blank: (code) => ({ code, kind: 'text', title: {}, long: true }),
    edited: (question, form) => ({
      ...question,
      long: typedFlag(form, 'long'),
      maxLength: typedNumber(form, 'maxLength', question.maxLength, { least: 1, most: 20_000 }),
      about: one(form.body.about) || undefined,
    }),
  },
}

export default text
