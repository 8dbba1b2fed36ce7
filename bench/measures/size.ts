import { randomUUID } from 'node:crypto'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { crossable, lookable } from '../../src/report/cross/cross.ts'
import { settle } from '../../src/response/settle.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { type Browser, connection, openBrowser } from '../browser.ts'
import { residentMemory, runHeard, type Server } from '../process.ts'
import type { Measure, Room } from '../room.ts'
import { beside, inTurns, median, percentile } from '../rounds.ts'
import type { Row } from '../row.ts'
import { drawSizes, makeHouse, people, planId, type Sizes, slug, writeRows } from '../sizes.ts'

/** What leaders read, by the names of the table. */
const pages = {
  'plan dashboard': `/reports/plan/${planId}`,
  priority: `/reports/plan/${planId}/SCC`,
  indicator: `/reports/plan/${planId}/SCC7.d`,
  summary: `/reports/${slug}`,
  item: `/reports/${slug}/q/student_climate/safe`,
  equity: `/reports/${slug}/equity`,
  board: `/reports/${slug}/board`,
  themes: `/reports/${slug}/themes`,
  'data.json': `/reports/${slug}/data.json`,
}
type Page = keyof typeof pages
const names = Object.keys(pages) as Page[]

/** As many as a report holds back before it is counted again: the smallest group. */
const held = 10
/** Milliseconds between the responses that families send while a file is read in. */
const between = 100

export const size: Measure = {
  title:
    'A survey of a million: twelve answers each, three in ten with a comment; beside it the same with few',
  async run(room) {
    const few = Math.max(100, Math.round(room.responses / 100))
    const sizes = await drawSizes(room.responses)
    const rows: Row[] = []
    const say = (words: string) => process.stderr.write(`size: ${words}\n`)
    say(`reading in ${few} responses, then ${room.responses}`)
    const small = await fill(room, `size-${few}`, few, sizes)
    const large = await fill(room, `size-${room.responses}`, room.responses, sizes)
    rows.push(...importRows(large, small))
    say('starting')
    rows.push(...(await startRows(room, large.dataDir, small.dataDir)))
    const [one, many] = [await open(room, small.dataDir, sizes), await open(room, large.dataDir, sizes)]
    try {
      say('pages')
      rows.push(...(await pageRows(room, many, one)))
      say('tables of two')
      rows.push(...(await crossRows(many, one, sizes)))
      say('exports')
      rows.push(...(await exportRows(many, large)))
    } finally {
      await one.close()
      await many.close()
    }
    return rows
  },
}

type Filled = {
  dataDir: string
  folder: string
  count: number
  seconds: number
  peak: number
  bytes: number
  waits: number[]
}

/** Fills a house by `heard responses import`, while families go on answering. */
async function fill(room: Room, name: string, count: number, sizes: Sizes): Promise<Filled> {
  const folder = room.folder(name)
  const dataDir = join(folder, 'data')
  await makeHouse(dataDir, sizes)
  const file = join(folder, 'rows.csv')
  await writeRows(file, count, sizes)
  const families = answering(dataDir, sizes)
  const settings = { DATA_DIR: dataDir }
  const { seconds, peak } = await runHeard(['responses', 'import', slug, file], { settings })
  const waits = await families()
  rmSync(file)
  const stores = await openStores({ dataDir })
  const kept = await stores.responses.count((await stores.surveys.find(slug))?.id ?? 0)
  await stores.close()
  if (kept !== count + waits.length)
    throw new Error(`${count + waits.length} responses, but ${kept} are kept`)
  return {
    ...{ dataDir, folder, count: kept, seconds, peak: peak ?? Number.NaN, waits },
    bytes: statSync(join(dataDir, 'heard.db')).size / kept,
  }
}

/** Sends a response now and then, until it is told to stop; then tells how long each waited, milliseconds. */
function answering(dataDir: string, sizes: Sizes): () => Promise<number[]> {
  const waits: number[] = []
  let over = false
  const going = (async () => {
    const stores = await openStores({ dataDir })
    const survey = (await stores.surveys.find(slug))?.id ?? 0
    for (let n = 0; !over; n++) {
      const began = performance.now()
      await stores.responses.submit(survey, randomUUID(), another(sizes, n))
      waits.push(performance.now() - began)
      await wait(between)
    }
    await stores.close()
  })()
  return async () => {
    over = true
    await going
    return waits
  }
}

function another({ questionnaire, samples }: Sizes, n: number) {
  const { answers = {}, language = 'en' } = samples[n % samples.length] ?? {}
  return settle(questionnaire, answers, { version: 1, language, channel: 'web', hour: Date.now() })
}

const words = (count: number) => count.toLocaleString('en')

