import { questions } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { guardCell } from '../../response/formula.ts'
import { writeHour } from '../../response/hour.ts'
import { type Versions, versionOf } from '../../response/recount.ts'
import type { StoredResponse } from '../../response/response.ts'
import { wideColumns } from './columns.ts'

/** The wide CSV: the header, then a row per response. Made row by row, so memory does not grow with them. */
export async function* wide(
  versions: Versions,
  responses: AsyncIterable<StoredResponse>,
): AsyncGenerator<string[]> {
  const header = wideColumns(versions)
  yield header
  const columnsOf = new Map(
    [...versions].map(([number, questionnaire]) => [
      number,
      questions(questionnaire).map((question) => ({
        code: question.code,
        columns: kindOf(question).columns(question),
      })),
    ]),
  )
  for await (const response of responses) {
    versionOf(versions, response.version)
    const cells = new Map<string, string>([
      ['language', response.language],
      ['channel', response.channel],
      ['version', String(response.version)],
      ['hour', writeHour(response.hour)],
    ])
    for (const { code, columns } of columnsOf.get(response.version) ?? []) {
      const answer = response.answers[code]
      if (answer === undefined) continue
      for (const { name, cell } of columns) cells.set(name, guardCell(cell(answer)))
    }
    yield header.map((name) => cells.get(name) ?? '')
  }
}
