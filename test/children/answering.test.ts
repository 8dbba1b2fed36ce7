import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, frozen, openSite, respondent, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { forChildren, forEveryone } from './survey.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  turn++
  survey = await field(site.stores, { slug: `kids-${turn}`, definition: forChildren })
})

const child = (language = 'en') => respondent(site, survey.slug, { 'Accept-Language': language })
const at = (path: string) => `/s/${survey.slug}/${path}`
const mainOf = (html: string) => wordsOf(/<main.*<\/main>/s.exec(html)?.[0] ?? '')

describe('a child who answers', () => {
  test('sees one thing at a time, checks it under the name of each part, and is kept as in any survey', async () => {
    const mia = child()
    const first = await mia.start()
    expect(first.path).toBe(at('days.climate.safe'))
    expect(mainOf(first.html)).toContain('Page 1 of 6')
    expect(mainOf(first.html)).toContain('Read each line. How true is this? I feel safe.')
    expect(first.html).not.toContain('I am left out')

    const second = await mia.answer({ 'climate.safe': 'yes' })
    expect(mainOf(second.html)).toContain('Page 2 of 7')
    // The part was introduced on its first page.
    expect(mainOf(second.html)).not.toContain('Read each line')
    await mia.answer({ 'climate.left_out': 'no' })
    await mia.answer({})
    await mia.answer({ 'lunch.food': 'good' })
    await mia.answer({ read: '5' })
    expect(mia.seen().path).toBe(at('more.who'))
    await mia.answer({ who: 'My aunt' })
    const review = await mia.answer({ 'best.gym': '1', 'best.art': '2', 'best.math': '3' })
    expect(review.path).toBe(at('review'))
    expect([...review.html.matchAll(/<h2>([^<]*)/g)].map(([, title]) => title)).toEqual(['At school', 'More'])
    expect(mainOf(review.html)).toContain(
      'At school I feel safe. Yes Change : I feel safe. I am left out. No Change : I am left out. People hear me. No answer',
    )

    await mia.open('days.climate.heard?from=review')
    const again = await mia.answer({ 'climate.heard': 'na' })
    expect(again.path).toBe(at('review'))
    expect(mainOf(again.html)).toContain('People hear me. –')
    await mia.submit()
    expect(mia.seen().path).toBe(at('thanks'))
    const [kept] = await stored(site, survey)
    expect(kept?.answers).toEqual({
      climate: { safe: 'yes', left_out: 'no', heard: 'na' },
      lunch: { food: 'good' },
      read: 5,
      who: { words: 'My aunt', language: 'en' },
      best: { order: ['gym', 'art', 'math'] },
    })
    const [head, row] = (await site.heard('responses', 'export', survey.slug)).trim().split(/\r?\n/)
    expect(head).toContain('climate.safe,climate.left_out,climate.heard,lunch.food,read,who,best.art')
    expect(row).toContain('yes,no,na,good,5,My aunt,2,1,3')
  })

  test('goes back to what was answered, and changes it without losing the other lines', async () => {
    const mia = child()
    await mia.start()
    await mia.answer({ 'climate.safe': 'no' })
    await mia.answer({ 'climate.left_out': 'some' })
    await mia.goBack()
    expect(mia.seen().path).toBe(at('days.climate.left_out'))
    expect(mia.seen().html).toMatch(/value="some"[^>]* checked/)
    await mia.goBack({ 'climate.left_out': 'some' })
    expect(mia.seen().html).toMatch(/value="no"[^>]* checked/)
    await mia.answer({ 'climate.safe': 'yes' })
    expect(mia.seen().html).toMatch(/value="some"[^>]* checked/)
  })

  test('is told of a tie on the page where it is, in short words, and keeps what was chosen', async () => {
    const mia = child()
    await mia.start()
    while (!mia.seen().path.endsWith('more.best')) await mia.answer()
    const tied = await mia.answer({ 'best.art': '1', 'best.gym': '1' })
    expect([tied.status, tied.path]).toEqual([422, at('more.best')])
    expect(mainOf(tied.html)).toContain('Two have number 1. Give each its own number.')
    expect(tied.html).toMatch(/<option value="1" selected/)
  })

  test('is not let in at a page further on, nor at one that is not there', async () => {
    const mia = child()
    await mia.open('more.best')
    expect(mia.seen().path).toBe(at('days.climate.safe'))
    for (const page of ['days', 'more.nothing', 'days.climate']) {
      await mia.open(page)
      expect([page, mia.seen().status]).toEqual([page, 404])
    }
  })

  test('switches the language on a page of a grid', async () => {
    const mia = child()
    await mia.start()
    await mia.switchLanguage('es', { 'climate.safe': 'some' })
    expect(mia.seen().path).toBe(at('days.climate.safe'))
    expect(mia.seen().html).toContain('Me siento a salvo.')
    expect(mia.seen().html).toMatch(/value="some"[^>]* checked/)
  })
})

