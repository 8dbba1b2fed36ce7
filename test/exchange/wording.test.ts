import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { english, note, sayNote } from '../../src/questionnaire/xlsform/notes.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

it('what the command line says of a file is what the pages say', () => {
  expect(JSON.parse(read('locales/en.json')).exchange).toEqual(english)
})

it('every wording is used', () => {
  const sources = ['src/files', 'src/questionnaire/xlsform'].flatMap((folder) =>
    readdirSync(new URL(folder, root)).map((file) => read(`${folder}/${file}`)),
  )
  const code = sources.join('\n').replace(/export const english = \{[\s\S]*?\} as const/, '')
  expect(Object.keys(english).filter((key) => !code.includes(`'${key}'`))).toEqual([])
})

it('a note names its place, fills its blanks and quotes the beginning of what is long', () => {
  expect(sayNote(note('unknownType', { sheet: 'survey', row: 5, column: 'type' }, { type: 'foo' }))).toBe(
    'survey, row 5, type: No question type is called "foo".',
  )
  expect(sayNote(note('isEmpty', {}))).toBe('The file is empty.')
  expect(note('unknownType', {}, { type: 'x'.repeat(999) }).message.length).toBeLessThan(300)
})
