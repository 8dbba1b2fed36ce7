import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { questions } from '../../src/questionnaire/definition.ts'
import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import { launch } from '../browser.ts'
import { start } from '../build/steps.ts'
import { openSite, type Site, sampleDistrict, stored } from '../site.ts'
import { axe, layout, rulesIn, withAxe } from './inspect.ts'
import { leaving, openPhone, signIn } from './phone.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000 })

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(sampleDistrict), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** The office at its desk, counting what it does: a press, or a field that is filled in. */
async function openDesk(scripts = true) {
  const { context, page } = scripts ? await signIn(browser, site, 'office') : await signInPlain()
  let steps = 0
  const step = async (work: Promise<unknown>) => {
    steps += 1
    await work
  }
  return {
    page,
    context,
    steps: () => steps,
    press: (name: string) =>
      step(leaving(page, () => page.getByRole('button', { name, exact: true }).first().click())),
    follow: (name: string) => step(leaving(page, () => page.getByRole('link', { name }).first().click())),
    write: (field: string, words: string) => step(page.locator(`${field}:visible`).first().fill(words)),
    pick: (field: string, value: string) =>
      step(page.locator(`${field}:visible`).first().selectOption(value)),
    tick: (field: string) => step(page.locator(field).first().check()),
  }
}

/** The same without a script. */
async function signInPlain() {
  const { context, page } = await signIn(browser, site, 'office')
  const state = await context.storageState()
  await context.close()
  const plain = await browser.newContext({
    baseURL: site.url,
    javaScriptEnabled: false,
    storageState: state,
    locale: 'en',
  })
  await page.close()
  return { context: plain, page: await plain.newPage() }
}

/** Kind, words in English and Spanish, and the answers of both, a line each. */
const ten: [string, string, string, string, string][] = [
  ['profile', 'Who are you?', '¿Quién es usted?', '', ''],
  [
    'single',
    'How does your child get to school?',
    '¿Cómo va su hijo a la escuela?',
    'Bus\nOn foot',
    'Autobús\nA pie',
  ],
  [
    'grid',
    'How is our school?',
    '¿Cómo es nuestra escuela?',
    'I feel welcome\nI get answers',
    'Me siento bienvenido\nMe responden',
  ],
  ['multiple', 'How can we reach you?', '¿Cómo le avisamos?', 'Text\nLetter', 'Mensaje\nCarta'],
  [
    'ranking',
    'What comes first?',
    '¿Qué va primero?',
    'Reading\nMath\nSports',
    'Lectura\nMatemáticas\nDeportes',
  ],
  ['scale', 'How likely are you to come again?', '¿Volvería usted?', '', ''],
  ['number', 'How many children do you have here?', '¿Cuántos hijos tiene aquí?', '', ''],
  ['single', 'When can you come?', '¿Cuándo puede venir?', 'Morning\nEvening', 'Mañana\nTarde'],
  ['text', 'What should we change?', '¿Qué debemos cambiar?', '', ''],
  ['text', 'What should we keep?', '¿Qué debemos mantener?', '', ''],
]

test.each([true, false])(
  'from nothing to a survey of ten questions in two languages that a parent answers (scripts: %s)',
  async (scripts) => {
    const began = Date.now()
    const desk = await openDesk(scripts)
    const slug = scripts ? 'our-school' : 'our-school-2'
    await desk.page.goto('/office')
    await desk.follow('Build surveys')
    await desk.follow('Begin a survey')
    await desk.write('#title', 'Our school')
    await desk.tick('[name="languages"][value="es"]')
    await desk.press('Begin')
    for (const [kind, en, es, linesEn, linesEs] of ten) {
      await desk.pick('[name="kind"]', kind)
      await desk.write('[name="title.en"]', en)
      await desk.write('[name="title.es"]', es)
      if (linesEn) {
        await desk.write('[name="lines.en"]', linesEn)
        await desk.write('[name="lines.es"]', linesEs)
      }
      await desk.press('Add')
    }
    // What the interface has ready in Spanish, and what is still to be translated, is told by the check.
    await desk.follow('Settings')
    await desk.write('[name="title.es"]', 'Nuestra escuela')
    await desk.press('Save')
    await translateTheRest(desk)
    await desk.follow('Check and publish')
    await desk.tick('[name="looked"]')
    await desk.press('Publish')
    expect(await desk.page.getByText('Published. To let people answer').count()).toBe(1)
    await desk.follow('Send out')
    await desk.press('Open now')
    const seconds = Math.round((Date.now() - began) / 1000)
    console.log(
      `from sign-in to an open survey of ten questions in two languages: ${desk.steps()} steps, ${seconds} s by a program (scripts: ${scripts})`,
    )
    expect(desk.steps()).toBeLessThan(90)
    await desk.context.close()

    const survey = await site.stores.surveys.find(slug)
    if (!survey) throw new Error('there is no survey')
    expect(survey).toMatchObject({ state: 'open', version: 1 })
    expect(questions(survey.questionnaire)).toHaveLength(10)
    const parent = await openPhone(browser, site, { script: false, language: 'es' })
    await parent.open(`/s/${slug}`)
    await parent.start()
    await parent.choose('who_are_you', 'family')
    await parent.write('what_should_we_keep', 'Los maestros')
    await parent.next()
    expect(parent.at()).toBe(`/s/${slug}/review`)
    await parent.next()
    expect(parent.at()).toBe(`/s/${slug}/thanks`)
    await parent.close()
    const [response] = await stored(site, survey)
    expect(response).toMatchObject({ language: 'es', answers: { who_are_you: 'family' } })
  },
)

