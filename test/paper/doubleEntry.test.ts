import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { wordsOf } from '../site.ts'
import type { House } from '../web/house.ts'
import { officeWith, type Typist, typist } from './desk.ts'
import everyLine from './everyLine.ts'

let house: House
let survey: Survey
let one: Typist
let two: Typist
beforeEach(async () => {
  ;({ house, survey } = await officeWith(everyLine, { doubleEntry: true }))
  one = await typist(house, 'one@example.org')
  two = await typist(house, 'two@example.org')
})
afterEach(() => house.close())

const sheet = { _sheet: '12', ride: '2', climate: '12-', order: '213', why: 'So' }
const responses = () => Array.fromAsync(house.stores.responses.stream(survey.id))
const waiting = () => house.stores.paper.waiting(survey.id)
const compare = '/office/surveys/sample/entry/compare'

describe('a sheet that is typed twice', () => {
  it('waits after the first typing and is no response yet', async () => {
    const sent = await one.types(sheet)
    expect(sent.headers.location).toContain('done=first')
    expect(await responses()).toEqual([])
    expect(await waiting()).toMatchObject([{ sheet: 12, typedBy: 'id-one-example-org' }])
    expect(wordsOf(await one.look('?done=first&sheet=12'))).toContain('You have typed 1 sheet')
    const page = wordsOf((await two.open(String(sent.headers.location))).text)
    expect(page).toContain('Sheet 12 is saved. It counts when another person has typed it too.')
    expect(page).toContain('12 English (1) one@example.org')
  })

  it('counts once when the second typing is the same, and waits no more', async () => {
    await one.types(sheet)
    const sent = await two.types({ ...sheet, climate: '1 2 -', _sheet: ' 012' })
    expect(sent.headers.location).toContain('done=counted')
    expect(await responses()).toMatchObject([{ channel: 'paper', answers: { ride: 'walk' } }])
    expect(await waiting()).toEqual([])
    expect(await house.stores.paper.typists(survey.id)).toEqual([
      { person: 'id-one-example-org', typed: 1, checked: 0 },
      { person: 'id-two-example-org', typed: 0, checked: 1 },
    ])
    const third = await one.types(sheet)
    expect(third.status).toBe(422)
    expect(wordsOf(third.text)).toContain('This sheet is counted already')
    expect(await responses()).toHaveLength(1)
  })

  it('counts once when two second typings arrive together', async () => {
    const three = await typist(house, 'three@example.org')
    await one.types(sheet)
    await Promise.all([two.types(sheet), three.types(sheet)])
    expect(await responses()).toHaveLength(1)
    expect(await waiting()).toEqual([])
  })

  it('takes pressing the button twice for one typing', async () => {
    const page = await one.look()
    const sent = [await one.press(page, sheet), await one.press(page, sheet)]
    expect(sent.map(({ headers }) => String(headers.location).includes('done=first'))).toEqual([true, true])
    expect(await waiting()).toHaveLength(1)
    expect(await responses()).toEqual([])
  })

  it('is not for the same person twice, but for an admin', async () => {
    await one.types(sheet)
    const again = await one.types(sheet)
    expect(again.status).toBe(422)
    expect(wordsOf(again.text)).toContain('Another person must type it the second time')
    const admin = await typist(house, 'boss@example.org', 'admin')
    await admin.types({ ...sheet, _sheet: '13' })
    await admin.types({ ...sheet, _sheet: '13' })
    expect(await responses()).toHaveLength(1)
  })

  it.each(['', '0', 'x', '-1', '123456789'])('needs a number: %j', async (_sheet) => {
    const { status, text } = await one.types({ ...sheet, _sheet })
    expect(status).toBe(422)
    expect(text).toMatch(/id="_sheet" value="[^"]*" autofocus aria-invalid="true"/)
    expect(await waiting()).toEqual([])
  })

  it('must be of the same form both times', async () => {
    await one.types(sheet, '?form=es')
    const { status, text } = await two.types(sheet, '?form=en')
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain('another form: español, version 1')
    await two.types(sheet, '?form=es')
    expect(await responses()).toMatchObject([{ language: 'es' }])
  })

  it('can be taken back by who typed it, and by no colleague', async () => {
    await one.types(sheet)
    const action = '/office/surveys/sample/entry/take-back'
    expect(await two.look()).not.toContain('name="_sheet" value="12"')
    expect((await two.press(await two.look(), { _sheet: '12' }, action)).status).toBe(403)
    const sent = await one.press(await one.look(), { _sheet: '12' }, action)
    expect(sent.headers.location).toContain('done=takenBack')
    expect(await waiting()).toEqual([])
    expect((await two.types(sheet)).headers.location).toContain('done=first')
  })
})

