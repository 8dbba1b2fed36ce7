import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { questions } from '../../src/questionnaire/definition.ts'
import { wordsOf as wordsWithMarks } from '../site.ts'
import { fieldsOf, openOffice, press } from './office.ts'

/** Without the marks that isolate an address in a sentence. */
const wordsOf = (html: string) => wordsWithMarks(html).replace(/[\u2068\u2069]/g, '')

let office: Awaited<ReturnType<typeof openOffice>>
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const home = '/office/build/spring'
const titles = async () =>
  Object.fromEntries(questions(await office.now()).map(({ code, title }) => [code, title.en]))
const revisions = async () =>
  (await office.stores.definitions.revisions('spring')).map(({ revision }) => revision)

type Person = typeof office.ana
/** A form as it was opened, to be sent later. */
async function opened(who: Person, page: string, action = page) {
  const fields = fieldsOf((await who.open(page)).text, action)
  return (typed: Record<string, string | string[]>) =>
    who.send(action, { ...fields, ...typed } as Record<string, string>)
}

describe('two people who work on the same survey', () => {
  it('on different questions: the second is told, and both changes are kept', async () => {
    const late = await opened(office.ben, `${home}/q/rate`)
    await press(office.ana, `${home}/q/ride`, { 'title.en': 'Ana asks' })
    const sent = await late({ 'title.en': 'Ben asks' })
    expect([sent.status, sent.headers.location]).toEqual([303, `${home}/q/rate?done=saved&since=1&until=2`])
    expect(await titles()).toMatchObject({ ride: 'Ana asks', rate: 'Ben asks' })
    const told = wordsOf((await office.ben.open(sent.headers.location ?? '')).text)
    expect(told).toMatch(
      /ana@example.org saved this survey while you were working on it .* Changed the question Ana asks/,
    )
  })

  it('one removes a question while the other moves another: both are done', async () => {
    const late = await opened(office.ben, home, `${home}/do`)
    await press(office.ana, home, { do: 'question.remove.news' }, `${home}/do`)
    await late({ do: 'question.up.rate' })
    expect(
      questions(await office.now())
        .map(({ code }) => code)
        .slice(0, 5),
    ).toEqual(['ride', 'ride_why', 'rate', 'climate', 'children'])
  })

  it('both add a question with the same words: both stand there', async () => {
    const late = await opened(office.ben, home, `${home}/add`)
    const typed = { section: 'order', kind: 'text', 'title.en': 'Anything else?' }
    await press(office.ana, home, typed, `${home}/add`)
    await late({ ...typed, kind: 'number' })
    expect(await titles()).toMatchObject({
      anything_else: 'Anything else?',
      anything_else_2: 'Anything else?',
    })
  })

  describe('on the same words', () => {
    let page: Awaited<ReturnType<Person['open']>>
    beforeEach(async () => {
      const late = await opened(office.ben, `${home}/q/ride`)
      await press(office.ana, `${home}/q/ride`, { 'title.en': 'Ana asks', 'help.en': 'Ana helps' })
      page = await late({ 'title.en': 'Ben asks <b>', 'options.0.label.en': 'By coach' })
    })
    const decide = (fields: Record<string, string>) =>
      office.ben.send(`${home}/q/ride`, { ...fieldsOf(page.text, `${home}/q/ride`), ...fields } as Record<
        string,
        string
      >)
    const options = async () => {
      const ride = questions(await office.now()).find(({ code }) => code === 'ride')
      const list = (ride?.options ?? []) as { label: { en: string } }[]
      return list.map(({ label }) => label.en)
    }

    it('the second sees both versions, and nothing is saved yet', async () => {
      expect(page.status).toBe(409)
      const said = wordsOf(page.text)
      expect(said).toContain('ana@example.org saved this survey')
      expect(said).toMatch(/Before: Which way\? Yours: Ben asks <b> ana@example.org: Ana asks/)
      expect(await revisions()).toEqual([2, 1])
    })

    it('keeps their own, with what only the other changed', async () => {
      expect((await decide({ 'keep.choices/ride/title/en': 'mine' })).status).toBe(303)
      expect(await titles()).toMatchObject({ ride: 'Ben asks <b>' })
      expect(questions(await office.now())[0]?.help).toEqual({ en: 'Ana helps' })
      expect(await options()).toEqual(['By coach', 'On foot'])
    })

    it('or the other’s, and still what only they changed', async () => {
      await decide({ all: 'theirs' })
      expect(await titles()).toMatchObject({ ride: 'Ana asks' })
      expect(await options()).toEqual(['By coach', 'On foot'])
    })

    it('is asked again when the other saved once more', async () => {
      await press(office.ana, `${home}/q/ride`, { 'title.en': 'Ana asks again' })
      const again = await decide({ 'keep.choices/ride/title/en': 'mine' })
      expect([again.status, wordsOf(again.text).includes('Ana asks again')]).toEqual([409, true])
      expect(await titles()).toMatchObject({ ride: 'Ana asks again' })
    })
  })

  it('one removes what the other has just changed: the second is asked', async () => {
    const late = await opened(office.ben, home, `${home}/do`)
    await press(office.ana, `${home}/q/ride`, { 'title.en': 'Ana asks' })
    const sent = await late({ do: 'question.remove.ride' })
    expect(sent.status).toBe(409)
    expect(wordsOf(sent.text)).toContain('(taken out)')
    expect(await titles()).toMatchObject({ ride: 'Ana asks' })
  })
})