/** Follows each link that the check gives for missing Spanish, and fills in what is empty there. */
async function translateTheRest(desk: Awaited<ReturnType<typeof openDesk>>) {
  for (let round = 0; round < 10; round++) {
    await desk.page.goto(`${new URL(desk.page.url()).pathname.split('/').slice(0, 4).join('/')}/check`)
    const missing = desk.page.locator('.advice a[href*="beside=es"], .advice a[href$="beside=es"]')
    if ((await missing.count()) === 0) return
    await leaving(desk.page, () => missing.first().click())
    const empty = desk.page.locator(
      '[lang="es"][name]:not([name$=".short.es"]):not([name^="help"]):not([name^="short"])',
    )
    for (const field of await empty.all())
      if (
        (await field.inputValue()) === '' &&
        !(await field.evaluate((node) => node.closest('.blank') !== null))
      )
        await desk.write(`[name="${await field.getAttribute('name')}"]`, 'En español')
    await desk.press('Save')
  }
}

async function openSpring(slug: string) {
  await site.stores.definitions.add(slug, withDefaults(start), 'id-office-example-org', Date.now())
  return `/office/build/${slug}`
}
const codes = async (slug: string) =>
  questions((await site.stores.definitions.find(slug))?.questionnaire ?? start).map(({ code }) => code)

test('two people at their desks: the second sees both versions and keeps what they choose', async () => {
  const home = await openSpring('shared')
  const [ana, ben] = [await signIn(browser, site, 'office'), await signIn(browser, site, 'admin')]
  for (const { page } of [ana, ben]) await page.goto(`${home}/q/ride`)
  await ana.page.locator('[name="title.en"]').fill('Ana asks')
  await ana.page.getByRole('button', { name: 'Save', exact: true }).click()
  await ana.page.getByText('Saved.').waitFor()
  await ben.page.locator('[name="title.en"]').fill('Ben asks')
  await ben.page.locator('[name="help.en"]').fill('Ben helps')
  await ben.page.getByRole('button', { name: 'Save', exact: true }).click()
  await ben.page.getByRole('heading', { name: 'Someone saved meanwhile' }).waitFor()
  const shown = await ben.page.locator('.clash').textContent()
  for (const words of ['Which way?', 'Ben asks', 'Ana asks']) expect(shown).toContain(words)
  await ben.page.locator('[value="theirs"]').first().check()
  await ben.page.getByRole('button', { name: 'Save what I chose' }).click()
  await ben.page.getByText('Saved.').waitFor()
  const saved = (await site.stores.definitions.find('shared'))?.questionnaire
  expect(saved && questions(saved)[0]).toMatchObject({ title: { en: 'Ana asks' }, help: { en: 'Ben helps' } })
  await Promise.all([ana.context.close(), ben.context.close()])
})

