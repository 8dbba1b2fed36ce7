import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wordsOf } from '../site.ts'
import { fieldsOf, openOffice, press } from './office.ts'
import { start } from './steps.ts'

let office: Awaited<ReturnType<typeof openOffice>>
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const home = '/office/build/spring'
const publish = (fields: Record<string, string> = { looked: 'yes' }) =>
  press(office.ana, `${home}/check`, fields, `${home}/publish`)

describe('publishing', () => {
  it('asks for a look at the warnings, makes version 1, and leads on to the survey’s page', async () => {
    const asked = await publish({})
    expect([asked.status, wordsOf(asked.text).includes('Look at the points above')]).toEqual([422, true])
    expect(await office.stores.surveys.find('spring')).toBeUndefined()
    const sent = await publish()
    expect(sent.headers.location).toBe(`${home}/check?done=published#news`)
    expect(await office.stores.surveys.find('spring')).toMatchObject({ version: 1, state: 'draft' })
    const { text } = await office.ana.open(`${home}/check?done=published`)
    expect(text).toContain('href="/office/surveys/spring"')
    expect((await office.ana.open('/office/surveys/spring')).status).toBe(200)
  })

  it('is refused while something is missing, each with its place', async () => {
    await press(
      office.ana,
      `${home}/q/ride?beside=ar`,
      { 'title.en': 'Which way then?', 'title.ar': '', beside: 'ar' },
      `${home}/q/ride`,
    )
    const { text } = await office.ana.open(`${home}/check`)
    expect(wordsOf(text)).toContain('Words are missing in a language')
    expect(text).toContain(`href="${home}/q/ride?beside=ar"`)
    expect(text).toMatch(/<button class="primary" disabled>/)
    expect((await publish()).status).toBe(422)
    expect(await office.stores.surveys.find('spring')).toBeUndefined()
  })

  it('tells a fault of the questionnaire with a link to where it stands', async () => {
    await press(office.ana, home, { do: 'question.place.ride.order' }, `${home}/do`)
    const { text } = await office.ana.open(`${home}/check`)
    expect(wordsOf(text)).toContain('it is about "ride", which is not asked before it')
    expect(text).toContain(`href="${home}/q/ride_why"`)
  })

  it('makes the next version of a survey that is there, and none when nothing was changed', async () => {
    await publish()
    expect(wordsOf((await office.ana.open(`${home}/check`)).text)).toContain('There is nothing to publish.')
    expect((await publish()).status).toBe(422)
    await press(office.ana, `${home}/q/ride`, { 'title.en': 'Which way now?' })
    await publish()
    const survey = await office.stores.surveys.find('spring')
    expect(survey).toMatchObject({ version: 2 })
    const said = wordsOf((await office.ana.open(`${home}/check`)).text)
    expect(said).toMatch(/Version 2 .* Answered now Changed the question Which way now\? Version 1/)
  })

  it('freezes codes: what was published keeps its code, what is new may change', async () => {
    await publish()
    await press(office.ana, `${home}/q/ride`, {
      'title.en': 'Another',
      code: 'other',
      'options.0.code': 'coach',
    })
    const add = { section: 'order', kind: 'text', 'title.en': 'Late' }
    await press(office.ana, home, add, `${home}/add`)
    await press(office.ana, `${home}/q/late`, { code: 'later' })
    const asked = (await office.now()).sections.flatMap(({ questions }) => questions.map(({ code }) => code))
    expect([asked.includes('ride'), asked.includes('later')]).toEqual([true, true])
    expect((await office.ana.open(`${home}/q/ride`)).text).toContain('It was published, so it stays.')
  })

  it('is refused to somebody who looked at an older state', async () => {
    const { text } = await office.ana.open(`${home}/check`)
    await press(office.ben, `${home}/q/ride`, { 'title.en': 'Ben asks' })
    const sent = await office.ana.send(`${home}/publish`, {
      ...(fieldsOf(text, `${home}/publish`) as Record<string, string>),
      looked: 'yes',
    })
    expect([sent.status, wordsOf(sent.text).includes('Somebody saved meanwhile')]).toEqual([422, true])
    expect(await office.stores.surveys.find('spring')).toBeUndefined()
  })
})

