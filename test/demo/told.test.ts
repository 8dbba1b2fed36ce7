import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inConversations } from '../../src/commitment/conversation.ts'
import { loadTold, sampleThemes } from '../../src/demo/told.ts'
import { readCodebook } from '../../src/theme/codebook.ts'
import { sampleCoder } from '../../src/theme/verdicts.ts'
import { demo, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const codes = json('templates/sample-codes.json') as {
  note: string
  themes: Record<string, string[]>
  none: string[]
}
const slug = 'stakeholder-2021'

let house: House
let leader: ReturnType<typeof visitor>
beforeAll(async () => {
  house = await openHouse()
  await demo(house.stores)
  await loadTold(house.stores, slug, Date.now())
  await add(house.stores, 'office')
  leader = visitor(house.app)
  await leader.signIn('office@example.org')
}, 120_000)
afterAll(() => house.close())

const survey = async () => {
  const found = await house.stores.surveys.find(slug)
  if (!found) throw new Error('no survey')
  return found
}

test('sample codes are of the codebook and of the sample sentences, and the file says what they are', () => {
  const { codebook } = readCodebook(json('templates/codebook.json'))
  const known = new Set(codebook?.themes.map(({ code }) => code))
  expect(Object.keys(codes.themes).filter((code) => !known.has(code))).toEqual([])
  const sentences = readFileSync('templates/sample-comments.json', 'utf8')
  for (const sentence of [...codes.none, ...Object.values(codes.themes).flat()])
    expect(sentences).toContain(JSON.stringify(sentence))
  expect(codes.note).toContain('no coder of a district did')
  expect(sampleThemes(codes)('Fix the bathrooms. Keep the good teachers.')).toEqual([
    'school-spending',
    'hiring',
  ])
  expect(sampleThemes(codes)('Thank you for asking.')).toEqual([])
  expect(sampleThemes(codes)('Somebody wrote this')).toBeUndefined()
})

test('codes of word lists are kept as theirs; only the sample coder stands for a person, and some stay unread', async () => {
  const { id } = await survey()
  const all = await house.stores.codings.list(id, { who: ['words-1'] })
  const from = Map.groupBy(all, ({ source }) => source)
  expect([...from.keys()].sort()).toEqual(['person', 'words'])
  expect(new Set(from.get('person')?.map(({ who }) => who))).toEqual(new Set([sampleCoder]))
  const readings = await house.stores.codings.readings(id)
  expect(new Set(readings.map(({ person }) => person))).toEqual(new Set([sampleCoder]))
  const { n } = await house.stores.comments.count(id)
  expect(readings.length).toBeGreaterThan(n / 2)
  expect(readings.length).toBeLessThan(n)
  // Nothing that a word list said counts.
  const page = wordsOf((await leader.open(`/reports/${slug}/themes`)).text)
  expect(page).toContain(`(${readings.length.toLocaleString('en')} comments)`)
  const first = readings[0]?.comment
  const desk = wordsOf((await leader.open(`/office/surveys/${slug}/comments?comment=${first}`)).text)
  expect(desk).toContain('Sample coder (made up)')
})

test('the summary tells hours of conversation and responses from the log, without what is still to come', async () => {
  const summary = wordsOf((await leader.open(`/reports/${slug}`)).text)
  expect(summary).toContain('5 hours of conversation and 2,105 survey responses')
  expect(wordsOf((await leader.open(`/reports/${slug}/board`)).text)).toContain('5 hours of conversation')
  expect(wordsOf((await leader.open(`/reports/${slug}?group=family`)).text)).not.toContain('hours of conv')
  expect(wordsOf((await leader.open(`/heard/${slug}`)).text)).toContain('5 hours of conversation')
  expect(wordsOf((await leader.open('/reports/climate-2021')).text)).not.toContain('hours of conversation')
})

test('sample conversations have attendance, coded notes, and questions of which one waits', async () => {
  const log = await house.stores.conversations.list()
  expect(log.map(({ kind, sample }) => [kind, sample])).toEqual([
    ['webinar', true],
    ['webinar', true],
    ['focus-group', true],
    ['town-hall', true],
  ])
  const notes = (await Promise.all(log.map(({ id }) => house.stores.conversations.notes(id)))).flat()
  expect(Object.groupBy(notes, ({ kind, state }) => `${kind} ${state}`)).toMatchObject({
    'note shown': Array(7).fill({}),
    'question shown': Array(3).fill({}),
    'question waiting': [{}],
  })
  const coded = await house.stores.codings.list(inConversations)
  expect(coded).toHaveLength(7)
  for (const { id } of log)
    expect((await leader.open(`/office/conversations/${id}`)).text).toMatch(/[Ss]ample/)
  // Again: nothing comes twice.
  expect(await loadTold(house.stores, slug, Date.now())).toBe(false)
  expect(await house.stores.conversations.list()).toHaveLength(4)
})
