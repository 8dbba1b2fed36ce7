import { ownColumns } from '../../questionnaire/check.ts'
import { type Question, type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { Versions } from '../../response/recount.ts'

/** The columns that every export has: `language` and `channel` open a row, the others close it. */
const opening = ['language', 'channel']
const closing = ownColumns.filter((name) => !opening.includes(name))

/** Profile questions are those that name what they ask about; settle() reads them the same way. */
export const isProfile = (question: Question): boolean => typeof question.attribute === 'string'

/** The versions from the one answered now back to the first. */
export const newestFirst = (versions: Versions): [number, Questionnaire][] =>
  [...versions].sort(([a], [b]) => b - a)

/** Names of the columns of those questions, as their kinds give them. */
export const columnNames = (asked: Question[]): string[] =>
  asked.flatMap((question) =>
    kindOf(question)
      .columns(question)
      .map(({ name }) => name),
  )

/** Columns of the profile questions of all versions: the newest version's first, then what only older ones asked. */
export const profileColumns = (versions: Versions): string[] => [
  ...new Set(
    newestFirst(versions).flatMap(([, questionnaire]) =>
      columnNames(questions(questionnaire).filter(isProfile)),
    ),
  ),
]

/**
 * The header of the wide CSV: language, channel, profile questions, then every other question's columns in page
 * order, then version and hour. A survey of several versions has the columns of all: the newest version's first.
 */
export function wideColumns(versions: Versions): string[] {
  const rest = newestFirst(versions).flatMap(([, questionnaire]) => columnNames(questions(questionnaire)))
  return [...new Set([...opening, ...profileColumns(versions), ...rest, ...closing])]
}
