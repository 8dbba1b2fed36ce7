import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { district, hundred, questionnaire } from './fixture.ts'

let house: House
let leader: ReturnType<typeof visitor>

beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await stores.settings.setDistrict(district)
  const survey = await stores.surveys.add({ slug: 'sample', questionnaire, sample: true }, 0)
  await stores.surveys.setState(survey.id, 'open')
  const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
  const responses = hundred.flatMap(({ answers, times = 1 }) =>
    Array.from({ length: times }, () => settle(questionnaire, answers, circumstances)),
  )
  await stores.responses.addMany(survey.id, responses)
  await add(stores, 'leader')
  leader = visitor(house.app)
  await leader.signIn('leader@example.org')
})
afterAll(() => house.close())

describe('a leader', () => {
  it('is asked to sign in first', async () => {
    const answer = await visitor(house.app).open('/reports/sample')
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toContain('/sign-in')
  })

  it('reads the summary, with its numbers and comments', async () => {
    const { text, status } = await leader.open('/reports/sample')
    expect(status).toBe(200)
    expect(text).toContain('58% (58)')
    expect(text).toContain('<p>Because</p>')
    expect(text).not.toContain('My own words')
  })

  it('reads the same numbers as JSON', async () => {
    const { body } = await leader.open('/reports/sample/data.json?group=family')
    expect(body).toMatchObject({ survey: 'sample', responses: 60, filter: { group: 'family', school: null } })
  })

  it('reads all comments on an option, and none of too few people', async () => {
    const all = await leader.open('/reports/sample/comments?question=why&about=attendance')
    expect(all.text.match(/<p>Because<\/p>/g)).toHaveLength(20)
    const rest = await leader.open('/reports/sample/comments?question=why&about=attendance&from=20')
    expect(rest.text.match(/<p>Because<\/p>/g)).toHaveLength(5)
    const few = await leader.open('/reports/sample/comments?question=why&about=math')
    expect(few.status).toBe(200)
    expect(few.text).not.toContain('My own words')
  })

  it.each([
    '/reports/none',
    '/reports/sample?group=nobody',
    '/reports/sample/comments?question=x',
    '/reports/sample?group=a&group=b',
  ])('is told that there is nothing at %s', async (path) => {
    expect((await leader.open(path)).status).toBe(404)
  })
})
