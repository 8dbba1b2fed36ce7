import { get } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { District } from '../../src/district/district.ts'
import { wordings } from '../../src/language/wording.ts'
import { keptPages } from '../../src/routes/respond/keptPages.ts'
import type { Survey } from '../../src/store/stores.ts'
import { keepPage } from '../../src/web/kept.ts'
import { field, frozen, openSite, respondent, type Site, sampleDistrict, wordsOf } from '../site.ts'
import { everyKind } from './surveys.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    for (const slug of ['alike', 'changing', 'forms']) await field(stores, { slug, definition: everyKind })
  })
})
afterAll(() => site.close())

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** As it came over the wire, with nothing unpacked. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> =>
  new Promise((done, fail) => {
    get(`${site.url}${path}`, { headers, method }, (res) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('end', () =>
        done({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(parts) }),
      )
    }).on('error', fail)
  })

/** The words of the start page as the next newcomer reads them. */
const newcomer = async (slug: string, headers: Record<string, string> = {}) =>
  wordsOf((await ask(`/s/${slug}`, { 'accept-language': 'en', ...headers })).body.toString())

describe('the start page that is kept for everyone', () => {
  test('is the very page, with the very headers, that the first reader got', async () => {
    const [first, second, third] = [
      await ask('/s/alike', { 'accept-language': 'ar' }),
      await ask('/s/alike', { 'accept-language': 'ar-EG, en;q=0.5' }),
      await ask('/s/alike', { 'accept-language': 'ar' }, 'HEAD'),
    ]
    const told = ({ headers: { date, ...headers } }: Raw) => headers
    expect(second.body).toEqual(first.body)
    expect(told(second)).toEqual(told(first))
    expect(told(third)).toEqual(told(first))
    expect(third.body.length).toBe(0)
    expect(second.headers).toMatchObject({
      'content-language': 'ar',
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(second.body.length),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-frame-options': 'DENY',
      vary: 'Accept-Encoding',
    })
    expect(second.headers).not.toHaveProperty('set-cookie')
    expect(second.headers).not.toHaveProperty('x-powered-by')
    expect(second.headers).not.toHaveProperty('etag')
  })

  test('comes packed as each browser can take it', async () => {
    const plain = await ask('/s/alike')
    const forms = {
      br: await ask('/s/alike', { 'accept-encoding': 'gzip, deflate, br, zstd' }),
      gzip: await ask('/s/alike', { 'accept-encoding': 'gzip' }),
      better: await ask('/s/alike', { 'accept-encoding': 'br;q=0.1, gzip' }),
      neither: await ask('/s/alike', { 'accept-encoding': 'gzip;q=0, zstd' }),
    }
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(forms.br.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(forms.br.body)).toEqual(plain.body)
    expect(forms.gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(forms.gzip.body)).toEqual(plain.body)
    expect(forms.better.headers['content-encoding']).toBe('gzip')
    expect(forms.neither.headers).not.toHaveProperty('content-encoding')
    expect(forms.neither.body).toEqual(plain.body)
  })

  test('leaves a chosen language with who chose it, and with nobody else', async () => {
    await newcomer('alike', { 'accept-language': 'es' })
    const chosen = await ask('/s/alike?lang=es', { 'accept-language': 'en' })
    expect(chosen.headers['set-cookie']).toEqual([
      expect.stringMatching(/^lang=es; Max-Age=31536000; Path=\//),
    ])
    expect(chosen.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await ask('/s/alike', { cookie: 'lang=es' })).headers).not.toHaveProperty('set-cookie')
    expect(await newcomer('alike', { cookie: 'lang=es' })).toContain('Cuéntenos.')
    expect(await newcomer('alike')).toContain('Tell us.')
  })

  test('has nothing in it of somebody who has begun, who came by a school’s link or asked for another language', async () => {
    const before = await newcomer('alike')
    const begun = respondent(site, 'alike')
    await begun.start()
    await begun.answer({ ride: 'bus' })
    expect(wordsOf((await begun.open()).html)).toContain('Go on')
    await ask('/s/alike?school=sample-1&group=family')
    await ask('/s/alike?lang=xx')
    await ask('/s/alike?code=ABC')
    await ask('/s/alike', { cookie: 'draft=AAAAAAAAAAAAAAAAAAAAAA' })
    expect(await newcomer('alike')).toBe(before)
  })

  test('gives way at once when anything about the survey changes, also by another process', async () => {
    const { stores } = site
    const survey = await stores.surveys.find('changing')
    if (!survey) throw new Error('there is no survey')
    expect(await newcomer('changing')).toContain('Tell us.')

    await site.heard('survey', 'close', 'changing')
    expect(await newcomer('changing')).toContain('This survey is closed.')
    await site.heard('survey', 'open', 'changing')
    expect(await newcomer('changing')).toContain('Tell us.')

    await stores.surveys.setDates(survey.id, Date.parse('2150-01-05T13:00:00Z'), null)
    expect(await newcomer('changing')).toContain('This survey opens on')
    await stores.surveys.setDates(survey.id, null, Date.parse('2150-02-05T13:00:00Z'))
    expect(await newcomer('changing')).toContain('February 5, 2150')

    const asked = { ...everyKind, intro: { ...everyKind.intro, en: 'Tell us more.' } }
    await stores.surveys.publish(survey.id, await frozen(stores, asked), Date.now())
    expect(await newcomer('changing')).toContain('Tell us more.')

    await stores.surveys.setFielding(survey.id, { ...survey.fielding, access: 'codes' })
    expect(await newcomer('changing')).toContain('code')
    await stores.surveys.setFielding(survey.id, survey.fielding)

    const district = await stores.settings.district()
    await stores.settings.setDistrict({ ...district, name: { en: 'Another Sample District' } })
    expect(await newcomer('changing')).toContain('Another Sample District')
    await stores.settings.setDistrict(district)
    expect(await newcomer('changing')).not.toContain('Another Sample District')
  })

  test('is not shown past the last moment of a survey', async () => {
    const survey = await site.stores.surveys.find('changing')
    if (!survey) throw new Error('there is no survey')
    const soon = Date.now() + 400
    await site.stores.surveys.setDates(survey.id, null, soon)
    expect(await newcomer('changing')).toContain('Tell us')
    while (Date.now() < soon) await new Promise((done) => setTimeout(done, 20))
    expect(await newcomer('changing')).toContain('This survey closed on')
  })
})

