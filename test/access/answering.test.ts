import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { coded, plain, sheetOf } from './sheets.ts'

let site: Site
let survey: Survey
let school: string
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  school = (await site.stores.settings.district()).schools[0]?.code ?? ''
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await coded(site, `coded-${++turn}`)
})

const reader = (headers = {}) => respondent(site, survey.slug, headers)
const at = (page = '') => `/s/${survey.slug}${page && `/${page}`}`
type Reader = ReturnType<typeof reader>
const enter = (someone: Reader, code: string) => someone.send(at('code'), { code })
const one = async (of = {}) => (await sheetOf(site, survey, 1, of)).codes[0] ?? ''
const states = () =>
  rows(site, 'select state from access_code where survey = ? order by state', survey.id).map(
    ({ state }) => state,
  )

/** From the first page to the receipt. */
async function finish(someone: Reader) {
  await someone.answer({ feel: 'well' })
  await someone.answer({ why: 'because' })
  return someone.submit()
}

describe('with a code', () => {
  test('a person answers once, and the code is used', async () => {
    const code = await one()
    const someone = reader()
    expect((await someone.open()).html).toContain('name="code"')
    expect((await enter(someone, code)).path).toContain(at('one'))
    expect((await finish(someone)).path).toBe(at('thanks'))
    expect(await stored(site, survey)).toHaveLength(1)
    expect(states()).toEqual(['used'])
    const other = await enter(reader(), code)
    expect(other.status).toBe(422)
    expect(wordsOf(other.html)).toContain('This code was used already.')
  })

  test('any case, spaces and dashes will do, and the link of the sheet fills it in', async () => {
    const code = await one()
    const linked = await reader().open(`?code=${code}`)
    expect(linked.html).toContain(`value="${code}"`)
    expect(linked.html).toContain(`?lang=es&amp;code=${code}`)
    expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
    const typed = code.toLowerCase().replaceAll('-', ' ')
    expect((await enter(reader(), ` ${typed} `)).path).toContain(at('one'))
  })

  test('its school is filled in, and can be changed', async () => {
    const someone = reader()
    await enter(someone, await one({ school }))
    const { html } = await someone.answer({ feel: 'well' })
    expect(html).toMatch(new RegExp(`value="${school}"[^>]* (checked|selected)`))
    await someone.answer({ school })
    await someone.submit()
    expect((await stored(site, survey))[0]?.answers).toMatchObject({ school })
  })

  test('the receipt stays, and the next person on the device needs a code of their own', async () => {
    const [first = '', second = ''] = (await sheetOf(site, survey, 2)).codes
    const someone = reader()
    await enter(someone, first)
    await finish(someone)
    expect((await someone.open('thanks')).status).toBe(200)
    const again = await someone.open()
    expect(again.html).toContain('name="code"')
    expect(wordsOf(again.html)).not.toContain('used already')
    await enter(someone, second)
    await finish(someone)
    expect(await stored(site, survey)).toHaveLength(2)
    expect(states()).toEqual(['used', 'used'])
  })

  test('a second code on the same device does not lead to the answers of the person before', async () => {
    const [first = '', second = ''] = (await sheetOf(site, survey, 2)).codes
    const someone = reader()
    await enter(someone, first)
    await someone.answer({ feel: 'unwell' })
    const { html } = await enter(someone, second)
    expect(html).not.toContain('checked')
    await finish(someone)
    expect((await stored(site, survey)).map(({ answers }) => answers.feel)).toEqual(['well'])
    expect(states()).toEqual(['unused', 'used'])
  })

  test('starting over gives up code and answers alike', async () => {
    const someone = reader()
    await enter(someone, await one())
    await someone.answer({ feel: 'unwell' })
    expect((await someone.open('?again')).html).toContain('name="code"')
    expect((await someone.open('two')).path).toBe(at())
  })
})