describe('the preview', () => {
  const frame = `${home}/frame`

  it('shows the pages as people will see them, in each language and turned around', async () => {
    const { text, headers } = await office.ana.open(`${frame}/choices?lang=ar`)
    expect(text).toContain('<html lang="ar" dir="rtl">')
    expect(text).toContain('بأي طريقة؟')
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
    expect((await office.ana.open(`${frame}?lang=en&mirror=yes`)).text).toContain(
      '<html lang="en" dir="rtl">',
    )
    const parent = await office.ana.open(`${home}/preview?in=es&as=desk`)
    expect(parent.headers['content-security-policy']).toContain("frame-src 'self'")
    expect(parent.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(parent.text).toContain(`src="${frame}?lang=es"`)
    // Looking at Arabic does not turn the office's own pages.
    expect((await office.ana.open(home)).text).toContain('<html lang="en" dir="ltr">')
  })

  it('can be answered to the end, skip logic and all, and writes nothing', async () => {
    await press(office.ana, `${home}/q/climate`, { 'if.join': 'all', 'if.new.question': 'ride' })
    await press(office.ana, `${home}/q/climate`, { 'if.0.how': 'is', 'if.0.codes': 'bus' })
    const token = (html: string) => /name="token" value="([^"]*)"/.exec(html)?.[1] ?? ''
    const send = async (page: string, fields: Record<string, string>, html: string) =>
      (
        await office.ana
          .send(`${frame}/${page}`, { token: token(html), ...fields })
          .set({ 'Sec-Fetch-Site': 'same-origin' })
      ).text
    let html = (await office.ana.open(`${frame}/choices`)).text
    html = await send('choices', {}, html)
    expect(wordsOf(html)).toContain('Which way?')
    expect(html).toContain('class="problems"')
    html = await send('choices', { ride: 'walk' }, html)
    expect(html).not.toContain('name="climate.safe"')
    html = await send('ratings', { go: 'back' }, html)
    expect(html).toMatch(/value="walk"[^>]* checked/)
    html = await send('choices', { ride: 'bus' }, html)
    expect(html).toContain('name="climate.safe"')
    html = await send('ratings', { switch: 'es', rate: '7' }, html)
    expect(wordsOf(html)).toContain('¿De 0 a 10?')
    html = await send('ratings', { rate: '7' }, html)
    html = await send('order', { word: 'hello' }, html)
    expect(wordsOf(html)).toContain('hello')
    html = await send('review', {}, html)
    expect(wordsOf(html)).toContain('We read it all.')
    expect(await office.stores.surveys.list()).toEqual([])
  })

  it('marks what is not translated', async () => {
    await office.stores.definitions.add('half', { ...start, languages: [...start.languages, 'so'] }, 'x', 1)
    const { text } = await office.ana.open('/office/build/half/frame/choices?lang=so')
    expect(text).toMatch(/<span lang="en" dir="ltr">Which way\?<\/span>/)
    expect(text).toContain('/preview.css')
    expect(wordsOf((await office.ana.open('/office/build/half/preview?in=so')).text)).toMatch(
      /Soomaali \d+ not translated/,
    )
  })

  it('shows a question with what is typed into its form just now, and saves none of it', async () => {
    const page = `${home}/q/ride`
    const { text } = await office.ana.open(page)
    const typed = { ...fieldsOf(text, page), 'title.en': 'Typed just now', shown: 'en' } as Record<
      string,
      string
    >
    const shown = await office.ana.send(`${page}/show`, typed)
    expect([shown.status, wordsOf(shown.text).includes('Typed just now')]).toEqual([200, true])
    expect((await office.stores.definitions.revisions('spring')).length).toBe(1)
  })
})
