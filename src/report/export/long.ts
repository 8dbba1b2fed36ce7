import { questions } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { guardCell } from '../../response/formula.ts'
import { writeHour } from '../../response/hour.ts'
import { type Versions, versionOf } from '../../response/recount.ts'
import type { StoredResponse } from '../../response/response.ts'
import { isProfile, profileColumns } from './columns.ts'

/**
 * The long (tidy) CSV: the header, then a row per response, question and item that has a value. `response` numbers
 * the responses of this one export from 1 and means nothing elsewhere. `item` is empty where a question has one value.
 */
export async function* long(
  versions: Versions,
  responses: AsyncIterable<StoredResponse>,
): AsyncGenerator<string[]> {
  const profile = profileColumns(versions)
  yield ['response', 'language', 'channel', 'version', 'hour', ...profile, 'question', 'item', 'value']
  const askedIn = new Map(
    [...versions].map(([number, questionnaire]) => [
      number,
      questions(questionnaire).map((question) => ({
        code: question.code,
        profile: isProfile(question),
        columns: kindOf(question).columns(question),
      })),
    ]),
  )
  let number = 0
  for await (const { version, language, channel, hour, answers } of responses) {
    versionOf(versions, version)
    const asked = askedIn.get(version) ?? []
    const told = new Map<string, string>()
    const rows: string[][] = []
    for (const question of asked) {
      const answer = answers[question.code]
      if (answer === undefined) continue
      for (const { name, cell } of question.columns) {
        const value = guardCell(cell(answer))
        const item = name === question.code ? '' : name.slice(question.code.length + 1)
        if (question.profile) told.set(name, value)
        else if (value !== '') rows.push([question.code, item, value])
      }
    }
    number++
    const about = [String(number), language, channel, String(version), writeHour(hour)]
    const who = profile.map((name) => told.get(name) ?? '')
    for (const row of rows) yield [...about, ...who, ...row]
  }
}
