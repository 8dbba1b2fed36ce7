import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { limits, readWorkbook, writeWorkbook } from '../../src/files/workbook.ts'
import { rawWorkbook, read } from './forms.ts'

const rowsOf = (bytes: Uint8Array) => {
  const workbook = readWorkbook(bytes)
  if ('fault' in workbook) throw new Error(workbook.fault.message)
  return workbook.sheets[0]?.rows
}
const faultOf = (bytes: Uint8Array) => {
  const workbook = readWorkbook(bytes)
  return 'fault' in workbook ? workbook.fault.code : 'none'
}
const row = (cells: string) => `<sheetData><row r="1">${cells}</row></sheetData>`

describe('cells', () => {
  it('of every kind are read as the text that a person sees', () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="dd\\/mm\\/yyyy"/><numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs>'
    const strings =
      '<si><t>plain</t></si><si><r><t xml:space="preserve">rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></si>'
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>',
      '<c r="C1" t="inlineStr"><is><t>a &amp; b&#10;c_x000D_</t></is></c>',
      '<c r="D1"><v>1.0</v></c><c r="E1"><v>0.30000000000000004</v></c><c r="F1" t="b"><v>1</v></c>',
      '<c r="G1" s="1"><v>44317</v></c><c r="H1" s="2"><v>44317</v></c><c r="I1" s="3"><v>7.5</v></c>',
      '<c r="J1" s="4"><v>44317.5625</v></c><c r="L1" t="str"><f>A1</f><v>kept</v></c>',
    ]
    const [first] = rowsOf(rawWorkbook({ sheet: row(cells.join('')), strings, styles })) ?? []
    expect(first).toEqual(
      ['plain', 'rich text', 'a & b\nc\r', '1', '0.3', 'TRUE'].concat([
        '2021-05-01',
        '2021-05-01',
        '7.5',
        '2021-05-01 13:30',
        '',
        'kept',
      ]),
    )
  })

  it('without an address stand one after another, and rows and empty cells keep their places', () => {
    const sheet =
      '<sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row><row r="4"><c r="C4" s="3"/><c r="D4"><v>5</v></c></row></sheetData>'
    expect(rowsOf(rawWorkbook({ sheet }))).toEqual([['a', 'b'], [], [], ['', '', '', '5']])
  })

  it('of formulas give the saved value and are told by row, as merged cells and errors are', () => {
    const sheet = `${row('<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>X</f></c><c r="C1" t="e"><f>X</f><v>#REF!</v></c>')}<mergeCells count="1"><mergeCell ref="A3:B5"/></mergeCells>`
    const workbook = readWorkbook(rawWorkbook({ sheet }))
    if ('fault' in workbook) throw new Error(workbook.fault.code)
    expect(workbook.sheets[0]?.rows).toEqual([['2']])
    expect(workbook.notices.map(({ code, row, values }) => [code, row, values.cell])).toEqual([
      ['formulaEmpty', 1, 'B1'],
      ['formulaEmpty', 1, 'C1'],
      ['cellError', 1, 'C1'],
      ['formula', 1, undefined],
      ['merged', 3, 'A3:B5'],
    ])
  })

  it('that are written are read back as they were, whatever they hold', () => {
    const cells = ['=1+1', ' spaced ', 'a\r\nb\tc', '_x0041_', 'أهلا 🎉', '\u0001\uFFFE', '<&>"\'', '007']
    const sheets = [
      { name: 'a & b', rows: [cells, [], ['', 'x']] },
      { name: 'two', rows: [['y']] },
    ]
    const workbook = readWorkbook(writeWorkbook(sheets))
    expect(workbook).toEqual({ sheets, notices: [] })
  })
})

