import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, respondent, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'

let site: Site
let survey: Survey
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    survey = await field(stores, {
      slug: 'after',
      definition: everyKind,
      closesAt: Date.parse('2150-01-05T13:00:00Z'),
    })
    await field(stores, { slug: 'endless', definition: everyKind })
  })
})
afterAll(() => site.close())

async function reviewed(slug: string, language = 'en') {
  const someone = respondent(site, slug, { 'Accept-Language': language })
  await someone.start()
  for (const fields of [{ ride: 'bus' }, {}, {}]) await someone.answer(fields)
  return someone
}

describe('the receipt', () => {
  test('says what happens next and when, by the clock of the district and in words of the reader', async () => {
    const { html } = await (await reviewed('after')).submit()
    expect(wordsOf(html)).toContain('We read it all.')
    expect(wordsOf(html)).toMatch(/Answers are taken until Monday, January 5, 2150 at 8:00\sAM\./)
    expect(wordsOf((await (await reviewed('after', 'es')).submit()).html)).toMatch(
      /lunes, 5 de enero de 2150/,
    )
  })

  test('promises no date that nobody set, and no page that is not there', async () => {
    const { html } = await (await reviewed('endless')).submit()
    expect(html).not.toMatch(/Answers are taken until|\/heard\//)
  })

  test('has room for a copy, which a script fills in', async () => {
    const { html } = await (await reviewed('endless')).submit()
    expect(html).toMatch(/<section class="copy" data-copy="endless" data-forget="endless" hidden>/)
  })
})

test('without a script, the page before sending says that it can be printed', async () => {
  expect(wordsOf((await reviewed('endless')).seen().html)).toContain(
    'You can print this page before you send',
  )
})

describe('a form that the page’s script sends', () => {
  const byScript = { 'Sent-By': 'script' }
  const send = async (
    someone: Awaited<ReturnType<typeof reviewed>>,
    page: string,
    fields = {},
    headers = {},
  ) => {
    const answer = await someone.agent
      .post(`/s/after/${page}`)
      .set({ ...someone.told, ...byScript, ...headers })
      .type('form')
      .send({ token: someone.token(), ...fields })
    return { status: answer.status, to: answer.body.to as string }
  }

  test('is told where to go, with its problems if there are any', async () => {
    const someone = respondent(site, 'after')
    await someone.start()
    const wrong = await send(someone, 'choices', { ride_why: 'kept' })
    expect(wrong).toEqual({ status: 200, to: '/s/after/choices?see=problems' })
    const { html } = await someone.open('choices?see=problems')
    expect(html).toContain('id="problems"')
    expect(html).toContain('kept')
    expect(await send(someone, 'choices', { ride: 'bus' })).toEqual({ status: 200, to: '/s/after/ratings' })
  })

  test('from another site is refused like any other', async () => {
    const someone = await reviewed('after')
    const before = (await stored(site, survey)).length
    expect((await send(someone, 'send', {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect(await stored(site, survey)).toHaveLength(before)
    expect((await send(someone, 'send')).to).toBe('/s/after/thanks')
    expect((await send(someone, 'send')).to).toBe('/s/after/thanks')
    expect(await stored(site, survey)).toHaveLength(before + 1)
  })
})
