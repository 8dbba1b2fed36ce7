import { expect, test } from 'vitest'
import { engine } from '../engine.ts'
import { folder, opened } from './fixture.ts'

test('tries are counted together whoever counts them, and anew when their time is over', async () => {
  const dir = await folder()
  const [one, two] = [(await opened(dir)).limits, (await opened(dir)).limits]
  const tries = await Promise.all([one, two, one, two, one].map((limits) => limits.hit('key', 100, 1_000)))
  expect(tries.map(({ n }) => n).sort()).toEqual([1, 2, 3, 4, 5])
  expect(new Set(tries.map(({ until }) => until))).toEqual(new Set([1_100]))
  await two.unhit('key')
  expect(await one.hit('key', 100, 1_099)).toEqual({ n: 5, until: 1_100 })
  expect(await one.hit('key', 100, 1_100)).toEqual({ n: 1, until: 1_200 })
  expect(await one.hit('other', 100, 1_150)).toEqual({ n: 1, until: 1_250 })
  await one.forget('other')
  await two.unhit('other')
  expect(await two.hit('other', 100, 1_160)).toEqual({ n: 1, until: 1_260 })
  await two.clear(1_200)
  expect(await two.hit('key', 100, 1_150)).toEqual({ n: 1, until: 1_250 })
  expect(await two.hit('other', 100, 1_150)).toEqual({ n: 2, until: 1_260 })
})

test('where several processes serve, one alone does a job until it lets go or ends', async () => {
  const dir = await folder()
  const [one, two] = [await opened(dir), await opened(dir)]
  expect(one.several).toBe(engine === 'postgres')
  expect(await one.hold('post')).toBe(true)
  expect(await one.hold('post')).toBe(true)
  if (!one.several) return
  expect(await two.hold('post')).toBe(false)
  expect(await two.hold('tidy')).toBe(true)
  await one.release('post')
  expect(await two.hold('post')).toBe(true)
  expect(await one.hold('post')).toBe(false)
  await two.close()
  expect(await one.hold('tidy')).toBe(true)
})
