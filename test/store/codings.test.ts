import { expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import type { Codebook, Theme } from '../../src/theme/codebook.ts'
import { mergeThemes, restoreThemes, splitTheme } from '../../src/theme/codebookEdits.ts'
import { folder, opened } from './fixture.ts'

const theme = (code: string): Theme => ({
  ...{ code, name: { en: code }, definition: {}, include: {}, exclude: {}, examples: {} },
  ...{ colour: '#1f6f8b', cites: {}, words: {}, machine: [] },
})
const book: Codebook = {
  ...{ id: 'default', name: { en: 'Ours' }, language: 'en', version: 1, history: [] },
  themes: [theme('food'), theme('bus'), theme('staff')],
}
const editor = { at: 2, by: 'ana' }
const given = async (stores: Stores) =>
  (await stores.codings.list(1)).map(({ comment, theme, who }) => `${comment} ${theme} ${who}`).sort()
const ana = { person: 'ana', version: 1, how: 'desk' as const, at: 1 }

async function coded() {
  const stores = await opened(await folder())
  expect(await stores.codebooks.save(book, 'ana', 1)).toBe(true)
  await stores.codings.read(1, ana, [
    { comment: 7, themes: ['food', 'bus'] },
    { comment: 8, themes: [] },
  ])
  return stores
}

test('two people say different things of one comment, and neither is lost', async () => {
  const stores = await coded()
  await stores.codings.read(1, { ...ana, person: 'ben' }, [{ comment: 7, themes: ['staff'] }])
  expect(await given(stores)).toEqual(['7 bus ana', '7 food ana', '7 staff ben'])
  expect((await stores.codings.readings(1)).map(({ comment, person }) => [comment, person])).toEqual([
    [7, 'ana'],
    [7, 'ben'],
    [8, 'ana'],
  ])
})

test('a saving is taken back to what was said before', async () => {
  const stores = await coded()
  await stores.codings.read(1, ana, [{ comment: 7, themes: ['staff'] }])
  expect(await given(stores)).toEqual(['7 staff ana'])
  expect(await stores.codings.undo(1, 7, 'ana')).toBe(true)
  expect(await given(stores)).toEqual(['7 bus ana', '7 food ana'])
  expect(await stores.codings.undo(1, 8, 'ana')).toBe(true)
  expect(await stores.codings.readings(1, 8)).toEqual([])
  expect(await stores.codings.undo(1, 8, 'ana')).toBe(false)
})

test('what was said of many at once is taken back at once, and nothing else', async () => {
  const stores = await coded()
  const many = { ...ana, how: 'bulk' as const, at: 5 }
  await stores.codings.read(
    1,
    many,
    [7, 9, 10].map((comment) => ({ comment, themes: ['staff'] })),
  )
  await stores.codings.read(1, { ...many, person: 'ben' }, [{ comment: 11, themes: ['staff'] }])
  expect(await stores.codings.undoMany(1, 'ana', 5)).toBe(3)
  expect(await given(stores)).toEqual(['11 staff ben', '7 bus ana', '7 food ana'])
  expect(await stores.codings.undoMany(1, 'ana', 5)).toBe(0)
})

test('merging takes codings along, and going back brings them back', async () => {
  const stores = await coded()
  const merged = mergeThemes(book, 'bus', 'food', editor).codebook
  if (!merged) throw new Error('not merged')
  await stores.codebooks.save(merged, 'ana', 2)
  expect(new Set(await given(stores))).toEqual(new Set(['7 food ana']))
  await stores.codings.read(1, { ...ana, version: 2 }, [{ comment: 9, themes: ['food'] }])
  const back = restoreThemes(merged, book, editor).codebook
  if (!back) throw new Error('not restored')
  await stores.codebooks.save(back, 'ana', 3)
  expect(await given(stores)).toEqual(['7 bus ana', '7 food ana', '9 food ana'])
  expect(await stores.codebooks.save(back, 'ben', 4)).toBe(false)
})

test('a split leaves codings open until a person reads the comment again', async () => {
  const stores = await coded()
  const split = splitTheme(book, 'food', [theme('lunch'), theme('snack')], 'By time of day', editor).codebook
  if (!split) throw new Error('not split')
  await stores.codebooks.save(split, 'ana', 2)
  expect(await given(stores)).toEqual(['7 bus ana'])
  expect(await stores.codings.open(1)).toEqual([{ comment: 7, theme: 'food', who: 'ana' }])
  await stores.codings.read(1, { ...ana, version: 2 }, [{ comment: 7, themes: ['bus', 'lunch'] }])
  expect(await stores.codings.open(1)).toEqual([])
  expect(await given(stores)).toEqual(['7 bus ana', '7 lunch ana'])
})

test('what a machine says stands apart, and is forgotten when its name is not kept', async () => {
  const stores = await coded()
  const by = { source: 'model' as const, who: 'model-1', version: 1, at: 1 }
  const codes = Array.from({ length: 1_200 }, (_, at) => ({ comment: at, theme: 'bus', confidence: 0.5 }))
  await stores.codings.put(1, by, codes)
  expect((await stores.codings.list(1)).length).toBe(2)
  expect((await stores.codings.list(1, { who: ['model-1'] })).length).toBe(1_202)
  await stores.codings.forget(1, [])
  expect((await stores.codings.list(1, { who: ['model-1'] })).length).toBe(2)
})

test('a danger is queued once, and moved on by one person alone', async () => {
  const stores = await coded()
  const flag = { survey: 1, comment: 7, kind: 'abuse' as const, level: 'urgent' as const, at: 1 }
  const [made] = await stores.flags.add([flag])
  expect(await stores.flags.add([flag])).toEqual([])
  const seen = { state: 'seen' as const, by: 'ana', at: 2, note: '' }
  expect(await stores.flags.move(made?.id ?? 0, 'new', seen)).toBe(true)
  expect(await stores.flags.move(made?.id ?? 0, 'new', { ...seen, by: 'ben' })).toBe(false)
  expect((await stores.flags.list({ states: ['seen'] }))[0]?.log).toEqual([seen])
})
