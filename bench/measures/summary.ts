import { randomUUID } from 'node:crypto'
import { settle } from '../../src/response/settle.ts'
import { openStores } from '../../src/store/open.ts'
import { type Browser, connection, openBrowser } from '../browser.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, percentile } from '../rounds.ts'
import type { Row } from '../row.ts'
import { leader, makeScratch, type Scratch, slug } from '../scratch.ts'

const path = `/reports/${slug}`

export const summary: Measure = {
  title: 'The summary, signed in, one reader; beside it the same page with a tenth of the responses',
  async run(room) {
    const [few, many] = room.quick ? [1_000, 10_000] : [10_000, 100_000]
    const small = await open(room, few)
    const large = await open(room, many)
    try {
      const rows: Row[] = []
      for (const mode of ['as it stood', 'after each new response'] as const) {
        const ask = (house: House) => () => read(house, mode, room.quick ? 8 : 20)
        await inTurns(1, { large: ask(large), small: ask(small) })
        const times = await inTurns(room.rounds, { large: ask(large), small: ask(small) })
        for (const [name, share] of [
          ['p50', 0.5],
          ['p95', 0.95],
        ] as const) {
          const of = (rounds: number[][]) => rounds.map((round) => percentile(round, share))
          rows.push({
            what: `${name} at ${many.toLocaleString('en')}, ${mode}`,
            unit: 'ms',
            heard: percentile(times.large.flat(), share),
            beside: {
              ...beside(`at ${few.toLocaleString('en')}`, of(times.large), of(times.small)),
              figure: percentile(times.small.flat(), share),
              ratio: percentile(times.large.flat(), share) / percentile(times.small.flat(), share),
            },
            ...(name === 'p95' && { bar: { on: 'ratio', atMost: 2 } }),
          })
        }
      }
      return rows
    } finally {
      await small.close()
      await large.close()
    }
  },
}

type House = { browser: Browser; arrive: () => Promise<void>; close: () => Promise<void> }

/** A server on a folder with so many responses, a leader signed in, and a way for one more response to arrive. */
async function open(room: Room, count: number): Promise<House> {
  const scratch = await makeScratch(room.folder(`summary-${count}`), count)
  const server = await room.startHeard(scratch.dataDir)
  const stores = await openStores({ dataDir: scratch.dataDir })
  const line = connection()
  const browser = openBrowser(server.url, line, { encodings: '' })
  await signIn(browser)
  let n = 0
  return {
    browser,
    async arrive() {
      await stores.responses.submit(scratch.survey, randomUUID(), another(scratch, n++))
    },
    async close() {
      line.destroy()
      await stores.close()
      await server.stop()
    },
  }
}

function another({ questionnaire, version, samples }: Scratch, n: number) {
  const { answers = {}, language = 'en' } = samples[n % samples.length] ?? {}
  return settle(questionnaire, answers, { version, language, channel: 'web', hour: Date.now() })
}

async function signIn(browser: Browser): Promise<void> {
  const page = (await browser.get('/sign-in')).body.toString()
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const { status } = await browser.post('/sign-in', { ...leader, next: '', _csrf })
  if (status !== 303) throw new Error(`signing in was answered with ${status}`)
}

/** Milliseconds of each reading. */
async function read({ browser, arrive }: House, mode: string, times: number): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    if (mode !== 'as it stood') await arrive()
    const began = performance.now()
    const { status } = await browser.get(path)
    took.push(performance.now() - began)
    if (status !== 200) throw new Error(`${path} was answered with ${status}`)
  }
  return took
}
