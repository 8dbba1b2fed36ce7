import { pick, type Text } from '../language/text.ts'
import type { Questionnaire } from './definition.ts'
import { kindOf } from './kinds.ts'

/** A text of a questionnaire and where it stands: codes of section and question, '' above them, and the path below. */
export type PlacedText = { section: string; question: string; path: string; text: Text }

/** Every text that a reader may see, in the order of the pages. */
export function everyText(questionnaire: Questionnaire): PlacedText[] {
  const placed = (section: string, question: string, texts: Record<string, Text | undefined>): PlacedText[] =>
    Object.entries(texts).flatMap(([path, text]) => (text ? [{ section, question, path, text }] : []))
  const { title, intro, thanks, assent, notice, sections } = questionnaire
  return [
    ...placed('', '', { title, intro, assent, notice, thanks }),
    ...sections.flatMap(({ code, title, intro, questions }) => [
      ...placed(code, '', { title, intro }),
      ...questions.flatMap((question) => {
        const { title, help, short } = question
        const parts = kindOf(question).texts(question)
        return [
          ...placed(code, question.code, { title, help, short }),
          ...parts.map(({ path, text }) => ({ section: code, question: question.code, path, text })),
        ]
      }),
    ]),
  ]
}

/** The texts that a reader of `tag` would get in another language. */
export const untranslated = (questionnaire: Questionnaire, tag: string): PlacedText[] =>
  everyText(questionnaire).filter(({ text }) => pick(text, tag, questionnaire.source).fallback)
