import { expect, test } from 'vitest'
import { faultyCounts } from '../../src/commands/check.ts'
import { seeded } from '../../src/demo/chance.ts'
import type { Question, Questionnaire } from '../../src/questionnaire/definition.ts'
import type { Answers } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import type { Crossing } from '../../src/store/stores.ts'
import { folder, opened } from './fixture.ts'

const options = (...codes: string[]) => codes.map((code) => ({ code, label: { en: code } }))
const asked = [
  { code: 'who', kind: 'profile', attribute: 'group', options: options('family', 'staff') },
  { code: 'year', kind: 'profile', attribute: 'grade', options: options('g1', 'g2', 'g3') },
  { code: 'home', kind: 'profile', attribute: 'language', options: options('en', 'so') },
  { code: 'goal', kind: 'single', options: options('a', 'b') },
  { code: 'ways', kind: 'multiple', options: options('post', 'phone', 'visit') },
  { code: 'order', kind: 'ranking', options: options('x', 'y', 'z') },
  {
    code: 'climate',
    kind: 'grid',
    items: options('safe', 'known'),
    scale: ['no', 'yes'].map((code, value) => ({ code, value, label: { en: code }, favorable: value > 0 })),
  },
  { code: 'stars', kind: 'scale', min: 0, max: 3, low: { en: 'Bad' }, high: { en: 'Good' } },
]
const questionnaire: Questionnaire = {
  source: 'en',
  languages: ['en'],
  title: { en: 'Crossed' },
  sections: [
    {
      code: 'all',
      title: { en: 'All' },
      questions: asked.map((one): Question => ({ title: { en: one.code }, ...one })),
    },
  ],
}
const random = seeded(5)
const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * (list.length + 1))]
const person = (): Answers =>
  Object.fromEntries(
    Object.entries({
      who: one(['family', 'staff']),
      year: one(['g1', 'g2', 'g3']),
      home: one(['en', 'so']),
      goal: one(['a', 'b']),
      ways: one([['post'], ['post', 'visit'], ['phone']]),
      order: one([{ order: ['x', 'y'] }, { order: ['z'] }]),
      climate: one([{ safe: 'yes' }, { safe: 'no', known: 'yes' }]),
      stars: one([0, 2, 3]),
    }).filter(([, answer]) => answer !== undefined),
  )

const wanted: Crossing[] = [
  { profiles: ['@group'] },
  { profiles: ['@group', 'year'] },
  { profiles: ['home', 'year'], by: { question: 'goal' } },
  { profiles: ['@group', 'home'], by: { question: 'ways' } },
  { profiles: ['year'], by: { question: 'climate', item: 'safe' } },
  { profiles: ['@group', 'year'], by: { question: 'order', first: true } },
  { profiles: ['@group', 'home'], by: { question: 'stars' } },
]

/** The same counted without a store. */
function counted(people: readonly Answers[], { profiles, by }: Crossing): Map<string, number> {
  const counts = new Map<string, number>()
  for (const answers of people) {
    const who = profiles.map((code) => String(answers[code === '@group' ? 'who' : code] ?? ''))
    const answer = by && answers[by.question]
    const said = () => {
      if (answer === undefined) return null
      if (by?.item) return (answer as Record<string, string>)[by.item] ?? null
      return by?.first ? ((answer as { order: string[] }).order[0] ?? null) : JSON.stringify(answer)
    }
    const key = JSON.stringify([who, said()])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

test('what people said is counted by who they are alike, however much of it was counted beforehand', async () => {
  const dir = await folder()
  const stores = await opened(dir)
  const { id } = await stores.surveys.add({ slug: 'crossed', questionnaire }, 0)
  const people = Array.from({ length: 130 }, person)
  const about = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const send = (some: readonly Answers[]) =>
    stores.responses.addMany(
      id,
      some.map((answers) => settle(questionnaire, answers, about)),
    )
  const agree = async (some: readonly Answers[], upTo: number, from = stores) => {
    for (const crossing of wanted) {
      const rows = await from.crossings.count(id, crossing, upTo)
      expect(new Map(rows.map(({ profiles, value, n }) => [JSON.stringify([profiles, value]), n]))).toEqual(
        counted(some, crossing),
      )
    }
  }
  await send(people.slice(0, 50))
  const first = await stores.crossings.newest(id)
  await agree(people.slice(0, 50), first)
  await stores.crossings.keepUp(id)
  await send(people.slice(50, 100))
  const second = await stores.crossings.newest(id)
  // Another process knows nothing but what is kept: all of it, more than it, or less.
  for (const [upTo, some] of [
    [first, people.slice(0, 50)],
    [second, people.slice(0, 100)],
    [first, people.slice(0, 50)],
  ] as const) {
    await agree(some, upTo)
    await agree(some, upTo, await opened(dir))
  }
  await stores.crossings.keepUp(id)
  expect(await stores.crossings.keepUp(id)).toBe(0)
  await agree(people.slice(0, 50), first, await opened(dir))

  // One that was counted beforehand is taken back, one that was not is not missed.
  for (const [place, answers] of people.slice(100, 102).entries()) {
    await stores.responses.submit(
      id,
      `t${place}`,
      settle(questionnaire, answers, about),
      undefined,
      `w${place}`,
    )
    if (place === 0) await stores.crossings.keepUp(id)
  }
  await send(people.slice(102))
  for (const code of ['w0', 'w1']) expect(await stores.life.withdraw(id, code)).toBe(true)
  const left = [...people.slice(0, 100), ...people.slice(102)]
  for (const place of [stores, await opened(dir)]) await agree(left, await stores.crossings.newest(id), place)
  expect((await stores.crossings.kept(id)).rows.length).toBeGreaterThan(stores.several ? -1 : 50)
  expect(await faultyCounts(stores)).toEqual([])
})

test('a file that is read in is counted as it is written, with what families send meanwhile', async () => {
  const dir = await folder()
  const stores = await opened(dir)
  const server = await opened(dir)
  const { id } = await stores.surveys.add({ slug: 'crossed', questionnaire }, 0)
  const about = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const people = Array.from({ length: 60 }, person)
  const of = (some: readonly Answers[]) => some.map((answers) => settle(questionnaire, answers, about))
  const send = (token: string, at: number) =>
    server.responses.submit(id, token, settle(questionnaire, people[at] ?? {}, about))
  const add = (from: number, to: number) =>
    stores.responses.addPart(id, [of(people.slice(from, to))], { fingerprint: 'f', kept: from })
  await send('before', 50)
  await add(0, 20)
  // While a file is read in the server leaves it to whom reads it.
  expect(await server.crossings.keepUp(id, { waits: true })).toBe(0)
  await send('between', 51)
  await add(20, 40)
  await send('behind', 52)
  expect(await stores.crossings.keepUp(id)).toBe(stores.several ? 0 : 43)
  expect(await faultyCounts(stores)).toEqual([])

  // What the server counted meanwhile is not counted twice, and a file that was cut off is not waited for.
  await add(40, 50)
  expect(await server.crossings.keepUp(id, { waits: true })).toBe(0)
  expect(await server.crossings.keepUp(id, { waits: true })).toBe(stores.several ? 0 : 10)
  expect(await stores.crossings.keepUp(id)).toBe(0)
  expect(await faultyCounts(stores)).toEqual([])
})
