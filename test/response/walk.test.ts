import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../../src/questionnaire/condition.ts'
import type { Condition } from '../../src/questionnaire/definition.ts'
import { questions } from '../../src/questionnaire/definition.ts'
import type { Answers } from '../../src/response/response.ts'
import { mayVisit, neighbour, stepAt, walk } from '../../src/response/walk.ts'
import { checked } from '../questionnaire/checked.ts'
import everyCondition from '../questionnaires/everyCondition.ts'
import hiddenChain from '../questionnaires/hiddenChain.ts'
import required from '../questionnaires/required.ts'
import samePage from '../questionnaires/samePage.ts'
import skipQuestion from '../questionnaires/skipQuestion.ts'
import skipSection from '../questionnaires/skipSection.ts'
import { anyAnswers, anyVisit } from './anyAnswers.ts'

const asked = (definition: unknown, answers: Answers) =>
  walk(checked(definition), answers, []).steps.flatMap((step) => step.questions.map(({ code }) => code))
const pages = (definition: unknown, answers: Answers) =>
  walk(checked(definition), answers, []).steps.map(({ section }) => section.code)

describe('the path through a survey', () => {
  it('has a question only when the answer before it brings it up', () => {
    expect(asked(skipQuestion, {})).toEqual(['ride', 'any'])
    expect(asked(skipQuestion, { ride: 'no' })).toEqual(['ride', 'any'])
    expect(asked(skipQuestion, { ride: 'yes' })).toEqual(['ride', 'late', 'any'])
    expect(asked(skipQuestion, { ride: 'forged' })).toEqual(['ride', 'any'])
  })

  it('has the page that the answer brings up, and not the other', () => {
    expect(pages(skipSection, { group: 'family' })).toEqual(['who', 'family', 'end'])
    expect(pages(skipSection, { group: 'staff' })).toEqual(['who', 'staff', 'end'])
  })

  it('has no page that is left with no question', () => {
    expect(pages(hiddenChain, { a: 'no' })).toEqual(['first', 'last'])
  })

  it('drops what hangs on a dropped answer, however long the chain', () => {
    const all = { a: 'yes', b: 'yes', c: 'yes', why: { words: 'So', language: 'en' } }
    expect(asked(hiddenChain, all)).toEqual(['a', 'b', 'c', 'why'])
    expect(walk(checked(hiddenChain), all, []).answers).toEqual(all)
    const path = walk(checked(hiddenChain), { ...all, a: 'no' }, [])
    expect(path.answers).toEqual({ a: 'no' })
    expect(path.steps.map(({ section }) => section.code)).toEqual(['first', 'last'])
  })

  it('grows on the page itself when an answer there brings up a question', () => {
    const questionnaire = checked(samePage)
    const before = stepAt(walk(questionnaire, {}, []), 'page')?.questions.length
    const after = stepAt(walk(questionnaire, { ride: 'yes' }, ['page']), 'page')?.questions.length
    expect([before, after]).toEqual([1, 2])
  })
})

describe('a page is done', () => {
  const open = (answers: Answers, passed: string[]) => walk(checked(required), answers, passed).open
  it('when it was passed and has what it requires, all parts of it', () => {
    expect(open({}, [])).toBe('one')
    expect(open({}, ['one', 'many'])).toBe('one')
    expect(open({ must: 'yes' }, [])).toBe('one')
    expect(open({ must: 'yes' }, ['one'])).toBe('many')
    expect(open({ must: 'yes', climate: { safe: 'no' } }, ['one', 'many'])).toBe('many')
    expect(open({ must: 'yes', climate: { safe: 'no', heard: 'yes' } }, ['one', 'many'])).toBeUndefined()
  })

  it('never by an answer that does not fit', () => {
    expect(open({ must: 'perhaps' }, ['one'])).toBe('one')
    expect(open({ must: 'yes', climate: { safe: 'no', heard: 'forged' } }, ['one', 'many'])).toBe('many')
  })
})

