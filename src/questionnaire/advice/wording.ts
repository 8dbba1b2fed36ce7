import type { Question, Questionnaire } from '../definition.ts'
import { kindOf } from '../kinds.ts'
import type { Advice, Rule } from './advice.ts'

/** What is asked, with its place: titles of questions, and rows of grids. */
function asked(
  questionnaire: Questionnaire,
): { section: string; question: Question; path: string; words: string }[] {
  return questionnaire.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const items = question.kind === 'grid' ? (kindOf(question).outline(question).items ?? []) : []
      return [
        { section: section.code, question, path: 'title', words: question.title.en ?? '' },
        ...items.map(({ code, label }) => ({
          section: section.code,
          question,
          path: `items.${code}.label`,
          words: label.en ?? '',
        })),
      ]
    }),
  )
}

const warn = (
  code: string,
  at: { section: string; question: Question; path: string },
  values?: Advice['values'],
): Advice => ({
  level: 'warning',
  code,
  place: { section: at.section, question: at.question.code, path: at.path },
  ...(values && { values }),
})

/** Pairs that are one thing in everyday English, so that "and" between them asks one question. */
const oneThing =
  /\b(teaching and learning|health and safety|parents? and (caregivers?|guardians?)|families and (the )?community|before and after|pros and cons|safe and sound|black and white|reading and writing|and so on|trial and error|more and more|school and community|grandparents? and)\b/gi

/** Words, but not parts of a name ("Family and Community Partnerships"), that "and" or "or" joins: two questions that one answer cannot give. */
const joined = /\b(\w+)\s+(and|or)\s+([a-z]\w*)\b/g

/**
 * Two questions in one, told by an "and" or "or" in a statement that is rated or agreed with. English only; nothing
 * is claimed of other languages.
 */
export const doubleBarrelled: Rule = (questionnaire) =>
  asked(questionnaire)
    .filter(({ question }) => ['points', 'choice'].includes(kindOf(question).measure))
    .filter(({ question, path }) => path !== 'title' || question.kind !== 'grid')
    .filter(({ question }) => question.attribute === undefined)
    .flatMap((at) => {
      const [found] = at.words.replace(oneThing, '').match(joined) ?? []
      return found ? [warn('doubleBarrelled', at, { words: found })] : []
    })

const leadingWords =
  /\b(don't you (agree|think)|wouldn't you (agree|say)|surely|obviously|clearly|of course|everyone knows|as you know|how (great|wonderful|excellent|terrible|bad) (is|are|was|were)|do you agree that|isn't it|aren't they)\b/i

/** Words that say which answer is wanted. English only. */
export const leading: Rule = (questionnaire) =>
  asked(questionnaire).flatMap((at) => {
    const [found] = at.words.match(leadingWords) ?? []
    return found ? [warn('leading', at, { words: found })] : []
  })

/** A scale with more points on one side of the middle than on the other tilts the answers. */
export const unbalanced: Rule = (questionnaire) =>
  questionnaire.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const { points = [] } = kindOf(question).outline(question)
      if (question.kind !== 'grid' || points.length < 3) return []
      const favorable = points.filter((point) => point.favorable).length
      const rest = points.length - favorable
      // An odd scale has a middle point, which is on neither side.
      const unfavorable = points.length % 2 === 1 ? rest - 1 : rest
      return favorable === unfavorable
        ? []
        : [warn('unbalanced', { section: section.code, question, path: 'scale' }, { favorable, unfavorable })]
    }),
  )

const plain = (words: string): string =>
  words
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A longer label says something beside its numbers. */
const mostWordsOfASpan = 4

/** Numbers of a label such as "10-20", "20 to 30", "under 5" or "30 or more". */
function span(label: string): [number, number] | undefined {
  if (label.trim().split(/\s+/).length > mostWordsOfASpan) return undefined
  const numbers = (label.match(/\d+/g) ?? []).map(Number)
  const [first, second] = numbers
  if (first === undefined) return undefined
  if (second !== undefined && /\d\s*(-|–|to)\s*\d/i.test(label)) return [first, second]
  if (/\b(under|less than|fewer than)\b/i.test(label)) return [-Infinity, first - 1]
  if (/(\bor more\b|\bor over\b|\+)/i.test(label)) return [first, Infinity]
  return numbers.length === 1 && /^\D{0,3}\d+\D*$/.test(label) ? [first, first] : undefined
}

/** Two options of one question that mean the same, or number ranges that share a number. */
export const overlapping: Rule = (questionnaire) =>
  questionnaire.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      if (question.attribute !== undefined) return []
      const options = kindOf(question).outline(question).options ?? []
      return options.flatMap((option, index) => {
        const label = option.label[questionnaire.source] ?? ''
        const twin = options.slice(0, index).find((other) => {
          const earlier = other.label[questionnaire.source] ?? ''
          if (plain(earlier) === plain(label) && plain(label) !== '') return true
          const [a, b] = [span(earlier), span(label)]
          return a !== undefined && b !== undefined && a[0] <= b[1] && b[0] <= a[1]
        })
        return twin
          ? [
              warn(
                'overlapping',
                { section: section.code, question, path: `options.${option.code}` },
                {
                  one: twin.label[questionnaire.source] ?? twin.code,
                  other: label,
                },
              ),
            ]
          : []
      })
    }),
  )
