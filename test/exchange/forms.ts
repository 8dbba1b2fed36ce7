import { strToU8, zipSync } from 'fflate'
import { readQuestionnaireFile } from '../../src/files/questionnaireFile.ts'
import { type Sheet, writeWorkbook } from '../../src/files/workbook.ts'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'
import type { Question, Section } from '../../src/questionnaire/definition.ts'

/** A sheet written as a table: cells between bars, the first line the headings. */
export function sheet(name: string, table: string): Sheet {
  const rows = table
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split('|').map((cell) => cell.trim()))
  return { name, rows }
}

export const yesNo = `list_name | name | label
  yn | yes | Yes
  yn | no  | No
  agree | disagree | Disagree
  agree | neither  | Neither
  agree | agree    | Agree`

/** Reads a form of these sheets as a file, the way that it arrives. */
export function readForm(
  survey: string,
  choices = yesNo,
  settings = 'form_title | default_language\nForm | English (en)',
) {
  const bytes = writeWorkbook([
    sheet('survey', survey),
    sheet('choices', choices),
    sheet('settings', settings),
  ])
  return read(bytes)
}

export function read(bytes: Uint8Array, name = 'form.xlsx') {
  const { questionnaire, faults, losses } = readQuestionnaireFile(bytes, name)
  if (questionnaire && checkQuestionnaire(questionnaire).faults.length > 0)
    throw new Error(checkQuestionnaire(questionnaire).faults.join('\n'))
  const sections = (questionnaire?.sections ?? []) as Section[]
  const questions = sections.flatMap((section) => section.questions) as (Question & Record<string, unknown>)[]
  return {
    questionnaire,
    sections,
    questions,
    question: (code: string) => questions.find((question) => question.code === code),
    faults: faults.map(({ code, row }) => `${row} ${code}`),
    /** Losses other than unused lists, which these small forms have many of. */
    losses: losses.filter(({ code }) => code !== 'listUnused').map(({ code, row }) => `${row} ${code}`),
  }
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** A workbook of one survey sheet as raw XML, for what our own writer would never write. */
export function rawWorkbook(parts: {
  sheet?: string
  sheets?: Record<string, string>
  strings?: string
  styles?: string
  more?: Record<string, Uint8Array>
}) {
  const { sheet: one = '<sheetData/>', sheets = { survey: one }, strings, styles, more = {} } = parts
  const names = Object.keys(sheets)
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const files: Record<string, string> = {
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${type}"><sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${type}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((xml, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        xml.startsWith('<?xml') || xml.startsWith('<!') ? xml : `<worksheet ${main}>${xml}</worksheet>`,
      ]),
    ),
    ...(strings && { 'xl/sharedStrings.xml': `<sst ${main}>${strings}</sst>` }),
    ...(styles && { 'xl/styles.xml': `<styleSheet ${main}>${styles}</styleSheet>` }),
  }
  return zipSync({
    ...Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(xml)])),
    ...more,
  })
}
