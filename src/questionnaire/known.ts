import type { Option, Question, Questionnaire } from './definition.ts'
import { questions } from './definition.ts'
import { attributes } from './kinds/profile.ts'

type Attribute = (typeof attributes)[number]

/** The name that an attribute has in a link. `lang` is the language of the page, so the one at home is `home`. */
const inLink: Record<Attribute, string> = {
  group: 'group',
  school: 'school',
  grade: 'grade',
  language: 'home',
}

type Profile = Question & { options: Option[] }

/** Found once for a published questionnaire: those are frozen, so it cannot go stale. */
const found = new WeakMap<Questionnaire, Map<Attribute, Profile | undefined>>()

/** The first question that asks for this attribute, with the options that were frozen with it. */
export function profileQuestion(questionnaire: Questionnaire, attribute: Attribute): Profile | undefined {
  if (!Object.isFrozen(questionnaire)) return lookFor(questionnaire, attribute)
  const known = found.get(questionnaire) ?? new Map<Attribute, Profile | undefined>()
  if (!known.has(attribute)) {
    known.set(attribute, lookFor(questionnaire, attribute))
    found.set(questionnaire, known)
  }
  return known.get(attribute)
}

function lookFor(questionnaire: Questionnaire, attribute: Attribute): Profile | undefined {
  const found = questions(questionnaire).find(
    (question) => question.kind === 'profile' && question.attribute === attribute,
  )
  return found && { ...found, options: Array.isArray(found.options) ? (found.options as Option[]) : [] }
}

/** What a link or an access code says of its reader, in the form that links carry: only what is asked and offered. */
export type Known = Partial<Record<string, string>>

/** Keeps of `given` (parameters of a link, any length, any names) what this questionnaire offers as an answer. */
export function readKnown(questionnaire: Questionnaire, given: (name: string) => unknown): Known {
  const known: Known = {}
  for (const attribute of attributes) {
    const value = given(inLink[attribute])
    const offered = profileQuestion(questionnaire, attribute)?.options
    if (offered?.some(({ code }) => code === value)) known[inLink[attribute]] = String(value)
  }
  return known
}

/** The answers that a new draft begins with, by question code. */
export function knownAnswers(questionnaire: Questionnaire, known: Known): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap((attribute) => {
      const question = profileQuestion(questionnaire, attribute)
      const value = known[inLink[attribute]]
      return question && value !== undefined ? [[question.code, value]] : []
    }),
  )
}
