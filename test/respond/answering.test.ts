import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import {
  field,
  frozen,
  openSite,
  respondent,
  rows,
  type Site,
  sampleDistrict,
  stored,
  wordsOf,
} from '../site.ts'
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
  survey = await field(site.stores, { slug: `answering-${turn}`, definition: everyKind })
})

const reader = (headers = {}) => respondent(site, survey.slug, headers)

const all = {
  choices: { ride: 'bus', ride_why: 'It is far.', news: ['text', 'call'] },
  ratings: { 'climate.safe': 'yes', 'climate.heard': 'na', rate: '0', children: '2' },
  order: { 'first.c': '1', 'first.a': '2', group: 'family', school: '', word: 'Thanks' },
}
async function fill(someone: ReturnType<typeof reader>) {
  await someone.start()
  for (const fields of Object.values(all)) await someone.answer(fields)
  return someone.seen()
}

describe('from start to receipt', () => {
  test('every kind of answer arrives as it was given', async () => {
    const someone = reader()
    const review = await fill(someone)
    expect(review.path).toBe(`/s/${survey.slug}/review`)
    expect(wordsOf(review.html)).toMatch(/By bus.*It is far\..*Text.*Call/)
    const receipt = await someone.submit()
    expect(receipt.path).toBe(`/s/${survey.slug}/thanks`)
    expect(wordsOf(receipt.html)).toContain('We have your answers. They are saved. We read it all.')
    const [only, ...more] = await stored(site, survey)
    expect(more).toEqual([])
    expect(only).toMatchObject({
      version: 1,
      language: 'en',
      channel: 'web',
      answers: {
        ride: 'bus',
        ride_why: { words: 'It is far.', language: 'en' },
        news: ['text', 'call'],
        climate: { safe: 'yes', heard: 'na' },
        rate: 0,
        children: 2,
        first: { order: ['c', 'a'] },
        group: 'family',
        word: { words: 'Thanks', language: 'en' },
      },
    })
  })

  test('a page that was left and come back to shows what was answered', async () => {
    const someone = reader()
    await fill(someone)
    const { html } = await someone.open('choices?from=review')
    expect(html).toMatch(/value="bus"[^>]* checked/)
    expect(html).toContain('It is far.')
    const changed = await someone.answer({ ...all.choices, ride: 'walk' })
    expect(changed.path).toBe(`/s/${survey.slug}/review`)
    expect(wordsOf(changed.html)).toContain('On foot')
  })

  test('a page further on cannot be opened by its address', async () => {
    const someone = reader()
    expect((await someone.open('order')).path).toBe(`/s/${survey.slug}/choices`)
    expect((await someone.open('review')).path).toBe(`/s/${survey.slug}/choices`)
    expect((await someone.open('thanks')).path).toBe(`/s/${survey.slug}`)
  })
})

describe('sending once', () => {
  test('pressed twice at the same time, reloaded and sent again, it is one response and one receipt', async () => {
    const someone = reader()
    await fill(someone)
    const fields = { token: someone.token() }
    const send = () => someone.send(`/s/${survey.slug}/send`, fields)
    const receipts = [...(await Promise.all([send(), send(), send()])), await send()]
    for (const { path } of receipts) expect(path).toBe(`/s/${survey.slug}/thanks`)
    expect((await someone.open('thanks')).status).toBe(200)
    expect(await stored(site, survey)).toHaveLength(1)
  })

  test('a tab that was left open finds the receipt, and its answers do not count again', async () => {
    const someone = reader()
    await fill(someone)
    const token = someone.token()
    await someone.submit()
    const other = await someone.send(`/s/${survey.slug}/choices`, { token, ride: 'walk' })
    expect(other.path).toBe(`/s/${survey.slug}/thanks`)
    expect((await someone.open('ratings')).path).toBe(`/s/${survey.slug}/thanks`)
    expect((await someone.open('review')).path).toBe(`/s/${survey.slug}/thanks`)
    expect(await stored(site, survey)).toHaveLength(1)
    expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
  })

  test('the receipt is still there for a browser that lost its cookie', async () => {
    const someone = reader()
    await fill(someone)
    const token = someone.token()
    await someone.submit()
    const { path } = await reader().send(`/s/${survey.slug}/send`, { token })
    expect(path).toBe(`/s/${survey.slug}/thanks`)
    expect(await stored(site, survey)).toHaveLength(1)
  })

  test('another person can answer on the same device', async () => {
    const someone = reader()
    await fill(someone)
    const receipt = await someone.submit()
    expect(receipt.html).toContain(`href="/s/${survey.slug}?again"`)
    await someone.open('?again')
    expect((await someone.start()).html).not.toContain('checked')
    for (const fields of Object.values(all)) await someone.answer(fields)
    await someone.submit()
    expect(await stored(site, survey)).toHaveLength(2)
  })

  test('the address of sending leads to the receipt when it is loaded again, and sends nothing', async () => {
    const someone = reader()
    await fill(someone)
    await someone.submit()
    expect((await someone.open('send')).path).toBe(`/s/${survey.slug}/thanks`)
    expect(await stored(site, survey)).toHaveLength(1)
  })
})