describe('a page of questions that is kept', () => {
  test('has each reader’s own token in it and is otherwise the same, however it is packed', async () => {
    const open = (headers = {}) => ask('/s/forms/choices', { 'accept-language': 'en', ...headers })
    const token = ({ headers }: Raw) => /draft=([\w-]{22})/.exec(String(headers['set-cookie']))?.[1] ?? ''
    const pages = [await open(), await open({ 'accept-encoding': 'gzip, br' }), await open()]
    const html = pages.map(({ headers, body }) =>
      (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString(),
    )
    expect(pages[1]?.headers['content-encoding']).toBe('gzip')
    expect(new Set(pages.map(token)).size).toBe(3)
    const bare = pages.map((page, index) => {
      expect(token(page)).toHaveLength(22)
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'content-language': 'en' })
      expect(html[index]).toContain(`name="token" value="${token(page)}"`)
      return html[index]?.replace(token(page), '').replace(/data-mark="[\w-]{12}"/, '')
    })
    expect(new Set(bare).size).toBe(1)
  })

  test('has no answers in it of who has answered, whose own page has them', async () => {
    const [one, other] = [respondent(site, 'forms'), respondent(site, 'forms')]
    await one.start()
    await one.answer({ ride: 'walk', ride_why: 'It is near.' })
    expect((await one.open('choices')).html).toContain('It is near.')
    const fresh = await other.open('choices')
    expect(fresh.html).not.toContain('It is near.')
    expect(fresh.html).not.toContain('checked')
  })

  test('the receipt is the same for everyone and leaves nothing with who reads it', async () => {
    for (const language of ['en', 'es', 'en']) {
      const someone = respondent(site, 'forms', { 'Accept-Language': language })
      await someone.start()
      await someone.answer({ ride: 'bus' })
      while (someone.seen().path !== '/s/forms/review') await someone.answer()
      const { html } = await someone.submit()
      expect(html).toContain(language === 'en' ? 'We read it all.' : 'Lo leemos todo.')
      expect(html).not.toContain(someone.token() || 'no token')
    }
  })
})

test('wordings that the district changes are on the next page: nothing kept with the old ones is found', () => {
  const locale = (next: string) => ({ en: { _about: { name: 'English' }, next } })
  const messages = wordings(locale('Next'))
  const [survey, district] = [{} as Survey, {} as District]
  const kept = keptPages()
  const page = () => kept.pages(survey, district, messages.t('en'))
  page().keep('start open', keepPage('<p>Next</p>', 'en'))
  expect(page().find('start open')?.plain.body).toBe('<p>Next</p>')
  messages.put(locale('On'))
  expect(page().find('start open')).toBeUndefined()
})
