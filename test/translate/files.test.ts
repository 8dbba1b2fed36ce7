import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import {
  type Format,
  formats,
  isFormat,
  readTranslationFile,
  writeTranslationFile,
} from '../../src/files/translationFile.ts'
import { belongs, compare, type Present } from '../../src/language/exchange/incoming.ts'
import { placeholderFault, placeholders } from '../../src/language/exchange/placeholders.ts'
import { type Bundle, type Unit, Unusable } from '../../src/language/exchange/unit.ts'
import { states } from '../../src/language/translating.ts'
import { wordDiff } from '../../src/language/wordDiff.ts'

const everyFormat = Object.keys(formats).filter(isFormat)

const piece = fc.oneof(
  fc.constantFrom(
    '{{count}}',
    '{{- name}}',
    '{{n, number}}',
    '$t(common.skip)',
    '$t(a.b, {"count": 2})',
    '{{',
    '}}',
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '"',
    "'",
    '=1+1',
    '@x',
    '<b>',
    '&amp;',
    '&',
    ']]>',
    'مرحبا',
    'שלום',
    'ကညီ',
    '👩‍👧',
    '公交车',
    '\u0007',
    '\ufeff',
    '\u2028',
    ';',
    ',',
    '_x0041_',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ maxLength: 8 }),
) // prettier-ignore
/** What a person could type, and what nobody could. */
const words = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((list) => list.join('').toWellFormed())
  .filter((text) => text.trim() !== '')

