import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readQuestionnaireFile } from '../../src/files/questionnaireFile.ts'
import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import { wordsOf } from '../site.ts'
import { fieldsOf, lastOf, openOffice, press } from './office.ts'
import { start } from './steps.ts'

let office: Awaited<ReturnType<typeof openOffice>>
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const upload = async (name: string, content: string | Uint8Array, token?: string) =>
  office.ana
    .post('/office/build/file')
    .field('_csrf', token ?? (await office.ana.token('/office/build/new')))
    .attach('file', Buffer.from(content), name)
const made = async () => (await office.stores.definitions.list()).map(({ slug }) => slug)
const asJson = (questionnaire: unknown) => JSON.stringify({ slug: 'x', questionnaire })

describe('a survey from a file', () => {
  it('is shown with what it holds first, and made when somebody says so', async () => {
    const sent = await upload('next.json', asJson(start))
    expect([sent.status, wordsOf(sent.text).includes('3 sections, 10 questions.')]).toEqual([200, true])
    expect(await made()).toEqual(['spring'])
    const fields = fieldsOf(sent.text, '/office/build/read') as Record<string, string>
    const taken = await office.ana.send('/office/build/read', { ...fields, slug: 'next' })
    expect(taken.headers.location).toBe('/office/build/next')
    expect(await lastOf(office, 'next')).toEqual(withDefaults(start))
  })

  it('as a workbook: what is left out is told by row', async () => {
    const { body } = await office.ana
      .open('/office/build/spring/questionnaire.xlsx')
      .buffer()
      .parse((res, done) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () => done(null, Buffer.concat(parts)))
      })
    const back = readQuestionnaireFile(body, 'spring.xlsx')
    expect(back.faults).toEqual([])
    const sent = await upload('spring.xlsx', body)
    expect(sent.status).toBe(200)
    expect(wordsOf(sent.text)).toContain('10 questions')
  })

  it.each([
    [
      'a picture',
      'photo.xlsx',
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
      'This is a picture',
    ],
    ['JSON that is none', 'x.json', '{"sections": [', 'The file is not JSON'],
    ['a questionnaire without sections', 'x.json', asJson({ title: {} }), 'The file holds no questionnaire'],
    [
      'two questions of one code',
      'x.json',
      asJson({ ...start, sections: [...start.sections, { ...start.sections[0], code: 'again' }] }),
      'the code "ride" stands twice',
    ],
    [
      'an unknown kind',
      'x.json',
      asJson({
        ...start,
        sections: [
          { code: 's', title: { en: 'S' }, questions: [{ code: 'q', kind: 'hologram', title: { en: 'Q' } }] },
        ],
      }),
      'no question kind is called "hologram"',
    ],
    [
      'something that nests without end',
      'x.json',
      `{"sections":${'['.repeat(500)}${']'.repeat(500)}}`,
      'nests more than',
    ],
  ])('%s is told in plain words, and nothing is made', async (_, name, content, words) => {
    const sent = await upload(name, content)
    expect([sent.status, wordsOf(sent.text)]).toEqual([422, expect.stringContaining(words)])
    expect(sent.text).not.toContain('action="/office/build/read"')
    expect(await made()).toEqual(['spring'])
  })

  it('with logic that goes round in a circle, is taken with the fault told, and cannot be published', async () => {
    const circular = {
      ...start,
      sections: start.sections.map((section) => ({
        ...section,
        questions: section.questions.map((question) =>
          question.code === 'ride' ? { ...question, showIf: { question: 'news', answered: true } } : question,
        ),
      })),
    }
    const sent = await upload('x.json', asJson(circular))
    expect(wordsOf(sent.text)).toContain('the condition looks at "news", which is not asked before it')
    const fields = fieldsOf(sent.text, '/office/build/read') as Record<string, string>
    await office.ana.send('/office/build/read', { ...fields, slug: 'circle' })
    const refused = await press(
      office.ana,
      '/office/build/circle/check',
      { looked: 'yes' },
      '/office/build/circle/publish',
    )
    expect(refused.status).toBe(422)
  })

  it('too large, without a file, or from a forged form, is refused', async () => {
    expect((await upload('big.json', 'x'.repeat(11 * 2 ** 20))).status).toBe(413)
    expect((await upload('x.json', asJson(start), 'forged')).status).toBe(403)
    const { text, status } = await office.ana
      .post('/office/build/file')
      .field('_csrf', await office.ana.token('/office/build/new'))
    expect([status, wordsOf(text).includes('Choose a file first.')]).toEqual([422, true])
    expect(
      (await office.ana.fill('/office/build/new', { questionnaire: '{"a":1}' }, '/office/build/read')).status,
    ).toBe(400)
    expect(await made()).toEqual(['spring'])
  })
})