function importRows(large: Filled, small: Filled): Row[] {
  const most = (list: number[]) => percentile(list, 1)
  const what = `at ${words(small.count)}`
  return [
    {
      what: `import of ${words(large.count)} by "responses import"`,
      unit: '/s',
      heard: large.count / large.seconds,
      bar: { on: 'figure', atLeast: 50_000 },
      note: `${large.seconds.toFixed(0)} s in all`,
    },
    {
      what: 'memory of the import, at most',
      unit: 'MB',
      heard: large.peak,
      beside: beside(what, [large.peak], [small.peak]),
      bar: { on: 'figure', atMost: 200 },
    },
    {
      what: 'sending while it runs, p95',
      unit: 'ms',
      heard: percentile(large.waits, 0.95),
      note: `longest ${most(large.waits).toFixed(0)} ms of ${large.waits.length}`,
    },
    {
      what: 'database per response',
      unit: 'B',
      heard: large.bytes,
      beside: beside(what, [large.bytes], [small.bytes]),
      bar: { on: 'figure', atMost: 1_200 },
    },
  ]
}

async function startRows(room: Room, large: string, small: string): Promise<Row[]> {
  const times = (dataDir: string) => async () => {
    const server = await room.startHeard(dataDir, '/readyz')
    const memory = residentMemory(server.pid) ?? Number.NaN
    await server.stop()
    return { ready: server.ready, memory }
  }
  const found = await inTurns(room.quick ? 2 : 3, { large: times(large), small: times(small) })
  const of = (what: 'ready' | 'memory') =>
    [found.large, found.small].map((list) => list.map((one) => one[what])) as [number[], number[]]
  const [ready, readySmall] = of('ready')
  const [memory, memorySmall] = of('memory')
  return [
    {
      what: 'start-up until /readyz',
      unit: 'ms',
      heard: median(ready),
      beside: beside('few', ready, readySmall),
      bar: { on: 'figure', atMost: 1_000 },
      note: `least ${Math.min(...ready).toFixed(0)} ms`,
    },
    {
      what: 'memory of the server, just started',
      unit: 'MB',
      heard: median(memory),
      beside: beside('few', memory, memorySmall),
    },
  ]
}

type House = {
  server: Server
  leader: Browser
  office: Browser
  /** So many more responses arrive, so that reports are counted again. */
  arrive: () => Promise<void>
  close: () => Promise<void>
}

async function open(room: Room, dataDir: string, sizes: Sizes): Promise<House> {
  const server = await room.startHeard(dataDir, '/readyz')
  const stores: Stores = await openStores({ dataDir })
  const survey = (await stores.surveys.find(slug))?.id ?? 0
  const lines = [connection(), connection()]
  const [leader, office] = await Promise.all(
    (['leader', 'office'] as const).map(async (role, at) => {
      const browser = openBrowser(server.url, lines[at] ?? connection(), { encodings: '' })
      await signIn(browser, people[role])
      return browser
    }),
  )
  if (!leader || !office) throw new Error('nobody signed in')
  let n = 0
  return {
    ...{ server, leader, office },
    async arrive() {
      const sent = Array.from({ length: held }, () =>
        stores.responses.submit(survey, randomUUID(), another(sizes, n++)),
      )
      await Promise.all(sent)
    },
    async close() {
      for (const line of lines) line.destroy()
      await stores.close()
      await server.stop()
    },
  }
}

async function signIn(browser: Browser, who: { email: string; password: string }): Promise<void> {
  const page = (await browser.get('/sign-in')).body.toString()
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const { status } = await browser.post('/sign-in', { ...who, next: '', _csrf })
  if (status !== 303) throw new Error(`signing in was answered with ${status}`)
}

/** Milliseconds until the whole page is there. */
async function read({ leader }: House, path: string): Promise<number> {
  const began = performance.now()
  const { status } = await leader.get(path)
  if (status !== 200) throw new Error(`${path} was answered with ${status}`)
  return performance.now() - began
}

async function pageRows(room: Room, many: House, one: House): Promise<Row[]> {
  const rows: Row[] = []
  // Nothing is prepared and no page was ever rendered by these processes.
  const first = await inTurns(1, {
    large: async () => firstReads(many),
    small: async () => firstReads(one),
  })
  for (const name of ['plan dashboard', 'summary'] as const) {
    const [large = 0, small = 0] = [first.large[0]?.[name], first.small[0]?.[name]]
    rows.push({
      what: `${name}, ${name === 'plan dashboard' ? 'first page after the start' : 'read for the first time'}`,
      unit: 'ms',
      heard: large,
      beside: beside('few', [large], [small]),
    })
  }
  const modes = { warm: room.quick ? 4 : 8, fresh: room.quick ? 2 : 4 }
  for (const [mode, times] of Object.entries(modes)) {
    for (const name of names) {
      const turn = (house: House) => async () => {
        const took: number[] = []
        for (let n = 0; n < times; n++) {
          if (mode === 'fresh') await house.arrive()
          took.push(await read(house, pages[name]))
        }
        return took
      }
      // So that no page is read for its first times by one of the two alone.
      await inTurns(1, { large: turn(many), small: turn(one) })
      const found = await inTurns(3, { large: turn(many), small: turn(one) })
      const p = (list: number[][], share: number) => percentile(list.flat(), share)
      const [large, small] = [p(found.large, 0.95), p(found.small, 0.95)]
      rows.push({
        what: `${name}, p95, ${mode === 'warm' ? 'as it stood' : `after ${held} more responses`}`,
        unit: 'ms',
        heard: large,
        beside: { ...beside('few', [large], [small]), ...spread(found.large, found.small) },
        bar: [
          { on: 'figure', atMost: 60 },
          { on: 'ratio', atMost: 2 },
        ],
        note: `p50 ${p(found.large, 0.5).toFixed(1)} ms, few ${p(found.small, 0.5).toFixed(1)} ms`,
      })
    }
  }
  return rows
}

