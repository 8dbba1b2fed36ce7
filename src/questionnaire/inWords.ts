import { sayList, sayNumber } from '../language/format.ts'
import { pick } from '../language/text.ts'
import {
  type Comparison,
  type Condition,
  findQuestion,
  type Question,
  type Questionnaire,
} from './definition.ts'
import { kindOf } from './kinds.ts'

/** What a condition is worded with. `number`: how the form numbers the question of this code. */
export type Wording = {
  t: (key: string, values?: Record<string, string>) => string
  lang: string
  number: (question: string) => string
}

/**
 * Skip logic in plain words, for a form that cannot skip by itself: "you chose “Family” in question 1". Without a
 * capital and a full stop. A "not" is pushed inwards, so that only single clauses are denied.
 */
export function conditionInWords(
  condition: Condition,
  questionnaire: Questionnaire,
  wording: Wording,
): string {
  const say = (part: Condition, denied: boolean, inside: boolean): string => {
    if ('not' in part) return say(part.not, !denied, inside)
    const compound = 'all' in part || 'any' in part
    const parts = !compound
      ? comparisonInWords(part, denied, questionnaire, wording)
      : ('all' in part ? part.all : part.any).map((one, _, { length }) => say(one, denied, length > 1))
    const together = compound && 'any' in part ? denied : !denied
    const said = sayList(wording.lang, parts, together ? 'conjunction' : 'disjunction')
    return inside && parts.length > 1 ? `(${said})` : said
  }
  return say(condition, false, false)
}

type Labelled = { code: string; label: Record<string, string> }

/** The clauses of one comparison; several when it compares in several ways. */
function comparisonInWords(
  comparison: Comparison,
  denied: boolean,
  questionnaire: Questionnaire,
  wording: Wording,
): string[] {
  const { item, is = [], includes = [], atLeast, atMost, answered } = comparison
  const question = findQuestion(questionnaire, comparison.question)
  if (!question) return []
  const { t, lang, number } = wording
  const { options = [], items = [], points = [] } = kindOf(question).outline(question)
  const quoted = (code: string, things: Labelled[]): string => {
    const label = things.find((thing) => thing.code === code)?.label ?? {}
    return t('paper.if.quote', { words: pick(label, lang, questionnaire.source).words || code })
  }
  const at = { number: number(question.code), item: item === undefined ? '' : quoted(item, items) }
  const things = [...options, ...points, { code: 'na', label: { [lang]: t('question.notApplicable') } }]
  const chose = (codes: string[]): string => {
    const listed = codes.map((code) => quoted(code, things))
    const values = { ...at, options: sayList(lang, listed, 'disjunction') }
    return choseInWords({ question, item, denied, t, values })
  }
  const clauses = [is, includes].filter((codes) => codes.length > 0).map(chose)
  if (atLeast !== undefined || atMost !== undefined) {
    // Where every point has words, as in a grid, the number behind it stands nowhere on the form.
    const worded = points.length > 0 && points.every(({ label }) => Object.keys(label).length > 0)
    const fits = points.filter(
      ({ value }) => value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity),
    )
    clauses.push(
      worded
        ? chose(fits.map(({ code }) => code))
        : rangeInWords(comparison, { denied, number: at.number, wording }),
    )
  }
  if (clauses.length > 0) return clauses
  const blank = (answered === false) !== denied
  if (item !== undefined) return [blank ? t('paper.if.blankFor', at) : t('paper.if.answeredFor', at)]
  return [blank ? t('paper.if.blank', at) : t('paper.if.answered', at)]
}

function choseInWords({
  question,
  item,
  denied,
  t,
  values,
}: {
  question: Question
  item: string | undefined
  denied: boolean
  t: Wording['t']
  values: Record<string, string>
}): string {
  if (kindOf(question).measure === 'ranking')
    return denied ? t('paper.if.notRanked', values) : t('paper.if.ranked', values)
  if (item !== undefined) return denied ? t('paper.if.notChoseFor', values) : t('paper.if.choseFor', values)
  return denied ? t('paper.if.notChose', values) : t('paper.if.chose', values)
}

function rangeInWords(
  { atLeast, atMost }: Comparison,
  { denied, number, wording: { t, lang } }: { denied: boolean; number: string; wording: Wording },
): string {
  const low = atLeast === undefined ? '' : sayNumber(lang, atLeast)
  const high = atMost === undefined ? '' : sayNumber(lang, atMost)
  const values = { number, low, high }
  if (high === '') return denied ? t('paper.if.notAtLeast', values) : t('paper.if.atLeast', values)
  if (low === '') return denied ? t('paper.if.notAtMost', values) : t('paper.if.atMost', values)
  return denied ? t('paper.if.notBetween', values) : t('paper.if.between', values)
}
