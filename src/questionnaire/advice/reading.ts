import { syllable } from 'syllable'
import type { Questionnaire } from '../definition.ts'
import { everyText } from '../untranslated.ts'
import type { Advice, Rule } from './advice.ts'

const words = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)

const sentences = (text: string, language: string): number =>
  Math.max(
    1,
    [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].filter(({ segment }) =>
      /\p{L}/u.test(segment),
    ).length,
  )

/** Fewer words than this say too little for a formula made on passages of a hundred. */
const fewest = 8

/**
 * Years of schooling that an English text asks for: 0.39 words a sentence + 11.8 syllables a word - 15.59
 * (Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75). Undefined for texts under 8 words.
 */
export function fleschKincaid(text: string): number | undefined {
  const found = words(text, 'en')
  if (found.length < fewest) return undefined
  const syllables = found.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0)
  return (0.39 * found.length) / sentences(text, 'en') + (11.8 * syllables) / found.length - 15.59
}

/** Vowels of Spanish: a strong one makes a syllable, a weak one beside it joins it unless it bears the accent. */
export function spanishSyllables(word: string): number {
  const vowels = word
    .toLowerCase()
    .replace(/qu([eéií])/g, 'k$1')
    .replace(/gu([eéií])/g, 'g$1')
  const groups = vowels.match(/[aeiouáéíóúü]+/g) ?? []
  const count = groups.reduce((sum, group) => {
    const parts = group.match(/[íú]|[iuü]?[aeoáéó][iuü]?(?![aeoáéóíú])|[iuü]?[aeoáéó]|[iuü]+/g) ?? []
    return sum + parts.length
  }, 0)
  return Math.max(1, count)
}

/**
 * Ease of a Spanish text, from 0 (hardest) to 100: 206.84 - 60 syllables a word - 1.02 words a sentence
 * (Fernandez-Huerta 1959, in the reading of the formula by words per sentence). Undefined under 8 words.
 */
export function fernandezHuerta(text: string): number | undefined {
  const found = words(text, 'es')
  if (found.length < fewest) return undefined
  const syllables = found.reduce((sum, word) => sum + spanishSyllables(word), 0)
  return 206.84 - (60 * syllables) / found.length - (1.02 * found.length) / sentences(text, 'es')
}

/** Fernandez-Huerta's own table: ease to the school grade in which it is read without trouble. */
export function gradeOfEase(ease: number): number {
  const table: [number, number][] = [
    [90, 4],
    [80, 5],
    [70, 6],
    [60, 8],
    [50, 10],
    [30, 12],
  ]
  return table.find(([least]) => ease >= least)?.[1] ?? 13
}

/** The grade that the readers are to be spared from passing: sixth for adults, less for children. */
export const highestGrade = ({ readers }: Pick<Questionnaire, 'readers'>): number =>
  readers === 'grades-3-5' ? 3 : 6

/** A text of a questionnaire is read a phrase at a time; one grade over is not worth a person's while. */
const leeway = 2

export const reading: Rule = (questionnaire) =>
  everyText(questionnaire).flatMap(({ section, question, path, text }): Advice[] => {
    // Short labels are for charts; respondents do not read them.
    if (path === 'short' || path.endsWith('.short')) return []
    const highest = highestGrade(questionnaire)
    const ease = text.es === undefined ? undefined : fernandezHuerta(text.es)
    const grades = [
      ['en', text.en === undefined ? undefined : fleschKincaid(text.en)],
      ['es', ease === undefined ? undefined : gradeOfEase(ease)],
    ] as const
    return grades.flatMap(([language, grade]) =>
      grade !== undefined && grade > highest + leeway && questionnaire.languages.includes(language)
        ? [
            {
              level: 'warning' as const,
              code: 'reading',
              place: { ...(section && { section }), ...(question && { question }), path, language },
              values: { grade: Math.round(grade), highest },
            },
          ]
        : [],
    )
  })
