import { pick } from '../../language/text.ts'
import type { Condition, Question } from '../../questionnaire/definition.ts'
import { type Comparable, comparables, placeOf, simple } from '../../questionnaire/edit/conditions.ts'
import { earlier } from '../../questionnaire/edit/questions.ts'
import { withDistrict } from '../../questionnaire/publish.ts'
import type { ConditionPart, Look } from '../models/build.ts'
import { conditionWords } from './wording.ts'
import type { Work } from './work.ts'

/**
 * The part of a form that picks when a section or question is shown. `fresh`: the last row was just added, so its first
 * comparison is set instead of "has an answer", which it is until an answer is picked.
 */
export function conditionPart(
  work: Work,
  place: { section: string; question?: string },
  condition: Condition | undefined,
  fresh = false,
): ConditionPart {
  const asked = earlier(withDistrict(work.questionnaire, work.district), place)
  const looks = comparables(asked).map((one) => lookOf(work, one, asked.indexOf(one.question) + 1))
  const rows = simple(condition)
  return {
    always: condition === undefined,
    join: rows?.join ?? 'all',
    rows: (rows?.rows ?? []).map(({ how, codes, number, ...at }, index, all) => {
      const look = looks.find((one) => one.place === placeOf(at))
      const open = fresh && index === all.length - 1 && how === 'answered'
      return {
        how: (open && look?.hows[0]) || how,
        codes,
        place: placeOf(at),
        look,
        number: number === undefined ? '' : String(number),
      }
    }),
    looks,
    offered: JSON.stringify(looks),
    deep: rows ? '' : conditionWords(work, condition) || JSON.stringify(condition),
  }
}

function lookOf(work: Work, { question, item, hows, answers }: Comparable, number: number): Look {
  const say = (text: Record<string, string> | undefined, code: string) =>
    pick(text ?? {}, work.lang, work.questionnaire.source).words || code
  const row = item === undefined ? undefined : itemOf(question, item)
  return {
    place: placeOf({ question: question.code, item }),
    words: `${number}. ${say(question.title, question.code)}${item === undefined ? '' : ` › ${say(row?.label, item)}`}`,
    hows,
    answers: answers.map(({ code, label }) => ({ code, words: say(label, code) })),
  }
}

const itemOf = ({ items }: Question, code: string): { label?: Record<string, string> } | undefined =>
  Array.isArray(items) ? items.find((one) => one?.code === code) : undefined
