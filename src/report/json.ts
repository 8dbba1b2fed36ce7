import { modelName } from '../theme/verdicts.ts'
import { equityOf } from './equity/equity.ts'
import type { QuestionReport, Report } from './report.ts'
import type { ChosenOption, RatedItem, Result } from './result.ts'
import type { ThemeShare, ThemesShown } from './themes/source.ts'

/** A value that may not be shown says so beside it. */
const orSuppressed = (n: number | null) => (n === null ? { suppressed: true } : {})

/**
 * The report as the contract prints it (DESIGN.md, Report JSON): codes and numbers only, shares as unrounded
 * fractions, what may not be shown as null with `suppressed: true`. Order is that of the questionnaire, so the same
 * counts always give the same bytes.
 */
export function reportJson(report: Report): unknown {
  const { survey, filter, responses } = report
  return {
    survey: survey.slug,
    version: survey.version,
    sample: survey.sample,
    minimumGroup: survey.minimumGroup,
    filter,
    responses,
    ...orSuppressed(responses),
    groups: report.heard.groups.map(({ code, n, share }) => ({ code, n, share, ...orSuppressed(n) })),
    groupsNotShown: report.heard.rest,
    ...(report.themes && { themes: themesJson(report.themes) }),
    questions: report.sections.flatMap(({ questions }) => questions.map(questionJson)),
    equity: equityOf(report),
  }
}

/** Of comments: `n`, `share`; of the people who wrote them: `people`, `peopleShare`. */
const themesJson = ({ base, themes, several, machine }: ThemesShown) => ({
  comments: base?.comments ?? null,
  people: base?.people ?? null,
  ...orSuppressed(base?.people ?? null),
  several,
  // Of which themes a model's codes count beside those of people, with what was measured of them.
  machine: machine.map(({ theme, model, confidence, precision, recall }) => ({
    ...{ theme, model: modelName(model), confidence, precision, recall },
  })),
  themes: themes.map(themeJson),
})
const themeJson = ({ code, comments, commentShare, people, peopleShare, bound, of }: ThemeShare) => ({
  code,
  n: comments,
  share: commentShare,
  people,
  peopleShare,
  of,
  ...orSuppressed(comments),
  ...(bound && { bound }),
})

function questionJson(report: QuestionReport) {
  const { question, result, groups, elements, comments, cites } = report
  return {
    code: question.code,
    kind: question.kind,
    ...(cites.length > 0 && { cites: cites.map(({ code }) => code) }),
    ...resultJson(report, result),
    ...(report.themes !== undefined && { themes: report.themes?.themes.map(themeJson) ?? [] }),
    ...(elements && { elements }),
    ...(groups.length > 0 && {
      groups: groups.map((group) => ({ group: group.code, ...resultJson(report, group.result) })),
    }),
    ...(comments.length > 0 && {
      comments: comments.map(({ question: on, about, n }) => ({
        question: on,
        about,
        n,
        ...orSuppressed(n),
      })),
    }),
  }
}

function resultJson({ outline }: QuestionReport, result: Result | null): object {
  if (!result) return { n: null, asked: null, suppressed: true, ...hidden(outline) }
  const { measure, n, asked, ...rest } = result
  switch (result.measure) {
    case 'choice':
      return result.ranked
        ? { n, asked, options: result.options.map(firstJson), ...unranked }
        : { n, asked, options: result.options.map(optionJson) }
    case 'points':
      return {
        n,
        asked,
        items: result.items.map(itemJson),
        ...(result.items.length > 1 && {
          scale: result.scale ?? { share: null, suppressed: true },
          alpha: result.alpha ?? { value: null, suppressed: true },
        }),
      }
    case 'ranking': {
      const { options, pairwise, condorcet, irv, runoff, schulze, agreement } = result
      const told = options.map(({ top, topShare, ...option }) => ({
        ...option,
        top2: top,
        top2Share: topShare,
      }))
      return { n, asked, options: told, pairwise, condorcet, irv, runoff, schulze, agreement }
    }
    default:
      return { n, asked, ...rest }
  }
}

const optionJson = ({ code, n, share, bound }: ChosenOption) => ({
  code,
  n,
  share,
  ...orSuppressed(n),
  ...(bound && { bound }),
})

/** A ranking of which first choices alone are told. */
const firstJson = ({ code, n, share, bound }: ChosenOption) => ({
  code,
  first: n,
  firstShare: share,
  ...{ ranked: null, meanRank: null, borda: null, top2: null, top2Share: null, suppressed: true },
  ...(bound && { bound }),
})
const unranked = {
  ...{ pairwise: null, condorcet: null, irv: null, runoff: null, schulze: null, agreement: null },
  suppressed: true,
}

const noItem = {
  n: null,
  favorable: null,
  share: null,
  low: null,
  high: null,
  mean: null,
  counts: null,
  nonResponse: null,
  suppressed: true,
}
const itemJson = ({ code, summary, nonResponse, bound }: RatedItem) => {
  if (summary) return { code, ...summary, nonResponse }
  return bound ? { code, ...noItem, bound } : { code, ...noItem }
}

/** A question that may not be shown keeps its shape, with nothing in it. */
function hidden({ options, items }: QuestionReport['outline']): object {
  const none = { n: null, share: null, suppressed: true }
  return {
    ...(options && { options: options.map(({ code }) => ({ code, ...none })) }),
    ...(items && { items: items.map(({ code }) => ({ code, ...noItem })) }),
  }
}
