import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { withNumber } from '../../bench/journey.ts'
import { audit, openLedger } from '../../bench/ledger.ts'
import { makeScratch } from '../../bench/scratch.ts'
import { drawSizes, makeHouse, writeRows } from '../../bench/sizes.ts'
import type { Room } from '../../src/commands/command.ts'
import { responsesImport } from '../../src/commands/responses.ts'
import { settle } from '../../src/response/settle.ts'
import { openStores } from '../../src/store/open.ts'

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'heard-bench-test-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

test('the bench answers whole surveys, finds them in the database and leaves nothing behind', {
  timeout: 120_000,
}, async () => {
  const dir = await folder()
  const json = join(dir, 'bench.json')
  await promisify(execFile)(process.execPath, [
    ...[
      'bench/run.ts',
      '--quick',
      '--seconds',
      '0.1',
      '--only',
      'firstVisit,responses',
      '--folder',
      dir,
      '--json',
      json,
    ],
  ])
  const found = JSON.parse(await readFile(json, 'utf8'))
  expect(found.audit.acknowledged).toBeGreaterThan(0)
  expect(found.audit).toEqual({
    acknowledged: found.audit.kept,
    kept: found.audit.kept,
    ...{ lost: 0, double: 0, unasked: 0, wrongTallies: 0 },
  })
  const [visits, responses] = found.parts
  expect(visits.rows.length).toBeGreaterThan(10)
  expect(responses.rows.map(({ what }: { what: string }) => what)).toContain('complete, 32 in flight')
  expect(found.parts.filter(({ failed }: { failed?: string }) => failed)).toEqual([])
  expect(await readdir(dir)).toEqual(['bench.json'])
})

test('the database is held against what was acknowledged: lost, double and unasked responses are found', async () => {
  const scratch = await makeScratch(await folder())
  const { questionnaire, survey, version, samples } = scratch
  const stores = await openStores({ dataDir: scratch.dataDir })
  const keep = async (n: number, token: string) => {
    const sample = samples[n]
    if (!sample) throw new Error('no sample')
    const about = { version, language: sample.language, channel: 'web', hour: 0 } as const
    await stores.responses.submit(survey, token, settle(questionnaire, withNumber(sample, n), about))
  }
  await keep(1, 'one')
  await keep(2, 'two')
  await keep(2, 'two again')
  await keep(4, 'nobody was told')
  await stores.tallies.correct(survey, [{ question: '', cell: '', group: 'nobody', school: '', n: 1 }])
  await stores.close()
  const ledger = openLedger()
  for (const n of [1, 2, 3]) ledger.acknowledged.add(n)
  expect(await audit(scratch, ledger)).toEqual({ kept: 4, lost: 1, double: 1, unasked: 1, wrongTallies: 1 })
})

test('the people of the size part give twelve answers each, and their file can be read in', async () => {
  const dir = await folder()
  const sizes = await drawSizes(50)
  expect(sizes.samples.map(({ answers: { better: _, ...rest } }) => Object.keys(rest).length)).toEqual(
    Array.from({ length: 50 }, () => 12),
  )
  await makeHouse(dir, sizes)
  await writeRows(join(dir, 'rows.csv'), 120, sizes)
  const stores = await openStores({ dataDir: dir })
  onTestFinished(() => stores.close())
  const said: string[] = []
  const output = new Writable({
    write(part, _, done) {
      said.push(String(part))
      done()
    },
  })
  await responsesImport.run(['size', join(dir, 'rows.csv')], {
    stores: async () => stores,
    now: () => 0,
    output,
    notices: output,
  } as unknown as Room)
  expect(said).toEqual(['120 responses added to size\n'])
})