describe('an empty form', () => {
  test('is refused kindly, and cannot be forced', async () => {
    const easy = structuredClone(everyKind)
    for (const section of easy.sections)
      for (const question of section.questions) Reflect.deleteProperty(question, 'required')
    const free = await field(site.stores, { slug: `free-${turn}`, definition: easy })
    const someone = respondent(site, free.slug)
    await someone.start()
    for (let page = 0; page < 3; page++) await someone.answer({})
    const { path, html } = someone.seen()
    expect(path).toBe(`/s/${free.slug}/review`)
    expect(wordsOf(html)).toContain('You have not answered any question yet.')
    const forced = await someone.send(`/s/${free.slug}/send`, { token: someone.token() })
    expect(forced.path).toBe(`/s/${free.slug}/review`)
    expect(await stored(site, free)).toEqual([])
  })

  test('a needed question is asked for by name, with a link to it, and nothing typed is lost', async () => {
    const someone = reader()
    await someone.start()
    const { status, html } = await someone.answer({ ride_why: 'typed <b>here</b>', news: 'mail' })
    expect(status).toBe(422)
    expect(wordsOf(html)).toMatch(/Which way\? ?: Please answer this question\./)
    expect(html).toContain('href="#ride"')
    expect(html).toMatch(/id="ride"/)
    expect(html).toContain('typed &lt;b&gt;here&lt;/b&gt;')
    expect(html).toMatch(/value="mail"[^>]* checked/)
  })
})

describe('what is typed', () => {
  const comment = async (words: string) => {
    const someone = reader()
    await someone.start()
    await someone.answer({ ride: 'bus', ride_why: words })
    return someone
  }
  const sent = async (words: string) => {
    const someone = await comment(words)
    for (const fields of [{}, {}, {}]) await someone.answer(fields)
    const [response] = await stored(site, survey)
    return (response?.answers.ride_why as { words: string } | undefined)?.words
  }

  test.each([
    ['emoji with joiners and skin colours', '👩🏽‍🏫 ❤️ 👨‍👩‍👧‍👦'],
    ['Arabic with marks of direction', '\u200fمرحبا\u200e (Hi)\u200f!'],
    ['Persian with a non-joiner', 'می\u200cخواهم'],
    ['letters with their marks apart', 'nin\u0303o'],
    ['signs that mean something in HTML, CSV and SQL', `=1+1 "<&>' -- \\ %00 \${x} <%= 1 %>`],
    ['several lines and a tab', 'one\n\ttwo\n\nthree'],
    ['a letter beyond the first plane', '𠜎'],
  ])('%s is stored as it was written', async (_what, words) => {
    expect(await sent(words)).toBe(words)
    const [row] = rows(
      site,
      'select words from comment join response on response.id = comment.response where survey = ?',
      survey.id,
    )
    expect(row?.words).toBe(words)
  })

  test('the ways in which systems end a line become one', async () => {
    expect(await sent('a\r\nb\rc')).toBe('a\nb\nc')
  })

  test('spaces and invisible signs alone are no comment', async () => {
    expect(await sent(' \u200b\u2060 \n\t')).toBeUndefined()
  })

  test('a comment of a million letters gets a problem that says by how much, and is kept', async () => {
    const words = `${'long '.repeat(200_000)}and the end`
    const someone = await comment(words)
    const { status, html } = someone.seen()
    expect(status).toBe(422)
    expect(wordsOf(html.slice(0, html.indexOf('<textarea')))).toMatch(
      /longer than 2000 characters.*shorter by [\d,]+/,
    )
    expect(html).toContain('and the end</textarea>')
    await someone.answer({ ride: 'bus', ride_why: 'short' })
    expect(someone.seen().path).toBe(`/s/${survey.slug}/ratings`)
  })
})

