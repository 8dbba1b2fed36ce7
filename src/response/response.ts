import type { Answer } from '../questionnaire/kind.ts'

/** Answers by question code. */
export type Answers = Record<string, Answer>

/** How an answer reached us. */
export type Channel = 'web' | 'paper' | 'kiosk' | 'import'

/** What a respondent wrote, with the language of the form it was written on, and the option it explains. */
export type Comment = { question: string; about: string | null; words: string; language: string }

/** One count to add: `question` '' and cell '' is the response itself; a question's cell '' says it was answered. */
export type Cell = { question: string; cell: string }

/** A response ready to be kept: only the answers on the path, and everything that is counted from them. */
export type Settled = {
  version: number
  language: string
  channel: Channel
  /** Start of the hour in which it was sent, epoch milliseconds: never more exact. */
  hour: number
  /** Codes of the profile questions that reports filter by; '' when not given. */
  group: string
  school: string
  answers: Answers
  cells: Cell[]
  comments: Comment[]
}

/** A response as it is read back for exports and recounts. `id` orders them and says nothing else. */
export type StoredResponse = Pick<Settled, 'version' | 'language' | 'channel' | 'hour' | 'answers'> & {
  id: number
}
