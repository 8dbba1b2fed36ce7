import { shareBar } from '../charts/bars.ts'
import type { Reader, Words } from '../reader.ts'
import type { Result } from '../result.ts'
import { sayFinding } from '../say.ts'
import { sayAgreement } from '../sayAgreement.ts'
import type { PlanReport } from './compose.ts'

/** How a priority was ranked: its place by first choices among the options, in words. */
export type RankedLine = { href: string; words: string; svg: string; agreement: string; survey: Words }

/** What was found in a question that lets people choose, and of how many. */
export type ChosenLine = { href: string; words: string; question: Words; base: string }

const address = (slug: string, question: string, query: string) => `/reports/${slug}${query}#q-${question}`

type Ranked = { code: string; first: number; firstShare: number | null; meanRank: number | null }

/** The options of a ranking with what is told of them exactly: of a school first choices alone, or nothing. */
function rankedIn(result: Result): readonly Ranked[] {
  if (result.measure === 'ranking') return result.options
  if (result.measure !== 'choice' || !result.ranked) return []
  const told = result.options.flatMap(({ code, n, share }) =>
    n === null ? [] : [{ code, first: n, firstShare: share, meanRank: null }],
  )
  return told.length === result.options.length ? told : []
}

/** What people ranked a priority, in every ranking that sets it beside others. */
export function rankedLines(report: PlanReport, priority: string, reader: Reader): RankedLine[] {
  return report.choices.flatMap(({ report: survey, question, places }) => {
    const { result } = question
    const options = result && result.n > 0 ? rankedIn(result) : []
    const own = options.find(({ code }) => places.get(code)?.priority === priority)
    if (!own || new Set([...places.values()].map((one) => one.priority)).size < 2) return []
    const place = 1 + options.filter(({ first }) => first > own.first).length
    const share = own.firstShare ?? 0
    const words = reader.t(own.meanRank === null ? 'dashboard.rankedFirst' : 'dashboard.ranked', {
      place: reader.number(place),
      of: reader.number(options.length),
      figure: reader.figure(share, own.first),
      rank: own.meanRank === null ? '' : reader.decimal(own.meanRank),
    })
    const longest = Math.max(...options.map(({ firstShare }) => firstShare ?? 0))
    return [
      {
        href: address(survey.survey.slug, question.question.code, report.query),
        words,
        svg: shareBar(
          { id: `r-${priority}-${question.question.code}`, title: words, desc: '', lang: reader.lang },
          { share, longest, strong: place === 1, dir: reader.dir },
        ),
        agreement: result?.measure === 'ranking' ? sayAgreement(question, result.agreement, reader) : '',
        survey: reader.words(survey.questionnaire.title),
      },
    ]
  })
}

/** What was found in questions that let people choose between parts of a priority, or of the plan (null). */
export function chosenLines(report: PlanReport, priority: string | null, reader: Reader): ChosenLine[] {
  return report.choices.flatMap(({ report: survey, question, places }) => {
    const priorities = new Set([...places.values()].map((one) => one.priority))
    const belongs =
      priority === null
        ? priorities.size > 1 || priorities.has(null)
        : priorities.size === 1 && priorities.has(priority)
    if (!belongs || !question.finding || question.finding.rule === 'nobody') return []
    const n = question.result?.n ?? 0
    return [
      {
        href: address(survey.survey.slug, question.question.code, report.query),
        words: sayFinding(question, question.finding, reader),
        question: reader.words(question.question.title),
        base: reader.t('dashboard.ofPeople', { count: n, n: reader.number(n) }),
      },
    ]
  })
}
