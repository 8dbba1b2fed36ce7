import { z } from 'zod'
import { pick } from '../../language/text.ts'
import { doubles, findOption, labelTexts, many, one } from '../choices.ts'
import { optionSchema, questionBase } from '../definition.ts'
import { linesToParts, typedFlag, typedNumber, typedOptions } from '../edit/form.ts'
import type { Kind, Problem } from '../kind.ts'
import { numbersTyped, wrongCount } from '../typing.ts'

/**
 * Options in order, best first: all of them, or the best `top`; fewer is a partial ranking and is welcome.
 * On the form each option has a select with its rank. Every way of ranking (choosing, buttons, dragging) fills
 * these selects, so a list that was never touched is unanswered.
 */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('ranking'),
  options: z.array(optionSchema).min(2),
  top: z.number().int().positive().optional(),
  /** Show the options in a random order, which is recorded with the answer. */
  shuffle: z.boolean().optional(),
})
type Ranking = z.infer<typeof schema>

/** `order`: codes best first. `shown`: all codes in the order in which they were displayed, when shuffled. */
type Ranked = { order: string[]; shown?: string[] | undefined }

const field = (question: Ranking, code: string): string => `${question.code}.${code}`
const shownField = (question: Ranking): string => `${question.code}.shown`
export const places = (question: Ranking): number =>
  Math.min(question.top ?? question.options.length, question.options.length)

/** A display order is kept only when it is one: every option exactly once. */
const isOrder = (question: Ranking, codes: string[]): boolean =>
  codes.length === question.options.length && question.options.every(({ code }) => codes.includes(code))

/** Ranks by code to an order, or the codes that make it impossible: the same rank twice, or a rank left out. */
function inOrder(
  question: Ranking,
  ranks: Map<string, number>,
): { order: string[] } | { problem: 'tie' | 'gap'; at: string; rank: number } {
  const byRank = new Map<number, string>()
  for (const [code, rank] of ranks) {
    if (byRank.has(rank)) return { problem: 'tie', at: code, rank }
    byRank.set(rank, code)
  }
  const order: string[] = []
  for (let rank = 1; rank <= ranks.size; rank++) {
    const code = byRank.get(rank)
    if (code === undefined)
      return {
        problem: 'gap',
        at: question.options.find((option) => ranks.has(option.code))?.code ?? '',
        rank,
      }
    order.push(code)
  }
  return { order }
}

/** Ranks by code to an order as counting reads a ballot: it ends at the first rank that is tied or left out. */
function upToTie(ranks: ReadonlyMap<string, number>): string[] {
  const at = Map.groupBy(ranks.keys(), (code) => ranks.get(code) ?? 0)
  const order: string[] = []
  for (let rank = 1; at.get(rank)?.length === 1; rank++) order.push(...(at.get(rank) ?? []))
  return order
}

function readRank(question: Ranking, cell: string): number | undefined {
  if (!/^\d{1,3}$/.test(cell)) return undefined
  const rank = Number(cell)
  return rank >= 1 && rank <= places(question) ? rank : undefined
}

