import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kinds } from '../../src/questionnaire/kinds.ts'
import { everyKind } from '../respond/surveys.ts'
import { wordsOf } from '../site.ts'
import { add, type House, visitor } from '../web/house.ts'
import { officeWith, type Typist, typist } from './desk.ts'
import everyLine from './everyLine.ts'

const place = '/office/surveys/sample/paper'
let house: House
let office: Typist
const open = async (definition: unknown, fielding = {}) => {
  ;({ house } = await officeWith(definition, fielding))
  office = await typist(house)
}
afterEach(() => house.close())

it.each([...kinds.keys()])('questions of kind "%s" have a look on paper', async (name) => {
  await open(everyKind)
  expect(existsSync(`views/paper/kinds/${name}.ejs`)).toBe(true)
})

describe('the printed form', () => {
  beforeEach(() => open(everyKind))

  it('has the whole questionnaire in order, with a number for every question and option', async () => {
    const { status, text } = await office.open(`${place}?lang=en`)
    expect(status).toBe(200)
    const words = wordsOf(text)
    for (const part of [
      'Sample survey',
      'Tell us.',
      '1 Which way? (needed) Choose one. 1 By bus 2 On foot',
      '2 Why?',
      '3 How do we reach you? Two at most. Choose up to 2. 1 Text 2 Letter 3 Call',
      '4 How is it? Choose one answer on each line. No Yes Does not apply to me I am safe 1 2 0 I am heard 1 2 0',
      '5 From 0 to 10? Choose one. 0 : Low 10 : High',
      '6 How many children?',
      '7 What comes first? Give each one a number: 1 for the most important, 3 for the least.',
      '9 Which school?',
      '10 One more word?',
    ])
      expect(words).toContain(part)
    expect(words).not.toContain('sheet number')
  })

  it('leads to the survey online in its language, in words and for a camera', async () => {
    const { text } = await office.open(`${place}?lang=es`)
    expect(wordsOf(text.replaceAll('<wbr>', ''))).toMatch(/127\.0\.0\.1:\d+\/s\/sample\?lang=es/)
    expect(text).toContain('<svg class="qr"')
  })

  it('is in the language that was asked for, right to left where that is, and leaves the office in its own', async () => {
    const { text, headers } = await office.open(`${place}?lang=ar`)
    expect(text).toContain('<html lang="ar" dir="rtl">')
    expect(wordsOf(text)).toContain('بأي طريقة؟')
    expect(text).toContain('<header class="bar" lang="en" dir="ltr">')
    expect(headers['set-cookie']).toBeUndefined()
    expect((await office.open('/office')).text).toContain('<html lang="en"')
  })

  it('is in the source language where the office reads none of the survey’s', async () => {
    const { text } = await office.open(`${place}?lang=vi`)
    expect(text).toContain('<html lang="en" dir="ltr">')
  })

  it('is for the office alone', async () => {
    await add(house.stores, 'leader')
    const leader = visitor(house.app)
    expect((await leader.open(place)).status).toBe(303)
    await leader.signIn('leader@example.org')
    expect((await leader.open(place)).status).toBe(403)
    expect((await leader.open('/office/surveys/sample/entry')).status).toBe(403)
    expect((await office.open('/office/surveys/nowhere/paper')).status).toBe(404)
  })

  it('is found from the page of the survey', async () => {
    const { text } = await office.open('/office/surveys/sample')
    expect(text).toContain(`href="${place}"`)
    expect(text).toContain('href="/office/surveys/sample/entry"')
  })
})

describe('a form that people fill in by themselves', () => {
  it('says in words who skips what', async () => {
    await open(everyLine)
    const words = wordsOf((await office.open(place)).text)
    expect(words).toContain('Answer this part only if: you chose “By bus” in question 1.')
    expect(words).toContain('Answer this question only if: your answer to question 4 is 5 or more.')
  })

  it('never shuffles, since the office types the numbers', async () => {
    await open(everyLine)
    for (let time = 0; time < 5; time++)
      expect(wordsOf((await office.open(place)).text)).toContain('1 Text 2 Letter 3 Call')
  })

  it('has room for the sheet’s number where it is typed twice', async () => {
    await open(everyLine, { doubleEntry: true })
    expect(wordsOf((await office.open(place)).text)).toContain('For the office: sheet number')
  })
})
