import { hourLength } from '../response/hour.ts'
import type { Cell, Comment, Settled } from '../response/response.ts'
import type { Draft } from './stores.ts'

/** The start of the hour that `time` is in, epoch milliseconds. */
export const hourOf = (time: number): number => Math.floor(time / hourLength) * hourLength

/** A settled response made ready to write: answers as JSON text, by question code. */
export type Row = {
  version: number
  language: string
  channel: string
  hour: number
  group: string
  school: string
  answers: [question: string, json: string][]
  cells: Cell[]
  comments: Comment[]
  /** Person ids of who typed it from paper, once and again. */
  enteredBy: string | null
  checkedBy: string | null
}

export type DraftRow = {
  survey: number
  version: number
  language: string
  channel: string
  answers: string
  passed: string
  typed: string
  touched: number
}

/**
 * A small write that may share its commit with others. Plain data, so that it can go to another thread or be
 * sent to another engine.
 */
export type Job =
  | {
      kind: 'submit'
      survey: number
      tokenHash: string
      row: Row
      codeHash?: string | undefined
      withdrawHash?: string | undefined
      sheet?: number | undefined
    }
  | { kind: 'draft'; tokenHash: string; draft: DraftRow }
  | { kind: 'statement'; sql: string; parameters: readonly unknown[] }

/** 'already': sent before. 'refused': its access code is not unused any more. A number: rows changed. */
export type Done = 'saved' | 'already' | 'refused' | number

/** What became of one job: `fault` when it alone failed and the others were kept. */
export type Outcome = { done: Done } | { fault: string }

/**
 * @throws TypeError when the response cannot be kept as it is: then it never reaches the queue.
 */
export function toRow(settled: Settled, by: { typedBy?: string; checkedBy?: string | undefined } = {}): Row {
  const { version, language, channel, group, school } = settled
  if (!Number.isSafeInteger(settled.hour))
    throw new TypeError('the hour of a response must be a whole number')
  return {
    version,
    language: text(language, 'language'),
    channel: text(channel, 'channel'),
    hour: hourOf(settled.hour),
    group: text(group, 'group'),
    school: text(school, 'school'),
    answers: Object.entries(settled.answers).map(([code, answer]) => [code, toJson(answer, code)]),
    cells: checked(settled.cells),
    comments: settled.comments.map(({ question, about, words, language }) => ({
      question,
      about,
      words: text(words, 'comment'),
      language: text(language, 'language'),
    })),
    enteredBy: by.typedBy ?? null,
    checkedBy: by.checkedBy ?? null,
  }
}

export const toDraftRow = (draft: Draft, now: number): DraftRow => ({
  survey: draft.survey,
  version: draft.version,
  language: draft.language,
  channel: draft.channel,
  answers: JSON.stringify(draft.answers),
  passed: JSON.stringify(draft.passed),
  typed: JSON.stringify(draft.typed),
  touched: hourOf(now),
})

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`the ${name} of a response must be text`)
  return value
}

function checked(cells: Cell[]): Cell[] {
  for (const { question, cell } of cells) {
    text(question, 'question')
    text(cell, 'cell')
  }
  return cells
}

/** The JSON of answers that many people share (see response/importing) and that can never change. */
const written = new WeakMap<object, string>()

function toJson(answer: unknown, question: string): string {
  const shared = typeof answer === 'object' && answer !== null && Object.isFrozen(answer) ? answer : undefined
  const known = shared && written.get(shared)
  if (known !== undefined) return known
  const json: unknown = JSON.stringify(answer)
  if (typeof json !== 'string') throw new TypeError(`the answer to ${question} cannot be kept as JSON`)
  if (shared) written.set(shared, json)
  return json
}
