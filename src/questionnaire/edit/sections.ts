import type { Text } from '../../language/text.ts'
import type { Question, Questionnaire, Section } from '../definition.ts'
import { codeFrom, type Frozen, nothingFrozen, takenQuestions, takenSections } from './codes.ts'
import { insertedAfter, moved, replaced, without } from './lists.ts'
import { addQuestions } from './questions.ts'
import { renameQuestion } from './rename.ts'

/** Steps on the sections of a questionnaire under work. */

/** A section at the end; its code is made of its title. */
export function addSection(
  questionnaire: Questionnaire,
  title: Text,
  frozen: Frozen = nothingFrozen,
): { questionnaire: Questionnaire; code: string } {
  const code = codeFrom(title[questionnaire.source] ?? '', takenSections(questionnaire, frozen), 'section')
  return {
    questionnaire: {
      ...questionnaire,
      sections: [...questionnaire.sections, { code, title, questions: [] }],
    },
    code,
  }
}

export const moveSection = (questionnaire: Questionnaire, code: string, by: number): Questionnaire => ({
  ...questionnaire,
  sections: moved(questionnaire.sections, code, by),
})

/** Put before another section, or at the end: for dragging. */
export function placeSection(
  questionnaire: Questionnaire,
  code: string,
  before: string | undefined,
): Questionnaire {
  const section = questionnaire.sections.find((one) => one.code === code)
  if (!section || before === code) return questionnaire
  const others = without(questionnaire.sections, code)
  const at = others.findIndex((one) => one.code === before)
  return {
    ...questionnaire,
    sections: at < 0 ? [...others, section] : [...others.slice(0, at), section, ...others.slice(at)],
  }
}

/** With every question in it. */
export const removeSection = (questionnaire: Questionnaire, code: string): Questionnaire => ({
  ...questionnaire,
  sections: without(questionnaire.sections, code),
})

export const changeSection = (
  questionnaire: Questionnaire,
  code: string,
  change: (section: Section) => Section,
): Questionnaire => ({ ...questionnaire, sections: replaced(questionnaire.sections, code, change) })

/** A copy right after it; its questions get new codes, and what looked at them inside the section looks at the copies. */
export function duplicateSection(
  questionnaire: Questionnaire,
  code: string,
  frozen: Frozen = nothingFrozen,
): { questionnaire: Questionnaire; code: string | undefined } {
  const section = questionnaire.sections.find((one) => one.code === code)
  if (!section) return { questionnaire, code: undefined }
  const own = codeFrom(code, takenSections(questionnaire, frozen), 'section')
  const taken = new Set(takenQuestions(questionnaire, frozen))
  // The copy is renamed as a questionnaire of its own, so that nothing outside it is touched.
  let alone: Questionnaire = { ...questionnaire, sections: [{ ...section, code: own }] }
  for (const question of section.questions) {
    const made = codeFrom(question.code, taken, 'question')
    taken.add(made)
    alone = renameQuestion(alone, question.code, made)
  }
  return {
    questionnaire: {
      ...questionnaire,
      sections: alone.sections.reduce(
        (list, copy) => insertedAfter(list, copy, code),
        questionnaire.sections,
      ),
    },
    code: own,
  }
}

/** Sections that were made elsewhere (an item bank), at the end, under codes that are free here. */
export function addSections(
  questionnaire: Questionnaire,
  sections: { title: Text; questions: Question[] }[],
  frozen: Frozen = nothingFrozen,
): Questionnaire {
  return sections.reduce((into, { title, questions: asked }) => {
    const { questionnaire: grown, code } = addSection(into, title, frozen)
    return addQuestions(grown, code, asked, frozen)
  }, questionnaire)
}
