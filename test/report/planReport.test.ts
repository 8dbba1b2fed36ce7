import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demo, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let leader: ReturnType<typeof visitor>

beforeAll(async () => {
  house = await openHouse()
  await demo(house.stores)
  await add(house.stores, 'leader')
  leader = visitor(house.app, { 'Accept-Language': 'en' })
  await leader.signIn('leader@example.org')
}, 60_000)
afterAll(() => house.close())

const plan = '/reports/plan/hartford-2018-2022'
const read = async (path: string) => {
  const { status, text } = await leader.open(path)
  return { status, html: text, words: wordsOf(text) }
}

describe('a leader reads a plan', () => {
  it('what people said, who said it, what changed and what the plan says, on one screen', async () => {
    const { words } = await read(plan)
    for (const said of ['What did they say?', 'Who said it?', 'What changed?', 'What will we do?'])
      expect(words).toContain(said)
    expect(words).toMatch(/changes since October|changes since [A-Z]/)
    expect(words).toMatch(/FCP3\.d, Families: up \d+ points, from \d+% \(\d+\) to \d+% \(\d+\)/)
    expect(words).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  it('each priority with its indicators, what was rated best and least', async () => {
    const { words } = await read(`${plan}/SCC`)
    expect(words).toContain('SCC7.d')
    expect(words).toContain('Most favorable')
    expect(words).toContain('Least favorable')
  })

  it('an indicator: how it is measured, wave by wave, students and staff apart', async () => {
    const { words } = await read(`${plan}/SCC7.d`)
    expect(words).toContain('It asks 3 things at once')
    expect(words).toContain('No target set')
    expect(words).toMatch(/Students: \d+% \(\d+\)/)
    expect(words).toMatch(/Staff: \d+% \(\d+\)/)
    expect(words).toContain('baseline')
    expect(words).toContain('Favorable: Agree and Strongly agree')
  })

  it('a change only of what both waves asked', async () => {
    const { words } = await read(`${plan}/SCC7.d`)
    expect(words).toContain('Compared is only what both waves asked')
  })

  it('a number of families as a number, with how many answered', async () => {
    const { words } = await read(`${plan}/FCP3.b`)
    expect(words).toMatch(/Families: \d+ of \d+ families \(\d+%\)/)
  })

  it('one school beside all schools', async () => {
    const { words, status } = await read(`${plan}?school=school_l`)
    expect(status).toBe(200)
    expect(words).toContain('All schools:')
    expect(words).not.toMatch(/NaN|undefined/)
  })

  it.each(['/reports/plan/none', `${plan}/XX9`, `${plan}?school=nowhere`, `${plan}?school=a&school=b`])(
    'and is told that there is nothing at %s',
    async (path) => {
      expect((await read(path)).status).toBe(404)
    },
  )
})

describe('a school leader', () => {
  it('reads of the own school and of all schools together, and of no other', async () => {
    const id = await add(house.stores, 'school-leader', 'own@example.org')
    await house.stores.people.setRole(id, 'school-leader', { schools: ['school_l'], languages: [] })
    const own = visitor(house.app, { 'Accept-Language': 'en' })
    await own.signIn('own@example.org')
    const { text } = await own.open(plan)
    expect(text).toContain('value="school_l" lang="en" dir="ltr" selected')
    expect(text).not.toContain('value="school_a"')
    expect((await own.open(`${plan}?school=`)).status).toBe(200)
    for (const path of [`${plan}?school=school_a`, `${plan}/SCC7.d?school=school_a`])
      expect((await own.open(path)).status).toBe(403)
  })
})

describe('a house without answers', () => {
  it('says so in a plain sentence', async () => {
    const empty = await openHouse()
    const { stores } = empty
    const plans = await house.stores.plans.list()
    for (const one of plans) await stores.plans.put(one)
    await add(stores, 'leader')
    const reader = visitor(empty.app, { 'Accept-Language': 'en' })
    await reader.signIn('leader@example.org')
    const { text } = await reader.open(plan)
    expect(wordsOf(text)).toContain('Nothing to show yet')
    expect(wordsOf((await reader.open(`${plan}/SCC7.d`)).text)).toContain('No survey has asked this yet')
    await empty.close()
  })
})
