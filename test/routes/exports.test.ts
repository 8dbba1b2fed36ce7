import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wide } from '../../src/report/export/wide.ts'
import { everyKind, gather, response, stored } from '../export/sample.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const responses = fc.sample(response(everyKind, 1), { numRuns: 40, seed: 5 })
const csv = '/office/surveys/all/export.csv'

let house: House
beforeEach(async () => {
  house = await openHouse()
  const survey = await house.stores.surveys.add({ slug: 'all', questionnaire: everyKind }, 0)
  await house.stores.responses.addMany(survey.id, responses)
})
afterEach(() => house.close())

async function signedIn(role: 'office' | 'leader') {
  await add(house.stores, role)
  const person = visitor(house.app)
  await person.signIn(`${role}@example.org`)
  return person
}

describe('downloads for the office', () => {
  it('gives every response as a file that spreadsheets read as UTF-8', async () => {
    const office = await signedIn('office')
    const got = await office.open(csv)
    expect(got.status).toBe(200)
    expect(got.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(got.headers['content-disposition']).toBe('attachment; filename=all-wide.csv')
    expect(got.headers['cache-control']).toBe('no-store')
    expect(got.text.startsWith('\ufefflanguage,channel,')).toBe(true)
    const expected = await gather(wide(new Map([[1, everyKind]]), stored(responses)))
    expect(parse(got.text, { bom: true })).toEqual(expected)
  })

  it('gives a row per answer, and the codebook', async () => {
    const office = await signedIn('office')
    const long = await office.open(`${csv}?form=long`)
    expect(long.text).toMatch(
      /^\ufeffresponse,language,channel,version,hour,who,site,question,item,value\n1,/,
    )
    const codebook = await office.open('/office/surveys/all/codebook.csv')
    expect(codebook.text).toMatch(/^\ufeffcolumn,question,title,kind,value,label\.en,/)
  })

  it('says that there is no such form and no such survey', async () => {
    const office = await signedIn('office')
    const form = await office.open(`${csv}?form=round`)
    expect([form.status, form.text.includes('There is no such download')]).toEqual([400, true])
    expect((await office.open('/office/surveys/none/export.csv')).status).toBe(404)
  })

  it('gives single responses to nobody else', async () => {
    expect((await visitor(house.app).open(csv)).status).toBe(303)
    expect((await (await signedIn('leader')).open(csv)).status).toBe(403)
  })
})
