import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codebook } from '../../src/report/export/codebook.ts'
import { wideColumns } from '../../src/report/export/columns.ts'
import { csvText } from '../../src/report/export/csv.ts'
import { long } from '../../src/report/export/long.ts'
import { wide } from '../../src/report/export/wide.ts'
import { readHour, writeHour } from '../../src/response/hour.ts'
import { readHeader, readRow } from '../../src/response/importing.ts'
import type { Settled } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import { everyKind, gather, nextVersion, response, stored } from './sample.ts'

const versions = new Map([
  [1, everyKind],
  [2, nextVersion],
])
const reading = { versions, current: 2, hour: 0 }

const text = async (settled: readonly Settled[]) =>
  Buffer.concat(
    await gather(csvText(wide(versions, stored(settled))).map((chunk) => Buffer.from(chunk))),
  ).toString()

function imported(csv: string): Settled[] {
  const [head = [], ...rows] = parse(csv) as string[][]
  const header = readHeader(head, reading)
  if ('faults' in header) throw new Error(header.faults.join('\n'))
  return rows.map((row) => {
    const read = readRow(row, header)
    if ('faults' in read) throw new Error(read.faults.join('\n'))
    expect(read.dropped).toBe(0)
    return read.settled
  })
}

const one = settle(
  everyKind,
  {
    who: 'family',
    goal: 'reading',
    why: { words: '=HYPERLINK("x")\n, "so"', language: 'ar' },
    ways: ['post', 'visit'],
    order: { order: ['oe', 'tl'], shown: ['cr', 'oe', 'fc', 'tl'] },
    climate: { safe: 'yes', known: 'na' },
    stars: -5,
    children: 3,
  },
  { version: 1, language: 'es', channel: 'paper', hour: Date.UTC(2021, 4, 12, 19, 40) },
)

describe('the wide CSV', () => {
  it('has language, channel and profile first, then the pages in order, then what older versions asked', () => {
    expect(wideColumns(versions)).toEqual([
      ...['language', 'channel', 'who', 'site', 'goal', 'why'],
      ...['ways.post', 'ways.phone', 'ways.visit', 'ways.none'],
      ...['order.tl', 'order.fc', 'order.oe', 'order.cr', 'order.shown'],
      ...['climate.safe', 'climate.known', 'stars', 'more', 'children', 'version', 'hour'],
    ])
  })

  it('writes each kind of answer as the contract says', async () => {
    const [header = [], row = []] = await gather(wide(versions, stored([one])))
    expect(Object.fromEntries(header.map((name, index) => [name, row[index]]))).toEqual({
      ...{
        language: 'es',
        channel: 'paper',
        version: '1',
        hour: '2021-05-12T19:00Z',
        who: 'family',
        site: '',
      },
      ...{ goal: 'reading', why: '\'=HYPERLINK("x")\n, "so"', more: '', children: '3', stars: '-5' },
      ...{ 'ways.post': '1', 'ways.phone': '0', 'ways.visit': '1', 'ways.none': '0' },
      ...{ 'order.tl': '2', 'order.fc': '', 'order.oe': '1', 'order.cr': '', 'order.shown': 'cr oe fc tl' },
      ...{ 'climate.safe': 'yes', 'climate.known': 'na' },
    })
  })

  it('reads back what it wrote, byte for byte, whatever people answered', async () => {
    const any = fc.array(fc.oneof(response(everyKind, 1), response(nextVersion, 2)), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(any, async (responses) => {
        const first = await text(responses)
        expect(await text(imported(first))).toBe(first)
      }),
      { numRuns: 300 },
    )
  })

  it('counts an imported response as it counted the one that was sent', async () => {
    await fc.assert(
      fc.asyncProperty(response(everyKind, 1), async (sent) => {
        const [back] = imported(await text([sent]))
        expect(back?.cells).toEqual(sent.cells)
        expect([back?.group, back?.school, back?.hour]).toEqual([sent.group, sent.school, sent.hour])
      }),
      { numRuns: 100 },
    )
  })
})

