import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Questionnaire } from './questionnaire/definition.ts'
import type { Template } from './questionnaire/template.ts'

/** The surveys of a folder to begin from: each file is a questionnaire, or a survey file that holds one. */
export const readSurveyTemplates = (folder: string): Template[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const content = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      return {
        name: basename(file, '.json'),
        questionnaire: (content.questionnaire ?? content) as Questionnaire,
      }
    })
