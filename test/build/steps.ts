import fc from 'fast-check'
import { type Questionnaire, questions } from '../../src/questionnaire/definition.ts'
import {
  addQuestion,
  buildable,
  changeQuestion,
  duplicateQuestion,
  moveQuestion,
  placeQuestion,
  removeQuestion,
} from '../../src/questionnaire/edit/questions.ts'
import {
  addSection,
  changeSection,
  duplicateSection,
  moveSection,
  removeSection,
} from '../../src/questionnaire/edit/sections.ts'
import { everyKind } from '../respond/surveys.ts'

/** A questionnaire with a question of every kind, as it stands before anybody works on it. */
export const start = everyKind as unknown as Questionnaire

export const preset = (key: string) => ({ en: key })

export type Step = (questionnaire: Questionnaire) => Questionnaire

const at = <T>(list: T[], number: number): T | undefined => list[number % Math.max(1, list.length)]

/** Steps of the builder; which section or question each is about is picked by number among those there are then. */
export const anyStep: fc.Arbitrary<Step> = fc
  .record({
    what: fc.nat(9),
    one: fc.nat(50),
    other: fc.nat(50),
    up: fc.boolean(),
    kind: fc.constantFrom(...buildable()),
    words: fc.constantFrom(
      'Safe?',
      'safe',
      'Review',
      'token',
      'هل أنت بأمان؟',
      '',
      'constructor',
      'x'.repeat(80),
    ),
  })
  .map(({ what, one, other, up, kind, words }) => (before: Questionnaire) => {
    const question = at(questions(before), one)?.code ?? ''
    const section = at(before.sections, other)?.code ?? ''
    const title = { en: words }
    const steps: (() => Questionnaire)[] = [
      () => addSection(before, title).questionnaire,
      () => removeSection(before, section),
      () => moveSection(before, section, up ? -1 : 1),
      () => duplicateSection(before, section).questionnaire,
      () =>
        addQuestion(before, section, { kind, title, lines: [title, title, { en: 'No' }] }, preset)
          .questionnaire,
      () => removeQuestion(before, question),
      () => moveQuestion(before, question, up ? -1 : 1),
      () => placeQuestion(before, question, section, at(questions(before), other)?.code),
      () => duplicateQuestion(before, question).questionnaire,
      () =>
        up
          ? changeQuestion(before, question, (changed) => ({ ...changed, title }))
          : changeSection(before, section, (changed) => ({ ...changed, title })),
    ]
    return (steps[what] ?? (() => before))()
  })

export const done = (steps: Step[], from: Questionnaire = start): Questionnaire =>
  steps.reduce((questionnaire, step) => step(questionnaire), from)
