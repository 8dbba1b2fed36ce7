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
    const [one] = await stores.comments.list(id)
    const comment = one?.id ?? 0
    await stores.flags.add([{ survey: id, comment, kind: 'abuse', level: 'urgent', at: 0 }])
    await stores.codings.read(id, { person: 'x', version: 1, how: 'desk', at: 1 }, [
      { comment, themes: ['tutoring'] },
    ])
    const about = { kind: 'group', code: 'family' } as const
    const promise = { about, words: { en: 'Rides' }, owner: {}, element: null, on: null }
    await stores.commitments.add(id, { ...promise, status: 'planned' }, 'x', 1)
    const talk = {
      on: '2021-03-04',
      kind: 'webinar',
      title: { en: 'Spring' },
      minutes: 90,
      schools: [],
    } as const
    const [held = 0] =
      (await stores.conversations.save(
        [
          {
            conversation: {
              ...{ ...talk, schools: [], attendance: { family: 12 }, languages: ['en'] },
              ...{ survey: 'here', plan: '', asks: false, sample: false },
            },
          },
        ],
        'x',
        1,
      )) ?? []
    await stores.conversations.addNotes(held, [
      { kind: 'note', words: 'More buses', language: 'en', hour: 0 },
    ])
  })
  const folder = join(await mkdtemp(join(tmpdir(), 'heard-export-')), 'all')
  await site.heard('export-all', folder)
  expect((await readdir(folder)).sort()).toEqual([
    'README.txt',
    'conversation-notes.csv',
    'conversations.csv',
    'district.json',
    'here-answers.csv',
    'here-codebook.csv',
    'here-codings.csv',
    'here-comments.csv',
    'here-commitments.json',
    'here-responses.csv',
    'here.json',
    'plans.json',
    'record.csv',
  ])
  expect(await readFile(join(folder, 'here-comments.csv'), 'utf8')).toMatch(/\n1,ride_why,bus,,,en,'=1\+1\n$/)
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  expect(await read('here-codings.csv')).toMatch(/,tutoring,tutoring,1,person,coder 1,,1,1\n$/)
  expect(JSON.parse(await read('here-commitments.json'))).toMatchObject([
    { words: { en: 'Rides' }, history: [{}] },
  ])
  expect(await read('conversation-notes.csv')).toContain('1,note,shown,en,More buses,More buses,')
  const all = await Promise.all((await readdir(folder)).map(read))
  expect(all.join('')).not.toMatch(/abuse|urgent/)
  expect(await readFile(join(folder, 'record.csv'), 'utf8')).toContain('command-line,exported,,everything')
  await expect(site.heard('export-all', folder)).rejects.toThrow('is there already')
  await site.heard('responses', 'import', 'here', join(folder, 'here-responses.csv'))
  expect(await site.heard('check')).toContain('here\tok\t2 responses')
  await site.close()
})
