import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asksStudents, everydayFielding, mayNotOpen } from '../../src/questionnaire/fielding.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, frozen, openSite, respondent, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { childrens, sheetOf } from './sheets.ts'
import { staff } from './staff.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await field(site.stores, { slug: `guarded-${++turn}`, definition: childrens, state: 'draft' })
})

const ready = { ...everydayFielding, access: 'codes', optOutListed: true } as const
const allow = () => site.stores.surveys.setFielding(survey.id, ready)
const state = async () => (await site.stores.surveys.find(survey.slug))?.state

describe('a survey of students about protected areas', () => {
  test('is not opened by the office, which is told everything that is missing', async () => {
    const { notice: _, ...untold } = childrens
    const bare = await field(site.stores, { slug: `bare-${turn}`, definition: untold, state: 'draft' })
    const office = await staff(site)
    const answer = await office.press(`/office/surveys/${bare.slug}`, `/office/surveys/${bare.slug}/open`)
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.text)).toMatch(/notice text is missing.*access codes.*list of codes that opted out/)
    expect((await site.stores.surveys.find(bare.slug))?.state).toBe('draft')
  })

  test('is not opened by the command line, which says what is missing', async () => {
    await expect(site.heard('survey', 'open', survey.slug)).rejects.toThrow(
      /may not open yet.*\n.*one-time access codes.*\n.*opted out is missing/,
    )
    expect(await state()).toBe('draft')
  })

  test('opens by either once everything is there', async () => {
    await allow()
    expect(await site.heard('survey', 'open', survey.slug)).toContain('is open')
    await site.stores.surveys.setState(survey.id, 'draft')
    const office = await staff(site)
    await office.press(`/office/surveys/${survey.slug}`, `/office/surveys/${survey.slug}/open`)
    expect(await state()).toBe('open')
  })

  test('is served to nobody when it was set open past the rules', async () => {
    await site.stores.surveys.setState(survey.id, 'open')
    const someone = respondent(site, survey.slug)
    const start = await someone.open()
    expect(start.status).toBe(200)
    expect(wordsOf(start.html)).toContain('This survey is not open yet.')
    expect(start.html).not.toContain('class="primary"')
    expect((await someone.open('one')).path).toBe(`/s/${survey.slug}`)
    const token = 'A'.repeat(22)
    await someone.send(`/s/${survey.slug}/one`, { token, feel: 'well' })
    await someone.send(`/s/${survey.slug}/no`, {})
    expect(await stored(site, survey)).toEqual([])
    expect(await site.stores.refusals.count(survey.id)).toBe(0)
  })

  test('closes to everyone when a new version of an open one brings a protected area', async () => {
    const { protectedAreas: _, notice: __, ...harmless } = childrens
    const changing = await field(site.stores, { slug: `changing-${turn}`, definition: harmless })
    const someone = respondent(site, changing.slug)
    expect((await someone.start()).path).toBe(`/s/${changing.slug}/one?part=yes`)
    await site.stores.surveys.publish(changing.id, await frozen(site.stores, childrens), Date.now())
    expect((await someone.answer({ feel: 'well' })).path).toBe(`/s/${changing.slug}`)
    expect(wordsOf(someone.seen().html)).toContain('not open yet')
  })

  test('keeps its codes while it is open', async () => {
    await allow()
    await site.stores.surveys.setState(survey.id, 'open')
    const office = await staff(site)
    const page = `/office/surveys/${survey.slug}`
    const answer = await office.press(page, `${page}/fielding`, { access: 'open' })
    expect(answer.status).toBe(422)
    expect((await site.stores.surveys.find(survey.slug))?.fielding.access).toBe('codes')
  })

  test('is answered with a code, and not with one that opted out', async () => {
    await allow()
    await site.stores.surveys.setState(survey.id, 'open')
    const [yes = '', no = ''] = (await sheetOf(site, survey, 2)).codes
    const office = await staff(site)
    const page = `/office/surveys/${survey.slug}`
    await office.press(page, `${page}/opt-out`, { codes: no })
    const kept = await respondent(site, survey.slug).send(`/s/${survey.slug}/code`, { code: no })
    expect(wordsOf(kept.html)).toContain('You do not have to take part')
    const someone = respondent(site, survey.slug)
    expect((await someone.send(`/s/${survey.slug}/code`, { code: yes })).path).toContain('/one')
  })
})

describe('the notice for families', () => {
  test('can be read before the survey opens, in each language, with the areas in words', async () => {
    const english = await respondent(site, survey.slug).open('notice')
    expect(english.status).toBe(200)
    expect(wordsOf(english.html)).toMatch(/We will ask about feelings\..*Mental or psychological.*Income/)
    const spanish = await respondent(site, survey.slug).open('notice?lang=es')
    expect(wordsOf(spanish.html)).toContain('Preguntaremos por los sentimientos.')
    expect((await respondent(site, survey.slug).open()).status).toBe(404)
  })

  test('is not there for a survey without one', async () => {
    const { notice: _, ...untold } = childrens
    const bare = await field(site.stores, { slug: `none-${turn}`, definition: untold, state: 'draft' })
    expect((await respondent(site, bare.slug).open('notice')).status).toBe(404)
  })
})

describe('the rule', () => {
  const of = (more: object) => ({ ...childrens, ...more }) as never
  test.each([
    ['students among others', { audience: ['family', 'student'] }, true],
    ['nobody named, so everyone', { audience: undefined }, true],
    ['families alone', { audience: ['family'] }, false],
    ['families alone, but written for children', { audience: ['family'], readers: 'grades-3-5' }, true],
  ])('%s', (_what, more, asked) => {
    expect(asksStudents(of(more))).toBe(asked)
    expect(mayNotOpen(of(more), everydayFielding)).toEqual(asked ? ['codes', 'optOut'] : [])
  })

  test('a notice of blanks is none, no area is no rule, and with everything there is nothing to say', () => {
    expect(mayNotOpen(of({ notice: { en: '  ' } }), ready)).toEqual(['notice'])
    expect(mayNotOpen(of({ protectedAreas: [] }), everydayFielding)).toEqual([])
    expect(mayNotOpen(of({}), ready)).toEqual([])
  })
})
