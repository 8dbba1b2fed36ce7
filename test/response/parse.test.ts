import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormBody } from '../../src/questionnaire/kind.ts'
import { parsePage, typedOn, withPage } from '../../src/response/parse.ts'
import { checked } from '../questionnaire/checked.ts'
import commentAbout from '../questionnaires/commentAbout.ts'
import required from '../questionnaires/required.ts'
import { surveys } from './anyAnswers.ts'

const [one, many] = checked(required).sections.map(({ questions }) => questions)
const page = (asked = one, body: FormBody = {}) => parsePage(asked ?? [], body, 'en')

describe('a page that was sent', () => {
  it('holds an answer or undefined for each of its questions', () => {
    expect(page(one, { must: 'yes', may: '' })).toEqual({
      given: { must: 'yes', may: undefined },
      problems: [],
    })
  })

  it('says at which field a required answer is missing', () => {
    expect(page(one, { must: '' }).problems).toEqual([{ question: 'must', field: 'must', code: 'required' }])
    expect(page(many, {}).problems).toEqual([
      { question: 'climate', field: 'climate.safe', code: 'required' },
    ])
  })

  it('says which part of an answer is still open', () => {
    expect(page(many, { 'climate.safe': 'yes' }).problems).toEqual([
      { question: 'climate', field: 'climate.heard', code: 'incomplete' },
    ])
  })

  it('says one thing about one field: a forged code is not also missing', () => {
    expect(page(one, { must: 'forged' }).problems).toEqual([
      { question: 'must', field: 'must', code: 'notOffered' },
    ])
    expect(page(many, { 'climate.safe': 'forged' }).problems).toHaveLength(1)
  })

  it('answers nothing of what it did not ask', () => {
    expect(Object.keys(page(one, { must: 'yes', goal: 'arts', __proto__: 'x' } as FormBody).given)).toEqual([
      'must',
      'may',
    ])
  })

  it('keeps of what was typed only the fields of its own questions', () => {
    const body = { must: 'yes', 'climate.safe': 'no', _csrf: 'secret', other: 'x' }
    expect(typedOn(one ?? [], body)).toStrictEqual({ must: 'yes' })
    expect(typedOn(many ?? [], body)).toEqual({ 'climate.safe': 'no' })
  })

  it('reads the same from what was kept of it as from the form', () => {
    const value = fc.constantFrom('', 'yes', 'no', 'a', 'b', '1', '2', 'forged')
    for (const { sections } of surveys)
      for (const { questions } of sections) {
        const fields = Object.keys(typedOn(questions, new Proxy({}, { get: () => 'x' })))
        const body = fc.record(Object.fromEntries(fields.map((name) => [name, value])), { requiredKeys: [] })
        fc.assert(
          fc.property(body, (typed) => {
            const form = { ...typed, _csrf: 'secret', token: 'x' } as FormBody
            expect(parsePage(questions, typedOn(questions, form), 'en')).toEqual(
              parsePage(questions, form, 'en'),
            )
          }),
          { numRuns: 30 },
        )
      }
  })
})

describe('answers with a page put in', () => {
  it('have what is new, lose what was emptied and keep the rest', () => {
    expect(withPage({ a: '1', b: '2' }, { b: undefined, c: '3' }, [])).toEqual({ a: '1', c: '3' })
  })

  it('leave the answers before as they were', () => {
    const before = { a: '1' }
    withPage(before, { a: undefined }, [])
    expect(before).toEqual({ a: '1' })
  })

  it('keep the language in which words were written when they come again on a form in another', () => {
    const before = { why: { words: 'Porque sí', language: 'es' } }
    const asked = checked(commentAbout).sections[0]?.questions ?? []
    const again = (words: string) => withPage(before, parsePage(asked, { why: words }, 'en').given, asked).why
    expect(again('Porque sí')).toEqual({ words: 'Porque sí', language: 'es' })
    expect(again('Because')).toEqual({ words: 'Because', language: 'en' })
    expect(again('')).toBeUndefined()
  })
})
