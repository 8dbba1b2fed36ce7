import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { readQuestionnaireFile } from '../files/questionnaireFile.ts'
import { recognise } from '../files/recognise.ts'
import { sayNote } from '../questionnaire/xlsform/notes.ts'
import { refuse } from './command.ts'
import { readJson } from './json-file.ts'
import { readSurveyFile, type SurveyFile } from './survey-file.ts'

/**
 * A survey from a file, told apart by its bytes: our JSON, or an XLSForm workbook. `losses`: what of the workbook
 * could not be taken over, a line each. Refuses with every fault when there is any.
 */
export async function openSurveyFile(file: string): Promise<{ survey: SurveyFile; losses: string[] }> {
  const bytes = await readFile(file)
  const faulty = (faults: string[]) => refuse(`${file}: the survey was not taken`, faults)
  const plain = ['isJson', 'isText', 'isEmpty'].includes(recognise(bytes))
  if (plain && !/\.(xlsx|csv|tsv)$/i.test(file)) {
    const read = readSurveyFile(await readJson(file), file)
    if ('faults' in read) throw faulty(read.faults)
    return { survey: read.survey, losses: [] }
  }
  const form = readQuestionnaireFile(bytes, basename(file))
  if (!form.questionnaire) throw faulty(form.faults.map(sayNote))
  const read = readSurveyFile({ slug: slugOf(file), questionnaire: form.questionnaire }, file)
  if ('faults' in read) throw faulty(read.faults)
  return { survey: read.survey, losses: form.losses.map(sayNote) }
}

/** Workbooks are called anything: "Spring Survey (2).xlsx" is the survey spring-survey-2. */
const slugOf = (file: string): string =>
  basename(file, extname(file))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'survey'
