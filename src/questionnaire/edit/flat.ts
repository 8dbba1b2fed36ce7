import type { Question, Questionnaire, Section } from '../definition.ts'

export type Head = Omit<Section, 'questions'>

/**
 * A questionnaire as its parts by code and where they stand, so that a question that was moved to another section is
 * still the same question.
 */
export type Flat = {
  about: Omit<Questionnaire, 'sections'>
  sections: ReadonlyMap<string, Head>
  questions: ReadonlyMap<string, Question>
  /** Code of the section that each question stands in. */
  homes: ReadonlyMap<string, string>
}

export function flatten({ sections, ...about }: Questionnaire): Flat {
  const asked = sections.flatMap(({ questions }) => questions)
  return {
    about,
    sections: new Map(sections.map(({ questions: _, ...head }) => [head.code, head])),
    questions: new Map(asked.map((question) => [question.code, question])),
    homes: new Map(sections.flatMap(({ code, questions }) => questions.map((one) => [one.code, code]))),
  }
}

/** Codes of the questions of one section, in order. */
export const inside = ({ homes }: Flat, section: string): string[] =>
  [...homes].flatMap(([question, home]) => (home === section ? [question] : []))
