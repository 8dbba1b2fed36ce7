import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepForm } from '../../src/web/kept.ts'
import { makeForm } from '../../src/web/packing.ts'

const ascii = (length: number) =>
  fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'abcXYZ019-_') })

test('a page packed beforehand unpacks to the page with the reader’s own texts in it', () => {
  const forms = fc
    .array(fc.tuple(fc.string({ unit: 'grapheme', maxLength: 3000 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 4,
    })
    .chain((places) =>
      fc.record({
        parts: fc.constant(places.map(([part]) => part)),
        last: fc.string({ unit: 'grapheme' }),
        texts: fc.tuple(...places.map(([, length]) => ascii(length))),
      }),
    )
  fc.assert(
    fc.property(forms, ({ parts, last, texts }) => {
      const form = makeForm(
        [...parts, last],
        texts.map(({ length }) => length),
      )
      const page = Buffer.from(parts.map((part, index) => part + texts[index]).join('') + last)
      expect(form.plain(texts)).toEqual(page)
      expect(gunzipSync(form.gzip(texts))).toEqual(page)
    }),
    { numRuns: 60 },
  )
})

test('a text of another length than its place is refused, and a page with a mark too many or too few is not kept', () => {
  const form = makeForm(['a', 'b'], [3])
  expect(() => form.plain(['four'])).toThrow('length')
  expect(() => form.gzip(['no'])).toThrow('length')
  const marks = [
    { mark: '\uE002', length: 2 },
    { mark: '\uE003', length: 3 },
  ]
  expect(keepForm('a\uE002b\uE003c', 'en', marks)?.plain(['12', '345']).toString()).toBe('a12b345c')
  for (const html of ['a\uE002b', 'a\uE003b\uE002c', 'a\uE002b\uE003c\uE002', 'a'])
    expect(keepForm(html, 'en', marks)).toBeUndefined()
})
