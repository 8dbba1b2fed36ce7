import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, frozen, wordsOf } from '../site.ts'
import type { House } from '../web/house.ts'
import { officeWith, type Typist, typist } from './desk.ts'
import everyLine from './everyLine.ts'

let house: House
let survey: Survey
let office: Typist
beforeEach(async () => {
  ;({ house, survey } = await officeWith(everyLine))
  office = await typist(house)
})
afterEach(() => house.close())

const responses = () => Array.fromAsync(house.stores.responses.stream(survey.id))
const whole = { ride: '2', news: '13', climate: '12-', rate: '7', children: '3', order: '21-', why: 'So' }

describe('typing in a sheet', () => {
  it('makes a response on paper, in the language of the form, to the hour', async () => {
    const sent = await office.types(whole, '?form=es')
    expect(sent.status).toBe(303)
    const [response, ...more] = await responses()
    expect(more).toEqual([])
    expect(response).toMatchObject({
      channel: 'paper',
      language: 'es',
      version: 1,
      answers: { ride: 'walk', news: ['text', 'call'], rate: 7, why: { words: 'So', language: 'es' } },
    })
    expect((response?.hour ?? 1) % 3_600_000).toBe(0)
  })

  it('goes on to an empty page in the same form, says that it is saved, and how many so far', async () => {
    const sent = await office.types(whole, '?form=es')
    const page = wordsOf((await office.open(String(sent.headers.location))).text)
    expect(sent.headers.location).toContain('form=es')
    expect(page).toContain('The sheet is saved. You have typed 1 sheet of this survey.')
    expect(page).toContain('office@example.org')
    await office.types(whole)
    expect(wordsOf(await office.look('?done=saved'))).toContain('You have typed 2 sheets')
  })

  it('shows a wrong line with what was typed, keeps the others and saves nothing', async () => {
    const { status, text } = await office.types({ ...whole, ride: '9', why: 'I <b>like</b> it' })
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain('Please type numbers from 1 to 2')
    expect(text).toMatch(/id="ride" value="9" autofocus[^>]*aria-invalid="true"/)
    expect(text).toContain('id="news" value="13"')
    expect(text).toContain('I &lt;b&gt;like&lt;/b&gt; it')
    expect(await responses()).toEqual([])
  })

  it('does not save an empty sheet', async () => {
    const { status, text } = await office.types({ why: '  ' })
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain('Nothing is typed yet')
    expect(await responses()).toEqual([])
  })

  it('saves once when the button is pressed twice', async () => {
    const page = await office.look()
    const sent = await Promise.all([office.press(page, whole), office.press(page, whole)])
    expect(sent.map(({ status }) => status)).toEqual([303, 303])
    expect(await responses()).toHaveLength(1)
  })

  it('drops what skip logic hides, and says which', async () => {
    const sent = await office.types({ ride: '2', line: 'Late again', late: '1' })
    expect((await responses())[0]?.answers).toEqual({ ride: 'walk' })
    const page = wordsOf((await office.open(String(sent.headers.location))).text)
    expect(page).toContain('The answers to questions 8 and 9 do not count')
  })

  it('keeps the school for the next sheet when asked, and begins at the first empty line', async () => {
    const sent = await office.types({ ...whole, school: '2', _keep: 'on' })
    const { text } = await office.open(String(sent.headers.location))
    expect(text).toContain('id="school" value="2"')
    expect(text).toContain('id="ride" value="" autofocus')
    expect(text).toMatch(/id="_keep" checked/)
    const plain = await office.types({ ...whole, school: '2' })
    expect((await office.open(String(plain.headers.location))).text).toContain('id="school" value=""')
  })

  it('takes sheets of an earlier version as they were printed', async () => {
    const [first] = everyLine.sections
    const renewed = { ...everyLine, sections: [first] }
    await house.stores.surveys.publish(survey.id, await frozen(house.stores, renewed), Date.now())
    expect(await office.look()).not.toContain('id="school"')
    const sent = await office.types({ ride: '1', school: '1' }, '?version=1')
    expect(sent.headers.location).toContain('version=1')
    expect(await responses()).toMatchObject([{ version: 1, answers: { ride: 'bus', school: 'north' } }])
  })

  it('goes on after the survey is closed, and not before it was opened', async () => {
    await house.stores.surveys.setState(survey.id, 'closed')
    expect((await office.types(whole)).status).toBe(303)
    await field(house.stores, { slug: 'draft', definition: everyLine, state: 'draft' })
    const { status, text } = await office.open('/office/surveys/draft/entry')
    expect(status).toBe(409)
    expect(wordsOf(text)).toContain('This survey has not been open yet')
  })

  it('refuses forms that were not made here', async () => {
    expect((await office.send(office.place, { ...whole })).status).toBe(403)
    const page = await office.look()
    expect((await office.press(page, { ...whole, _token: 'x' })).status).toBe(403)
    expect(await responses()).toEqual([])
  })
})

describe('who typed', () => {
  it('is counted by person for the office, also when somebody has left', async () => {
    const other = await typist(house, 'other@example.org')
    await office.types(whole)
    await other.types(whole)
    await other.types(whole)
    expect(await house.stores.paper.typists(survey.id)).toEqual(
      expect.arrayContaining([
        { person: 'id-office-example-org', typed: 1, checked: 0 },
        { person: 'id-other-example-org', typed: 2, checked: 0 },
      ]),
    )
    await house.stores.people.remove('id-other-example-org')
    expect(wordsOf(await office.look())).toContain('someone who has left 2 0')
  })

  it('stands in no export', async () => {
    await office.types(whole)
    for (const form of ['wide', 'long']) {
      const { text } = await office.open(`/office/surveys/sample/export.csv?form=${form}`)
      expect(text).toContain('paper')
      expect(text).not.toContain('office-example')
      expect(text).not.toContain('entered_by')
    }
  })
})
