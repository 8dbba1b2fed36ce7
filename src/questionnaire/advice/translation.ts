import { untranslated } from '../untranslated.ts'
import type { Rule } from './advice.ts'

/** A survey does not open in a language that its readers would get with holes: there is no silent fallback. */
export const missing: Rule = (questionnaire) =>
  questionnaire.languages
    .filter((language) => language !== questionnaire.source)
    .flatMap((language) =>
      untranslated(questionnaire, language).map(({ section, question, path }) => ({
        level: 'error' as const,
        code: 'untranslated',
        place: { ...(section && { section }), ...(question && { question }), path, language },
      })),
    )

/** The source was changed after it was translated. */
export const outdated: Rule = (_, { outdated = [] }) =>
  outdated.map(({ language, section, question, path }) => ({
    level: 'warning' as const,
    code: 'outdated',
    place: { ...(section && { section }), ...(question && { question }), path, language },
  }))

/** The survey speaks the language, its buttons do not. */
export const noInterface: Rule = ({ languages }, { interface: spoken }) =>
  spoken === undefined
    ? []
    : languages
        .filter((language) => !spoken.includes(language))
        .map((language) => ({ level: 'warning' as const, code: 'noInterface', place: { language } }))
