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

describe('a school leader', () => {
  const schoolLeader = async (schools: string[]) => {
    const email = `${schools.join('-') || 'none'}@example.org`
    const id = await add(house.stores, 'school-leader', email)
    await house.stores.people.setRole(id, 'school-leader', { schools, languages: [] })
    const person = visitor(house.app, { 'Accept-Language': 'en' })
    await person.signIn(email)
    return person
  }
  const north = once(() => schoolLeader(['north']))

  it('opens on the own school, and is offered no other', async () => {
    const { text, status } = await (await north()).open('/reports/sample')
    expect(status).toBe(200)
    expect(text).toContain('value="north"')
    expect(text).not.toContain('value="south"')
    expect(text).toContain('href="/reports/sample?school="')
    const { body } = await (await north()).open('/reports/sample/data.json')
    expect(body).toMatchObject({ filter: { school: 'north', group: null } })
  })

  it('is not offered weights, of which there are none for who reads of some schools alone', async () => {
    const [item, shown] = ['/reports/sample/q/climate/safe', 'weighted=1']
    for (const page of ['/reports/sample', '/reports/sample/board', item]) {
      expect((await leader.open(page)).text).toContain(shown)
      for (const query of ['', '?school='])
        expect((await (await north()).open(`${page}${query}`)).text).not.toContain(shown)
    }
  })

  it('compares with the whole district in numbers, and reads no comments of it', async () => {
    const { text, status } = await (await north()).open('/reports/sample?school=')
    expect(status).toBe(200)
    expect(text).toContain('58% (58)')
    expect(text).not.toContain('<p>Because</p>')
    const { body } = await (await north()).open('/reports/sample/data.json?school=')
    expect(body.responses).toBe(100)
    expect(JSON.stringify(body)).not.toContain('"comments"')
    const list = '/reports/sample/comments?question=why&about=attendance'
    expect((await (await north()).open(`${list}&school=`)).status).toBe(403)
    expect((await (await north()).open(list)).status).toBe(200)
  })

  it.each(['', '/data.json', '/comments'])('is refused another school at %s', async (page) => {
    const query = `?school=south&question=why&about=attendance`
    const answer = await (await north()).open(`/reports/sample${page}${query}`)
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('This is not one of your schools')
    expect((await (await north()).open(`/reports/sample${page}?school=none`)).status).toBe(404)
    const twice = await (await north()).open(`/reports/sample${page}?school=north&school=south`)
    expect(twice.status).toBe(404)
  })

  it('of all schools but one reads nothing of everyone in the table of what the plan does', async () => {
    const but = district.schools.map(({ code }) => code).filter((code) => code !== 'south')
    const [table, figure] = ['/reports/sample/commitments', '60% (60)']
    expect((await leader.open(table)).text).toContain(figure)
    const { status, text } = await (await schoolLeader(but)).open(table)
    expect([status, text.includes(figure)]).toEqual([200, false])
  })

  it('without a school is told so, and sees nothing', async () => {
    const person = await schoolLeader([])
    expect((await person.open('/reports')).text).toContain('None is ticked yet')
    for (const page of ['', '?school=', '?school=north', '/data.json', '/comments'])
      expect((await person.open(`/reports/sample${page}`)).status).toBe(403)
  })

  it('whose schools are changed reads by the new ones at once', async () => {
    const person = await schoolLeader(['south'])
    expect((await person.open('/reports/sample?school=south')).status).toBe(200)
    const found = await house.stores.people.find('south@example.org')
    await house.stores.people.setRole(found?.id ?? '', 'school-leader', { schools: ['north'], languages: [] })
    expect((await person.open('/reports/sample?school=south')).status).toBe(403)
  })
})

describe('what was looked at', () => {
  it('is written down when it is comments, with who looked and at which question', async () => {
    const before = (await house.stores.audit.list({ limit: 500 })).length
    await leader.open('/reports/sample/comments?question=why&about=attendance')
    const entries = await house.stores.audit.list({ limit: 500 })
    expect(entries).toHaveLength(before + 1)
    expect(entries[0]).toMatchObject({
      who: 'leader@example.org',
      did: 'looked-at-comments',
      about: 'sample',
      detail: 'why',
    })
  })
})

/** Makes something when it is first asked for, and gives the same from then on. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
