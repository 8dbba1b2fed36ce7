import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { settle } from '../../src/response/settle.ts'
import { openLookout } from '../../src/safety/lookout.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, wordsOf } from '../site.ts'
import { HOUR, settled } from '../store/fixture.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const definition = {
  ...{ source: 'en', languages: ['en', 'so'], title: { en: 'Sample survey' } },
  sections: [
    {
      ...{ code: 'all', title: { en: 'All' } },
      questions: [{ code: 'why', kind: 'text', title: { en: 'Why?' } }],
    },
  ],
}
const start = 500_000 * HOUR

let house: House
let survey: Survey
let watch: ReturnType<typeof openLookout>
const people: Record<string, ReturnType<typeof visitor>> = {}
const who = (name: string) => people[name] ?? visitor(house.app)
let tokens = 0
const say = (words: string, language = 'en') =>
  house.stores.responses.submit(
    survey.id,
    `token-${tokens++}`,
    settled({ answers: {}, comments: [{ question: 'why', about: null, words, language }] }),
  )
const flagged = async () => {
  await watch.tick(start)
  const flags = await house.stores.flags.list()
  const comments = await house.stores.comments.list(survey.id)
  return flags.map(({ comment }) => comments.find(({ id }) => id === comment)?.words)
}
const danger = '/office/help/words'
const mask = '/office/mask-words'
const change = async (name: string, page: string, fields: Record<string, string>) => {
  const seen = /name="seen" value="(\d+)"/.exec((await who(name).open(page)).text)?.[1] ?? ''
  return who(name).fill(page, { seen, reason: '', lang: 'en', ...fields })
}

beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  survey = await field(stores, { slug: 'sample', definition })
  for (const role of ['office', 'leader'] as const) {
    const id = await add(stores, role)
    if (role === 'leader') await stores.people.setSafety(id, true)
    people[role] = visitor(house.app)
    await people[role].signIn(`${role}@example.org`)
  }
  const messages = wordings(readLocales('locales'))
  watch = openLookout(
    { stores, messages, mail: undefined, log: { warn: (facts) => house.log.push(facts) } },
    'http://127.0.0.1',
  )
})
afterAll(() => house.close())

test('who was named adds words of danger, and comments that are there already are looked through again', async () => {
  await say('They took me to the boiler room again')
  await say('Qolka madow ayaa la i geeyay', 'so')
  expect(await flagged()).toEqual([])
  // The office is not who reads the queue.
  expect((await who('office').open(danger)).status).toBe(403)
  expect((await change('leader', danger, { list: 'abuse', did: 'add', phrase: 'boiler room' })).status).toBe(
    303,
  )
  expect(await flagged()).toEqual(['They took me to the boiler room again'])
  await change('leader', danger, { list: 'abuse', did: 'add', lang: 'so', phrase: 'qolka madow' })
  expect(await flagged()).toHaveLength(2)
  const page = wordsOf((await who('leader').open(danger)).text)
  for (const words of ['boiler room', 'leader@example.org', 'Added here']) expect(page).toContain(words)
  const [flag] = await house.stores.flags.list()
  expect((await who('leader').open(`/office/help/${flag?.id}`)).text).toContain('<mark>boiler room</mark>')
})

test('an entry that comes with Heard goes only for a reason, which is written down, and comes back', async () => {
  const off = { list: 'threat', did: 'off', phrase: 'jumped by' }
  const refused = await change('leader', danger, off)
  expect([refused.status, refused.text.includes('Say why')]).toEqual([422, true])
  const unknown = await change('leader', danger, { ...off, phrase: 'no such entry', reason: 'x' })
  expect([unknown.status, unknown.text.includes('no such entry')]).toEqual([422, true])
  const why = { reason: 'Our sports day has a jump' }
  expect((await change('leader', danger, { ...off, ...why })).status).toBe(303)
  await say('The fence was jumped by the cat')
  expect(await flagged()).toHaveLength(2)
  const page = (await who('leader').open(danger)).text
  expect(page).toContain('<s>jumped by</s>')
  expect(wordsOf(page)).toContain('Our sports day has a jump')
  await change('leader', danger, { list: 'threat', did: 'on', phrase: 'jumped by' })
  expect(await flagged()).toHaveLength(3)
  const log = JSON.parse((await house.stores.settings.find('own-words')) ?? '[]')
  expect(log.map(({ did }: { did: string }) => did)).toEqual(['add', 'add', 'off', 'on'])
  expect(
    (await house.stores.audit.list({ limit: 9, did: 'settings-changed' })).map(({ detail }) => detail),
  ).toContain('danger-words off threat en')
})

