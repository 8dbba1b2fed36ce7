import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Conversation,
  conversationLine,
  conversationSum,
  inConversations,
  takesQuestions,
} from '../../src/commitment/conversation.ts'
import { readConversations, writeConversations } from '../../src/commitment/conversationFile.ts'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { openLookout } from '../../src/safety/lookout.ts'
import { sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const talk: Conversation = {
  on: '2021-03-04',
  kind: 'town-hall',
  title: { en: 'Spring town hall' },
  minutes: 90,
  schools: [],
  attendance: { family: 40, '': 2 },
  languages: ['en', 'es'],
  survey: '',
  plan: '',
  asks: false,
  sample: false,
}

test('hours, people and meetings come from the log, of a time, a survey or a school', () => {
  const log = [
    talk,
    { ...talk, on: '2021-04-01', minutes: 45, survey: 'spring', attendance: { staff: 8 } },
    { ...talk, on: '2020-04-01', minutes: 60, schools: ['burns'], attendance: {} },
  ]
  expect(conversationSum(log)).toEqual({ meetings: 3, minutes: 195, people: 50 })
  expect(conversationSum(log, { from: '2021-01-01' })).toEqual({ meetings: 2, minutes: 135, people: 50 })
  expect(conversationSum(log, { school: 'other' }).meetings).toBe(2)
  expect(conversationLine(log, { survey: 'spring' })).toEqual({ count: 1, hours: 1 })
  expect(conversationLine(log, { survey: 'none' })).toBeNull()
  expect(takesQuestions({ ...talk, asks: true }, '2021-03-04')).toBe(true)
  expect(takesQuestions({ ...talk, asks: true }, '2021-03-05')).toBe(false)
})

const names = {
  groups: ['family', 'staff'],
  schools: ['burns', 'bulkeley'],
  languages: ['en', 'es', 'ar'],
  surveys: ['spring'],
  plans: ['dme'],
}

test('the log goes out as a table and comes back the same', () => {
  const words = fc.string({ minLength: 1, maxLength: 40 }).map((one) => `x${one.trim()}`)
  const any = fc.record({
    on: fc.constantFrom('2021-03-04', '2024-02-29'),
    kind: fc.constantFrom('town-hall', 'webinar', 'other'),
    title: fc.oneof(
      words.map((en) => ({ en })),
      fc.record({ en: words, es: words }),
    ),
    minutes: fc.integer({ min: 0, max: 600 }),
    schools: fc.subarray(names.schools),
    attendance: fc.constantFrom({}, { family: 3 }, { '': 1204, staff: 1 }),
    languages: fc.subarray(names.languages),
    survey: fc.constantFrom('', 'spring'),
    plan: fc.constantFrom('', 'dme'),
    asks: fc.boolean(),
    sample: fc.constant(false),
  })
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (log) => {
      const held = (log as Conversation[]).map((one, at) => ({ ...one, id: at + 1 }))
      const ids = new Map(held.map((one) => [one.id, one]))
      const { rows, faults } = readConversations(writeConversations(held, names.groups), { ...names, ids })
      expect(faults).toEqual([])
      expect(rows.map(({ id, conversation }) => ({ ...conversation, id }))).toEqual(held)
    }),
    { numRuns: 40 },
  )
})

test('a file with faults tells each by its row, and nothing of it is taken', () => {
  const read = readConversations(
    [
      ['date', 'title', 'minutes', 'kind', 'people.family', 'people.nobody', 'schools', 'id', 'color'],
      ['2021-02-30', 'x', '', '', '', '', '', '', ''],
      ['2021-03-01', '', 'long', 'party', 'many', '3', 'moon', '9', 'red'],
      ['2021-03-01', 'good', '60', 'Town hall', '1,204', '', '', '', ''],
    ],
    { ...names, ids: new Map() },
  )
  expect(read.rows).toEqual([])
  expect(read.faults.map(({ row, code }) => `${row} ${code}`)).toEqual([
    '2 date',
    '3 kind',
    '3 people',
    '3 people',
    '3 title',
    '3 minutes',
    '3 school',
    '3 id',
  ])
  expect(read.notices[0]?.values.columns).toBe('color')
})