describe('what stands beside the answers', () => {
  const marks = (html: string) => [...html.matchAll(/<svg class="point-mark( steps)?" aria-hidden="true"/g)]
  test('faces where it is about how something feels, steps where it is about how true it is, always with words', async () => {
    const mia = child()
    const safe = (await mia.start()).html
    expect(marks(safe).map(([, steps]) => steps)).toEqual([' steps', ' steps', ' steps'])
    // "Not about me" is no strength of anything.
    expect(safe).toMatch(/class="point apart"><input[^>]*><span>Not about me/)
    for (const words of ['No', 'Some', 'Yes'])
      expect(safe).toMatch(new RegExp(`</svg>\\s*<span>${words}</span>`))
    await mia.open('days.lunch')
    for (let page = 0; page < 3; page++) await mia.answer()
    const food = mia.seen().html
    expect(marks(food).map(([, steps]) => steps)).toEqual([undefined, undefined, undefined])
    // The mouths differ: a frown, a line and a smile, from the least to the most.
    const mouths = [...food.matchAll(/Q24 ([\d.]+) 33 ([\d.]+)"/g)].map(
      ([, lip, corner]) => Number(lip) - Number(corner),
    )
    expect(mouths[0]).toBeLessThan(0)
    expect(mouths[1]).toBe(0)
    expect(mouths[2]).toBeGreaterThan(0)
    const scale = (await mia.answer()).html
    expect(marks(scale)).toHaveLength(5)
    expect(wordsOf(scale)).toContain('1: Not at all 2 3 4 5: A lot')
  })

  test('for everyone else there are no marks, and a section is a page', async () => {
    await field(site.stores, { slug: `all-${turn}`, definition: forEveryone })
    const ana = respondent(site, `all-${turn}`)
    const { path, html } = await ana.start()
    expect(path).toBe(`/s/all-${turn}/days`)
    expect(html).not.toContain('point-mark')
    expect(html).not.toContain('aloud')
    expect(wordsOf(html)).toContain('Save and go on')
  })
})

describe('how young readers are spoken to', () => {
  test('a child in short words, on every page', async () => {
    const mia = child()
    expect(mainOf((await mia.open()).html)).toContain('We do not ask for your name.')
    expect((await mia.start()).html).toMatch(/<button class="primary">Next</)
  })

  test('a student in grades 6 to 12 as a student, with the pages and marks of everyone', async () => {
    await field(site.stores, {
      slug: `teens-${turn}`,
      definition: { ...forChildren, readers: 'grades-6-12' },
    })
    const lee = respondent(site, `teens-${turn}`)
    expect(mainOf((await lee.open()).html)).toContain('Your answers do not change your grades.')
    const { path, html } = await lee.start()
    expect(path).toBe(`/s/teens-${turn}/days`)
    expect(html).not.toContain('point-mark')
    expect(html).toMatch(/<p class="aloud" hidden>/)
  })
})

test('a school question can offer only the schools of some levels', async () => {
  const definition = {
    ...forEveryone,
    sections: [
      {
        code: 'you',
        title: { en: 'You' },
        questions: [
          {
            code: 'school',
            kind: 'profile',
            attribute: 'school',
            levels: ['high'],
            title: { en: 'School?' },
          },
        ],
      },
    ],
  }
  const { schools } = await site.stores.settings.district()
  const high = schools.filter(({ level }) => level === 'high').map(({ code }) => code)
  const { sections } = await frozen(site.stores, definition)
  const offered = sections[0]?.questions[0]?.options as { code: string }[]
  expect(offered.map(({ code }) => code)).toEqual(high)
  expect(high.length).toBeGreaterThan(0)
})

describe('a child who is asked whether it wants to take part', () => {
  test('comes to the questions only by saying yes, whatever address it was given', async () => {
    const definition = { ...forChildren, assent: { en: 'You may say no.' } }
    survey = await field(site.stores, { slug: `asked-${turn}`, definition })
    const mia = child()
    const sent = await mia.open('days.climate.safe')
    expect(sent.path).toBe(`/s/${survey.slug}`)
    expect(mainOf(sent.html)).toContain('You may say no.')
    const first = await mia.start()
    expect(first.path).toBe(`${at('days.climate.safe')}?part=yes`)
    const second = await mia.answer({ 'climate.safe': 'yes' })
    expect(second.path).toBe(at('days.climate.left_out'))
    // From here on the address alone is enough: the answer was given in this browser.
    expect((await mia.open('days.climate.safe')).path).toBe(at('days.climate.safe'))
  })
})
