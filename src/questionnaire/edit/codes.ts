import { codeSchema, type Question, type Questionnaire, questions } from '../definition.ts'
import { othersColumns, ownColumns, reservedQuestions, reservedSections } from '../reserved.ts'

/** A made code is this long at most, so that a number still fits behind it. */
const longest = 30

/**
 * A code made from words: small Latin letters and digits joined by `_`, cut between words. Words of another script
 * give `otherwise`. A number is put behind it while the code is among `taken`.
 */
export function codeFrom(words: string, taken: Iterable<string>, otherwise: string): string {
  const plain = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  const cut = plain.length > longest ? plain.slice(0, longest + 1).replace(/_[^_]*$/, '') : plain
  const made = cut.slice(0, longest).replace(/_+$/, '')
  const stem = codeSchema.safeParse(made).success ? made : otherwise
  const used = new Set(taken)
  if (!used.has(stem)) return stem
  for (let number = 2; ; number++) if (!used.has(`${stem}_${number}`)) return `${stem}_${number}`
}

/** Why a typed code cannot be taken, as `build.problem.<code>`; undefined when it can. */
export function codeFault(typed: string, taken: Iterable<string>): 'code' | 'codeTaken' | undefined {
  if (!codeSchema.safeParse(typed).success) return 'code'
  return new Set(taken).has(typed) ? 'codeTaken' : undefined
}

export const questionCodes = (questionnaire: Questionnaire): string[] =>
  questions(questionnaire).map(({ code }) => code)
export const sectionCodes = (questionnaire: Questionnaire): string[] =>
  questionnaire.sections.map(({ code }) => code)

/** Something with a code in a list of a question: an option, an item, a point of a scale. */
export type Coded = { code: string } & Record<string, unknown>

/** The lists of coded things that a question holds, whatever its kind: `options`, `items`, `scale`. */
export const codedLists = (question: Question): [string, Coded[]][] =>
  Object.entries(question).flatMap(([name, value]): [string, Coded[]][] =>
    isCodedList(value) ? [[name, value]] : [],
  )

export const isCodedList = (value: unknown): value is Coded[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === 'object' && one !== null && typeof one.code === 'string')

/** Codes that were published and so may not change or mean something else: of sections, questions, and in questions. */
export type Frozen = {
  sections: ReadonlySet<string>
  questions: ReadonlySet<string>
  /** "question.code" of options, items and points. */
  parts: ReadonlySet<string>
}

export const nothingFrozen: Frozen = { sections: new Set(), questions: new Set(), parts: new Set() }

/** The codes of all versions of a survey. */
export function frozenBy(versions: readonly Questionnaire[]): Frozen {
  const asked = versions.flatMap(questions)
  return {
    sections: new Set(versions.flatMap(sectionCodes)),
    questions: new Set(asked.map(({ code }) => code)),
    parts: new Set(
      asked.flatMap((question) =>
        codedLists(question).flatMap(([, list]) => list.map(({ code }) => `${question.code}.${code}`)),
      ),
    ),
  }
}

/** Codes that a new section may not have. */
export const takenSections = (questionnaire: Questionnaire, frozen: Frozen): string[] => [
  ...sectionCodes(questionnaire),
  ...frozen.sections,
  ...reservedSections,
]

/** Codes that a new question may not have. */
export const takenQuestions = (questionnaire: Questionnaire, frozen: Frozen): string[] => [
  ...questionCodes(questionnaire),
  ...frozen.questions,
  ...reservedQuestions,
  ...ownColumns,
  ...othersColumns,
]

/** Codes that options, items and points may not have: kinds keep them for columns and answers of their own. */
export const keptParts = ['shown', 'na']