const ranking: Kind<Ranking, Ranked> = {
  name: 'ranking',
  measure: 'ranking',
  schema,
  check: (question) => [
    ...doubles(question.options, 'option'),
    ...(question.top && question.top > question.options.length
      ? ['"top" is more than there are options']
      : []),
    ...(findOption(question.options, 'shown') ? ['an option of a ranking cannot be called "shown"'] : []),
  ],
  fields: (question) => [...question.options.map(({ code }) => field(question, code)), shownField(question)],
  parse(question, body) {
    const ranks = new Map<string, number>()
    const problem = (code: string, at: string, values?: Problem['values']) => ({
      problems: [{ question: question.code, field: field(question, at), code, ...(values && { values }) }],
    })
    for (const { code } of question.options) {
      const cell = one(body[field(question, code)])
      if (!cell) continue
      const rank = readRank(question, cell)
      if (rank === undefined) return problem('notOffered', code)
      ranks.set(code, rank)
    }
    if (ranks.size === 0) return { problems: [] }
    const result = inOrder(question, ranks)
    if ('problem' in result) {
      return problem(result.problem === 'tie' ? 'rankTie' : 'rankGap', result.at, { rank: result.rank })
    }
    const shown = many(one(body[shownField(question)]).split(' '))
    return {
      answer:
        question.shuffle && isOrder(question, shown)
          ? { order: result.order, shown }
          : { order: result.order },
      problems: [],
    }
  },
  fill: (question, answer) => ({
    ...Object.fromEntries(answer.order.map((code, index) => [field(question, code), String(index + 1)])),
    ...(answer.shown && { [shownField(question)]: answer.shown.join(' ') }),
  }),
  fits(question, answer): answer is Ranked {
    const value = answer as Ranked | null
    if (typeof value !== 'object' || value === null || !Array.isArray(value.order)) return false
    if (value.order.length < 1 || value.order.length > places(question)) return false
    if (new Set(value.order).size !== value.order.length) return false
    if (!value.order.every((code) => typeof code === 'string' && findOption(question.options, code)))
      return false
    return value.shown === undefined || (Array.isArray(value.shown) && isOrder(question, value.shown))
  },
  codes: (_, answer) => answer.order,
  say: (question, answer, language, source) =>
    answer.order.map((code) => pick(findOption(question.options, code)?.label ?? {}, language, source)),
  columns: (question) => [
    ...question.options.map(({ code }) => ({
      name: field(question, code),
      cell: (answer: Ranked) => (answer.order.includes(code) ? String(answer.order.indexOf(code) + 1) : ''),
    })),
    ...(question.shuffle
      ? [{ name: shownField(question), cell: (answer: Ranked) => answer.shown?.join(' ') ?? '' }]
      : []),
  ],
  codebook: (question) => [
    ...question.options.map(({ code, label }) => ({
      column: field(question, code),
      value: `1-${places(question)}`,
      label,
    })),
    ...(question.shuffle
      ? [{ column: shownField(question), value: '', label: { en: 'option codes in the order shown' } }]
      : []),
  ],
  fromCells(question, cells) {
    const ranks = new Map<string, number>()
    for (const { code } of question.options) {
      const cell = cells[field(question, code)] ?? ''
      if (!cell) continue
      const rank = readRank(question, cell)
      if (rank === undefined)
        return {
          problem: `"${cell}" in ${field(question, code)} is not a rank from 1 to ${places(question)}`,
        }
      ranks.set(code, rank)
    }
    if (ranks.size === 0) return {}
    const order = upToTie(ranks)
    const cut = order.length < ranks.size && { cut: true }
    if (order.length === 0) return { ...cut }
    const shown = question.shuffle ? many((cells[shownField(question)] ?? '').split(' ')) : []
    if (shown.length > 0 && !isOrder(question, shown))
      return { problem: `${shownField(question)} does not name every option once` }
    return { answer: shown.length > 0 ? { order, shown } : { order }, ...cut }
  },
  cells: (_, answer) => [answer.order.join('>')],
  outline: (question) => ({ options: question.options }),
  texts: (question) => labelTexts(question.options, 'options'),
  typing: {
    how: ({ options }) => ({ code: 'ranking', values: { count: options.length } }),
    read(question, typed) {
      const ranks = numbersTyped(typed, places(question))
      if (ranks?.length !== question.options.length) return wrongCount(question.options.length)
      const written = question.options.map(({ code }, index) => [
        field(question, code),
        ranks[index] === undefined ? '' : String(ranks[index]),
      ])
      return { body: Object.fromEntries(written) }
    },
  },
  build: {
    blank: (code) => ({ code, kind: 'ranking', title: {}, options: [], shuffle: true }),
    edited: (question, form) => ({
      ...question,
      options: typedOptions(form, question.options),
      shuffle: typedFlag(form, 'shuffle'),
      top: typedNumber(form, 'top', question.top, { least: 1, most: 100 }),
    }),
    lines: (question, lines, source) => ({
      ...question,
      options: [...question.options, ...linesToParts(lines, question.options, source, 'option')],
    }),
  },
}

export default ranking
