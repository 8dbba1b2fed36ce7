import { randomBytes } from 'node:crypto'
import type { Settled } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import { hashOf } from '../../src/routes/respond/visit.ts'
import { openStores } from '../../src/store/open.ts'
import { insertBare } from '../bareInserts.ts'
import { connection, openBrowser } from '../browser.ts'
import { withNumber } from '../journey.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median, percentile } from '../rounds.ts'
import { makeScratch, slug } from '../scratch.ts'

const inFlight = 32

export const submits: Measure = {
  title: `Final submits, ${inFlight} in flight; the ceiling inserts the same rows, ${inFlight} to a commit`,
  async run(room) {
    const { rounds, quick } = room
    const count = quick ? 320 : 1600
    const bare = await makeScratch(room.folder('bare'))
    const times: number[] = []
    await send(room, await drafts(room, count), [])
    const turns = await inTurns(rounds, {
      heard: async () => send(room, await drafts(room, count), times),
      bare: async () =>
        insertBare(bare.dataDir, { survey: bare.survey, responses: rows(room, count), together: inFlight }),
    })
    return [
      {
        what: 'submits',
        unit: '/s',
        heard: median(turns.heard),
        beside: beside('bare inserts', turns.heard, turns.bare),
        bar: { on: 'ratio', atLeast: 0.5 },
      },
      {
        what: 'p50 until acknowledged',
        unit: 'ms',
        heard: percentile(times, 0.5),
        note: `p99 ${percentile(times, 0.99).toFixed(0)} ms`,
      },
    ]
  },
}

type Ready = { n: number; token: string; language: string }

/** The answers of made-up people, numbered. */
function answered({ scratch, ledger }: Room, count: number) {
  return Array.from({ length: count }, () => {
    const n = ledger.next()
    const sample = scratch.samples[n % scratch.samples.length]
    if (!sample) throw new Error('there are no samples')
    return { n, language: sample.language, answers: withNumber(sample, n) }
  })
}

const rows = (room: Room, count: number): Settled[] =>
  answered(room, count).map(({ language, answers }) =>
    settle(room.scratch.questionnaire, answers, {
      version: room.scratch.version,
      language,
      channel: 'web',
      hour: Date.now(),
    }),
  )

/** Puts finished drafts into the database that the server has open: all that is left to do is to send them. */
async function drafts(room: Room, count: number): Promise<Ready[]> {
  const { dataDir, survey, version, questionnaire } = room.scratch
  const passed = questionnaire.sections.map(({ code }) => code)
  const stores = await openStores({ dataDir })
  try {
    return await Promise.all(
      answered(room, count).map(async ({ n, language, answers }) => {
        const token = randomBytes(16).toString('base64url')
        const draft = { survey, version, language, channel: 'web', answers, passed, typed: {} } as const
        await stores.drafts.save(hashOf(token, survey), { ...draft, passed: [...passed] }, Date.now())
        return { n, token, language }
      }),
    )
  } finally {
    await stores.close()
  }
}

/** Sends them all, so many at a time, and notes each that was acknowledged; returns acknowledged per second. */
async function send({ heard, ledger }: Room, ready: Ready[], times: number[]): Promise<number> {
  const waiting = ready.values()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      const line = connection()
      for (const { n, token, language } of waiting) {
        const browser = openBrowser(heard.url, line, { language })
        browser.keep('draft', token)
        const asked = performance.now()
        const { status, location } = await browser.post(`/s/${slug}/send`, { token })
        if (status !== 303 || !location.endsWith('/thanks'))
          throw new Error(`a submit was answered with ${status} ${location}`)
        times.push(performance.now() - asked)
        ledger.acknowledged.add(n)
      }
      line.destroy()
    }),
  )
  return ready.length / ((performance.now() - began) / 1000)
}
