import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { crossedWith } from '../../src/routes/reports/crossed.ts'
import { keptSources } from '../../src/routes/reports/reports.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Survey } from '../../src/store/stores.ts'
import { place } from '../engine.ts'
import { district, questionnaire } from './fixture.ts'

let stores: Stores
let survey: Survey
let dataDir: string
let clock = 0
const hours = (n: number) => {
  clock += n * 3_600_000
}
const said = (goal: string) =>
  settle(
    questionnaire,
    { group: 'family', school: 'north', grade: 'g1', goal },
    { version: 1, language: 'en', channel: 'web', hour: 0 },
  )
const come = (n: number) =>
  stores.responses.addMany(
    survey.id,
    Array.from({ length: n }, () => said('math')),
  )
const read = async () => keptSources(stores, () => clock)((await stores.surveys.find('sample')) ?? survey)
const byGrade = { profiles: ['grade'] }

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-'))
  stores = await openStores(await place(dataDir))
  await stores.settings.setDistrict(district)
  survey = await stores.surveys.add({ slug: 'sample', questionnaire, sample: false }, 0)
  await stores.surveys.setState(survey.id, 'open')
  await come(30)
  await stores.responses.submit(survey.id, 'token', said('reading'), undefined, 'taken back')
})
afterAll(async () => {
  await stores.close()
  await rm(dataDir, { recursive: true })
})

test('what comes while a survey is open joins its report ten at a time, however long that takes', async () => {
  expect((await read()).counted).toBe(31)
  await come(9)
  hours(48)
  expect((await read()).counted).toBe(31)
  await come(1)
  expect((await read()).counted).toBe(41)
})

test('one who takes answers back while another sends some is not read from the difference', async () => {
  const before = await read()
  await stores.life.withdraw(survey.id, 'taken back')
  await come(1)
  hours(48)
  expect(await stores.responses.count(survey.id)).toBe(41)
  expect(await read()).toBe(before)
  // A table that was not made before would be without the one who is gone.
  expect(await crossedWith(stores, survey, before, byGrade)).toEqual([])
  await come(8)
  const after = await read()
  expect(after.counted).toBe(49)
  expect(await crossedWith(stores, survey, after, byGrade)).toEqual([
    { profiles: ['g1'], value: null, n: 49 },
  ])
})

test('forms of paper that are typed in when a survey is over wait for each other, an hour at most', async () => {
  await stores.surveys.setState(survey.id, 'closed')
  expect((await read()).counted).toBe(49)
  await come(2)
  expect((await read()).counted).toBe(49)
  hours(2)
  expect((await read()).counted).toBe(51)
})
