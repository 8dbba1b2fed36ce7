import fc from 'fast-check'
import { type Questionnaire, questions } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import type { Answers } from '../../src/response/response.ts'
import { checked } from '../questionnaire/checked.ts'
import everyCondition from '../questionnaires/everyCondition.ts'
import hiddenChain from '../questionnaires/hiddenChain.ts'
import required from '../questionnaires/required.ts'
import skipQuestion from '../questionnaires/skipQuestion.ts'
import skipSection from '../questionnaires/skipSection.ts'

export const surveys = [skipQuestion, skipSection, hiddenChain, required, everyCondition].map(checked)

/** Answers to a questionnaire: mostly sound ones, some that do not fit, some to questions that it does not ask. */
export function anyAnswers(questionnaire: Questionnaire): fc.Arbitrary<Answers> {
  const sound = questions(questionnaire).map((question) => {
    const kind = kindOf(question)
    const { options = [], points = [] } = kind.outline(question)
    const value = fc.constantFrom(...[...options, ...points].map(({ code }) => code), '1', '2', '10')
    const body = fc.record(Object.fromEntries(kind.fields(question).map((field) => [field, value])), {
      requiredKeys: [],
    })
    return fc.tuple(
      fc.constant(question.code),
      fc.oneof(
        { weight: 8, arbitrary: body.map((typed) => kind.parse(question, typed, 'en').answer) },
        { weight: 1, arbitrary: fc.anything() },
      ),
    )
  })
  return fc
    .tuple(fc.tuple(...sound), fc.dictionary(fc.string(), fc.anything(), { maxKeys: 2 }))
    .map(([own, others]) => ({ ...others, ...Object.fromEntries(own) }))
}

/** A survey, answers to it, and the pages that were passed. */
export const anyVisit = fc.constantFrom(...surveys).chain((questionnaire) =>
  fc.record({
    questionnaire: fc.constant(questionnaire),
    answers: anyAnswers(questionnaire),
    passed: fc.subarray([...questionnaire.sections.map(({ code }) => code), 'elsewhere']),
  }),
)
