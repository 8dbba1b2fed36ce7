import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import type { Quote, Survey } from '../../src/store/stores.ts'
import { field, sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const title = (en: string) => ({ en })
const definition = {
  ...{ title: title('Our schools'), source: 'en', languages: ['en', 'es', 'ar'] },
  sections: [
    {
      ...{ code: 'one', title: title('You') },
      questions: [
        { code: 'group', kind: 'profile', attribute: 'group', title: title('Who are you?') },
        { code: 'why', kind: 'text', title: title('Why?') },
      ],
    },
  ],
}

let house: House
let survey: Survey
const people: Record<string, ReturnType<typeof visitor>> = {}
const home = '/office/surveys/ours/quotes'
const said = [
  ['family', 'Ask Maria Lopez at 860-555-0123, she helps my son', 'en'],
  ['teacher', 'The doors are locked at three', 'en'],
  ['family', 'Necesitamos más tutores', 'es'],
] as const

beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await sampleDistrict(stores)
  for (const [name, role] of [
    ['coder', 'coder'],
    ['office', 'office'],
    ['second', 'office'],
    ['leader', 'leader'],
  ] as const) {
    await add(stores, role, `${name}@example.org`)
    people[name] = visitor(house.app)
    await people[name].signIn(`${name}@example.org`)
  }
  survey = await field(stores, { slug: 'ours', definition })
  const answered = (group: string, why: unknown) =>
    settle(
      survey.questionnaire,
      { group, ...(why ? { why } : {}) },
      { version: 1, language: 'en', channel: 'web', hour: 0 },
    )
  await stores.responses.addMany(survey.id, [
    ...said.map(([group, words, language]) => answered(group, { words, language })),
    ...Array.from({ length: 20 }, () => answered('family', undefined)),
    answered('teacher', undefined),
    ...Array.from({ length: 9 }, () => answered('central', undefined)),
  ])
}, 60_000)
afterAll(() => house.close())

const who = (name: string) => people[name] ?? visitor(house.app)
const quoteOf = async (words: RegExp): Promise<Quote> => {
  const found = (await house.stores.quotes.list(survey.id)).find((one) => words.test(one.words))
  if (!found) throw new Error(`no quote says ${words}`)
  return found
}
const commentOf = async (words: RegExp) =>
  (await house.stores.comments.list(survey.id)).find((one) => words.test(one.words))?.id ?? 0
const propose = async (name: string, comment: number, words: string) =>
  who(name).fill(`${home}?comment=${comment}`, { comment: String(comment), words }, home)
/** What the page says of a quote now, for a form that is sent from it. */
const seenOn = async (name: string, id: number) =>
  new RegExp(`quotes/${id}/[a-z]+"[^\\n]*?name="seen" value="([^"]+)"`).exec(
    (await who(name).open(home)).text,
  )?.[1] ?? ''
const press = async (name: string, id: number, what: string, fields: Record<string, string> = {}) =>
  who(name).fill(home, { seen: await seenOn(name, id), ...fields }, `${home}/${id}/${what}`)

test('names and numbers are replaced before anybody sees the form, and only words in brackets are new', async () => {
  const comment = await commentOf(/Maria/)
  const page = (await who('coder').open(`${home}?comment=${comment}`)).text
  const offered = wordsOf(/<textarea id="words".*?<\/textarea>/s.exec(page)?.[0] ?? '')
  expect(offered).toMatch(/^Ask \[name\].* at \[.*\], she helps my son$/)
  const wrong = await propose('coder', comment, 'Ask Ann at the desk')
  expect([wrong.status, wrong.text.includes('must be the writer’s own words')]).toEqual([422, true])
  expect(await house.stores.quotes.list(survey.id)).toEqual([])
  expect((await propose('coder', comment, offered)).status).toBe(303)
  const quote = await quoteOf(/she helps/)
  expect(quote).toMatchObject({ state: 'proposed', by: 'id-coder-example-org', language: 'en' })
  expect(quote.edits.map(({ was, by }) => [was, by])).toContainEqual(['Maria Lopez', 'id-coder-example-org'])
})

test('of two people who choose the same comment at once, one is told that it is a quote already', async () => {
  const comment = await commentOf(/doors/)
  const sent = await Promise.all([
    propose('coder', comment, 'The doors are locked at three'),
    propose('office', comment, 'The doors are [closed] at three'),
  ])
  expect(sent.map(({ status }) => status).sort()).toEqual([303, 409])
  expect((await house.stores.quotes.list(survey.id)).filter((one) => one.comment === comment)).toHaveLength(1)
})

test('words can be changed in brackets again; who did what stays in the log', async () => {
  const { id } = await quoteOf(/she helps/)
  const bad = await press('office', id, 'words', { words: 'She helps' })
  expect([bad.status, bad.text.includes('must be the writer’s own words')]).toEqual([422, true])
  const better = 'Ask [a secretary] at […], she helps my [child]'
  expect((await press('office', id, 'words', { words: better })).status).toBe(303)
  const now = await quoteOf(/a secretary/)
  expect(now).toMatchObject({ state: 'proposed', by: 'id-office-example-org' })
  expect(now.edits.filter(({ undone }) => !undone).map(({ now: put }) => put)).toEqual([
    '[a secretary]',
    '[…]',
    '[child]',
  ])
  expect(now.edits.some(({ undone }) => undone?.by === 'id-office-example-org')).toBe(true)
  const page = wordsOf((await who('second').open(home)).text)
  for (const part of ['[child]', 'office@example.org', 'taken back by', 'Ask Maria Lopez'])
    expect(page).toContain(part)
})