test('entries that would find nothing or everything are refused, and nobody writes over another', async () => {
  for (const phrase of ['', '*', 'x', '... day', 'y'.repeat(81), 'boiler room'])
    expect((await change('leader', danger, { list: 'abuse', did: 'add', phrase })).status).toBe(422)
  expect((await change('leader', danger, { list: 'name', did: 'add', phrase: 'Zorblat' })).status).toBe(400)
  const stale = await who('leader').fill(danger, {
    ...{ seen: '0', list: 'abuse', did: 'add', lang: 'en', phrase: 'other words', reason: '' },
  })
  expect(stale.status).toBe(409)
})

test('the office adds names to mask and words that are nobody’s name; both hold at once', async () => {
  await say('I like how zorblat and the Phoenix team help')
  const comment = (await house.stores.comments.list(survey.id)).at(-1)?.id
  const offered = async () =>
    wordsOf(
      /<textarea id="words".*?<\/textarea>/s.exec(
        (await who('office').open(`/office/surveys/sample/quotes?comment=${comment}`)).text,
      )?.[0] ?? '',
    )
  expect(await offered()).toBe('I like how zorblat and the [name] team help')
  expect((await who('leader').open(mask)).status).toBe(403)
  await change('office', mask, { list: 'name', did: 'add', phrase: 'zorblat' })
  const bare = await change('office', mask, { list: 'not-name', did: 'add', phrase: 'Phoenix' })
  expect(bare.status).toBe(422)
  await change('office', mask, { list: 'not-name', did: 'add', phrase: 'Phoenix', reason: 'Our mascot' })
  expect(await offered()).toBe('I like how [name] and the Phoenix team help')
})

test('who reads a report does not read names and numbers in its comments', async () => {
  const read = await field(house.stores, { slug: 'read', definition })
  const why = { words: 'Call Mrs. Garcia at 860-555-0123 about zorblat', language: 'en' }
  const about = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
  await house.stores.responses.addMany(
    read.id,
    Array.from({ length: 12 }, () => settle(read.questionnaire, { why }, about)),
  )
  const report = wordsOf((await who('leader').open('/reports/read/comments?question=why')).text)
  expect(report).toContain('about [name]')
  expect(report).not.toMatch(/Garcia|0123|zorblat/)
})

test('whom to call, and that nobody watches, stands on paper as on the web', async () => {
  await house.stores.settings.setDistrict({
    ...(await house.stores.settings.district()),
    helpLines: { en: 'Call 211 for <help>.' },
  })
  const paper = wordsOf((await who('office').open('/office/surveys/sample/paper?lang=en')).text)
  expect(paper).toContain('Nobody reads these answers around the clock. Call 211 for <help>.')
})

test('of two who change the lists at once one is told to look again, and nothing is lost', async () => {
  const seen = /name="seen" value="(\d+)"/.exec((await who('office').open(mask)).text)?.[1] ?? ''
  const words = ['quickest', 'slowest', 'between']
  const tries = words.map((phrase) =>
    who('office').fill(mask, { seen, reason: '', lang: 'en', list: 'name', did: 'add', phrase }),
  )
  const answers = (await Promise.all(tries)).map(({ status }) => status)
  expect(answers.toSorted()).toEqual([303, 409, 409])
  const page = (await who('office').open(mask)).text
  expect(words.filter((word) => page.includes(word))).toEqual([words[answers.indexOf(303)]])
})
