import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvText } from '../../src/report/export/csv.ts'

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    '1',
    ' ',
    ' a ',
    '"',
    ',',
    '\n',
    '\r',
    '\r\n',
    ';',
    '\t',
    "'=1",
    '\u0000',
    '\ufeff',
    'مرحبا',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)

it('rows come out as csv-stringify writes them, however many', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      fc.boolean(),
      fc.constantFrom(1, 300),
      async (some, bom, times) => {
        const rows = Array.from({ length: times }, () => some).flat()
        const text = Buffer.concat(await Array.fromAsync(csvText(rows, { bom }))).toString()
        expect(text).toBe(stringify(rows, { bom: bom && rows.length > 0 }))
      },
    ),
    { numRuns: 60 },
  )
})
