import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../browser.ts'
import { withVoices } from '../children/voices.ts'
import { demo, openSite, type Site, stored } from '../site.ts'
import { axe, layout, rulesIn, withAxe } from './inspect.ts'
import { leaving, openPhone, type Phone } from './phone.ts'

const slug = 'students-3-5'
let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(demo), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const kept = async () => {
  const survey = await site.stores.surveys.find(slug)
  if (!survey) throw new Error('the sample survey is not there')
  return stored(site, survey)
}

/** What is wrong with the page that is shown; nothing of a page that was left. */
async function sound(phone: Phone, state: string, rules = rulesIn('en')) {
  expect([state, await axe(phone.page, rules)]).toEqual([state, []])
  expect([state, await layout(phone.page)]).toEqual([state, []])
}

/** Goes on, and waits for the page that follows. */
async function onward(phone: Phone, press = phone.next) {
  const was = phone.at()
  await leaving(phone.page, press)
  expect(phone.at()).not.toBe(was)
}

test('the report tells of students alone, since nobody else was asked', async () => {
  const told = JSON.parse(await site.heard('report', slug, '--json'))
  expect(told.groups.map(({ code }: { code: string }) => code)).toEqual(['student'])
  expect(told.groups[0].n).toBe(told.responses)
})

const steps = {
  safe: 'always',
  valued: 'often',
  respected: 'often',
  helped: 'always',
  cared_for: 'always',
  kind: 'sometimes',
  ideas: 'never',
  fair: 'sometimes',
}
const faces = { learning: 'very_good', lunch: 'bad', playground: 'good' }

describe.each([
  { script: false, language: 'es' },
  { script: true, language: 'ar' },
])('a nine-year-old with a phone, in $language, scripts: $script', ({ script, language }) => {
  test('says yes, answers one thing a page, checks it and sends it; every page is sound', async () => {
    const before = (await kept()).length
    const phone = await openPhone(browser, site, { script, language, width: 320 })
    await withVoices(phone.context, [{ lang: language, localService: true }])
    await phone.open(`/s/${slug}`)
    if (script) await sound(phone, 'start')
    await onward(phone, phone.start)
    expect(phone.at()).toBe(`/s/${slug}/you.school`)
    if (script) expect(await phone.page.locator('[data-aloud="read"]').isVisible()).toBe(true)
    await phone.choose('school', 'school_b')
    await onward(phone)
    await phone.choose('grade', 'grade_4')
    await onward(phone)
    for (const [item, point] of Object.entries(steps)) {
      expect(phone.at()).toBe(`/s/${slug}/at_school.school_days.${item}`)
      expect(await phone.page.locator('input[type="radio"]').count()).toBe(4)
      await phone.choose(`school_days.${item}`, point)
      if (script && item === 'safe') await sound(phone, 'steps')
      await onward(phone)
    }
    for (const [item, point] of Object.entries(faces)) {
      await phone.choose(`places.${item}`, point)
      if (script && item === 'lunch') await sound(phone, 'faces')
      await onward(phone)
    }
    await phone.choose('first', 'lunch')
    await phone.choose('first', 'bathrooms')
    if (script) await sound(phone, 'choice')
    await onward(phone)
    await phone.write('idea', 'Más libros')
    if (script) await sound(phone, 'text')
    await onward(phone)
    expect(phone.at()).toBe(`/s/${slug}/review`)
    expect(await phone.page.locator('section.review h2').count()).toBe(4)
    if (script) await sound(phone, 'review')
    await onward(phone)
    expect(phone.at()).toBe(`/s/${slug}/thanks`)
    if (script) await sound(phone, 'receipt')
    await phone.close()

    const all = await kept()
    expect(all).toHaveLength(before + 1)
    expect(all.at(-1)?.answers).toEqual({
      school: 'school_b',
      grade: 'grade_4',
      school_days: steps,
      places: faces,
      first: ['lunch', 'bathrooms'],
      idea: { words: 'Más libros', language },
    })
  }, 120_000)
})

test('pages for children are sound in every language, each kind of page', async () => {
  const { languages = [] } = (await site.stores.surveys.find(slug))?.questionnaire ?? {}
  expect(languages).toHaveLength(12)
  const phone = await openPhone(browser, site, { script: true, width: 320 })
  await withAxe(phone.context)
  const visits: [page: string, goOn: number][] = [
    ['', 0],
    ['/you.school', 2],
    ['/at_school.school_days.safe', 8],
    ['/feelings.places.learning', 3],
    ['/better.first', 0],
  ]
  for (const [address, goOn] of visits) {
    for (const language of languages) {
      await phone.open(`/s/${slug}${address}?part=yes&lang=${language}`)
      expect(phone.at()).toBe(`/s/${slug}${address}`)
      await sound(phone, `${address} in ${language}`, rulesIn(language))
    }
    for (let page = 0; page < goOn; page++) await onward(phone)
  }
  await phone.close()
}, 300_000)

test('a child answers by keyboard alone', async () => {
  const phone = await openPhone(browser, site, { script: true, width: 820 })
  const { page } = phone
  const { keyboard } = page
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name') ?? '')
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 30; presses++) {
      if ((await focused()) === name) return
      await keyboard.press('Tab')
    }
    throw new Error(`no way to ${name} by keyboard on ${phone.at()}`)
  }
  await phone.open(`/s/${slug}/you.school?part=yes`)
  await tabTo('school')
  await keyboard.press('Space')
  await onward(phone, () => keyboard.press('Enter'))
  await tabTo('grade')
  await keyboard.press('ArrowDown')
  await onward(phone, () => keyboard.press('Enter'))
  for (const item of Object.keys(steps)) {
    await tabTo(`school_days.${item}`)
    await keyboard.press('Space')
    await keyboard.press('ArrowDown')
    await onward(phone, () => keyboard.press('Enter'))
  }
  for (const item of Object.keys(faces)) {
    await tabTo(`places.${item}`)
    await keyboard.press('ArrowUp')
    await onward(phone, () => keyboard.press('Enter'))
  }
  await tabTo('first')
  await keyboard.press('Space')
  await onward(phone, () => keyboard.press('Enter'))
  await tabTo('idea')
  await keyboard.type('More books')
  await keyboard.press('Tab')
  await onward(phone, () => keyboard.press('Enter'))
  expect(phone.at()).toBe(`/s/${slug}/review`)
  await page.locator('main button.primary').focus()
  await onward(phone, () => keyboard.press('Enter'))
  expect(phone.at()).toBe(`/s/${slug}/thanks`)
  const last = (await kept()).at(-1)?.answers as Record<string, Record<string, string>>
  expect(new Set(Object.values(last.school_days ?? {}))).toEqual(new Set(['sometimes']))
  expect(new Set(Object.values(last.places ?? {}))).toEqual(new Set(['very_good']))
  await phone.close()
}, 120_000)

test('what can be pressed on a page for children is at least 56 pixels high', async () => {
  const phone = await openPhone(browser, site, { script: true })
  for (const page of ['you.school', 'you.grade'])
    for (const language of ['en', 'my']) {
      await phone.open(`/s/${slug}/${page}?part=yes&lang=${language}`)
      const heights = await phone.page
        .locator('main label:has(input), main .actions button')
        .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height))
      expect(heights.length).toBeGreaterThan(3)
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(56)
      await phone.next()
    }
  await phone.close()
})