describe('reading a wide CSV', () => {
  const row = (cells: Record<string, string>) => {
    const header = readHeader(Object.keys(cells), reading)
    return 'faults' in header ? header : readRow(Object.values(cells), header)
  }

  it('takes the contract alone: no version, no hour, ids passed over', () => {
    const read = row({ id: '77', language: 'en', channel: '', goal: 'safety' })
    expect(read).toMatchObject({
      settled: { version: 2, hour: 0, language: 'en', channel: 'import', answers: { goal: 'safety' } },
      dropped: 0,
    })
  })

  it('says how many answers were to questions that the person was not asked', () => {
    expect(row({ language: 'en', why: 'because' })).toMatchObject({ dropped: 1, settled: { answers: {} } })
  })

  it.each([
    [{ language: 'en', gaol: 'x' }, ['this survey has no column "gaol"']],
    [{ language: 'en' }, ['no column belongs to a question of this survey']],
    [{ language: 'en', '': 'x' }, ['column 2 has no name']],
    [
      { language: 'de', goal: 'x' },
      ['column language: "de" is not offered (it is one of en, ar, es)', '"x" is not an option of goal'],
    ],
    [{ channel: 'fax', goal: '' }, ['column channel: "fax" is not one of web, paper, kiosk, import']],
    [{ version: '9', goal: '' }, ['column version: "9" is not a version of this survey (it has 1, 2)']],
    [{ hour: 'noon', goal: '' }, ['column hour: "noon" is not a time such as 2021-05-12T19:00Z']],
    [
      { version: '2', children: '3' },
      ['column children: version 2 does not ask this, so the cell must be empty'],
    ],
    [{ 'order.tl': '1', 'order.fc': 'first' }, ['"first" in order.fc is not a rank from 1 to 3']],
    [{ stars: '11' }, ['"11" in stars is not a point from -5 to 5']],
  ])('says what is wrong with %j', (cells, faults) => {
    expect(row(cells as Record<string, string>)).toMatchObject({ faults })
  })

  it('refuses a column that stands twice and a row that is cut off', () => {
    expect(readHeader(['goal', 'goal'], reading)).toMatchObject({
      faults: ['the column "goal" stands twice'],
      told: [{ code: 'twice', column: 'goal' }],
    })
    const header = readHeader(['language', 'goal'], reading)
    expect('faults' in header ? header : readRow(['en'], header)).toMatchObject({
      faults: ['it has 1 cells, but the header has 2'],
    })
  })

  it('reads hours, fuller times and dates, and no day that the calendar lacks', () => {
    expect(readHour('2021-05-12T19:00Z')).toBe(Date.UTC(2021, 4, 12, 19))
    expect(readHour('2021-05-12T19:59:59.9Z')).toBe(Date.UTC(2021, 4, 12, 19))
    expect(readHour('2021-05-12')).toBe(Date.UTC(2021, 4, 12))
    for (const wrong of ['2021-02-30', '2021-05-12T25:00Z', '12.05.2021', '2021-05-12T19:00', ''])
      expect(readHour(wrong)).toBeUndefined()
    expect(writeHour(Date.UTC(2021, 4, 12, 19))).toBe('2021-05-12T19:00Z')
  })
})

describe('the long CSV and the codebook', () => {
  it('has a row per response, question and item', async () => {
    const rows = await gather(long(versions, stored([one, one])))
    expect(rows[0]).toEqual([
      ...['response', 'language', 'channel', 'version', 'hour', 'who', 'site', 'question', 'item', 'value'],
    ])
    const start = ['1', 'es', 'paper', '1', '2021-05-12T19:00Z', 'family', '']
    expect(rows[1]).toEqual([...start, 'goal', '', 'reading'])
    expect(rows.filter(([number]) => number === '1').map((row) => row.slice(7).join(' '))).toEqual([
      ...['goal  reading', 'why  \'=HYPERLINK("x")\n, "so"'],
      ...['ways post 1', 'ways phone 0', 'ways visit 1', 'ways none 0'],
      ...['order tl 2', 'order oe 1', 'order shown cr oe fc tl'],
      ...['climate safe yes', 'climate known na', 'stars  -5', 'children  3'],
    ])
    expect(rows.at(-1)?.[0]).toBe('2')
  })

  it('tells what every column means, with citations and the versions that had it', () => {
    const [header = [], ...rows] = codebook(versions)
    expect(header).toEqual([
      ...['column', 'question', 'title', 'kind', 'value'],
      ...['label.en', 'label.ar', 'label.es', 'cites', 'bank', 'versions'],
    ])
    expect(new Set(rows.map(([column]) => column))).toEqual(new Set(wideColumns(versions)))
    expect(rows).toContainEqual([
      ...['goal', 'goal', 'Which goal?', 'single', 'reading', 'reading', 'خ reading', '', 'P1', 'B-1', '1 2'],
    ])
    expect(rows.find(([column]) => column === 'why')?.[2]).toBe("'=Why?")
    expect(rows.find(([column]) => column === 'children')?.at(-1)).toBe('1')
  })
})