test('a removed question comes back at the press of a button; dragging and buttons move the same', async () => {
  const home = await openSpring('moved')
  const { context, page } = await signIn(browser, site, 'office')
  await page.goto(home)
  await leaving(page, () => page.getByRole('button', { name: 'Remove: Which way?' }).click())
  await page.getByText('Removed the question').waitFor()
  expect(await codes('moved')).not.toContain('ride')
  await leaving(page, () => page.getByRole('button', { name: 'Undo' }).click())
  await page.getByText('Taken back.').waitFor()
  expect((await codes('moved'))[0]).toBe('ride')

  await drag(page, '#question-word', '#question-ride')
  await page.getByText('Saved.').waitFor()
  expect((await codes('moved')).slice(0, 2)).toEqual(['word', 'ride'])
  await page.getByRole('button', { name: 'Move down: One more word?' }).click()
  await page.waitForURL(/#question-word/)
  await vi.waitFor(async () => expect((await codes('moved')).slice(0, 2)).toEqual(['ride', 'word']))
  await context.close()
})

/** Takes something by its handle and puts it before another. */
async function drag(page: Page, what: string, before: string) {
  const handle = page.locator(`${what} .handle`)
  await handle.scrollIntoViewIfNeeded()
  const from = await handle.boundingBox()
  if (!from) throw new Error(`${what} cannot be dragged`)
  await page.mouse.move(from.x + 5, from.y + 5)
  await page.mouse.down()
  for (let tries = 0; tries < 40; tries++) {
    const target = await page.locator(before).boundingBox()
    if (!target) throw new Error(`${before} is not there`)
    if (target.y > 60) {
      await page.mouse.move(target.x + 30, target.y + 4, { steps: 5 })
      break
    }
    await page.mouse.wheel(0, -400)
    await page.waitForTimeout(50)
  }
  await page.mouse.up()
}

test('while typing, the question is shown beside as people will see it; nothing is saved', async () => {
  const home = await openSpring('live')
  const { context, page } = await signIn(browser, site, 'office')
  await page.goto(`${home}/q/ride`)
  await page.locator('[name="title.en"]').fill('Typed just now')
  const frame = page.frameLocator('iframe[name="live"]')
  await frame.getByText('Typed just now').waitFor()
  expect((await site.stores.definitions.revisions('live')).length).toBe(1)
  await page.goto(`${home}/preview?in=ar`)
  const shown = page.frameLocator('.preview-frame')
  await shown.getByText('استبيان نموذجي').waitFor()
  expect(await shown.locator('html').getAttribute('dir')).toBe('rtl')
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  await context.close()
})

test('with the keyboard alone: a question is added, moved, given skip logic and an answer more', async () => {
  const home = await openSpring('keys')
  const { context, page } = await signIn(browser, site, 'office')
  const to = async (selector: string) => {
    for (let presses = 0; presses < 200; presses++) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not get to ${selector}`)
  }
  await page.goto(home)
  await to('#add-ratings summary')
  await page.keyboard.press('Enter')
  await to('#add-ratings [name="kind"]')
  await page.keyboard.type('Choose one')
  await to('#add-ratings [name="title.en"]')
  await page.keyboard.type('Is it calm?')
  await to('#add-ratings [name="lines.en"]')
  await page.keyboard.type('Yes\nNo')
  await to('#add-ratings button.primary')
  await page.keyboard.press('Enter')
  await page.waitForURL(/in=ratings/)
  expect(await codes('keys')).toContain('is_it_calm')
  await to('[value="question.up.is_it_calm"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#question-is_it_calm/)
  await to('#question-is_it_calm h3 a')
  await page.keyboard.press('Enter')
  await page.waitForURL(/q\/is_it_calm/)
  await to('[name="options.2.label.en"]')
  await page.keyboard.type('Not sure')
  await to('[name="if.new.question"]')
  await page.keyboard.type('1.')
  await to('[name="if.0.how"]')
  await to('[name="if.0.codes"]')
  await page.keyboard.press('Space')
  // Enter in a field saves, wherever it is pressed.
  await to('[name="if.new.question"]')
  await to('#editor p.actions button.primary')
  await page.keyboard.press('Enter')
  await page.getByText('Saved.').waitFor()
  const saved = (await site.stores.definitions.find('keys'))?.questionnaire
  expect(saved && questions(saved).find(({ code }) => code === 'is_it_calm')).toMatchObject({
    options: [{ code: 'yes' }, { code: 'no' }, { code: 'not_sure' }],
    showIf: { question: 'ride', is: ['bus'] },
  })
  await context.close()
})

test.each([
  ['en', 1280],
  ['ar', 320],
] as const)('every page in %s at %i px is open to all, and nothing sticks out', async (lang, width) => {
  const home = await openSpring(`looks-${lang}-${width}`)
  const { context, page } = await signIn(browser, site, 'office')
  await withAxe(context)
  await page.setViewportSize({ width, height: 900 })
  const asked = ['ride', 'climate', 'rate', 'ride_why', 'group', 'first', 'children', 'news']
  const paths = ['', '/section/ratings', '/settings?beside=ar', '/history', '/preview', '/check']
  const pages = ['/office/build', '/office/build/new', ...paths.map((path) => `${home}${path}`)]
  const found: string[] = []
  for (const path of [...pages, ...asked.map((code) => `${home}/q/${code}?beside=es`)]) {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    found.push(
      ...[...(await axe(page, rulesIn(lang))), ...(await layout(page))].map((fault) => `${path}: ${fault}`),
    )
  }
  expect(found).toEqual([])
  await context.close()
})
