import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Settled } from '../../src/response/response.ts'
import type { TallyRow } from '../../src/store/stores.ts'
import { engine } from '../engine.ts'
import { all, codes, folder, opened, settled, surveyIn } from './fixture.ts'

type Kept = TallyRow & { school: string }

const code = fc.constantFrom('a', 'b', 'a>b', 'b>a', 'safe=agree', '')
const anySettled: fc.Arbitrary<Settled> = fc
  .record({
    group: fc.constantFrom('family', 'staff', ''),
    school: fc.constantFrom('north', 'south', ''),
    cells: fc.array(fc.record({ question: fc.constantFrom(...codes), cell: code }), { maxLength: 8 }),
    comments: fc.array(
      fc.record({
        question: fc.constantFrom('why', 'feel'),
        about: fc.constantFrom('a', 'b', null),
        words: fc.string(),
        language: fc.constantFrom('en', 'ht'),
      }),
      { maxLength: 2 },
    ),
  })
  .map((given) => settled({ ...given, cells: [{ question: '', cell: '' }, ...given.cells] }))

/** Counts afresh, one response after another, sorted by what is counted. */
function recount(responses: Settled[], keys: (one: Settled) => string[][]): [string, number][] {
  const counts: Record<string, number> = {}
  for (const one of responses) {
    for (const key of keys(one)) counts[JSON.stringify(key)] = (counts[JSON.stringify(key)] ?? 0) + 1
  }
  return Object.entries(counts).toSorted()
}

const cellsOf = ({ cells, group, school }: Settled) =>
  cells.map(({ question, cell }) => [question, cell, group, school])
const sorted = <T>(rows: T[], key: (row: T) => unknown[], n: (row: T) => number): [string, number][] =>
  rows.map((row): [string, number] => [JSON.stringify(key(row)), n(row)]).toSorted()

test('kept counts agree with a recount, whichever way the responses came', async () => {
  const stores = await opened(await folder())
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anySettled, { maxLength: 12 }),
      fc.array(anySettled, { maxLength: 12 }),
      async (sent, imported) => {
        const survey = await surveyIn(stores, `run-${run++}`)
        await Promise.all(sent.map((one, n) => stores.responses.submit(survey, `${run}-${n}`, one)))
        await stores.responses.addMany(survey, imported)
        const both = [...sent, ...imported]

        const kept = await all(stores.tallies.all(survey))
        expect(
          sorted(
            kept,
            (row) => [row.question, row.cell, row.group, row.school],
            (row) => row.n,
          ),
        ).toEqual(recount(both, cellsOf))
        for (const school of [undefined, 'north', '']) {
          const some = both.filter((one) => school === undefined || one.school === school)
          const list = await stores.tallies.list(survey, { school })
          expect(
            sorted(
              list,
              (row) => [row.question, row.cell, row.group],
              (row) => row.n,
            ),
          ).toEqual(recount(some, (one) => cellsOf(one).map((key) => key.slice(0, 3))))
        }
        const sizes = await stores.tallies.sizes(survey)
        expect(
          sorted(
            sizes,
            (row) => [row.school, row.group],
            (row) => row.n,
          ),
        ).toEqual(recount(both, ({ school, group }) => [[school, group]]))
        const comments = await stores.tallies.commentCounts(survey)
        expect(
          sorted(
            comments,
            (row) => [row.question, row.about ?? '', row.group, row.school],
            (row) => row.n,
          ),
        ).toEqual(
          recount(both, ({ comments, group, school }) =>
            comments.map(({ question, about }) => [question, about ?? '', group, school]),
          ),
        )
        expect(await stores.responses.count(survey)).toBe(both.length)
      },
    ),
    { numRuns: engine === 'sqlite' ? 40 : 12 },
  )
})

test('kept counts can be read in pages, replaced, and corrected while responses arrive', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const rows: Kept[] = Array.from({ length: 2_500 }, (_, n) => ({
    question: 'goal',
    cell: `c${n}`,
    group: 'family',
    school: n % 2 ? 'north' : '',
    n: 1 + (n % 3),
  }))
  await stores.tallies.replace(survey, rows)
  const inOrder = (kept: Kept[]) => kept.toSorted((a, b) => (a.cell < b.cell ? -1 : 1))
  expect(await all(stores.tallies.all(survey))).toEqual(inOrder(rows))

  const off = rows.slice(0, 5).map((row) => ({ ...row, n: -row.n }))
  await stores.responses.submit(survey, 'meanwhile', settled())
  await stores.tallies.correct(survey, off)
  const kept = await all(stores.tallies.all(survey))
  expect(kept).toHaveLength(2_500 - 5 + 3)
  expect(kept).toContainEqual({ question: 'goal', cell: 'reading', group: 'family', school: 'north', n: 1 })
})

test('a repair recounts the comments from the comments', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const comment = { question: 'why', about: 'reading', words: 'w', language: 'en' }
  await stores.responses.addMany(survey, [
    settled({ comments: [comment, { ...comment, about: null }] }),
    settled({ comments: [comment] }),
  ])
  const before = await stores.tallies.commentCounts(survey)
  expect(before.map(({ about, n }) => [about, n])).toEqual([
    [null, 1],
    ['reading', 2],
  ])
  await stores.tallies.replace(survey, [])
  expect(await stores.tallies.commentCounts(survey)).toEqual(before)
})

test('comments can be read by option, group and school, oldest first, a page at a time', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const written = (words: string, about: string | null, group: string, school: string) =>
    settled({ group, school, comments: [{ question: 'why', about, words, language: 'es' }] })
  await stores.responses.addMany(survey, [
    written('uno', 'reading', 'family', 'north'),
    written('dos', 'math', 'family', 'south'),
    written('tres', 'reading', 'staff', 'north'),
    written('cuatro', null, 'family', 'north'),
  ])
  const words = async (
    filter: { about?: string; group?: string; school?: string; offset?: number },
    limit = 9,
  ) => (await stores.tallies.comments(survey, { question: 'why', limit, ...filter })).map((one) => one.words)
  expect(await words({})).toEqual(['uno', 'dos', 'tres', 'cuatro'])
  expect(await words({ about: 'reading' })).toEqual(['uno', 'tres'])
  expect(await words({ about: 'reading', group: 'staff' })).toEqual(['tres'])
  expect(await words({ school: 'south' })).toEqual(['dos'])
  expect(await words({ offset: 1 }, 2)).toEqual(['dos', 'tres'])
})

test('a snapshot goes on seeing its moment while others send', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  await stores.responses.submit(survey, 'before', settled())
  const seen = await stores.snapshot(async ({ responses, tallies }) => {
    await stores.responses.submit(survey, 'during', settled())
    return { responses: await all(responses.stream(survey)), sizes: await tallies.sizes(survey) }
  })
  expect(seen.responses).toHaveLength(1)
  expect(seen.sizes).toEqual([{ school: 'north', group: 'family', n: 1 }])
  expect(await stores.responses.count(survey)).toBe(2)
})
