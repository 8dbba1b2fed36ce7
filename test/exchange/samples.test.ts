import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { writeXlsform } from '../../src/files/questionnaireFile.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { read } from './forms.ts'
import { normal } from './same.ts'

const folder = process.env.SAMPLES_DIR ? `${process.env.SAMPLES_DIR}/xlsform/` : '../shared/samples/xlsform/'
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.xlsx')) : []

describe.skipIf(files.length === 0)('real files of others', () => {
  it.each(files)('%s is read, or refused with a reason', (file) => {
    const found = read(readFileSync(folder + file), file)
    if (file === 'duplicate_columns.xlsx') {
      expect(found.questionnaire).toBeUndefined()
      expect(found.faults).toEqual(['1 duplicateColumn'])
      return
    }
    expect(found.faults).toEqual([])
    const again = read(writeXlsform(found.questionnaire as unknown as Questionnaire), file)
    expect([...again.faults, ...again.losses.filter((loss) => !/ (piping|markup)$/.test(loss))]).toEqual([])
    expect(normal(again.questionnaire)).toEqual(normal(found.questionnaire))
  })
})
