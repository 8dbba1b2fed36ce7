import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { readPlans, readTemplates } from '../../src/demo/files.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { emptyDistrict } from '../../src/district/district.ts'
import { settle } from '../../src/response/settle.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { place } from '../engine.ts'

const plans = await readPlans()
const templates = await readTemplates()
const now = Date.UTC(2026, 0, 15, 10)

let dataDir: string
let stores: Stores
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-demo-'))
  stores = await openStores(await place(dataDir))
})
afterEach(async () => {
  await stores.close()
  await rm(dataDir, { recursive: true })
})

const load = () => loadDemo(stores, { plans, templates, now, random: seeded(2021) })
const survey = async (slug: string) => {
  const found = await stores.surveys.find(slug)
  if (!found) throw new Error(`no survey ${slug}`)
  return found
}

it('opens the surveys with their responses in an empty folder, all marked as sample data', async () => {
  const loaded = await load()
  expect(loaded.surveys).toEqual([
    { slug: 'stakeholder-2021', responses: 2105 },
    { slug: 'climate-2021', responses: 2400 },
    { slug: 'students-3-5', responses: 420 },
    { slug: 'climate-2020', responses: 1760 },
  ])
  expect((await stores.settings.district()).sample).toBe(true)
  const { id, state, sample } = await survey('stakeholder-2021')
  expect({ state, sample }).toEqual({ state: 'open', sample: true })
  const goals = (await stores.tallies.list(id)).filter(
    ({ question, cell }) => question === 'goal' && cell === 'G3',
  )
  expect(goals.reduce((sum, { n }) => sum + n, 0)).toBe(379)
  const [series] = await stores.series.list()
  expect(series?.waves.map(({ day }) => day)).toEqual(['2025-01-15', '2026-01-15'])
})

it('keeps what was added and changed when it is started again', async () => {
  await load()
  const { id, questionnaire } = await survey('stakeholder-2021')
  const mine = settle(
    questionnaire,
    { goal: 'G1' },
    { version: 1, language: 'vi', channel: 'web', hour: now },
  )
  await stores.responses.submit(id, 'a-token', mine)
  await stores.surveys.setState(id, 'closed')
  const district = await stores.settings.district()
  await stores.settings.setDistrict({ ...district, timeZone: 'UTC' })

  expect(await load()).toEqual({ plans: [], district: false, surveys: [] })
  expect(await stores.responses.count(id)).toBe(2106)
  expect((await survey('stakeholder-2021')).state).toBe('closed')
  expect((await stores.settings.district()).timeZone).toBe('UTC')
})

it('finishes what was stopped before the responses were in', async () => {
  const { 'stakeholder-2021': first } = templates.surveys
  const withoutResponses = { ...templates, surveys: { unknown: first } }
  await loadDemo(stores, { plans, templates: withoutResponses, now, random: seeded(1) })
  const { questionnaire } = await survey('unknown')
  await stores.surveys.add({ slug: 'stakeholder-2021', questionnaire, sample: true }, now)

  const loaded = await load()
  expect(loaded.surveys).toContainEqual({ slug: 'stakeholder-2021', responses: 2105 })
  expect((await survey('stakeholder-2021')).state).toBe('open')
})

it('leaves a folder with a district of its own alone', async () => {
  await stores.settings.setDistrict({
    ...emptyDistrict,
    groups: [{ code: 'family', label: { en: 'Family' } }],
  })
  await expect(load()).rejects.toThrow(/district of its own/)
  expect(await stores.surveys.list()).toEqual([])
})
