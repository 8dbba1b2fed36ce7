import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import type { FormBody } from '../../src/questionnaire/kind.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import { hasPage } from '../../src/response/pages.ts'
import { parsePage, withPage } from '../../src/response/parse.ts'
import type { Answers } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import { mayVisit, walk } from '../../src/response/walk.ts'
import { checked } from '../questionnaire/checked.ts'
import { forChildren, forEveryone } from './survey.ts'

const children = checked(forChildren)
const everyone = checked(forEveryone)
const codes = (answers: Answers, questionnaire = children) =>
  walk(questionnaire, answers, []).steps.map(({ code }) => code)

/** Answers a survey page by page with what a form of the whole would hold, to the end of its path. */
function pageByPage(questionnaire: Questionnaire, body: FormBody): Answers {
  let answers: Answers = {}
  const passed: string[] = []
  for (;;) {
    const path = walk(questionnaire, answers, passed)
    const step = path.steps.find(({ code }) => code === path.open)
    if (!step) return answers
    const { given, problems } = parsePage(step.questions, body, 'en')
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    answers = withPage(answers, given, step.questions)
    passed.push(step.code)
  }
}

/** Every form of the survey with answers that are offered. */
const anyBody = fc.record({
  'climate.safe': fc.constantFrom('', 'no', 'some', 'yes', 'na'),
  'climate.left_out': fc.constantFrom('', 'no', 'some', 'yes', 'na'),
  'climate.heard': fc.constantFrom('', 'no', 'some', 'yes', 'na'),
  'lunch.food': fc.constantFrom('', 'bad', 'okay', 'good'),
  read: fc.constantFrom('', '1', '3', '5'),
  who: fc.constantFrom('', 'My aunt'),
  'best.art': fc.constantFrom('', '1'),
})

describe('a survey for grades 3 to 5', () => {
  it('has one question a page, and a page for each line of a grid', () => {
    expect(codes({})).toEqual([
      'days.climate.safe',
      'days.climate.left_out',
      'days.climate.heard',
      'days.lunch',
      'more.read',
      'more.best',
    ])
    expect(codes({}, everyone)).toEqual(['days', 'more'])
  })

  it('has a page that only an answer brings up, in its place', () => {
    expect(codes({ climate: { safe: 'yes' } }).slice(4)).toEqual(['more.read', 'more.who', 'more.best'])
  })

  it('knows a page that is not on this path from one that was never there', () => {
    expect(['more.who', 'days.climate.safe'].map((code) => hasPage(children, code))).toEqual([true, true])
    for (const code of ['days', 'who', 'days.climate', 'days.climate.safe.x', 'constructor', ''])
      expect([code, hasPage(children, code)]).toEqual([code, false])
    expect(hasPage(everyone, 'days')).toBe(true)
  })

  it('lets nobody past a page that is not done', () => {
    const path = walk(children, {}, ['days.climate.safe', 'days.climate.heard'])
    expect(path.open).toBe('days.climate.left_out')
    expect(mayVisit(path, 'days.climate.left_out')).toBe(true)
    expect(mayVisit(path, 'days.climate.heard')).toBe(false)
  })

  it('asks for each line of a grid that is needed', () => {
    const [days, more] = forChildren.sections
    const needed = checked({
      ...forChildren,
      sections: [
        { ...days, questions: days?.questions.map((question) => ({ ...question, required: true })) },
        more,
      ],
    })
    const passed = ['days.climate.safe', 'days.climate.left_out']
    expect(walk(needed, { climate: { safe: 'no' } }, passed).open).toBe('days.climate.left_out')
    expect(walk(needed, { climate: { safe: 'no', left_out: 'no' } }, passed).open).toBe('days.climate.heard')
    const [step] = walk(needed, {}, []).steps
    expect(parsePage(step?.questions ?? [], {}, 'en').problems).toEqual([
      { question: 'climate', field: 'climate.safe', code: 'required' },
    ])
  })

  it('keeps the other lines of a grid when one is answered again or left empty', () => {
    const [safe] = walk(children, {}, []).steps
    const asked = safe?.questions ?? []
    const before = { climate: { safe: 'no', heard: 'yes' }, read: 3 }
    const put = (body: FormBody) => withPage(before, parsePage(asked, body, 'en').given, asked)
    expect(put({ 'climate.safe': 'some' })).toEqual({ climate: { heard: 'yes', safe: 'some' }, read: 3 })
    expect(put({})).toEqual({ climate: { heard: 'yes' }, read: 3 })
    expect(withPage({ climate: { safe: 'no' } }, { climate: undefined }, asked)).toEqual({})
  })

  it('has the columns, the codebook and the counts of the same survey for everyone', () => {
    const described = (questionnaire: Questionnaire) =>
      questionnaire.sections.flatMap(({ questions }) =>
        questions.map((question) => [
          question.code,
          kindOf(question)
            .columns(question)
            .map(({ name }) => name),
          kindOf(question).codebook(question),
        ]),
      )
    expect(described(children)).toEqual(described(everyone))
    fc.assert(
      fc.property(anyBody, (body) => {
        const [young, all] = [pageByPage(children, body), pageByPage(everyone, body)]
        expect(young).toEqual(all)
        const where = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
        expect(settle(children, young, where)).toEqual(settle(everyone, all, where))
      }),
    )
  })
})

describe('a survey for one stakeholder group alone', () => {
  const where = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  it('counts its answers for that group without asking', () => {
    expect(settle(children, { read: 3 }, where).group).toBe('student')
    expect(settle(checked({ ...forChildren, audience: undefined }), { read: 3 }, where).group).toBe('')
    expect(settle(checked({ ...forChildren, audience: ['student', 'family'] }), {}, where).group).toBe('')
  })
})