describe('without a code', () => {
  test.each(['one', 'two', 'review'])('the page "%s" leads to the start', async (page) => {
    expect((await reader().open(page)).path).toBe(at())
  })

  test('nothing that is sent is kept', async () => {
    const token = 'A'.repeat(22)
    expect((await reader().send(at('one'), { token, feel: 'well' })).path).toBe(at())
    expect((await reader().send(at('send'), { token })).path).toBe(at())
    expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
  })

  test('a cookie that somebody made from a hash of the database opens nothing', async () => {
    await one()
    const [row] = rows(site, 'select code_hash from access_code where survey = ?', survey.id)
    for (const value of [row?.code_hash, `${row?.code_hash}.${'A'.repeat(43)}`, '', '.', 'x'.repeat(5000)])
      expect((await reader({ Cookie: `admission=${value}` }).open('one')).path).toBe(at())
  })

  test('an admission to one survey is none to another', async () => {
    const other = await coded(site, `other-${turn}`)
    const answer = await fetch(`${site.url}${at('code')}`, {
      method: 'POST',
      body: new URLSearchParams({ code: await one() }),
      redirect: 'manual',
    })
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('admission=')) ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toContain(`Path=${at()}`)
    const kept = cookie.split(';')[0] ?? ''
    expect((await respondent(site, survey.slug, { Cookie: kept }).open('one')).path).toBe(at('one'))
    expect((await respondent(site, other.slug, { Cookie: kept }).open('one')).path).toBe(`/s/${other.slug}`)
  })

  test('a browser that keeps no cookies is told so, not asked for its code for ever', async () => {
    const { status, headers } = await fetch(`${site.url}${at('code')}`, {
      method: 'POST',
      body: new URLSearchParams({ code: await one() }),
      redirect: 'manual',
    })
    expect(status).toBe(303)
    const page = await fetch(site.url + headers.get('location'), { headers: { 'Accept-Language': 'en' } })
    expect(wordsOf(await page.text())).toContain('takes no cookies')
  })
})

describe('a code that does not let in says why', () => {
  const told = async (code: string, headers = {}) => {
    const { status, html } = await enter(reader(headers), code)
    expect(status).toBe(422)
    expect(html).toContain('aria-invalid="true"')
    return wordsOf(html)
  }

  test.each([
    ['nothing', ''],
    ['a short one', 'ACE'],
    ['a letter that no code has', 'ACE-F7H-J9K0'],
    ['tags', '<script>alert(1)</script>'],
  ])('%s', async (_what, code) => {
    expect(await told(code)).toContain('This is not a whole code.')
  })

  test('one wrong letter', async () => {
    const code = await one()
    const wrong = (code.startsWith('A') ? 'C' : 'A') + code.slice(1)
    expect(await told(wrong)).toContain('This is not a whole code.')
  })

  test('one that nobody made', async () => {
    const { codes } = await sheetOf(site, survey, 1)
    await site.stores.codes.find('nothing')
    const { newCode } = await import('../../src/response/code.ts')
    expect(codes).not.toContain(newCode(new Uint8Array(64)))
    expect(await told(newCode(new Uint8Array(64)))).toContain('We do not know this code.')
  })

  test('one for another survey, with the way there', async () => {
    const other = await coded(site, `next-${turn}`)
    const { codes } = await sheetOf(site, other, 1)
    const { html } = await enter(reader(), codes[0] ?? '')
    expect(wordsOf(html)).toContain('This code is for another survey.')
    expect(html).toContain(`href="/s/${other.slug}"`)
  })

  test('one of a sheet that was taken back', async () => {
    const { sheet, codes } = await sheetOf(site, survey, 1)
    expect(await site.stores.codes.voidSheet(survey.id, sheet)).toBe(1)
    expect(await told(codes[0] ?? '')).toContain('This code does not work any more.')
  })

  test('in the language of the reader', async () => {
    const { html } = await enter(reader({ 'Accept-Language': 'es' }), 'ACE')
    expect(html).toContain('<html lang="es"')
    expect(wordsOf(html)).toContain('¿Cómo estás?')
  })

  test('a family that opted out gets a kind page and no question', async () => {
    const code = await one()
    const { hashCode } = await import('../../src/web/codeHash.ts')
    await site.stores.codes.optOut(survey.id, [await hashCode('access', code.replaceAll('-', ''))])
    const { status, html } = await enter(reader(), code)
    expect(status).toBe(200)
    expect(wordsOf(html)).toContain('You do not have to take part')
    expect(html).not.toContain('<form')
  })

  test('a closed survey says that it is closed, whatever the code', async () => {
    const code = await one()
    await site.stores.surveys.setState(survey.id, 'closed')
    const { status, html } = await enter(reader(), code)
    expect(status).toBe(200)
    expect(wordsOf(html)).toContain('This survey is closed.')
  })
})

