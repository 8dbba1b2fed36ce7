import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { everyKind } from './surveys.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  turn++
  survey = await field(site.stores, { slug: `forms-${turn}`, definition: everyKind })
})

const reader = (language = 'en', headers = {}) =>
  respondent(site, survey.slug, { 'Accept-Language': language, ...headers })
const drafts = () => rows(site, 'select * from draft where survey = ?', survey.id)
const answersOf = () => drafts().map(({ answers }) => JSON.parse(String(answers)))

describe('a code that was never offered', () => {
  test.each([
    ['an option', { ride: 'rocket' }],
    ['a part of every record', { ride: 'constructor' }],
    ['an option twice', { ride: ['bus', 'rocket'] }],
    ['one of several', { ride: 'bus', news: ['text', 'pigeon'] }],
    ['more than are asked for', { ride: 'bus', news: ['text', 'mail', 'call'] }],
  ])('%s gets a problem, and nothing is stored', async (_what, fields) => {
    const someone = reader()
    await someone.start()
    const { status, html } = await someone.answer({ ...fields, ride_why: 'because' })
    if (status !== 422) {
      // What came twice may be read as the first of them, never as something that was not offered.
      expect(answersOf()[0].ride).toBe('bus')
      return
    }
    expect(html).toContain('id="problems"')
    expect(html).toContain('because')
    expect(answersOf().every((answers) => Object.keys(answers).length === 0)).toBe(true)
  })

  test.each([
    ['a row that is not there', { 'climate.wrong': 'yes' }, undefined],
    ['a point that is not there', { 'climate.safe': 'maybe' }, 422],
    ['a number beyond the scale', { rate: '11' }, 422],
    ['half a step', { rate: '3.5' }, 422],
    ['too many children', { children: '21' }, 422],
    ['no number', { children: 'two' }, 422],
    ['a number of another kind', { children: '1e3' }, 422],
  ])('of a rating: %s', async (_what, fields, refused) => {
    const someone = reader()
    await someone.start()
    await someone.answer({ ride: 'walk' })
    const { status } = await someone.answer(fields)
    expect(status).toBe(refused ?? 200)
    expect(answersOf()).toEqual([{ ride: 'walk' }])
  })

  test.each([
    ['the same rank twice', { 'first.a': '1', 'first.b': '1' }],
    ['a rank left out', { 'first.a': '1', 'first.b': '3' }],
    ['a rank that is not there', { 'first.a': '9' }],
    ['no rank', { 'first.a': 'first' }],
    ['a school of another district', { school: 'rocket' }],
  ])('of the last page: %s', async (_what, fields) => {
    const someone = reader('es')
    await someone.start()
    await someone.answer({ ride: 'walk' })
    await someone.answer({})
    const { status, html } = await someone.answer(fields)
    expect(status).toBe(422)
    // The problem leads to a field that is there.
    const [, target] = /id="problems".*?href="#([^"]+)"/s.exec(html) ?? []
    expect(html).toContain(`id="${target}"`)
    expect(answersOf()).toEqual([{ ride: 'walk' }])
  })
})

describe('a body that is no form of ours', () => {
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(`${site.url}/s/${survey.slug}/choices`, {
      method: 'POST',
      body,
      headers: { Accept: 'text/html', 'Accept-Language': 'es', ...headers },
      redirect: 'manual',
    })
  const asForm = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const token = 'B'.repeat(22)

  test.each([
    ['much too large', `ride=bus&token=${token}&ride_why=${'x'.repeat(3_000_000)}`, asForm, 413],
    [
      'more fields than any page has',
      Array.from({ length: 2500 }, (_, i) => `f${i}=1`).join('&'),
      asForm,
      413,
    ],
    [
      'another alphabet of bytes',
      `ride=bus&token=${token}`,
      { 'Content-Type': `${asForm['Content-Type']}; charset=utf-16` },
      415,
    ],
    ['packed in a way that we do not know', 'x', { ...asForm, 'Content-Encoding': 'zstd-nonsense' }, 415],
    ['packed, but broken', 'this is no gzip', { ...asForm, 'Content-Encoding': 'gzip' }, 400],
    [
      'packed, and huge when unpacked',
      new Uint8Array(gzipSync(`token=${token}&ride_why=${'x'.repeat(9_000_000)}`)),
      { ...asForm, 'Content-Encoding': 'gzip' },
      413,
    ],
    ['JSON', JSON.stringify({ ride: 'bus', token }), { 'Content-Type': 'application/json' }, 403],
    ['nothing', '', {}, 403],
  ])('%s: a page says so in the language of the reader', async (_what, body, headers, status) => {
    const answer = await post(body, headers)
    const html = await answer.text()
    expect(answer.status).toBe(status)
    expect(html).toContain('<html lang="es"')
    expect(html).toMatch(/<h1[^>]*>[^<]+<\/h1>/)
    expect(html).not.toMatch(/at .*\.ts:|node_modules/)
    expect(drafts()).toEqual([])
  })

  test('half a letter and empty names are read as far as they can be', async () => {
    const answer = await post(
      `token=${token}&ride=bus&ride_why=%E0%A4&&=&%&constructor=1&__proto__=2`,
      asForm,
    )
    expect(answer.status).toBe(303)
  })
})

