import type { Text } from '../language/text.ts'
import type { Question, Questionnaire, Section } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'

/**
 * What stands on one page: its address below /s/:slug, and the questions asked there, or one `part` of one question,
 * by its code and what it asks.
 */
export type Page = {
  code: string
  section: Section
  questions: Question[]
  part?: { code: string; title: Text }
}

/**
 * The pages of a section: one for all its questions, or, for grades 3 to 5, one for each, a grid cut into its items.
 * A part of a question is that question with fewer items, so its code, columns and answers stay those of the whole.
 * Page codes are made of codes joined by ".", which no code holds; they do not depend on what was answered.
 */
export function pagesOf(section: Section, readers: Questionnaire['readers']): Page[] {
  if (readers !== 'grades-3-5') return [{ code: section.code, section, questions: section.questions }]
  return section.questions.flatMap((question) => {
    const code = `${section.code}.${question.code}`
    const parts = kindOf(question).parts?.of(question) ?? []
    if (parts.length < 2) return [{ code, section, questions: [question] }]
    return parts.map(({ question: asked, ...part }) => ({
      code: `${code}.${part.code}`,
      section,
      questions: [asked],
      part,
    }))
  })
}

/** Whether the questionnaire has this page, on someone's path or not. */
export const hasPage = ({ sections, readers }: Questionnaire, code: string): boolean =>
  sections.some((section) => pagesOf(section, readers).some((page) => page.code === code))
