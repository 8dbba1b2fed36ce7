// npm run bench [-- [size] [--quick] [--only firstPage,summary] [--seconds N] [--responses N] [--json FILE] [--folder DIR]
// [--profile DIR] [--beside CHECKOUT]]
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { connection, openBrowser } from './browser.ts'
import { flushesPerSecond } from './disk.ts'
import { audit, openLedger } from './ledger.ts'
import { firstPage } from './measures/firstPage.ts'
import { firstVisit } from './measures/firstVisit.ts'
import { journeysMeasure } from './measures/journeys.ts'
import { memory, memoryAfterLoad } from './measures/memory.ts'
import { processor } from './measures/processor.ts'
import { responses } from './measures/responses.ts'
import { sectionPost } from './measures/sectionPost.ts'
import { size } from './measures/size.ts'
import { startUp } from './measures/startUp.ts'
import { submits } from './measures/submits.ts'
import { summary } from './measures/summary.ts'
import { type Server, startServer } from './process.ts'
import type { Measure, Room } from './room.ts'
import { makeScratch, slug } from './scratch.ts'
import { type Part, printTable } from './table.ts'

/** In the order in which they run. */
const measures: Record<string, Measure> = {
  startUp,
  memory,
  firstVisit,
  firstPage,
  sectionPost,
  journeys: journeysMeasure,
  responses,
  submits,
  memoryAfterLoad,
  summary,
}
/** These run only when they are named: a million responses, and what is looked at while Heard is made quicker. */
const named: Record<string, Measure> = { size, processor }
const known = { ...measures, ...named }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    seconds: { type: 'string' },
    responses: { type: 'string' },
    json: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    profile: { type: 'string' },
    beside: { type: 'string' },
  },
})
const asked = [...(values.only?.split(',') ?? []), ...positionals]
const wanted = asked.length > 0 ? asked : Object.keys(measures)
const unknown = wanted.filter((name) => !Object.hasOwn(known, name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${Object.keys(known).join(', ')}`)
  process.exit(2)
}

const scratchFolder = mkdtempSync(join(values.folder, 'heard-bench-'))
process.once('exit', () => rmSync(scratchFolder, { recursive: true, force: true, maxRetries: 3 }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const began = performance.now()
const { parts, sound } = await bench()
console.log(printTable(parts))
console.log(`\n${Math.round((performance.now() - began) / 1000)} s`)
if (!sound || parts.some(({ failed }) => failed)) process.exitCode = 1

async function bench(): Promise<{ parts: Part[]; sound: boolean }> {
  const folder = (name: string) => {
    const made = join(scratchFolder, name)
    mkdirSync(made)
    return made
  }
  const flushes = () => flushesPerSecond(join(scratchFolder, 'flush'))
  const machine = {
    cores: availableParallelism(),
    memory: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: process.platform,
    quick: values.quick,
    flushesBefore: flushes(),
  }
  console.log(
    `${machine.cores} cores, ${machine.memory} GiB, ${machine.system}, Node ${machine.node}; ` +
      `disk ${Math.round(machine.flushesBefore)} flushes/s; ${values.quick ? 'quick' : 'full'} run\n`,
  )

  const scratch = await makeScratch(folder('data'))
  const profile = values.profile && ['--cpu-prof', `--cpu-prof-dir=${resolve(values.profile)}`]
  const startHeard = (dataDir: string, page = '/', nodeArgs: string[] = []) =>
    startServer('src/server.ts', { settings: { DATA_DIR: dataDir }, page, nodeArgs })
  const other = values.beside && (await startOther(resolve(values.beside), scratch.dataDir, folder('other')))
  const heard = await startHeard(scratch.dataDir, `/s/${slug}`, profile ? profile : [])
  const page = join(scratchFolder, 'page')
  await keepPage(heard.url, page)
  const startCeiling = (kind: 'http' | 'express') => startServer('bench/ceilings.ts', { args: [kind, page] })
  const [http, express] = await Promise.all([startCeiling('http'), startCeiling('express')])
  const ledger = openLedger()
  const length = values.quick ? { rounds: 2, seconds: 0.6 } : { rounds: 5, seconds: 1.5 }
  const room: Room = {
    ...length,
    ...(values.seconds && { seconds: Number(values.seconds) }),
    quick: values.quick,
    responses: Number(values.responses ?? (values.quick ? 5_000 : 200_000)),
    folder,
    startHeard: (dataDir, at) => startHeard(dataDir, at),
    startCeiling,
    scratch,
    ledger,
    heard,
    http,
    express,
    other: other || undefined,
  }

  const parts: Part[] = []
  for (const name of wanted) {
    const measure = known[name]
    if (!measure) continue
    const started = performance.now()
    try {
      parts.push({ title: measure.title, rows: await measure.run(room) })
    } catch (fault) {
      parts.push({
        title: measure.title,
        rows: [],
        failed: fault instanceof Error ? fault.message : String(fault),
      })
    }
    process.stderr.write(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  }
  await Promise.all([heard, http, express, ...(other ? [other] : [])].map((server) => server.stop()))

  const found = await audit(scratch, ledger)
  const { acknowledged } = ledger
  const sound = found.lost + found.double + found.unasked + found.wrongTallies === 0
  console.log(
    `${acknowledged.size} responses acknowledged, ${found.kept} in the database: ${found.lost} lost, ` +
      `${found.double} twice, ${found.unasked} not acknowledged, ${found.wrongTallies} tallies unlike their recount\n`,
  )
  if (values.json) {
    const run = { ...machine, flushesAfter: flushes() }
    const audited = { acknowledged: acknowledged.size, ...found }
    writeFileSync(values.json, `${JSON.stringify({ run, audit: audited, parts }, null, 2)}\n`)
  }
  return { parts, sound }
}

/** Keeps Heard's start page as it is sent, plain and compressed, for the ceilings to answer with. */
async function keepPage(url: string, file: string): Promise<void> {
  const line = connection()
  for (const [encodings, name] of [
    ['', file],
    ['br', `${file}.br`],
  ] as const) {
    const { body } = await openBrowser(url, line, { language: 'es', encodings }).get(`/s/${slug}`)
    writeFileSync(name, body)
  }
  line.destroy()
}

/** Heard as another checkout has it, on a copy of the data as they are before anything was measured. */
async function startOther(checkout: string, dataDir: string, copy: string): Promise<Server> {
  cpSync(dataDir, copy, { recursive: true })
  return startServer('src/server.ts', { settings: { DATA_DIR: copy }, page: `/s/${slug}`, checkout })
}
