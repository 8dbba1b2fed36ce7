import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Enrolment } from '../../src/district/enrolment.ts'
import { settle } from '../../src/response/settle.ts'
import { wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { district, questionnaire } from './fixture.ts'

const split = { level: '', zone: '', grade: '', language: '' }
const enrolment: Enrolment = {
  asOf: '2020-10-01',
  source: 'A count',
  rows: [
    { ...split, school: 'north', group: 'student', n: 300 },
    { ...split, school: 'south', group: 'student', n: 700 },
  ],
}

/** 80 students of North of whom 60 choose attendance, 40 of South of whom 10 do; the same of feeling safe. */
const answers = [
  ...Array.from({ length: 80 }, (_, at) => ({ school: 'north', yes: at < 60 })),
  ...Array.from({ length: 40 }, (_, at) => ({ school: 'south', yes: at < 10 })),
].map(({ school, yes }) => ({
  group: 'student',
  school,
  goal: yes ? 'attendance' : 'math',
  order: yes ? ['a', 'b', 'c'] : ['b', 'a', 'c'],
  climate: { safe: yes ? 'yes' : 'no', left: 'no' },
}))

describe('a leader who asks for weights', () => {
  let house: House
  let leader: ReturnType<typeof visitor>
  const read = async (path: string) => wordsOf((await leader.open(path)).text)

  beforeAll(async () => {
    house = await openHouse()
    const { stores } = house
    await stores.settings.setDistrict(district)
    for (const slug of ['asked', 'later']) {
      const survey = await stores.surveys.add({ slug, questionnaire, sample: true }, 0)
      await stores.surveys.setState(survey.id, 'open')
      const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
      await stores.responses.addMany(
        survey.id,
        answers.map((one) => settle(questionnaire, one, circumstances)),
      )
    }
    await add(stores, 'leader')
    leader = visitor(house.app, { 'Accept-Language': 'en' })
    await leader.signIn('leader@example.org')
  })
  afterAll(() => house.close())

  it('is told kindly that there are none while no table of enrollment is there', async () => {
    const words = await read('/reports/asked?weighted=1')
    expect(words).toContain('These percentages are without weights')
    expect(words).toContain('no table of enrollment has been brought in')
    expect(words).toContain('58% (70)')
    const { body } = await leader.open('/reports/asked/data.json')
    expect(body.weighted).toEqual({ why: 'noTable' })
    expect(body.manifest.weights).toBe('none')
    await house.stores.enrolments.put(enrolment, 0)
  })

  // 0.3 × 75 % + 0.7 × 25 % = 40 %, by hand; 70 of 120 are 58 %.
  it('reads percentages with weights and counts without, each named as what it is', async () => {
    const words = await read('/reports/asked?weighted=1')
    expect(words).toContain('Percentages with weights')
    expect(words).toContain('Percentages are weighted by School to the enrollment of October 1, 2020.')
    expect(words).toContain('Counts are people who answered. They are never weighted.')
    expect(words).toMatch(/Design effect 1\.\d: 120 people count like \d+/)
    expect(words).toMatch(/Margin of error at most \d+\.\d points/)
    expect(words).toContain('40% (70) 58% without weights')
    expect(words).not.toContain('Nothing is weighted')
    expect(words).toMatch(/Weights Raking by School to the enrollment of 2020-10-01/)
    expect(words).not.toMatch(/NaN|undefined/)
  })

  it('gets a headline of the weighted shares: what leads without may not lead with', async () => {
    expect(await read('/reports/asked')).toContain('58% (70)')
    expect(await read('/reports/asked?weighted=1')).toMatch(/math[^.]{0,40}60% \(50\)/)
  })

  it.each(['/board', '/q/climate/safe'])('finds them at %s too, and the way back', async (page) => {
    const plain = (await leader.open(`/reports/asked${page}`)).text
    expect(plain).toContain('weighted=1')
    const words = await read(`/reports/asked${page}?weighted=1`)
    expect(words).toContain('40% (70) 58% without weights')
    expect(words).toContain('Show percentages without weights')
  })

  it('gets both in a chart file, with names of their own, and a picture that says that it is weighted', async () => {
    const csv = (await leader.open('/reports/asked/charts/goal.csv?weighted=1')).text
    expect(csv).toContain('option,words,n,share,base,weighted_share,weighted_low,weighted_high,effective_n')
    expect(csv).toMatch(/attendance,.*,70,0\.58\d+,120,0\.4,/)
    const { body } = await leader.open('/reports/asked/charts/goal.svg?weighted=1')
    expect(body.toString()).toContain('Weighted; the answers count like')
  })

  it('gets no weights within a school, and is told why', async () => {
    const words = await read('/reports/asked?school=north&weighted=1')
    expect(words).toContain('Weights are of the whole survey.')
    expect(words).toContain('75% (60)')
  })

  it('finds them in the JSON under a key of their own, the rest as it was, and how they were made', async () => {
    const { body } = await leader.open('/reports/asked/data.json')
    const goal = body.questions.find(({ code }: { code: string }) => code === 'goal')
    expect(goal.options[0]).toEqual({ code: 'attendance', n: 70, share: 70 / 120 })
    expect(body.weighted).toMatchObject({
      why: null,
      method: 'raking',
      by: ['school'],
      enrolment: { asOf: '2020-10-01', source: 'A count' },
      trimming: { least: 0.2, most: 5, trimmed: false },
      n: 120,
    })
    const weighted = body.weighted.questions.find(({ code }: { code: string }) => code === 'goal')
    expect(weighted.options[0]).toMatchObject({ code: 'attendance', n: 120, share: 0.4 })
    expect(body.manifest.weights).toMatchObject({
      method: 'raking',
      by: ['school'],
      iterations: body.weighted.iterations,
      designEffect: body.weighted.designEffect,
      fingerprint: expect.stringMatching(/^sha256:/),
    })
    const asked = (await leader.open('/reports/asked/data.json?weighted=1')).body
    expect(asked.manifest.fingerprint).toBe(body.manifest.fingerprint)
  })
})
