import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { standingOf } from '../../src/routes/office/office.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let office: ReturnType<typeof visitor>
beforeEach(async () => {
  house = await openHouse()
  await add(house.stores, 'office')
  office = visitor(house.app)
  await office.signIn('office@example.org')
})
afterEach(() => house.close())

const questionnaire = (title: string) => ({
  source: 'en',
  languages: ['en'],
  title: { en: title },
  sections: [
    { code: 'one', title: { en: 'One' }, questions: [{ code: 'why', kind: 'text', title: { en: 'Why?' } }] },
  ],
})
const day = 86_400_000
const find = async (slug: string) => {
  const survey = await house.stores.surveys.find(slug)
  if (!survey) throw new Error(`no survey ${slug}`)
  return survey
}

describe('the office page', () => {
  it('says that there is nothing yet', async () => {
    expect((await office.open('/office')).text).toContain('There is no survey yet.')
  })

  it('lists each survey with its state, dates, count and ways on', async () => {
    const now = Date.UTC(2026, 0, 15, 12)
    const more = { opensAt: now, closesAt: now + day, sample: true }
    await house.stores.surveys.add(
      { slug: 'spring', questionnaire: questionnaire('Spring <survey>'), ...more },
      now,
    )
    const { text } = await office.open('/office')
    for (const words of [
      'Spring &lt;survey&gt;',
      'Sample data',
      'Draft',
      'Jan 15, 2026',
      'Jan 16, 2026',
      'Open now',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain('href="/s/spring"')
    await office.fill('/office', {}, '/office/surveys/spring/open')
    expect((await office.open('/office')).text).toContain('href="/s/spring"')
    for (const address of ['/reports/spring', '/office/surveys/spring/export.csv']) {
      expect(text).toContain(`href="${address}"`)
    }
  })

  it('opens a survey for answers now, and closes it', async () => {
    const now = Date.now()
    const dates = { opensAt: now + day, closesAt: now + 2 * day }
    await house.stores.surveys.add({ slug: 'spring', questionnaire: questionnaire('Spring'), ...dates }, now)
    const opened = await office.fill('/office', {}, '/office/surveys/spring/open')
    expect(opened.headers.location).toBe('/office?done=opened')
    expect((await office.open('/office?done=opened')).text).toContain('People can answer it now.')
    const survey = await find('spring')
    expect([survey.state, survey.opensAt, survey.closesAt]).toEqual(['open', null, dates.closesAt])
    await office.fill('/office', {}, '/office/surveys/spring/close')
    expect((await find('spring')).state).toBe('closed')
  })

  it('says so when the survey is not there', async () => {
    const answer = await office.fill('/office', {}, '/office/surveys/nowhere/open')
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('There is no such survey')
  })

  it('shows leaders the reports of surveys that were opened', async () => {
    await add(house.stores, 'leader')
    const leader = visitor(house.app)
    await leader.signIn('leader@example.org')
    await house.stores.surveys.add({ slug: 'spring', questionnaire: questionnaire('Spring') }, Date.now())
    expect((await leader.open('/reports')).text).toContain('There is no report yet')
    await office.fill('/office', {}, '/office/surveys/spring/open')
    const list = (await leader.open('/reports')).text
    expect(list).toContain('href="/reports/spring"')
    // Nor how few have answered: the report would not say it either.
    expect(list).toMatch(/class="number">&lt;10</)
  })
})

describe('how a survey stands', () => {
  it.each([
    ['a draft', 'draft', null, null, 'draft'],
    ['open without dates', 'open', null, null, 'open'],
    ['open, first day to come', 'open', 11, null, 'waiting'],
    ['open, on the first moment', 'open', 10, null, 'open'],
    ['open, on the last moment', 'open', null, 10, 'over'],
    ['open, before the last moment', 'open', null, 11, 'open'],
    ['closed early', 'closed', 5, 20, 'closed'],
  ] as const)('%s', (_name, state, opensAt, closesAt, expected) => {
    expect(standingOf({ state, opensAt, closesAt }, 10)).toBe(expected)
  })
})
