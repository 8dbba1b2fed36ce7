import type { Question, Questionnaire } from '../definition.ts'
import { asksStudents } from '../fielding.ts'
import { kindOf } from '../kinds.ts'
import { everyText } from '../untranslated.ts'
import type { Rule } from './advice.ts'

/**
 * Seconds that an answer takes, by what it asks: our own rule of thumb, printed with the estimate. Reading is
 * counted at 200 words a minute, slower than an adult reads a novel, since these are questions.
 */
const seconds = { choice: 6, ranking: 8, points: 5, number: 6, words: 40 } as const
const wordsASecond = 200 / 60

const count = (words: string | undefined): number => (words ?? '').split(/\s+/).filter(Boolean).length

function answering(question: Question): number {
  const kind = kindOf(question)
  const { options = [], items = [] } = kind.outline(question)
  const each = seconds[kind.measure]
  if (kind.measure === 'ranking') return each * options.length
  if (kind.measure === 'points') return each * Math.max(1, items.length)
  // An optional comment is written by some and passed over by many.
  return kind.measure === 'words' && !question.required ? each / 2 : each
}

/** Estimated minutes for somebody who is asked everything: reading and answering, rounded up. */
export function estimatedMinutes(questionnaire: Questionnaire): number {
  const read = everyText(questionnaire).reduce((sum, { text }) => sum + count(text[questionnaire.source]), 0)
  const answer = questionnaire.sections
    .flatMap(({ questions }) => questions)
    .reduce((sum, one) => sum + answering(one), 0)
  return Math.ceil((read / wordsASecond + answer) / 60)
}

/** Longest that families are asked for, minutes; children less. */
const longest = { 'grades-3-5': 8, 'grades-6-12': 12, adults: 12 } as const

export const tooLong: Rule = (questionnaire) => {
  const minutes = estimatedMinutes(questionnaire)
  const most = longest[questionnaire.readers ?? 'adults']
  const said = questionnaire.minutes
  return [
    ...(minutes > most
      ? [{ level: 'warning' as const, code: 'tooLong', place: {}, values: { minutes, most } }]
      : []),
    ...(said !== undefined && minutes > said * 2
      ? [{ level: 'warning' as const, code: 'longerThanSaid', place: {}, values: { minutes, said } }]
      : []),
  ]
}

/**
 * Words of the eight protected areas of 20 U.S.C. 1232h(b), English and Spanish. A hit is a question for a person,
 * not a finding of law.
 */
const protectedWords: Record<string, RegExp> = {
  political: /\b(politic\w*|vote[ds]?|democrat\w*|republican\w*|el(ect|ecc)i\w*|partido)\b/i,
  mental: /\b(depress\w*|suicid\w*|anxi\w*|mental|psycholog\w*|self-harm|deprimid\w*|ansiedad|psicol\w*)\b/i,
  sex: /\b(sex\w*|dating|pregnan\w*|condom\w*|embaraz\w*)\b/i,
  illegal:
    /\b(drugs?|alcohol|vap(e|ing)|smok\w*|marijuana|weapon\w*|gang\w*|steal\w*|arrest\w*|drogas?|armas?|pandilla\w*)\b/i,
  appraisals:
    /\b(your (mother|father|parents|family)('s)? (drink|hit|fight|yell|abuse)\w*|abus\w*|golpe\w*|maltrat\w*)\b/i,
  privileged: /\b(lawyer|doctor|therapist|priest|confess\w*|abogad\w*|terapeuta|sacerdote)\b/i,
  religious: /\b(religio\w*|church|mosque|synagogue|pray\w*|god|iglesia|mezquita|orar|dios)\b/i,
  income: /\b(income|salary|food stamps|free lunch|how much money|ingresos|salario|sueldo)\b/i,
}

/** Words of a protected area in a survey that students answer, where the area is not declared. */
export const protectedArea: Rule = (questionnaire) =>
  !asksStudents(questionnaire)
    ? []
    : everyText(questionnaire)
        .filter(({ question }) => question !== '')
        .flatMap(({ section, question, path, text }) =>
          Object.entries(protectedWords).flatMap(([area, pattern]) => {
            const [found] = `${text.en ?? ''}\n${text.es ?? ''}`.match(pattern) ?? []
            return found && !questionnaire.protectedAreas?.some((declared) => declared === area)
              ? [
                  {
                    level: 'warning' as const,
                    code: 'protectedArea',
                    place: { section, question, path },
                    values: { words: found, area },
                  },
                ]
              : []
          }),
        )

/** A survey that names a plan ties its questions to it; a question that measures nothing of it is worth a thought. */
export const noPlanLink: Rule = (questionnaire, { planCodes }) => {
  if (questionnaire.plan === undefined || planCodes === undefined) {
    return [{ level: 'warning', code: 'noPlan', place: {} }]
  }
  return questionnaire.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const { options = [], items = [] } = kindOf(question).outline(question)
      const cites = [section, question, ...options, ...items].some((part) => (part.cites ?? []).length > 0)
      const explains = question.about !== undefined || question.attribute !== undefined
      return cites || explains
        ? []
        : [
            {
              level: 'warning' as const,
              code: 'noPlanLink',
              place: { section: section.code, question: question.code },
            },
          ]
    }),
  )
}
