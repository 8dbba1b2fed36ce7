import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, sampleDistrict } from '../site.ts'

test('everything comes out in open formats, and what came out can be brought in again', async () => {
  const site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    const { id, questionnaire } = await field(stores, { slug: 'here', definition: everyKind })
    const answers = { ride: 'bus', ride_why: { words: '=1+1', language: 'en' } }
    const settled = settle(questionnaire, answers, { version: 1, language: 'en', channel: 'web', hour: 0 })
    await stores.responses.submit(id, 'token', settled)
  })
  const folder = join(await mkdtemp(join(tmpdir(), 'heard-export-')), 'all')
  await site.heard('export-all', folder)
  expect((await readdir(folder)).sort()).toEqual([
    'README.txt',
    'district.json',
    'here-answers.csv',
    'here-codebook.csv',
    'here-codings.csv',
    'here-comments.csv',
    'here-responses.csv',
    'here.json',
    'plans.json',
    'record.csv',
  ])
  expect(await readFile(join(folder, 'here-comments.csv'), 'utf8')).toMatch(/\n1,ride_why,bus,,,en,'=1\+1\n$/)
  expect(await readFile(join(folder, 'record.csv'), 'utf8')).toContain('command-line,exported,,everything')
  await expect(site.heard('export-all', folder)).rejects.toThrow('is there already')
  await site.heard('responses', 'import', 'here', join(folder, 'here-responses.csv'))
  expect(await site.heard('check')).toContain('here\tok\t2 responses')
  await site.close()
})
