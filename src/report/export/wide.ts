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
  const place = new Map(header.map((name, at) => [name, at]))
  const at = (name: string): number => place.get(name) ?? -1
  const columnsOf = new Map(
    [...versions].map(([number, questionnaire]) => [
      number,
      questions(questionnaire).map((question) => ({
        code: question.code,
        columns: kindOf(question)
          .columns(question)
          .map(({ name, cell }) => ({ at: at(name), cell })),
      })),
    ]),
  )
  const [language, channel, version, hour] = [at('language'), at('channel'), at('version'), at('hour')]
  for await (const response of responses) {
    versionOf(versions, response.version)
    const row = new Array<string>(header.length).fill('')
    row[language] = response.language
    row[channel] = response.channel
    row[version] = String(response.version)
    row[hour] = writeHour(response.hour)
    for (const { code, columns } of columnsOf.get(response.version) ?? []) {
      const answer = response.answers[code]
      if (answer === undefined) continue
      for (const column of columns) row[column.at] = guardCell(column.cell(answer))
    }
    yield row
  }
}