describe('conditions', () => {
  const questionnaire = checked(everyCondition)
  const said = { words: 'So', language: 'en' }
  it.each<[number, Answers, boolean]>([
    [0, { one: 'a' }, true],
    [0, { one: 'b' }, false],
    [0, {}, false],
    [1, { several: ['b', 'c'] }, true],
    [1, { several: ['b'] }, false],
    [2, { order: { order: ['a', 'b'] } }, true],
    [2, { order: { order: ['a'] } }, false],
    [3, { rate: 9 }, true],
    [3, { rate: 8 }, false],
    [3, {}, false],
    [4, { count: 1 }, true],
    [4, { count: 3 }, true],
    [4, { count: 0 }, false],
    [4, { count: 3.5 }, false],
    [5, { rows: { safe: 'yes' } }, true],
    [5, { rows: { safe: 'na' } }, true],
    [5, { rows: { safe: 'no' } }, false],
    [5, { rows: { heard: 'yes' } }, false],
    [6, { rows: { heard: 'maybe' } }, true],
    [6, { rows: { heard: 'yes' } }, false],
    [6, { rows: { heard: 'na' } }, false],
    [7, { said }, true],
    [7, {}, false],
    [8, {}, true],
    [8, { said }, false],
    [9, { one: 'a', rate: 2 }, true],
    [9, { one: 'a', rate: 10 }, true],
    [9, { one: 'a', rate: 10, q3: said }, false],
    [9, { one: 'b', rate: 2 }, false],
  ])('number %i with %j holds: %s', (number, answers, shown) => {
    expect(pages(everyCondition, answers).includes(`s${number}`)).toBe(shown)
  })

  it('about a row of a grid ask whether that row was answered', () => {
    const row = (answered: boolean, answers: Answers) =>
      holds({ question: 'rows', item: 'safe', answered }, questionnaire, answers)
    expect(row(true, { rows: { heard: 'yes' } })).toBe(false)
    expect(row(false, { rows: { heard: 'yes' } })).toBe(true)
    expect(row(true, { rows: { safe: 'yes' } })).toBe(true)
  })

  it('that compare an answer there is none of are false, though they ask for none', () => {
    expect(holds({ question: 'one', answered: false, is: ['a'] }, questionnaire, {})).toBe(false)
  })

  it('never throw, whatever they ask and whatever was answered', () => {
    const codes = fc.constantFrom(
      'one',
      'several',
      'rows',
      'rate',
      'count',
      'nowhere',
      'constructor',
      '__proto__',
    )
    const compare = fc.record(
      {
        question: codes,
        item: fc.constantFrom('safe', 'constructor', ''),
        is: fc.array(fc.string()),
        includes: fc.array(fc.constantFrom('a', 'yes', '__proto__')),
        atLeast: fc.double(),
        atMost: fc.double(),
        answered: fc.boolean(),
      },
      { requiredKeys: ['question'] },
    )
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        compare,
        fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
        fc.record({ not: tie('condition') }),
      ) as fc.Arbitrary<Condition>,
    }))
    fc.assert(
      fc.property(condition, anyAnswers(questionnaire), (wanted, answers) => {
        expect(holds(wanted, questionnaire, answers)).toBeTypeOf('boolean')
        expect(holds({ not: wanted }, questionnaire, answers)).toBe(!holds(wanted, questionnaire, answers))
      }),
      { numRuns: 300 },
    )
  })
})

describe('whatever was answered and passed', () => {
  const always = (check: (visit: Parameters<Parameters<typeof anyVisit.map>[0]>[0]) => void) =>
    fc.assert(fc.property(anyVisit, check), { numRuns: 300 })

  it('no page after an open one may be visited, and the open one may', () => {
    always(({ questionnaire, answers, passed }) => {
      const path = walk(questionnaire, answers, passed)
      const codes = path.steps.map(({ section }) => section.code)
      const open = path.open === undefined ? codes.length : codes.indexOf(path.open)
      expect(open).toBeGreaterThanOrEqual(0)
      for (const [index, code] of codes.entries()) expect(mayVisit(path, code)).toBe(index <= open)
      for (const { code } of questionnaire.sections)
        if (!codes.includes(code)) expect(mayVisit(path, code)).toBe(false)
      expect(mayVisit(path, 'elsewhere')).toBe(false)
    })
  })

  it('the pages stand in the order of the survey, and back and next walk along them', () => {
    always(({ questionnaire, answers, passed }) => {
      const path = walk(questionnaire, answers, passed)
      const codes = path.steps.map(({ section }) => section.code)
      expect(questionnaire.sections.map(({ code }) => code).filter((code) => codes.includes(code))).toEqual(
        codes,
      )
      for (const [index, code] of codes.entries()) {
        expect(neighbour(path, code, 1)).toBe(codes[index + 1])
        expect(neighbour(path, code, -1)).toBe(codes[index - 1])
      }
      expect(neighbour(path, 'elsewhere', 1)).toBeUndefined()
    })
  })

  it('the answers that count are to questions on the path, and walking with them alone is the same path', () => {
    always(({ questionnaire, answers, passed }) => {
      const path = walk(questionnaire, answers, passed)
      const onPath = path.steps.flatMap((step) => step.questions.map(({ code }) => code))
      expect(onPath).toEqual(expect.arrayContaining(Object.keys(path.answers)))
      expect(walk(questionnaire, path.answers, passed)).toEqual(path)
    })
  })

  it('an answer that no condition looks at changes no page', () => {
    always(({ questionnaire, answers, passed }) => {
      const last = questions(questionnaire).at(-1)
      if (!last) return
      const { [last.code]: _, ...without } = answers
      const codes = (given: Answers) =>
        walk(questionnaire, given, passed).steps.map(({ section }) => section.code)
      expect(codes(without)).toEqual(codes(answers))
    })
  })
})