describe('the office', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
    await sampleDistrict(house.stores)
    await add(house.stores, 'office')
    await add(house.stores, 'coder')
  })
  afterAll(() => house.close())
  const someone = async (role: string) => {
    const person = visitor(house.app, { 'Accept-Language': 'en' })
    await person.signIn(`${role}@example.org`)
    return person
  }
  const home = '/office/conversations'

  test('writes a conversation down, changes it, and what stood there stays in the history', async () => {
    const office = await someone('office')
    const faulty = await office.fill(`${home}/new`, { on: '2021-02-30', 'title-en': '', minutes: 'x' })
    expect(faulty.status).toBe(422)
    const fields = { on: '2022-03-04', kind: 'webinar', 'title-en': 'Budget evening', asks: 'yes' }
    await office.fill(`${home}/new`, { ...fields, minutes: '90', 'people-family': '30' })
    await office.fill(`${home}/new`, { ...fields, minutes: '30', on: '2020-01-01' })
    const list = wordsOf((await office.open(home)).text)
    expect(list).toContain('2 hours of conversation with 30 people in 2 meetings')
    expect(wordsOf((await office.open(`${home}?from=2021-01-01`)).text)).toContain('30 people in 1 meeting')
    await office.fill(`${home}/1`, { ...fields, minutes: '60', revision: '1' })
    expect((await office.fill(`${home}/1`, { ...fields, minutes: '5', revision: '1' })).status).toBe(409)
    const page = wordsOf((await office.open(`${home}/1`)).text)
    expect(page).toContain('1 hour 30 minutes')
    await office.fill(`${home}/2`, {}, `${home}/2/remove`)
    expect((await office.open(`${home}/2`)).status).toBe(404)
    expect(await house.stores.conversations.history(2)).toHaveLength(2)
  })

  test('brings in a file after looking at what it changes', async () => {
    const office = await someone('office')
    const token = await office.token(home)
    const csv =
      'id;date;title;minutes;people.family\n1;2022-03-04;Budget evening;120;30\n;2021-05-05;New;60;5\n'
    const checked = await office
      .post(`${home}/file/check`)
      .field('_csrf', token)
      .attach('file', Buffer.from(csv), 'sample.csv')
    expect(wordsOf(checked.text)).toContain('1 conversation is new')
    const table = /name="table" value="([^"]*)"/.exec(checked.text)?.[1]?.replaceAll('&#34;', '"') ?? ''
    await office.post(`${home}/file/keep`).field('_csrf', token).field('table', table)
    const log = await house.stores.conversations.list()
    expect(log.map(({ minutes }) => minutes)).toEqual([120, 60])
    const again = await office.post(`${home}/file/keep`).field('_csrf', token).field('table', table)
    expect(again.status).not.toBe(500)
    expect((await office.open(`${home}/log.csv`)).text).toContain('Budget evening')
  })

  test('gets questions of families, masked before others see them, and coders put themes on what was said', async () => {
    const { stores, app } = house
    await stores.conversations.save(
      [{ conversation: { ...talk, on: '2099-01-01', asks: true, title: { en: 'Evening', es: 'Tarde' } } }],
      'x',
      1,
    )
    const id = (await stores.conversations.list()).find(({ title }) => title.es === 'Tarde')?.id ?? 0
    const family = visitor(app, { 'Accept-Language': 'es' })
    expect((await family.open(`/ask/${id}`)).text).toContain('Tarde')
    expect((await family.send(`/ask/${id}`, { question: ' ' })).status).toBe(422)
    expect((await family.send(`/ask/${id}`, { question: 'x'.repeat(1001) })).status).toBe(422)
    const crossed = await visitor(app, { 'Sec-Fetch-Site': 'cross-site' }).send(`/ask/${id}`, {
      question: 'x',
    })
    expect(crossed.status).toBe(403)
    const sent = await family.send(`/ask/${id}`, {
      question: 'Why did Mrs. Sampleson leave? Call 860-555-0100 <b>',
    })
    expect(sent.status).toBe(303)
    await family.send(`/ask/${id}`, { question: 'Ya no quiero vivir' })
    expect((await family.open('/ask/9999')).status).toBe(404)

    const coder = await someone('coder')
    expect((await coder.open(`${home}/${id}/notes`)).text).not.toContain('Sampleson')
    const office = await someone('office')
    const page = await office.open(`${home}/${id}/notes`)
    expect(page.text).toContain('Why did Mrs. Sampleson leave')
    const proposed = /<textarea id="shown-\d+"[^>]*>([^<]*)</.exec(page.text)?.[1] ?? ''
    expect(proposed).not.toMatch(/Sampleson|860-555/)
    const [question] = await stores.conversations.notes(id)
    const notes = `${home}/${id}/notes`
    await office.fill(
      notes,
      { to: 'shown', shown: 'Why did a teacher leave?' },
      `${notes}/${question?.id}/decide`,
    )
    expect(wordsOf((await office.open(`${home}/${id}/questions`)).text)).toContain('Why did a teacher leave?')
    expect((await coder.open(notes)).text).not.toContain('Sampleson')

    await office.fill(notes, { points: '- More buses\n- Later start\n', language: 'en' })
    const [point] = (await stores.conversations.notes(id)).filter(({ kind }) => kind === 'note')
    const theme = (await stores.codebooks.find('default'))?.themes[0]?.code ?? ''
    await coder.fill(notes, { themes: theme }, `${notes}/${point?.id}/themes`)
    const codings = await stores.codings.list(inConversations)
    expect(codings).toMatchObject(theme ? [{ comment: point?.id, theme, source: 'person' }] : [])

    const watch = openLookout(
      { stores, messages: wordings(readLocales('locales')), mail: undefined, log: { warn: () => {} } },
      'http://127.0.0.1',
    )
    await watch.tick(Date.now())
    expect(await stores.flags.list({ survey: inConversations })).toMatchObject([
      { kind: 'self-harm', level: 'urgent' },
    ])
    await watch.stop()
  })
})
