import { basename, extname } from 'node:path'
import type { Questionnaire } from '../questionnaire/definition.ts'
import { inWords } from '../questionnaire/xlsform/names.ts'
import { type Code, listed, note } from '../questionnaire/xlsform/notes.ts'
import { type ReadFile, readXlsform } from '../questionnaire/xlsform/read.ts'
import { writeXlsformSheets } from '../questionnaire/xlsform/write.ts'
import { recognise } from './recognise.ts'
import { limits, readWorkbook, writeWorkbook } from './workbook.ts'
import { megabytes } from './zip.ts'

/**
 * Reads a questionnaire from an XLSForm workbook or from our own JSON (a survey file or a bare questionnaire), told
 * apart by their bytes. `name` is what the file is called, for a survey without a title. With faults there is no
 * questionnaire. What is read has still to be checked against the plan and the district (`publish`).
 */
export function readQuestionnaireFile(bytes: Uint8Array, name: string): ReadFile {
  if (bytes.length > limits.file) return refused('fileSize', { limit: megabytes(limits.file) })
  if (recognise(bytes) === 'isJson') return readJsonQuestionnaire(bytes)
  const read = readWorkbook(bytes)
  if ('fault' in read) return { faults: [read.fault], losses: [] }
  const form = readXlsform(read.sheets, inWords(basename(name, extname(name))) || 'Survey')
  return { ...form, losses: listed([...read.notices, ...form.losses]) }
}

const refused = (code: Code, values: Record<string, string | number> = {}): ReadFile => ({
  faults: [note(code, {}, values)],
  losses: [],
})

function readJsonQuestionnaire(bytes: Uint8Array): ReadFile {
  let content: unknown
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError)
      return refused('badJson', { reason: error.message.replaceAll('\n', ' ') })
    return refused('notUtf8')
  }
  const found = [content, record(content).questionnaire]
    .map(record)
    .find(({ sections }) => Array.isArray(sections))
  return found ? { questionnaire: found, faults: [], losses: [] } : refused('noQuestionnaire')
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** A questionnaire as an XLSForm workbook; the same questionnaire gives the same bytes. */
export const writeXlsform = (questionnaire: Questionnaire): Uint8Array =>
  writeWorkbook(writeXlsformSheets(questionnaire))