const bundles: fc.Arbitrary<Bundle> = fc
  .array(fc.record({ source: words, target: words, note: fc.string(), state: fc.constantFrom(...states) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => ({
    of: 'survey:spring',
    from: 'en',
    to: 'ar',
    units: list.map(
      (one, at): Unit => ({
        ...one,
        id: `question:q${at}:options.a.label`,
        target: one.state === 'missing' ? '' : one.target,
      }),
    ),
  }))

const presentOf = ({ units }: Bundle): Present[] =>
  units.map(({ id, source, target, state }) => ({
    id,
    source,
    words: target,
    state,
    made: state === 'missing' ? undefined : state === 'outdated' ? 'translated' : state,
  }))

describe.each(everyFormat)('a file for translators as %s', (format: Format) => {
  it('gives every text back as it was, changes nothing when nobody touched it, and is the same file again', () => {
    fc.assert(
      fc.property(bundles, (bundle) => {
        const bytes = writeTranslationFile(bundle, format)
        const { bundle: read, notices } = readTranslationFile(bytes)
        expect(notices).toEqual([])
        belongs(read, bundle)
        expect(read.units.map(({ row: _, ...unit }) => unit)).toEqual(
          bundle.units.map(({ note: _, ...unit }) => unit),
        )
        for (const mayReview of [true, false])
          expect(compare(read.units, presentOf(bundle), { mayReview })).toEqual({
            changes: [],
            unchanged: bundle.units.length,
            useless: [],
          })
        const again = read.units.map((unit, at) => ({ ...bundle.units[at], ...unit }) as Unit)
        expect(writeTranslationFile({ ...bundle, units: again }, format)).toEqual(bytes)
      }),
      { numRuns: 150 },
    )
  })
})

const spring: Bundle = {
  of: 'survey:spring',
  from: 'en',
  to: 'es',
  units: [
    { id: 'survey:title', source: 'Spring', target: '', state: 'missing', note: '' },
    { id: 'question:a:title', source: 'Hi {{name}}', target: 'Hola {{name}}', state: 'translated', note: '' },
    { id: 'question:b:title', source: 'Why?', target: '¿Por qué?', state: 'outdated', note: '' },
    { id: 'question:c:title', source: 'Bus', target: 'Autobús', state: 'machine', note: '' },
  ],
}
const back = (change: (text: string) => string, format: Format = 'csv') =>
  readTranslationFile(strToU8(change(new TextDecoder().decode(writeTranslationFile(spring, format))))).bundle
const result = (change: (text: string) => string, mayReview = false) =>
  compare(back(change).units, presentOf(spring), { mayReview })

describe('what comes back from a translator', () => {
  it('is told row by row: new words, and the state that they have now', () => {
    const { changes, unchanged } = result((text) =>
      text.replace('Spring,,missing', 'Spring,Primavera,missing'),
    )
    expect(unchanged).toBe(3)
    expect(changes).toEqual([
      {
        id: 'survey:title',
        row: 2,
        from: '',
        to: 'Primavera',
        before: 'missing',
        state: 'translated',
        source: 'Spring',
        stale: false,
      },
    ]) // prettier-ignore
  })

  it.each([
    ['lost', 'Hola', { lacks: '{{name}}', extra: '' }],
    ['changed', 'Hola {{nombre}}', { lacks: '{{name}}', extra: '{{nombre}}' }],
    ['doubled', 'Hola {{name}} {{name}}', { lacks: '', extra: '{{name}}' }],
  ])('is refused where a mark was %s', (_, words, values) => {
    const { changes, useless } = result((text) => text.replace('Hola {{name}}', words))
    expect(changes).toEqual([])
    expect(useless).toEqual([{ id: 'question:a:title', row: 3, code: 'placeholder', values }])
  })

  it('is refused where the id is unknown, the words were taken out, or a text stands twice with different words', () => {
    expect(result((text) => text.replace('question:c:title', 'question:z:title')).useless).toMatchObject([
      { id: 'question:z:title', row: 5, code: 'unknown' },
    ])
    expect(result((text) => text.replace('Autobús', ' ')).useless).toMatchObject([{ code: 'empty', row: 5 }])
    const twice = result((text) => text.replace('question:c:title', 'question:b:title'))
    expect(twice.useless.map(({ code, row }) => [code, row])).toEqual([
      ['twice', 4],
      ['twice', 5],
    ])
  })

  it('is offered as outdated where the source was changed since it went out', () => {
    const { changes } = result((text) =>
      text.replace('Hi {{name}},Hola {{name}}', 'Hello {{name}},Buenos días {{name}}'),
    )
    expect(changes).toMatchObject([{ id: 'question:a:title', stale: true, source: 'Hello {{name}}' }])
  })

  it('can say that words were read again, though not everybody may say that they were reviewed', () => {
    const states = (mayReview: boolean) =>
      result((text) => text.replace(/(outdated|machine)/g, 'reviewed'), mayReview).changes.map((c) => c.state)
    expect(states(true)).toEqual(['reviewed', 'reviewed'])
    expect(states(false)).toEqual(['translated', 'translated'])
  })

  it.each<[string, (text: string) => string]>([
    ['otherText', (text) => text.replaceAll('survey:spring', 'survey:fall')],
    ['otherLanguage', (text) => text.replace('target [es]', 'target [ar]')],
    ['otherSource', (text) => text.replace('source [en]', 'source [vi]')],
    ['noTexts', (text) => text.split('\n')[0] ?? ''],
  ])('is refused whole: %s', (code, change) => {
    expect(() => belongs(back(change), spring)).toThrow(code)
  })

  it('takes a region for the language that it is of, and never one script for the other', () => {
    const said = (tag: string) => ({ ...back((text) => text), to: [tag] })
    expect(() => belongs(said('es-US'), spring)).not.toThrow()
    expect(() => belongs(said('zh-Hant'), { ...spring, to: 'zh-Hans' })).toThrow('otherLanguage')
    expect(() => belongs(said('pt-PT'), { ...spring, to: 'pt-BR' })).toThrow('otherLanguage')
  })
})

describe('XLIFF from other programs', () => {
  const xliff12 = (unit: string) =>
    `<?xml version="1.0"?><xliff version="1.2"><file original="survey:spring" source-language="en" target-language="es"><body><group><trans-unit id="question:a:title">${unit}</trans-unit></group></body></file></xliff>`
  const read = (xml: string) => readTranslationFile(strToU8(xml)).bundle.units[0]

  it('is read with segments, groups, other placeholders and CDATA', () => {
    expect(
      read(
        xliff12(
          '<source>Hi <ph id="1">{{name}}</ph></source><target state="final"><mrk mtype="seg" mid="0">Hola </mrk><x id="1" equiv-text="{{name}}"/><![CDATA[ &amp; más]]></target>',
        ),
      ),
    ).toMatchObject({ source: 'Hi {{name}}', target: 'Hola {{name}} &amp; más', state: 'reviewed' })
  })

  it('of version 2 is read where a unit was cut into segments', () => {
    expect(
      read(
        '<xliff version="2.0" srcLang="en" trgLang="es"><file id="f"><unit id="survey:title"><originalData><data id="d1">{{a}}</data></originalData><segment state="translated"><source>One.</source><target>Uno.</target></segment><ignorable><source> </source></ignorable><segment state="translated"><source>Two <ph id="1" dataRef="d1"/></source><target><pc id="2">Dos</pc> <ph id="1" dataRef="d1"/></target></segment></unit></file></xliff>',
      ),
    ).toMatchObject({ source: 'One. Two {{a}}', target: 'Uno. Dos {{a}}', state: 'translated' })
  })

  it('in UTF-16 is read too', () => {
    const text = `\ufeff${xliff12('<source>Hi</source><target>Hólà</target>')}`
    expect(readTranslationFile(new Uint8Array(Buffer.from(text, 'utf16le'))).bundle.units[0]?.target).toBe(
      'Hólà',
    )
  })
})

describe('a file that cannot be used', () => {
  const code = (bytes: Uint8Array): string => {
    try {
      return `read, with ${readTranslationFile(bytes).notices.join()}`
    } catch (error) {
      if (error instanceof Unusable) return error.code
      throw error
    }
  }
  const entities = (inside: string) =>
    `<?xml version="1.0"?><!DOCTYPE x [${inside}]><xliff version="1.2">&a;</xliff>`
  const csv = (rows: string) => `id,source [en],target [es]\r\n${rows}`

  it.each<[string, string, Uint8Array]>([
    ['an entity bomb', 'doctype', strToU8(entities('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'))],
    ['an external entity', 'doctype', strToU8(entities('<!ENTITY a SYSTEM "file:///etc/passwd">'))],
    ['a document type', 'doctype', strToU8('<!DOCTYPE xliff SYSTEM "http://127.0.0.1/x.dtd"><xliff/>')],
    ['XML that nests without end', 'damaged', strToU8(`<xliff>${'<g>'.repeat(5000)}`)],
    ['XML cut short', 'damaged', strToU8('<xliff version="1.2"><file><body>')],
    ['other XML', 'notXliff', strToU8('<html><body>x</body></html>')],
    ['a picture', 'notKnown', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0])],
    ['a PDF', 'notKnown', strToU8('%PDF-1.7 x')],
    ['an empty file', 'empty', new Uint8Array()],
    ['a zip bomb', 'bomb', zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 2 ** 20) })],
    ['an archive without a workbook', 'notKnown', zipSync({ 'a.txt': strToU8('x') })],
    ['20,000 rows', 'tooMany', strToU8(csv('survey:title,Spring,x\r\n'.repeat(20_000)))],
    ['a CSV without the columns', 'noColumns', strToU8('name,words\r\na,b\r\n')],
    ['a CSV in Windows-1252', 'read, with windows', Buffer.from(csv('survey:title,Spring,Niñez'), 'latin1')],
    [
      'Arabic in Windows-1252',
      'lostLetters',
      Buffer.from(csv('survey:title,é,????').replace('[es]', '[ar]'), 'latin1'),
    ],
    ['a CSV with a quote that never ends', 'badCsv', strToU8(csv('survey:title,"Spring,x'))],
  ])('%s: %s', (_what, expected, bytes) => expect(code(bytes)).toBe(expected)) // prettier-ignore

  it('in Windows-1252 is read with its letters', () => {
    const bytes = Buffer.from('id;target [es]\r\nsurvey:title;Ni\xf1ez \x80\r\n', 'latin1')
    expect(readTranslationFile(bytes).bundle.units[0]?.target).toBe('Niñez €')
  })
})

