import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { told } from '../engine.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, wordsOf } from '../site.ts'
import { everyKind } from './surveys.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    await field(stores, { slug: 'here', definition: everyKind })
    await field(stores, { slug: 'draft', definition: everyKind, state: 'draft' })
    await field(stores, { slug: 'over', definition: everyKind, state: 'closed' })
    await field(stores, { slug: 'past', definition: everyKind, closesAt: Date.parse('2021-06-01T03:30:00Z') })
    await field(stores, { slug: 'soon', definition: everyKind, opensAt: Date.parse('2150-01-05T13:00:00Z') })
  })
})
afterAll(() => site.close())

const reader = (slug: string, language = 'en') => respondent(site, slug, { 'Accept-Language': language })

describe('a link that leads nowhere', () => {
  test.each([
    ['an unknown slug', 'nowhere', ''],
    ['a survey that was never opened', 'draft', ''],
    ['a page that the survey does not have', 'here', 'nowhere'],
    ['a slug that names a part of every record', '__proto__', ''],
    ['a page that names a part of every record', 'here', 'constructor'],
    ['letters outside ASCII', 'encuesta-ñ-😀', ''],
  ])('%s is told to be wrong, in the language of the reader', async (_what, slug, page) => {
    const english = await reader(encodeURIComponent(slug)).open(page)
    expect(english.status).toBe(404)
    expect(wordsOf(english.html)).toMatch(/There is no such (page|survey)/)
    const arabic = await reader(encodeURIComponent(slug), 'ar').open(page)
    expect(arabic.status).toBe(404)
    expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
    expect(wordsOf(arabic.html)).not.toMatch(/There is no such/)
  })

  test('a broken address is refused and not taken for our fault', async () => {
    const { status } = await fetch(`${site.url}/s/%E0%A4%A`)
    expect(status).toBe(400)
  })
})

describe('a survey that is not open', () => {
  test('one that was closed says so, and thanks', async () => {
    const { status, html } = await reader('over').open()
    expect(status).toBe(200)
    expect(wordsOf(html)).toContain('This survey is closed.')
    expect(html).not.toContain('class="primary"')
  })

  test('one whose last day is past says when that was, by the clock of the district', async () => {
    const { html } = await reader('past').open()
    // 03:30 in London is still the evening before in New York.
    expect(wordsOf(html)).toMatch(/This survey closed on Monday, May 31, 2021 at 11:30\sPM/)
  })

  test('one that is still to open says when, by the clock of the district and in words of the reader', async () => {
    expect(wordsOf((await reader('soon').open()).html)).toMatch(
      /This survey opens on Monday, January 5, 2150 at 8:00\sAM/,
    )
    expect(wordsOf((await reader('soon', 'es').open()).html)).toMatch(/lunes, 5 de enero de 2150/)
  })

  test.each(['over', 'past', 'soon'])(
    'no page of "%s" takes answers, and nothing is stored',
    async (slug) => {
      const someone = reader(slug)
      expect((await someone.open('choices')).path).toBe(`/s/${slug}`)
      expect((await someone.open('review')).path).toBe(`/s/${slug}`)
      const token = 'A'.repeat(22)
      expect((await someone.send(`/s/${slug}/choices`, { token, ride: 'bus' })).path).toBe(`/s/${slug}`)
      expect((await someone.send(`/s/${slug}/send`, { token })).path).toBe(`/s/${slug}`)
      expect(
        rows(site, 'select * from draft join survey on survey.id = draft.survey where slug = ?', slug),
      ).toEqual([])
    },
  )

  test('one that closes while somebody answers takes no more, and says so', async () => {
    const survey = await field(site.stores, { slug: 'closing', definition: everyKind })
    const someone = reader('closing')
    await someone.start()
    await someone.answer({ ride: 'bus' })
    await site.stores.surveys.setState(survey.id, 'closed')
    await told(site.dataDir)
    expect(wordsOf((await someone.answer({ rate: '3' })).html)).toContain('This survey is closed.')
    await site.stores.surveys.setState(survey.id, 'open')
    await told(site.dataDir)
    expect((await someone.open('review')).path).toBe('/s/closing/ratings')
  })
})

describe('the language', () => {
  test('one that is not offered is named, and the reader gets one that is', async () => {
    const { status, html } = await reader('here', 'ar').open('?lang=fr')
    expect(status).toBe(200)
    expect(html).toContain('<html lang="ar" dir="rtl">')
    expect(html).toMatch(/class="notice"[^>]*>[^<]*fr/)
  })

  test('a tag that is none is shown as it was typed and does no harm', async () => {
    const { html } = await reader('here').open(`?lang=${encodeURIComponent('<script>alert(1)</script>')}`)
    expect(html).not.toContain('<script>alert')
    expect(wordsOf(html)).toContain('<script>alert(1)</script>')
  })

  test('the link goes before the cookie, the cookie before the browser', async () => {
    const someone = reader('here', 'ar')
    expect((await someone.open()).html).toContain('lang="ar"')
    expect((await someone.open('?lang=es')).html).toContain('<html lang="es"')
    expect((await someone.open()).html).toContain('<html lang="es"')
    expect((await someone.open('?lang=en')).html).toContain('<html lang="en"')
  })

  test('a browser that asks for a near one gets that', async () => {
    expect((await reader('here', 'es-PR, en;q=0.5').open()).html).toContain('<html lang="es"')
  })

  test('every language that is offered has its own name on the first page', async () => {
    const { html } = await reader('here').open()
    expect(html).toMatch(/lang="es"[^>]*>español</i)
    expect(html).toMatch(/lang="ar" dir="rtl"[^>]*>العربية</)
  })
})

describe('other ways of asking', () => {
  const ask = (method: string, path: string) => fetch(site.url + path, { method, redirect: 'manual' })

  test('HEAD answers as GET does, without a body', async () => {
    for (const [path, status] of [
      ['/s/here', 200],
      ['/s/here/choices', 200],
      ['/s/nowhere', 404],
    ] as const) {
      const answer = await ask('HEAD', path)
      expect([path, answer.status]).toEqual([path, status])
      expect(await answer.text()).toBe('')
    }
  })

  test('OPTIONS names what can be done and lets no other site in', async () => {
    const answer = await ask('OPTIONS', '/s/here/choices')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('allow')).toContain('GET')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is nothing that we do', async (method) => {
    expect([403, 404, 405]).toContain((await ask(method, '/s/here/choices')).status)
  })

  test('a page with answers is kept in no cache, and no page may stand in a frame', async () => {
    const answer = await ask('GET', '/s/here/choices')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('x-powered-by')).toBeNull()
  })
})
