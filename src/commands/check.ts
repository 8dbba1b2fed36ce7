import { join } from 'node:path'
import { versionsOf } from '../report/export/versions.ts'
import { compareCounts, crossCount, type Difference, recount } from '../response/recount.ts'
import type { TurnoutCount } from '../response/turnout.ts'
import { faultsOf } from '../store/sqlite/backup.ts'
import type { Stores, Survey } from '../store/stores.ts'
import { type Command, Refusal, take } from './command.ts'

/** Differences beyond these are counted, not told. */
const mostDifferences = 20

export const check: Command = {
  usage: 'check',
  does: 'looks for damage, counts every survey afresh from its answers and compares that with the kept counts',
  async run(args, room) {
    take(check, args, 0)
    const stores = await room.stores()
    // A server looks after its own files; here it is what stands in them that counts.
    const damage = room.config.databaseUrl ? [] : faultsOf(join(room.config.dataDir, 'heard.db'))
    if (damage.length > 0) throw new Refusal(`the database is damaged: ${damage.join('; ')}`)
    const faulty: string[] = []
    for (const survey of await stores.surveys.list()) {
      const { responses, differences } = await recounted(stores, survey)
      room.output.write(
        `${survey.slug}\t${differences.length === 0 ? 'ok' : 'wrong'}\t${responses} responses\n`,
      )
      for (const difference of differences.slice(0, mostDifferences))
        room.output.write(`  ${say(difference)}\n`)
      if (differences.length > mostDifferences)
        room.output.write(`  and ${differences.length - mostDifferences} more\n`)
      if (differences.length > 0) faulty.push(survey.slug)
    }
    if (faulty.length > 0) throw new Refusal(`kept counts are not what the answers say: ${faulty.join(', ')}`)
  },
}

/** Surveys whose kept counts are not what their answers say. */
export async function faultyCounts(stores: Pick<Stores, 'surveys' | 'snapshot'>): Promise<string[]> {
  const faulty: string[] = []
  for (const survey of await stores.surveys.list())
    if ((await recounted(stores, survey)).differences.length > 0) faulty.push(survey.slug)
  return faulty
}

/** Answers and counts are read at one moment, so that responses which arrive meanwhile make no difference. */
const recounted = (
  stores: Pick<Stores, 'surveys' | 'snapshot'>,
  { slug }: Survey,
): Promise<{ responses: number; differences: Difference[] }> =>
  stores.snapshot(async (frozen) => {
    const survey = await stores.surveys.find(slug)
    if (!survey) return { responses: 0, differences: [] }
    const beforehand = await frozen.crossings.kept(survey.id)
    const { responses, counts, turnout, crossings } = await recount(
      await versionsOf(stores, survey),
      frozen.responses.stream(survey.id),
      { crossed: beforehand.upTo },
    )
    const kept = (await frozen.turnout.list(survey.id)).map(asCount)
    return {
      responses,
      differences: [
        ...(await compareCounts(counts, frozen.tallies.all(survey.id))),
        ...(await compareCounts(turnout.map(asCount), kept)),
        ...(
          await compareCounts(
            crossings,
            beforehand.rows.map(({ who, said, n }) => crossCount(who, said, n)),
          )
        ).map((one) => ({ ...one, question: `table by group, grade and language: ${one.question}` })),
      ],
    }
  })

/** Turnout is compared as tallies are; no question has a code with a space. */
const asCount = ({ dimension, code, ...rest }: TurnoutCount) => ({
  ...rest,
  question: `responses by ${dimension}`,
  cell: code,
})

const say = ({ question, cell, group, school, kept, counted }: Difference): string =>
  [
    question === '' ? 'responses' : cell === '' ? `${question}, answered` : `${question}, ${cell}`,
    `group ${group || '-'}, school ${school || '-'}: kept ${kept}, counted ${counted}`,
  ].join('; ')
