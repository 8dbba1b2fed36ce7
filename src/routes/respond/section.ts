import type { Response } from 'express'
import type { FormBody, Problem } from '../../questionnaire/kind.ts'
import type { Path, Step } from '../../response/walk.ts'
import { keepForm, sendForm } from '../../web/kept.ts'
import { pageFor } from '../../web/render.ts'
import { render } from '../pages.ts'
import type { KeptPages } from './keptPages.ts'
import { markOf, sectionPage, shownOptions } from './respondPages.ts'
import { knownQuery, type Visit } from './visit.ts'

/** What is to be seen on a page of questions beside the questions. */
export type Shown = { token: string; typed: FormBody | undefined; problems: Problem[]; fromReview: boolean }

/** Stand in a kept page where each reader's own mark and token go; no text holds them (see also untranslated.ts). */
const places = [
  { mark: '\uE002', length: 12 },
  { mark: '\uE003', length: 22 },
] as const

/** Options that are shuffled come in so many orders; of longer lists too many to keep a page for each. */
const mostShuffled = 4

/**
 * Shows a page of questions. Before anything is answered on it, it is the same for everybody who comes by the same
 * path, but for the token of their draft: then it is rendered once.
 */
export function showSection(
  res: Response,
  visit: Visit,
  kept: KeptPages,
  path: Path,
  step: Step,
  shown: Shown,
): void {
  const key = keyOf(visit, path, step, shown)
  if (key === undefined) {
    render(res, 'respond/section', sectionPage(visit, path, step, shown), visit.chosen)
    return
  }
  const shelf = kept.forms(visit.survey, visit.district, visit.t)
  let form = shelf.find(key)
  if (!form) {
    const model = { ...sectionPage(visit, path, step, shown), mark: places[0].mark, token: places[1].mark }
    const { html, lang } = pageFor(res, 'respond/section', model, 'respond', visit.chosen)
    form = keepForm(html, lang, places)
    if (!form) {
      render(res, 'respond/section', sectionPage(visit, path, step, shown), visit.chosen)
      return
    }
    shelf.keep(key, form)
  }
  sendForm(res, form, [markOf(shown.token), shown.token])
}

/** All that such a page follows from, beside its survey, the district and the wordings; undefined when it is one reader's own. */
function keyOf(visit: Visit, path: Path, step: Step, shown: Shown): string | undefined {
  if (visit.kiosk || shown.typed || shown.problems.length > 0 || knownQuery(visit)) return undefined
  const asked: string[] = []
  for (const question of step.questions) {
    if (path.answers[question.code] !== undefined) return undefined
    asked.push(question.code)
    if (question.shuffle !== true) continue
    const options = shownOptions(question, shown.token)
    if (options.length > mostShuffled) return undefined
    asked.push(...options.map(({ code }) => code))
  }
  const version = visit.draft?.version ?? visit.survey.version
  const at = path.steps.indexOf(step)
  const first = path.steps[at - 1]?.section !== step.section
  return [version, step.code, at, path.steps.length, first, shown.fromReview, ...asked].join(' ')
}