describe('a code that two people use at once', () => {
  async function bothAtTheEnd() {
    const code = await one()
    const two = [reader(), reader()] as const
    for (const someone of two) {
      await enter(someone, code)
      await someone.answer({ feel: 'well' })
      await someone.answer({ why: 'kept' })
    }
    return two
  }

  test('counts once; the other is told, loses nothing, and can go on with another code', async () => {
    const [first, second] = await bothAtTheEnd()
    expect((await first.submit()).path).toBe(at('thanks'))
    const refused = await second.submit()
    expect(refused.path).toBe(at())
    expect(wordsOf(refused.html)).toMatch(/used already.*answers that you gave before are still here/)
    expect(await stored(site, survey)).toHaveLength(1)
    expect((await enter(second, await one())).path).toContain(at('review'))
    expect(wordsOf(second.seen().html)).toContain('kept')
    await second.submit()
    expect(await stored(site, survey)).toHaveLength(2)
  })

  test('counts once also when both press at the same moment', async () => {
    const two = await bothAtTheEnd()
    const ends = await Promise.all(two.map((someone) => someone.submit()))
    expect(ends.map(({ path }) => path).sort()).toEqual([at(), at('thanks')])
    expect(await stored(site, survey)).toHaveLength(1)
    expect(rows(site, 'select * from spent where survey = ?', survey.id)).toHaveLength(1)
  })

  test('pressed twice by one person it is one response and one receipt', async () => {
    const [someone] = await bothAtTheEnd()
    const token = someone.token()
    const ends = await Promise.all([1, 2, 3].map(() => someone.send(at('send'), { token })))
    expect(ends.map(({ path }) => path)).toEqual([at('thanks'), at('thanks'), at('thanks')])
    expect(await stored(site, survey)).toHaveLength(1)
  })
})

test('sixty wrong codes from one address are enough, and a good one is never counted', async () => {
  const own = await openSite(sampleDistrict)
  try {
    const few = await coded(own, 'guessed')
    const { codes } = await sheetOf(own, few, 3)
    const guess = (code: string) => respondent(own, 'guessed').send('/s/guessed/code', { code })
    for (const code of codes) expect((await guess(code)).status).toBe(200)
    for (let n = 0; n < 60; n++) expect((await guess(`WRONG${n}`)).status).toBe(422)
    const { status, html } = await guess(codes[0] ?? '')
    expect(status).toBe(429)
    expect(wordsOf(html)).toMatch(/Too many wrong codes.*Wait \d+ minutes/)
    expect(html).not.toContain('/sign-in?')
  } finally {
    await own.close()
  }
})

test('an open survey asks for no code and takes none', async () => {
  const open = await field(site.stores, { slug: `open-${turn}`, definition: plain })
  const someone = respondent(site, open.slug)
  expect((await someone.open('?code=ACE-F7H-J9KM')).html).not.toContain('name="code"')
  expect((await someone.send(`/s/${open.slug}/code`, { code: 'ACE' })).path).toBe(`/s/${open.slug}`)
})
