import { answerSurvey, journeys, noTimes, pageOf, respondent, type Times } from '../journey.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median, percentile } from '../rounds.ts'
import type { Row } from '../row.ts'

const inFlight = 32
/** Half a million an hour: the peak of a census day. */
const peak = 139
/** Pages that a bare server answers to one visitor before the next comes, like those of a journey. */
const pages = 16

const worded: Record<keyof Times, string> = {
  start: 'start page',
  section: 'page of questions',
  answer: 'its form, saved',
  review: 'review',
  send: 'sending, saved',
  thanks: 'receipt',
}

export const journeysMeasure: Measure = {
  title: `The night the link goes out: ${inFlight} people at a time answer all of it, in every language of the samples; beside it as many read Express' bare page of the same bytes, by the same client`,
  async run(room) {
    const { rounds, seconds, quick } = room
    const lasting = quick ? seconds : 2 * seconds
    // A server that was just started has yet to be compiled by the engine; a night is longer than that.
    await journeysIn(room, quick ? seconds : 12)
    const heard: Heard[] = []
    const bare: Bare[] = []
    await inTurns(quick ? 1 : rounds, {
      heard: async () => heard.push(await journeysIn(room, lasting)),
      express: async () => bare.push(await bareIn(room, lasting)),
    })
    return rowsOf(heard, bare)
  },
}

type Heard = {
  complete: number
  requests: number
  perSecond: number
  p99: Record<keyof Times, number>
  p50: Record<keyof Times, number>
}
type Bare = { requests: number; perSecond: number; p50: number; p99: number }

/** So many people at a time answer everything for so long; throws at the first error. */
export async function journeysIn(
  { heard, scratch, ledger }: Pick<Room, 'heard' | 'scratch' | 'ledger'>,
  seconds: number,
  most?: number,
): Promise<Heard> {
  const times = noTimes()
  const { perSecond, failures } = await journeys(
    heard.url,
    { inFlight, seconds, ...(most && { most }) },
    (open) => {
      const n = ledger.next()
      const someone = respondent(scratch, n)
      return answerSurvey(open(someone.language), someone, times, () => ledger.acknowledged.add(n))
    },
  )
  if (failures.length > 0) throw new Error(`${failures.length} errors, first: ${failures[0]}`)
  const kinds = Object.keys(times) as (keyof Times)[]
  const requests = kinds.reduce((sum, kind) => sum + times[kind].length, 0)
  const of = (share: number) =>
    Object.fromEntries(kinds.map((kind) => [kind, percentile(times[kind], share)])) as Record<
      keyof Times,
      number
    >
  const complete = times.thanks.length
  // The time until the last had finished, as the journeys were counted by.
  return { complete, requests, perSecond: (requests * perSecond) / complete, p50: of(0.5), p99: of(0.99) }
}

/** As many read the bare page, by the same client. */
export async function bareIn(
  { express }: Pick<Room, 'express'>,
  seconds: number,
  most?: number,
): Promise<Bare> {
  const times: number[] = []
  const { perSecond, failures } = await journeys(
    express.url,
    { inFlight, seconds, ...(most && { most }) },
    async (open) => {
      const browser = open('es')
      for (let page = 0; page < pages; page++) await pageOf(browser, '/', times)
    },
  )
  if (failures.length > 0) throw new Error(`${failures.length} errors, first: ${failures[0]}`)
  return {
    requests: times.length,
    perSecond: perSecond * pages,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  }
}

function rowsOf(heard: Heard[], bare: Bare[]): Row[] {
  const requests = heard.reduce((sum, round) => sum + round.requests, 0)
  const rate = heard.map((round) => round.perSecond)
  const bareRate = bare.map((round) => round.perSecond)
  const complete = heard.map((round) => (round.perSecond * round.complete) / round.requests)
  return [
    {
      what: 'complete journeys',
      unit: '/s',
      heard: median(complete),
      bar: { on: 'figure', atLeast: peak },
      note: `${Math.min(...complete).toFixed(0)} to ${Math.max(...complete).toFixed(0)}; ${requests} requests, 0 errors`,
    },
    {
      what: 'all their requests',
      unit: '/s',
      heard: median(rate),
      beside: beside('bare Express page', rate, bareRate),
      bar: { on: 'ratio', atLeast: 0.5 },
    },
    ...(Object.keys(worded) as (keyof Times)[]).map((kind): Row => {
      const p99 = heard.map((round) => round.p99[kind])
      return {
        what: `p99, ${worded[kind]}`,
        unit: 'ms',
        heard: median(p99),
        beside: beside(
          'bare page',
          p99,
          bare.map((round) => round.p99),
        ),
        bar: { on: 'ratio', atMost: 2 },
        note: `p50 ${median(heard.map((round) => round.p50[kind])).toFixed(1)} ms, bare ${median(bare.map((round) => round.p50)).toFixed(1)} ms`,
      }
    }),
  ]
}