/** The lowest and the highest ratio of the medians of a round. */
function spread(large: number[][], small: number[][]): { low: number; high: number } {
  const ratios = large.map((round, at) => median(round) / median(small[at] ?? []))
  return { low: Math.min(...ratios), high: Math.max(...ratios) }
}

async function firstReads(house: House): Promise<Record<Page, number>> {
  const took: Partial<Record<Page, number>> = {}
  for (const name of names) took[name] = await read(house, pages[name])
  return took as Record<Page, number>
}

/** Every table of two profile questions by one thing that was asked, each for the first time. */
async function crossRows(many: House, one: House, { questionnaire }: Sizes): Promise<Row[]> {
  const paths = crossable.flatMap((rows, at) =>
    crossable.slice(at + 1).flatMap((columns) =>
      lookable({ questionnaire }).map(({ code }) => {
        const query = new URLSearchParams({ rows, columns, question: code })
        return { what: `${rows} x ${columns} x ${code}`, path: `/reports/${slug}/cross?${query}` }
      }),
    ),
  )
  const cold = async (house: House) => {
    const took: { what: string; ms: number }[] = []
    for (const { what, path } of paths) took.push({ what, ms: await read(house, path) })
    return took
  }
  const [large, small] = [await cold(many), await cold(one)]
  const worst = large.reduce((most, found) => (found.ms > most.ms ? found : most))
  const times = (list: typeof large) => list.map(({ ms }) => ms)
  const [middle, few] = [median(times(large)), median(times(small))]
  return [
    {
      what: `cross-tab, never asked before, slowest of ${paths.length}`,
      unit: 'ms',
      heard: worst.ms,
      beside: beside('few, slowest', [worst.ms], [Math.max(...times(small))]),
      bar: { on: 'figure', atMost: 1_000 },
      note: worst.what,
    },
    { what: 'cross-tab, p50', unit: 'ms', heard: middle, beside: beside('few, p50', [middle], [few]) },
  ]
}

async function exportRows({ server, office }: House, { dataDir, folder, count }: Filled): Promise<Row[]> {
  const before = residentMemory(server.pid) ?? Number.NaN
  const file = join(folder, 'export.csv')
  const settings = { DATA_DIR: dataDir }
  const { seconds, peak = Number.NaN } = await runHeard(['responses', 'export', slug], { settings, file })
  const bytes = statSync(file).size
  rmSync(file)
  // Through the server the text is let go as it comes.
  const peaks: number[] = []
  const look = setInterval(() => peaks.push(residentMemory(server.pid) ?? Number.NaN), 50)
  const began = performance.now()
  const { status, bytes: sent } = await office.drain(`/office/surveys/${slug}/export.csv`)
  clearInterval(look)
  if (status !== 200) throw new Error(`the export was answered with ${status}`)
  const took = (performance.now() - began) / 1000
  const after = residentMemory(server.pid) ?? Number.NaN
  return [
    {
      what: 'wide CSV of everything by "responses export"',
      unit: '/s',
      heard: count / seconds,
      bar: { on: 'figure', atLeast: 50_000 },
      note: `${seconds.toFixed(0)} s, ${Math.round(bytes / 1e6)} MB of text`,
    },
    {
      what: 'memory of the export, at most',
      unit: 'MB',
      heard: peak,
      bar: { on: 'figure', atMost: 200 },
    },
    {
      what: 'the same from the office, by the server',
      unit: '/s',
      heard: count / took,
      bar: { on: 'figure', atLeast: 50_000 },
      note: `${took.toFixed(0)} s, ${Math.round(sent / 1e6)} MB`,
    },
    {
      what: 'memory of the server: after the pages, while it sends, after',
      unit: 'MB',
      heard: Math.max(...peaks),
      note: `${before.toFixed(0)}, ${Math.max(...peaks).toFixed(0)}, ${after.toFixed(0)} MB`,
    },
  ]
}