describe('where a form comes from', () => {
  test.each([
    ['none', {}],
    ['an empty one', { token: '' }],
    ['one of another shape', { token: 'A'.repeat(23) }],
    ['two', { token: ['A'.repeat(22), 'A'.repeat(22)] }],
  ])('a form with a token that is %s is refused, and says how to go on', async (_what, fields) => {
    const someone = reader()
    const { status, html } = await someone.send(`/s/${survey.slug}/choices`, { ride: 'bus', ...fields })
    expect(status).toBe(403)
    expect(wordsOf(html)).toContain('load the page again')
    // A respondent has no account to sign in to.
    expect(html).not.toContain('/sign-in')
    expect(drafts()).toEqual([])
  })

  test.each([
    ['cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a neighbour of this site', { 'Sec-Fetch-Site': 'same-site' }],
    ['another origin', { Origin: 'https://elsewhere.example' }],
    ['an origin that is none', { Origin: 'nonsense' }],
  ])('a form sent from %s is refused, though its token is right', async (_what, headers) => {
    const someone = reader()
    await someone.start()
    const { status, html } = await someone.send(
      `/s/${survey.slug}/choices`,
      { token: someone.token(), ride: 'bus' },
      headers,
    )
    expect(status).toBe(403)
    expect(wordsOf(html)).toContain('This form came from another site')
    expect(answersOf()).toEqual([])
  })

  test.each([
    ['our own page', { 'Sec-Fetch-Site': 'same-origin' }],
    ['an older browser on our own page', () => ({ Origin: site.url })],
    ['a page whose origin the browser keeps to itself', { Origin: 'null' }],
  ])('a form sent from %s is taken', async (_what, headers) => {
    const someone = reader()
    await someone.start()
    const more = typeof headers === 'function' ? headers() : headers
    await someone.send(`/s/${survey.slug}/choices`, { token: someone.token(), ride: 'bus' }, more)
    expect(answersOf()).toEqual([{ ride: 'bus' }])
  })

  test('answers cannot be sent off by another site', async () => {
    const someone = reader()
    await someone.start()
    for (const fields of [{ ride: 'bus' }, {}, {}]) await someone.answer(fields)
    const fields = { token: someone.token() }
    const { status } = await someone.send(`/s/${survey.slug}/send`, fields, {
      'Sec-Fetch-Site': 'cross-site',
    })
    expect(status).toBe(403)
    expect(await stored(site, survey)).toEqual([])
  })
})

describe('the token of a draft', () => {
  test('a lost cookie half-way: the form brings the answers back', async () => {
    const someone = reader()
    await someone.start()
    await someone.answer({ ride: 'bus' })
    const page = someone.seen()
    const other = reader()
    const { path } = await other.send(page.path, { token: someone.token(), rate: '7' })
    expect(path.split('?')[0]).toBe(`/s/${survey.slug}/order`)
    expect(other.seen().html).toContain('name="first.a"')
    expect(answersOf()).toEqual([{ ride: 'bus', rate: 7 }])
    // The browser has its cookie again.
    expect((await other.open('ratings')).html).toMatch(/value="7"[^>]* checked/)
  })

  test('of another survey is worth nothing here, and does that survey no harm', async () => {
    const elsewhere = await field(site.stores, { slug: `elsewhere-${turn}`, definition: everyKind })
    const there = respondent(site, elsewhere.slug)
    await there.start()
    await there.answer({ ride: 'walk' })
    const here = reader()
    await here.send(`/s/${survey.slug}/choices`, { token: there.token(), ride: 'bus' })
    const kept = rows(site, 'select answers from draft where survey = ?', elsewhere.id)
    expect(kept.map(({ answers }) => JSON.parse(String(answers)))).toEqual([{ ride: 'walk' }])
    expect((await there.open('choices')).html).toMatch(/value="walk"[^>]* checked/)
  })

  test('that was used up in another survey does not stop this one', async () => {
    const elsewhere = await field(site.stores, { slug: `elsewhere-${turn}`, definition: everyKind })
    const there = respondent(site, elsewhere.slug)
    await there.start()
    const token = there.token()
    for (const fields of [{ ride: 'walk' }, {}, {}, {}]) await there.answer(fields)
    expect(await stored(site, elsewhere)).toHaveLength(1)
    const here = reader()
    await here.send(`/s/${survey.slug}/choices`, { token, ride: 'bus' })
    for (const fields of [{}, {}, {}]) await here.answer(fields)
    expect(here.seen().html).toContain('class="received"')
    expect(await stored(site, survey)).toMatchObject([{ answers: { ride: 'bus' } }])
  })

  test('a form of another tab is shown again, with what was typed, before it counts', async () => {
    const someone = reader()
    await someone.start()
    const { path, html } = await someone.send(`/s/${survey.slug}/choices`, {
      token: 'C'.repeat(22),
      ride: 'bus',
      ride_why: 'from the other tab',
    })
    expect(path).toBe(`/s/${survey.slug}/choices`)
    expect(html).toContain('from the other tab')
    expect(answersOf()).toEqual([{}])
  })

  test('a browser that keeps no cookies is told so', async () => {
    const someone = reader()
    await someone.start()
    const token = someone.token()
    const nobody = respondent(site, survey.slug)
    const answer = await fetch(`${site.url}/s/${survey.slug}/choices`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `token=${token}&ride=bus`,
    })
    const { html } = await nobody.open(
      String(answer.headers.get('location')).replace(`/s/${survey.slug}/`, ''),
    )
    expect(wordsOf(html)).toContain('cookies')
  })
})