test('another person of the office than whose words they are approves them, and coders do not', async () => {
  const { id } = await quoteOf(/a secretary/)
  expect((await press('coder', id, 'approve')).status).toBe(403)
  expect((await press('office', id, 'approve')).status).toBe(403)
  // Their own words have no such button; those of others have.
  const offers = async (name: string) => (await who(name).open(home)).text.includes(`quotes/${id}/approve`)
  expect([await offers('office'), await offers('second')]).toEqual([false, true])
  const stale = await seenOn('second', id)
  expect((await press('coder', id, 'translate', { tag: 'es', words: 'Pregunte a [alguien]' })).status).toBe(
    303,
  )
  // The page was open since before the translation came.
  const late = await who('second').fill(home, { seen: stale }, `${home}/${id}/approve`)
  expect([late.status, late.text.includes('Somebody else changed this')]).toEqual([409, true])
  expect((await press('second', id, 'approve')).status).toBe(303)
  expect(await house.stores.quotes.find(id)).toMatchObject({
    state: 'approved',
    approved: { by: 'id-second-example-org' },
  })
})

test('of two translations at once none is lost, and a new one asks for approval again', async () => {
  const { id } = await quoteOf(/a secretary/)
  const seen = await seenOn('coder', id)
  const send = (name: string, tag: string, words: string) =>
    who(name).fill(home, { seen, tag, words }, `${home}/${id}/translate`)
  const both = await Promise.all([send('coder', 'ar', 'اسأل [السكرتيرة]'), send('second', 'es', 'Hola [x]')])
  expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  const found = await house.stores.quotes.find(id)
  expect(found?.state).toBe('proposed')
  expect(Object.keys(found?.translations ?? {})).toContain('es')
  expect((await press('second', id, 'translate', { tag: 'not a tag', words: 'x' })).status).toBe(400)
  expect((await press('second', id, 'approve')).status).toBe(303)
})

test('a quote is signed with a role alone, and with nothing where the group is under the minimum', async () => {
  const doors = await quoteOf(/doors/)
  expect((await press('second', doors.id, 'approve')).status).toBe(303)
  const page = (await who('office').open(home)).text
  const card = (id: number) => {
    const from = page.indexOf(`id="quote-${id}"`)
    return wordsOf(page.slice(from, page.indexOf('</figcaption>', from)))
  }
  expect(card(doors.id)).toContain('Shown without saying who wrote it')
  expect(card((await quoteOf(/a secretary/)).id)).toContain('HPS family member')
})

test('what is withdrawn leaves a page that families already see at once, in every language', async () => {
  const { stores } = house
  const heard = async (lang: string) => (await request(house.app).get(`/heard/ours?lang=${lang}`)).text
  await propose('coder', await commentOf(/Necesitamos/), 'Necesitamos más tutores')
  const tutors = await quoteOf(/Necesitamos/)
  await press('coder', tutors.id, 'translate', { tag: 'en', words: 'We need more tutors' })
  await press('office', tutors.id, 'approve')
  await stores.surveys.setState(survey.id, 'closed')
  const publish = await who('office').fill(
    '/office/surveys/ours/heard',
    {},
    '/office/surveys/ours/heard/publish',
  )
  expect(publish.status).toBe(303)
  const english = await heard('en')
  for (const words of ['a secretary', 'doors are', 'We need more tutors', 'As it was written'])
    expect(english).toContain(words)
  expect(await heard('es')).toMatch(/Pregunte a \[alguien\]|Hola \[x\]/)
  // The same words that families read: a changed translation goes, and the original stays.
  await press('coder', tutors.id, 'translate', { tag: 'en', words: 'We need [good] tutors' })
  expect(await heard('en')).not.toContain('We need')
  expect(await heard('en')).toContain('Necesitamos más tutores')
  const secretary = await quoteOf(/a secretary/)
  // Even from a page that is out of date.
  const gone = await who('coder').fill(home, { seen: 'old' }, `${home}/${secretary.id}/withdraw`)
  expect(gone.status).toBe(303)
  for (const lang of ['en', 'es', 'ar']) expect(await heard(lang)).not.toMatch(/secretar|Pregunte|Hola|اسأل/)
  expect(await heard('en')).toContain('doors are')
  // A name that was overlooked: the words of the page go with the change.
  const doors = await quoteOf(/doors/)
  await press('office', doors.id, 'words', { words: '[…] doors are locked at three' })
  expect(await heard('en')).not.toContain('doors are')
  expect((await who('leader').open('/reports/ours/commitments')).text).not.toMatch(/secretary|doors are/)
  expect((await stores.audit.list({ limit: 30 })).map(({ did }) => did)).toContain('hidden')
})

test('a quote of another survey, or none, is not there', async () => {
  await field(house.stores, { slug: 'other', definition })
  const { id } = await quoteOf(/doors/)
  for (const path of [
    `/office/surveys/other/quotes/${id}/withdraw`,
    `${home}/999/withdraw`,
    `${home}/x/approve`,
  ])
    expect((await who('office').fill(home, { seen: '' }, path)).status).toBe(404)
  expect((await who('office').open(`${home}?comment=999`)).status).toBe(404)
  expect((await who('leader').open(home)).status).toBe(403)
})
