import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Conflict, NotFound, Unavailable } from '../../src/store/errors.ts'
import { errorPage, notFoundPage } from '../../src/web/errorPage.ts'
import { type House, openHouse, readRenderer, visitor } from './house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

/** A site whose every page fails, each in its own way. */
function brokenSite() {
  const log: object[] = []
  const renderer = readRenderer()
  const app = express()
  app.locals.renderer = renderer
  const fail = (path: string, fault: unknown) =>
    app.get(path, () => {
      throw fault
    })
  fail('/fault/:name', new Error('SQL: no row for "ana@example.org" in link Zm9vYmFyYmF6cXV4cXV1eHF1dXg'))
  fail('/words', 'thrown as words')
  fail('/missing', new NotFound('there is no survey spring'))
  fail('/taken', new Conflict('there is already a person with the address ana@example.org'))
  fail('/full', new Unavailable('disk full'))
  fail('/odd', Object.assign(new Error('x'), { status: 200 }))
  const write = (fault: object) => log.push(fault)
  app.use(notFoundPage, errorPage(renderer.messages, { error: write, warn: write }))
  return { app, log }
}

describe('when something goes wrong', () => {
  it.each([
    ['/nowhere', 404, 'There is no such page'],
    ['/missing', 404, 'There is no such page'],
    ['/taken', 409, 'This does not fit what is there now'],
    ['/full', 503, 'We could not save that just now'],
    ['/fault/ana', 500, 'Something went wrong on our side'],
    ['/words', 500, 'Something went wrong on our side'],
    ['/odd', 500, 'Something went wrong on our side'],
    ['/fault/%ff', 400, 'We could not read that'],
  ])('%s answers %i: %s', async (path, status, words) => {
    const { app } = brokenSite()
    const answer = await visitor(app).open(path)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(words)
    expect(answer.text).not.toMatch(/at .*\.ts|node_modules|SQL/)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('answers a program that asks for JSON with JSON', async () => {
    const { app } = brokenSite()
    const answer = await visitor(app, { Accept: 'application/json' }).open('/fault/ana')
    expect(answer.status).toBe(500)
    expect(answer.body).toMatchObject({ error: 'Something went wrong on our side' })
    expect(answer.body.reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  })

  it('shows the reference under which our own fault is in the log, and logs nothing about anybody', async () => {
    const { app, log } = brokenSite()
    const { text } = await visitor(app).open('/fault/ana?email=ana@example.org')
    const reference = /<code>([^<]+)<\/code>/.exec(text)?.[1]
    expect(log).toHaveLength(1)
    expect(log[0]).toMatchObject({ reference, status: 500, route: '/fault/:name', method: 'GET' })
    const line = JSON.stringify(log)
    expect(line).toContain('errorPage.test.ts')
    expect(line).not.toMatch(/ana|example\.org|Zm9v/)
  })

  it('says what to do with a form that is too large or broken, and stores nothing', async () => {
    const person = visitor(house.app)
    const large = await person.send('/sign-in', { email: 'x'.repeat(200_000) })
    expect([large.status, large.text.includes('too much to send')]).toEqual([413, true])
    const many = await person.send(
      '/sign-in',
      Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`f${n}`, ''])),
    )
    expect(many.status).toBe(413)
    expect(house.log).toEqual([])
  })
})

describe('every answer', () => {
  it('carries a policy that allows no script, style or frame of anybody else, and nothing inside a page', async () => {
    for (const path of ['/sign-in', '/nowhere', '/', '/s/nowhere']) {
      const { headers, text } = await visitor(house.app).open(path)
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
          "form-action 'self';frame-ancestors 'none';base-uri 'none';object-src 'none'",
      )
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(text).not.toMatch(/<style|<script(?![^>]*src=)|\sstyle=|\son[a-z]+=/)
    }
  })

  it('pins https only where the public address is https', async () => {
    const safe = await openHouse({ BASE_URL: 'https://surveys.example.org' })
    const { headers } = await visitor(safe.app).open('/sign-in')
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
    await safe.close()
  })
})