describe('two typings that differ', () => {
  const other = { ...sheet, ride: '1', why: 'No', rate: '7' }

  it('are shown side by side, only where they differ', async () => {
    await one.types(sheet)
    const { status, text } = await two.types(other)
    expect(status).toBe(409)
    const words = wordsOf(text)
    expect(words).toContain('Sheet 12: two typings differ')
    expect(words).toContain('They differ in 3 answers.')
    expect(words).toContain('Typed first, by one@example.org On foot Typed by you now By bus')
    expect(words).toContain('4 rate Typed first, by one@example.org No answer Typed by you now 7')
    expect(words).not.toContain('3 climate')
    expect(await responses()).toEqual([])
  })

  it('become one response of what was chosen for each', async () => {
    await one.types(sheet)
    const { text } = await two.types(other)
    const picks = { 'pick.ride': 'second', 'pick.why': 'first', 'pick.rate': 'first' }
    const sent = await two.press(text, picks, compare)
    expect(sent.headers.location).toContain('done=counted')
    expect(await responses()).toMatchObject([
      {
        answers: {
          ride: 'bus',
          climate: { safe: 'no', heard: 'yes' },
          order: { order: ['b', 'a', 'c'] },
          why: { words: 'So', language: 'en' },
        },
      },
    ])
    expect((await responses())[0]?.answers).not.toHaveProperty('rate')
    expect(await waiting()).toEqual([])
    // The button was pressed twice.
    expect((await two.press(text, picks, compare)).status).toBe(422)
    expect(await responses()).toHaveLength(1)
  })

  it('are asked about again while one is not chosen, with the choices kept', async () => {
    await one.types(sheet)
    const { text } = await two.types(other)
    const again = await two.press(text, { 'pick.ride': 'first', 'pick.why': 'third' }, compare)
    expect(again.status).toBe(409)
    expect(wordsOf(again.text)).toContain('Please choose one for each answer.')
    expect(again.text).toMatch(/id="pick.ride.first" value="first" checked/)
    expect(await responses()).toEqual([])
  })

  it('can be mended by typing again, with nothing typed lost', async () => {
    await one.types(sheet)
    const { text } = await two.types(other)
    const again = await two.press(text, { _go: 'again' }, compare)
    expect(again.status).toBe(200)
    expect(again.text).toContain('id="ride" value="1"')
    expect(again.text).toContain('id="_sheet" value="12"')
    const sent = await two.press(again.text, sheet)
    expect(sent.headers.location).toContain('done=counted')
    expect(await responses()).toHaveLength(1)
  })

  it('drop what the choice hides', async () => {
    await one.types({ _sheet: '5', ride: '1', line: 'Word' })
    const { text } = await two.types({ _sheet: '5', ride: '2', line: 'Word' })
    const sent = await two.press(text, { 'pick.ride': 'second' }, compare)
    expect((await responses())[0]?.answers).toEqual({ ride: 'walk' })
    expect(wordsOf((await two.open(String(sent.headers.location))).text)).toContain(
      'question 8 does not count',
    )
  })
})
