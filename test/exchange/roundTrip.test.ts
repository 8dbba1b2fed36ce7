import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readQuestionnaireFile, writeXlsform } from '../../src/files/questionnaireFile.ts'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { anyQuestionnaire } from './anyQuestionnaire.ts'
import { normal } from './same.ts'

const folder = new URL('../../templates/surveys/', import.meta.url)
const templates = readdirSync(folder).filter((file) => file.endsWith('.json'))

it.each(templates)('%s comes back from a workbook as it went in, with nothing to tell', (file) => {
  const template = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Questionnaire
  const read = readQuestionnaireFile(writeXlsform(template), file)
  expect(read.faults).toEqual([])
  expect(read.losses).toEqual([])
  expect(normal(read.questionnaire)).toEqual(normal(template))
})

it('any sound questionnaire comes back as it went in, with nothing to tell', () => {
  fc.assert(
    fc.property(anyQuestionnaire, (questionnaire) => {
      expect(checkQuestionnaire(questionnaire).faults).toEqual([])
      const read = readQuestionnaireFile(writeXlsform(questionnaire), 'any.xlsx')
      expect([...read.faults, ...read.losses]).toEqual([])
      expect(normal(read.questionnaire)).toEqual(normal(questionnaire))
    }),
    { numRuns: 60 },
  )
})

it('the same questionnaire is the same file, and a second round changes nothing', () => {
  fc.assert(
    fc.property(anyQuestionnaire, (questionnaire) => {
      const bytes = writeXlsform(questionnaire)
      expect(writeXlsform(questionnaire)).toEqual(bytes)
      const again = readQuestionnaireFile(bytes, 'any.xlsx').questionnaire as Questionnaire
      expect(writeXlsform(again)).toEqual(bytes)
    }),
    { numRuns: 10 },
  )
})
