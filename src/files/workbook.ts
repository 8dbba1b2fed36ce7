import { strToU8, zipSync } from 'fflate'
import { type Note, note } from '../questionnaire/xlsform/notes.ts'
import { columnName, readCells, richText } from './cells.ts'
import { recognise } from './recognise.ts'
import { readDateStyles } from './styles.ts'
import { asXml, attribute, child, children, type Element, parseXml } from './xml.ts'
import { type Archive, megabytes, openZip, Unreadable } from './zip.ts'

/** A sheet as plain rows: `rows[0]` is row 1, cells as the text that a person sees, '' where there is none. */
export type Sheet = { name: string; rows: string[][] }

/** What a workbook may cost. Bytes for the file and what comes out of it. */
export const limits = {
  file: 10 * 2 ** 20,
  entries: 2000,
  part: 16 * 2 ** 20,
  total: 32 * 2 ** 20,
  rows: 50_000,
  columns: 500,
  cells: 200_000,
  /** What spreadsheet programs allow in a cell. */
  cellText: 32_767,
  allText: 32 * 2 ** 20,
}

export type ReadWorkbook = { sheets: Sheet[]; notices: Note[] } | { fault: Note }

/**
 * The sheets of an .xlsx file (ECMA-376), visible or not, in their order. Formulas give the value that was saved
 * with them; formulas, merged cells and error values are told in `notices`. Never throws: a file of another kind,
 * a damaged or a hostile one gives one fault.
 */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  try {
    if (bytes.length > limits.file) throw new Unreadable('fileSize', { limit: megabytes(limits.file) })
    const kind = recognise(bytes)
    if (kind !== 'zip') throw new Unreadable(kind)
    return readParts(openZip(bytes, limits))
  } catch (error) {
    if (error instanceof Unreadable) return { fault: note(error.code, {}, error.values) }
    throw error
  }
}

function readParts(archive: Archive): ReadWorkbook {
  const has = (name: string) => archive.names.includes(name)
  if (has('mimetype')) throw new Unreadable('isOds')
  if (has('xl/workbook.bin')) throw new Unreadable('isXlsb')
  if (has('word/document.xml') || has('ppt/presentation.xml')) throw new Unreadable('isOffice')
  const read = (name: string): Element | undefined => {
    const part = archive.part(name)
    return part && parseXml(part, name)
  }
  const main = target(read('_rels/.rels'), /\/officeDocument$/) ?? 'xl/workbook.xml'
  const workbook = read(main)
  if (!workbook) throw new Unreadable('isZip')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = read(`${folder}_rels/${main.slice(folder.length)}.rels`)
  const strings = read(target(relations, /\/sharedStrings$/, folder) ?? `${folder}sharedStrings.xml`)
  const styles = read(target(relations, /\/styles$/, folder) ?? `${folder}styles.xml`)
  const book = {
    strings: strings ? children(strings, 'si').map(richText) : [],
    isDate: readDateStyles(styles ?? {}),
    since1904: /^(1|true)$/.test(attribute(child(workbook, 'workbookPr'), 'date1904')),
  }
  const notices: Note[] = []
  const spent = { cells: 0, text: 0 }
  const sheets = children(child(workbook, 'sheets'), 'sheet').flatMap((entry) => {
    const name = attribute(entry, 'name')
    const path = relation(relations, attribute(entry, 'id'), folder)
    const sheet = path === undefined ? undefined : read(path)
    // A chart or dialog sheet has no cells.
    if (!sheet || !('sheetData' in sheet)) return []
    const cells = readCells(sheet, name, book, limits, spent)
    notices.push(...cells.notices)
    return [{ name, rows: cells.rows }]
  })
  return { sheets, notices }
}

function relation(relations: Element | undefined, id: string, folder: string): string | undefined {
  const found = relations && children(relations, 'Relationship').find((one) => attribute(one, 'Id') === id)
  return found && resolve(attribute(found, 'Target'), folder)
}

function target(relations: Element | undefined, type: RegExp, folder = ''): string | undefined {
  const found =
    relations && children(relations, 'Relationship').find((one) => type.test(attribute(one, 'Type')))
  return found && resolve(attribute(found, 'Target'), folder)
}

function resolve(path: string, folder: string): string {
  const parts = path.startsWith('/') ? [] : folder.split('/').filter(Boolean)
  for (const step of path.split('/').filter(Boolean))
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  return parts.join('/')
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
/** Archives of the same content are the same file, whenever they are written. */
const written = new Date(1980, 0, 1)

/**
 * An .xlsx file of these sheets; every cell is text, so no cell can be a formula. The first row of each stays in
 * sight and is bold. The same sheets give the same bytes.
 */
export function writeWorkbook(sheets: readonly Sheet[]): Uint8Array {
  const numbered = sheets.map((sheet, index) => ({ ...sheet, number: index + 1 }))
  const rels = (entries: string[]) =>
    `${declaration}<Relationships xmlns="${office}/package/2006/relationships">${entries.join('')}</Relationships>`
  const rel = (id: string, type: string, to: string) =>
    `<Relationship Id="${id}" Type="${office}/officeDocument/2006/relationships/${type}" Target="${to}"/>`
  const type = (part: string, name: string) =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml"/>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${declaration}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook.xml', 'sheet.main')}${type('styles.xml', 'styles')}${numbered.map(({ number }) => type(`worksheets/sheet${number}.xml`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': rels([rel('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${declaration}<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${numbered.map(({ name, number }) => `<sheet name="${asXml(name)}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rels([
      ...numbered.map(({ number }) => rel(`rId${number}`, 'worksheet', `worksheets/sheet${number}.xml`)),
      rel(`rId${numbered.length + 1}`, 'styles', 'styles.xml'),
    ]),
    'xl/styles.xml': `${declaration}<styleSheet xmlns="${office}/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      numbered.map(({ number, rows }) => [`xl/worksheets/sheet${number}.xml`, sheetXml(rows)]),
    ),
  }
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))
  return zipSync(bytes, { mtime: written })
}

function sheetXml(rows: readonly string[][]): string {
  const width = Math.max(1, ...rows.map((row) => row.length))
  const body = rows.map((row, index) => {
    const cells = row.map((words, at) =>
      words === ''
        ? ''
        : `<c r="${columnName(at)}${index + 1}" s="${index === 0 ? 1 : 0}" t="inlineStr"><is><t xml:space="preserve">${asXml(words)}</t></is></c>`,
    )
    return `<row r="${index + 1}">${cells.join('')}</row>`
  })
  return `${declaration}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${width}" width="28" customWidth="1" style="0"/></cols><sheetData>${body.join('')}</sheetData></worksheet>`
}
