import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeWorkbook } from '../../src/files/workbook.ts'
import { sheet, yesNo } from '../exchange/forms.ts'
import { openDesk } from './command-line.ts'

let desk: Awaited<ReturnType<typeof openDesk>>
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const form = (survey: string) =>
  writeWorkbook([
    sheet('survey', survey),
    sheet('choices', yesNo),
    sheet('settings', 'form_title | default_language\nSpring | English (en)'),
  ])

it('an XLSForm comes in with its losses told, goes out as one, and comes in again with none', async () => {
  const file = desk.file('Spring survey (2).xlsx')
  await writeFile(
    file,
    form('type | name | label\nselect_one yn | a | A\nrank agree | c | C\ngeopoint | b | B'),
  )
  const taken = await desk.heard(['survey', 'import', file])
  expect(taken.code).toBe(0)
  expect(taken.err).toBe('survey, row 4: Places on a map (geopoint) are not asked here. "b" was left out.\n')
  expect(taken.out).toContain('survey spring-survey-2 is in')

  const out = desk.file('again.xlsx')
  expect(await desk.heard(['survey', 'export', 'spring-survey-2', '--xlsform', out])).toMatchObject({
    code: 0,
    err: '',
  })
  const again = await desk.heard(['survey', 'import', out])
  expect(again).toMatchObject({ code: 0, err: '' })
  const [first, second] = await Promise.all(
    ['spring-survey-2', 'again'].map((slug) => desk.heard(['survey', 'export', slug])),
  )
  expect(JSON.parse(second?.out ?? '').questionnaire).toEqual(JSON.parse(first?.out ?? '').questionnaire)
}, 90_000)

it('a workbook with faults is not taken: each is told by row and nothing is kept', async () => {
  const file = desk.file('wrong.xlsx')
  await writeFile(file, form('type | name | label\nfoo | a | A\ntext | c | C\ntext | c | D'))
  const taken = await desk.heard(['survey', 'import', file])
  expect(taken.code).toBe(1)
  expect(taken.err).toContain('survey, row 2, type: No question type is called "foo".')
  expect(taken.err).toContain('survey, row 4, name: The name "c" stands twice, also in row 3.')
  expect((await desk.heard(['survey', 'list'])).out).not.toContain('wrong')
})

it('a picture or a CSV called .xlsx is told for what it is', async () => {
  const picture = desk.file('picture.xlsx')
  await writeFile(picture, new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]))
  expect((await desk.heard(['survey', 'import', picture])).err).toContain('This is a picture')
  const csv = desk.file('form.csv')
  await writeFile(csv, Buffer.from('type;name;label\ntext;a;\xbfPor qu\xe9?', 'latin1'))
  expect((await desk.heard(['survey', 'import', csv])).err).toContain('This is a text or CSV file')
})