describe('a language changed half-way', () => {
  test('keeps what was answered, and what was typed and not sent', async () => {
    const someone = reader()
    await someone.start()
    await someone.answer(all.choices)
    const spanish = await someone.switchLanguage('es', { rate: '4', children: 'muchos' })
    expect(spanish.path).toBe(`/s/${survey.slug}/ratings`)
    expect(spanish.html).toContain('<html lang="es"')
    expect(spanish.html).toMatch(/name="rate" value="4"[^>]* checked/)
    expect(spanish.html).toContain('value="muchos"')
    // It was not sent, so it is not found fault with.
    expect(spanish.html).not.toContain('id="problems"')
  })

  test('on a page with problems, they are told in the new language, and all stays', async () => {
    const someone = reader()
    await someone.start()
    await someone.answer({ ride_why: 'kept' })
    const arabic = await someone.switchLanguage('ar', { ride_why: 'kept and more' })
    expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
    expect(arabic.html).toContain('id="problems"')
    expect(wordsOf(arabic.html)).toContain('بأي طريقة؟')
    expect(arabic.html).toContain('kept and more')
  })

  test('on the review page, and the response says in which it was sent', async () => {
    const someone = reader()
    await fill(someone)
    const arabic = await someone.switchLanguage('ar')
    expect(arabic.path).toBe(`/s/${survey.slug}/review`)
    expect(wordsOf(arabic.html)).toContain('بالحافلة')
    await someone.submit()
    const [response] = await stored(site, survey)
    expect(response).toMatchObject({
      language: 'ar',
      answers: { ride: 'bus', ride_why: { words: 'It is far.', language: 'en' } },
    })
  })

  test('to one that is not offered changes nothing', async () => {
    const someone = reader()
    await someone.start()
    await someone.switchLanguage('xx', { ride: 'bus' })
    expect(someone.seen().html).toContain('<html lang="en"')
  })
})

describe('going back', () => {
  test('keeps what is on the page, right or wrong', async () => {
    const someone = reader()
    await someone.start()
    await someone.answer(all.choices)
    const before = await someone.goBack({ children: 'some', rate: '9' })
    expect(before.path).toBe(`/s/${survey.slug}/choices`)
    expect(before.html).toMatch(/value="bus"[^>]* checked/)
    const again = await someone.answer(all.choices)
    expect(again.path).toBe(`/s/${survey.slug}/ratings`)
    expect(again.html).toContain('value="some"')
    expect(again.html).toMatch(/name="rate" value="9"[^>]* checked/)
  })
})

describe('a new version', () => {
  const next = () => {
    const changed = structuredClone(everyKind)
    changed.title.en = 'The second version'
    changed.languages = ['en', 'es']
    return frozen(site.stores, changed)
  }

  test('who began on the old one goes on with it, in its languages; who comes now gets the new one', async () => {
    const early = reader({ 'Accept-Language': 'ar' })
    await early.start()
    await early.answer({ ride: 'bus' })
    await site.stores.surveys.publish(survey.id, await next(), Date.now())
    expect((await early.open('ratings')).html).toContain('<html lang="ar"')
    for (const fields of [{ rate: '5' }, {}, {}]) await early.answer(fields)
    const late = reader()
    expect(wordsOf((await late.open()).html)).toContain('The second version')
    await late.start()
    for (const fields of [{ ride: 'walk' }, {}, {}, {}]) await late.answer(fields)
    const versions = (await stored(site, survey)).map(({ version, language }) => [version, language])
    expect(versions).toEqual([
      [1, 'ar'],
      [2, 'en'],
    ])
  })
})

describe('skipped questions', () => {
  test('an answer that a later change hides is not kept', async () => {
    const { default: definition } = await import('../questionnaires/hiddenChain.ts')
    const chain = await field(site.stores, { slug: `chain-${turn}`, definition })
    const someone = respondent(site, chain.slug)
    await someone.start()
    for (const fields of [{ a: 'yes' }, { b: 'yes' }, { c: 'yes' }, { why: 'hidden words' }])
      await someone.answer(fields)
    await someone.open('first')
    await someone.answer({ a: 'no' })
    while (!someone.seen().path.endsWith('/review')) await someone.answer({})
    await someone.submit()
    expect((await stored(site, chain)).map(({ answers }) => answers)).toEqual([{ a: 'no' }])
    expect(rows(site, 'select words from comment').filter(({ words }) => words === 'hidden words')).toEqual(
      [],
    )
  })

  test('an answer that brings up a question on its own page is asked it before going on', async () => {
    const { default: definition } = await import('../questionnaires/samePage.ts')
    const same = await field(site.stores, { slug: `same-${turn}`, definition })
    const someone = respondent(site, same.slug)
    await someone.start()
    const again = await someone.answer({ ride: 'yes' })
    expect(again.path).toBe(`/s/${same.slug}/page`)
    expect(again.html).toContain('name="line"')
    expect((await someone.answer({ ride: 'yes', line: '5' })).path).toBe(`/s/${same.slug}/after`)
  })
})
