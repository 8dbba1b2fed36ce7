import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'heard-kinds-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** A kind that a district's web person might add: one tick. */
const tick = `
import { z } from 'zod'
import { questionBase } from '../definition.ts'
const field = (question) => question.code
export default {
  name: 'tick',
  measure: 'choice',
  schema: z.strictObject({ ...questionBase, kind: z.literal('tick') }),
  check: () => [],
  fields: (question) => [question.code],
  parse: (question, body) => ({ answer: body[field(question)] === 'on' ? 'on' : undefined, problems: [] }),
  fill: (question, answer) => ({ [question.code]: answer }),
  fits: (_, answer) => answer === 'on',
  codes: (_, answer) => [answer],
  say: (_, answer, language) => [{ words: answer, lang: language }],
  columns: (question) => [{ name: question.code, cell: (answer) => answer }],
  codebook: (question) => [{ column: question.code, value: 'on', label: question.title }],
  fromCells: (question, cells) => (cells[question.code] ? { answer: 'on' } : {}),
  cells: () => ['on'],
  outline: (question) => ({ options: [{ code: 'on', label: question.title }] }),
  texts: () => [],
}
`
const use = `
import { checkQuestionnaire } from './src/questionnaire/check.ts'
import { parsePage } from './src/response/parse.ts'
import { settle } from './src/response/settle.ts'
import { walk } from './src/response/walk.ts'
const { questionnaire, faults } = checkQuestionnaire({
  source: 'en', languages: ['en'], title: { en: 'Sample' },
  sections: [
    { code: 'a', title: { en: 'A' }, questions: [{ code: 'agree', kind: 'tick', title: { en: 'I agree' } }] },
    { code: 'b', title: { en: 'B' }, showIf: { question: 'agree', is: ['on'] },
      questions: [{ code: 'more', kind: 'tick', title: { en: 'More' } }] },
  ],
})
if (!questionnaire) throw new Error(faults.join())
const { given, problems } = parsePage(questionnaire.sections[0].questions, { agree: 'on' }, 'en')
const pages = walk(questionnaire, given, []).steps.map(({ section }) => section.code)
const { cells } = settle(questionnaire, given, { version: 1, language: 'en', channel: 'web', hour: 0 })
console.log(JSON.stringify({ problems, pages, cells }))
`

function room(file: string, source: string): string {
  for (const word of ['language', 'district', 'questionnaire', 'response'])
    cpSync(join(root, 'src', word), join(copy, 'src', word), { recursive: true })
  mkdirSync(join(copy, 'src/questionnaire/kinds'), { recursive: true })
  writeFileSync(join(copy, 'package.json'), '{"type": "module"}')
  writeFileSync(join(copy, 'src/questionnaire/kinds', file), source)
  writeFileSync(join(copy, 'use.ts'), use)
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  return execFileSync(process.execPath, ['use.ts'], { cwd: copy, encoding: 'utf8', stdio: 'pipe' })
}

it('a file dropped into kinds/ is a kind that can be asked, skipped by, answered and counted', () => {
  expect(JSON.parse(room('tick.ts', tick))).toEqual({
    problems: [],
    pages: ['a', 'b'],
    cells: [
      { question: '', cell: '' },
      { question: 'agree', cell: '' },
      { question: 'agree', cell: 'on' },
      { question: 'more', cell: '-' },
    ],
  })
})

it('a file whose kind has another name is told at start, not overlooked', () => {
  rmSync(join(copy, 'node_modules'))
  expect(() => room('other.ts', tick)).toThrow(
    /kinds\/other\.ts must export by default a kind that is called "other"/,
  )
})
