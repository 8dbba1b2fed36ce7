import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Enrolment } from '../../src/district/enrolment.ts'
import { everyone } from '../../src/report/slice.ts'
import { type ReportSource, readSource } from '../../src/report/source.ts'
import type { Row } from '../../src/report/tally.ts'
import { givesNothingAway, hiddenCells } from '../../src/report/weights/safety.ts'
import { settle } from '../../src/response/settle.ts'
import { wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { inSpan } from './attack/linear.ts'
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

test('a weighted share beside all that is shown gives no small set away, over random surveys', () => {
  const groups = ['student', 'family', 'staff', 'partner']
  const places = ['north', 'south', 'west', '']
  let told = 0
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 24 }), { minLength: 16, maxLength: 16 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 16, maxLength: 16 }),
      fc.constantFrom('own', 'school', 'group'),
      (sizes, drawn, by) => {
        const cells = sizes.flatMap((n, at) =>
          n > 0 ? [{ school: places[at % 4] ?? '', group: groups[Math.floor(at / 4)] ?? '', n, at }] : [],
        )
        const source = sourceOf(cells)
        const weight = ({ at }: { at: number }) => {
          const place = by === 'own' ? at : by === 'school' ? at % 4 : Math.floor(at / 4)
          return (drawn[place] ?? 1) / 10
        }
        const weightOf = (school: string, group: string) => {
          const found = cells.find((one) => one.school === school && one.group === group)
          return found ? weight(found) : 1
        }
        if (source.veil('', everyone) === null) return
        if (!givesNothingAway(hiddenCells('', source, { exact: () => true, weightOf }), 10)) return
        told += 1
        const shown = [null, ...places].flatMap((school) =>
          [null, ...groups].flatMap((group) =>
            source.veil('', { school, group }) === null
              ? []
              : [
                  cells.map((one) =>
                    Number((school ?? one.school) === one.school && (group ?? one.group) === one.group),
                  ),
                ],
          ),
        )
        const known = inSpan([...shown, cells.map((one) => weight(one) * 10)])
        for (const set of smallSets(
          cells.map(({ n }) => n),
          10,
        ))
          expect(known(cells.map((_, at) => Number(set.includes(at))))).toBe(false)
      },
    ),
    { numRuns: 150 },
  )
  expect(told).toBeGreaterThan(20)
})

function sourceOf(cells: readonly { school: string; group: string; n: number }[]): ReportSource {
  return readSource({
    survey: { slug: 'a', version: 1, minimumGroup: 10, sample: true },
    questionnaire: questionnaire as never,
    plan: undefined,
    district,
    rows: cells.map((one): Row => ({ question: '', cell: '', ...one })),
    comments: [],
  })
}

/** Sets of up to three cells with fewer people than the minimum. */
function smallSets(sizes: readonly number[], minimum: number): number[][] {
  const found: number[][] = []
  const grow = (set: number[], from: number, sum: number) => {
    for (let at = from; at < sizes.length; at += 1) {
      const n = sum + (sizes[at] ?? 0)
      if (n >= minimum) continue
      found.push([...set, at])
      if (set.length < 2) grow([...set, at], at + 1, n)
    }
  }
  grow([], 0, 0)
  return found
}