describe('taking back', () => {
  /** Presses "Undo" on the page that a removal led to. */
  const undo = async (location: string) => {
    const { text } = await office.ana.open(location.replace(/#.*/, ''))
    return office.ana.send(`${home}/undo`, fieldsOf(text, `${home}/undo`) as Record<string, string>)
  }

  it.each([
    ['a question', home, { do: 'question.remove.ride' }, `${home}/do`],
    ['a section with its questions', home, { do: 'section.remove.ratings' }, `${home}/do`],
    ['an answer', `${home}/q/ride`, { do: 'row.remove.options.0' }, `${home}/q/ride`],
    ['a point of a scale', `${home}/q/climate`, { do: 'row.remove.scale.1' }, `${home}/q/climate`],
  ])('%s that was removed comes back as it was', async (_, page, typed, action) => {
    const before = await office.now()
    const sent = await press(office.ana, page, typed, action)
    expect(await office.now()).not.toEqual(before)
    await undo(String(sent.headers.location))
    expect(await office.now()).toEqual(before)
  })

  it('keeps what was done since, by whomever', async () => {
    const sent = await press(office.ana, home, { do: 'question.remove.ride' }, `${home}/do`)
    await press(office.ben, `${home}/q/rate`, { 'title.en': 'Ben asks' })
    await undo(String(sent.headers.location))
    expect(await titles()).toMatchObject({ ride: 'Which way?', rate: 'Ben asks' })
  })

  it('the history tells who did what, and brings an earlier state back', async () => {
    const before = await office.now()
    await press(office.ana, home, { do: 'question.remove.ride' }, `${home}/do`)
    await press(office.ben, `${home}/q/rate`, { 'title.en': 'Ben asks' })
    const { text } = await office.ana.open(`${home}/history`)
    const said = wordsOf(text)
    expect(said).toMatch(
      /ben@example.org Now Changed the question Ben asks .*ana@example.org Removed the question Which way\?/,
    )
    const { _csrf = '', revision = '' } = fieldsOf(text, `${home}/restore`) as Record<string, string>
    await office.ana.send(`${home}/restore`, { _csrf, revision, wanted: '1' })
    expect(await office.now()).toEqual(before)
    expect(await revisions()).toEqual([4, 3, 2, 1])
  })
})
