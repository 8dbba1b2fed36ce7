import { expect, test } from 'vitest'
import { parts } from '../../bench/measures/firstVisit.ts'
import { beside, inTurns, median, percentile } from '../../bench/rounds.ts'
import { reached } from '../../bench/row.ts'
import { printTable } from '../../bench/table.ts'

test('percentiles are values that were measured, and the median lies between the middle two', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5)
  expect(percentile([], 0.5)).toBeNaN()
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([])).toBeNaN()
})

test('the contenders take turns, every second round backwards', async () => {
  const turns: string[] = []
  const turn = (name: string) => async () => turns.push(name)
  const results = await inTurns(3, { ours: turn('ours'), bare: turn('bare') })
  expect(turns).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare'])
  expect(results).toEqual({ ours: [1, 4, 5], bare: [2, 3, 6] })
})

test('a row says what was measured beside it, the ratio of each round and whether its bar is reached', () => {
  const compared = beside('bare', [50, 60, 10], [100, 100, 100])
  expect(compared).toEqual({ what: 'bare', figure: 100, ratio: 0.5, low: 0.1, high: 0.6 })
  const row = { what: 'pages', unit: '/s', heard: 50, beside: compared } as const
  expect(reached(row, { on: 'ratio', atLeast: 0.6 })).toBe(false)
  expect(reached(row, { on: 'figure', atMost: 50 })).toBe(true)
  const table = printTable([
    { title: 'Pages', rows: [{ ...row, bar: { on: 'ratio', atLeast: 0.6 }, note: 'noisy' }] },
    {
      title: 'Two bars',
      rows: [
        {
          ...row,
          bar: [
            { on: 'figure', atMost: 60 },
            { on: 'ratio', atLeast: 2 },
          ],
        },
      ],
    },
    { title: 'Other', rows: [], failed: 'no answer' },
  ])
  expect(table).toContain('pages   50/s  bare       100/s  0.50 (0.10 to 0.60)  at least 0.6: NO; noisy')
  expect(table).toContain('figure at most 60: yes; ratio at least 2: NO')
  expect(table).toContain('Other\n  could not be measured: no answer')
})

test('a visit counts what a browser fetches by itself, its own icon request too', () => {
  const page = `<link rel="stylesheet" href="/a.css"><link rel="alternate" href="/b"><script src="/c.js" defer>
    </script><a href="/d">d</a><img alt="" src="data:,"><form action="/e"></form>`
  expect(parts(page)).toEqual(['/a.css', '/c.js', '/favicon.ico'])
  expect(parts(`<link rel="icon" href="/i.svg">`)).toEqual(['/i.svg'])
})
