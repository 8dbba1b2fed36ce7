import { answerBare, answerSurvey, type Journeys, journeys, noTimes, respondent } from '../journey.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median, percentile } from '../rounds.ts'
import type { Row } from '../row.ts'

export const responses: Measure = {
  title:
    'Complete responses (start, every section, review, send, receipt); the ceiling answers as many requests',
  async run(room) {
    const rows: Row[] = []
    for (const inFlight of [1, 8, 32]) rows.push(...(await measure(room, inFlight)))
    return rows
  },
}

async function measure(room: Room, inFlight: number): Promise<Row[]> {
  const { rounds, seconds, scratch, ledger, heard, express } = room
  const times = noTimes()
  const load = { inFlight, seconds }
  const ours = () =>
    journeys(heard.url, load, (open) => {
      const n = ledger.next()
      const someone = respondent(scratch, n)
      return answerSurvey(open(someone.language), someone, times, () => ledger.acknowledged.add(n))
    })
  let bare = 0
  const theirs = () =>
    journeys(express.url, load, (open) => {
      const someone = respondent(scratch, ++bare)
      return answerBare(open(someone.language), someone)
    })
  const turns = await inTurns(Math.max(1, Math.ceil(rounds * 0.6)), { heard: ours, express: theirs })
  const failures = Object.values(turns).flatMap((results) => results.flatMap(({ failures }) => failures))
  if (failures.length > 0)
    throw new Error(`${failures.length} at ${inFlight} in flight, first: ${failures[0]}`)
  const rate = (results: Journeys[]) => results.map(({ perSecond }) => perSecond)
  const compared = beside('bare Express', rate(turns.heard), rate(turns.express))
  return [
    {
      what: `complete, ${inFlight} in flight`,
      unit: '/s',
      heard: median(rate(turns.heard)),
      beside: compared,
      ...(inFlight === 32 && { bar: { on: 'ratio', atLeast: 0.5 } }),
    },
    {
      what: `send, p50, ${inFlight} in flight`,
      unit: 'ms',
      heard: percentile(times.send, 0.5),
      note: `p99 ${percentile(times.send, 0.99).toFixed(0)} ms; section page p50 ${percentile(times.section, 0.5).toFixed(1)} ms, p99 ${percentile(times.section, 0.99).toFixed(0)} ms`,
    },
  ]
}
