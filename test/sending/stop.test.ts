import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailKey, stopToken } from '../../src/sending/stopping.ts'
import { sampleDistrict } from '../site.ts'
import { type House, openHouse, visitor } from '../web/house.ts'
import { openMailServer } from './mailServer.ts'
import { list, openSurvey, plan, postOffice } from './office.ts'

let house: House
let server: Awaited<ReturnType<typeof openMailServer>>
beforeAll(async () => {
  house = await openHouse({ BASE_URL: 'https://surveys.example.org' })
  await sampleDistrict(house.stores)
  server = await openMailServer()
})
afterAll(async () => {
  await server.close()
  await house.close()
})

const linkFor = async (email: string) => `/mail/stop/${stopToken(await mailKey(house.stores), email)}`

describe('"do not write to me again"', () => {
  test('changes nothing when the link is only opened', async () => {
    const link = await linkFor('opened@example.org')
    const page = await visitor(house.app, { 'Accept-Language': 'es' }).open(link)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<form method="post" action="${link}?lang=es"`)
    expect((await request(house.app).get(link)).text).not.toContain('name="undo"')
  })

  test('works by the button, by the one click of a mail program, and can be undone', async () => {
    const survey = await openSurvey(house.stores, 'open')
    await list(house.stores, survey.id, ['button@example.org', 'click@example.org', 'stays@example.org'])
    const button = await linkFor('button@example.org')
    expect((await request(house.app).post(button).type('form').send({})).status).toBe(200)
    const click = await linkFor('click@example.org')
    const answer = await request(house.app)
      .post(`${click}?lang=en`)
      .type('form')
      .send('List-Unsubscribe=One-Click')
    expect([answer.status, answer.headers['set-cookie']]).not.toContain(500)
    expect(await house.stores.contacts.count(survey.id)).toEqual({ all: 3, stopped: 2 })
    await request(house.app).post(button).type('form').send({ undo: 'yes' })
    expect(await house.stores.contacts.count(survey.id)).toEqual({ all: 3, stopped: 1 })

    const office = postOffice(house.stores, server.url)
    await plan(house.stores, survey.id, 'invitation')
    await office.post.tick(Date.now())
    await office.post.tick(Date.now() + 60_000)
    await office.close()
    expect(server.got.map(({ to }) => to)).toEqual(['button@example.org', 'stays@example.org'])
    expect((await house.stores.mailings.list(survey.id))[0]).toMatchObject({ sent: 2, stopped: 1 })
    // The link in a letter is the one that works.
    const header = server.got[0]?.headers.get('list-unsubscribe') ?? ''
    expect(header).toContain(button)
  })

  test('is remembered when the list is long gone', async () => {
    const survey = await openSurvey(house.stores, 'open', { slug: 'second' })
    await list(house.stores, survey.id, ['click@example.org'])
    expect(await house.stores.contacts.count(survey.id)).toEqual({ all: 1, stopped: 1 })
  })

  test.each(['x', 'a'.repeat(54), '../office'])(
    'is refused with a link that we did not make: %s',
    async (token) => {
      expect((await request(house.app).get(`/mail/stop/${encodeURIComponent(token)}`)).status).toBe(404)
      expect((await request(house.app).post(`/mail/stop/${encodeURIComponent(token)}`)).status).toBe(404)
    },
  )
})