describe('a file that is no workbook is refused with what it is', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'isEmpty'],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'isImage'],
    ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), 'isImage'],
    ['a PDF', strToU8('%PDF-1.7'), 'isPdf'],
    ['an old .xls or one with a password', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'isOldExcel'],
    ['a CSV in Windows-1252', new Uint8Array([0x74, 0x79, 0x70, 0x65, 0x3b, 0xf1, 0xe9, 13, 10]), 'isText'],
    ['a CSV in UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'isText'],
    ['a web page', strToU8('\uFEFF <html><table>'), 'isMarkup'],
    ['a LimeSurvey file', strToU8('<?xml version="1.0"?><document><LimeSurveyDocType>Survey'), 'isLss'],
    ['some bytes', new Uint8Array([1, 2, 3]), 'isUnknown'],
    ['another archive', zipSync({ 'a.txt': strToU8('a') }), 'isZip'],
    [
      'an .ods',
      zipSync({ mimetype: strToU8('application/vnd.oasis'), 'content.xml': strToU8('<a/>') }),
      'isOds',
    ],
    ['an .xlsb', zipSync({ 'xl/workbook.bin': new Uint8Array(3) }), 'isXlsb'],
    ['a .docx', zipSync({ 'word/document.xml': strToU8('<a/>') }), 'isOffice'],
  ])('%s', (_, bytes, code) => {
    const found = read(bytes)
    expect(found.questionnaire).toBeUndefined()
    expect(found.faults).toEqual([`0 ${code}`])
  })
})

describe('a hostile or damaged file is refused quickly', () => {
  const bomb = (size: number) => zipSync({ 'xl/workbook.xml': new Uint8Array(size) }, { level: 9 })

  it('a part that unpacks to far more than it is', () => {
    const bytes = bomb(limits.part + 1)
    expect(bytes.length).toBeLessThan(200_000)
    expect(faultOf(bytes)).toBe('zipSize')
  })

  it('a part that lies about its size, stopped while it unpacks', () => {
    const bytes = bomb(limits.part + 1)
    const view = new DataView(bytes.buffer)
    // The size in the directory: the record before the end of the file.
    const at = view.getUint32(bytes.length - 22 + 16, true)
    view.setUint32(at + 24, 100, true)
    expect(faultOf(bytes)).toBe('zipSize')
  })

  it('many parts that together are too much, however small each is', () => {
    const parts = Object.fromEntries(
      Array.from({ length: 5 }, (_, at) => [`p${at}`, new Uint8Array(limits.total / 4)]),
    )
    expect(faultOf(zipSync(parts, { level: 9 }))).toBe('zipSize')
  })

  it('more parts than any workbook has', () => {
    const parts = Object.fromEntries(
      Array.from({ length: limits.entries + 1 }, (_, at) => [`p${at}`, new Uint8Array(1)]),
    )
    expect(faultOf(zipSync(parts, { level: 0 }))).toBe('zipEntries')
  })

  it('entities of its own, inside or outside', () => {
    const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    expect(faultOf(rawWorkbook({ sheet: laughs }))).toBe('xmlDoctype')
    const outside =
      '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet><sheetData/></worksheet>'
    expect(faultOf(rawWorkbook({ sheet: outside }))).toBe('xmlDoctype')
  })

  it('elements nested without end', () => {
    expect(faultOf(rawWorkbook({ sheet: '<a>'.repeat(5000) }))).toBe('xmlDamaged')
  })

  it('rows and columns beyond any survey, without making room for them', () => {
    const at = (reference: string, row: number) =>
      `<sheetData><row r="${row}"><c r="${reference}"><v>1</v></c></row></sheetData>`
    expect(faultOf(rawWorkbook({ sheet: at('A1048576', 1048576) }))).toBe('tooManyRows')
    expect(faultOf(rawWorkbook({ sheet: at('XFD1', 1) }))).toBe('tooManyColumns')
    expect(faultOf(rawWorkbook({ sheet: at('A-1', -1) }))).toBe('xmlDamaged')
  })

  it('one long string shown by very many cells', () => {
    const cells = Array.from({ length: 2000 }, (_, at) => `<row r="${at + 1}"><c t="s"><v>0</v></c></row>`)
    const strings = `<si><t>${'a'.repeat(32_000)}</t></si>`
    expect(faultOf(rawWorkbook({ sheet: `<sheetData>${cells.join('')}</sheetData>`, strings }))).toBe(
      'zipSize',
    )
  })

  it('a workbook cut short anywhere, or with a byte changed, never brings the reader down', () => {
    const bytes = writeWorkbook([
      {
        name: 'survey',
        rows: [
          ['type', 'name'],
          ['text', 'a'],
        ],
      },
    ])
    for (let length = 0; length < bytes.length; length += 41)
      expect(faultOf(bytes.slice(0, length))).not.toBe('none')
    for (let at = 0; at < bytes.length; at += 17) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 0xff
      expect(() => readWorkbook(changed)).not.toThrow()
    }
  })
})