describe('the marks in a text', () => {
  it('are found whole', () =>
    expect(placeholders('{{a}} {{- b }} $t(c, {"x": "{{d}}"}) { {e}')).toEqual([
      '{{a}}',
      '{{- b }}',
      '$t(c, {"x": "{{d}}"})',
    ]))

  it('may stand in another order, and a number may be left out where the form says it', () => {
    expect(placeholderFault('{{a}} {{b}}', '{{ b }} {{a}}')).toBeUndefined()
    expect(
      placeholderFault('{{count}} of {{all}}', 'one of {{all}}', { omit: ['{{count}}'] }),
    ).toBeUndefined()
    expect(placeholderFault('{{count}}', '{{all}}', { also: ['{{all}}'] })).toEqual({
      lacks: ['{{count}}'],
      extra: [],
    })
  })
})

describe('what changed between two texts', () => {
  it('is told word by word', () =>
    expect(wordDiff('Is your school safe?', 'Is your child’s school very safe?')).toEqual([
      { what: 'same', words: 'Is your ' },
      { what: 'new', words: 'child’s ' },
      { what: 'same', words: 'school' },
      { what: 'new', words: ' very' },
      { what: 'same', words: ' safe?' },
    ]))

  it('always holds both texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '公交', 'سلام'), { maxLength: 30 })
      .map((l) => l.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = wordDiff(before, after)
        const without = (what: string) =>
          diff
            .filter((one) => one.what !== what)
            .map((one) => one.words)
            .join('')
        expect([without('new'), without('gone')]).toEqual([before, after])
      }),
    )
  })
})
