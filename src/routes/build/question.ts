import type { Request, RequestHandler, Response } from 'express'
import { pick } from '../../language/text.ts'
import { elements } from '../../plan/elements.ts'
import { one } from '../../questionnaire/choices.ts'
import { findQuestion, type Question, questions } from '../../questionnaire/definition.ts'
import { comparables } from '../../questionnaire/edit/conditions.ts'
import { editQuestion } from '../../questionnaire/edit/question.ts'
import { earlier, sectionOf } from '../../questionnaire/edit/questions.ts'
import { attributes } from '../../questionnaire/kinds/profile.ts'
import { kinds } from '../../questionnaire/kinds.ts'
import { withDistrict } from '../../questionnaire/publish.ts'
import { notFound } from '../../web/errors.ts'
import { framesOwnPages } from '../../web/headers.ts'
import type { FieldProblem } from '../models/account.ts'
import type { PlanChoice } from '../models/build.ts'
import { render } from '../pages.ts'
import { conditionPart } from './condition.ts'
import { conflictShown } from './conflict.ts'
import { headOf, newsOf, titled, worded } from './wording.ts'
import { bodyOf, enter, type Outcome, presetOf, type Shop, save, type Work } from './work.ts'

/** The page on which one question is edited. */
export const showQuestion =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    await show(shop, req, res, work, { code: String(req.params.code), problems: [] })
  }

type Shown = { code: string; problems: FieldProblem[] }

async function show(shop: Shop, req: Request, res: Response, work: Work, { code, problems }: Shown) {
  const { questionnaire, frozen, district } = work
  const question = findQuestion(questionnaire, code)
  const section = sectionOf(questionnaire, code)
  if (!question || !section) throw notFound('error.noQuestion')
  const all = questions(questionnaire)
  const at = all.indexOf(question)
  const kind = kinds.get(question.kind)
  const place = { section: section.code, question: code }
  const explainable = comparables(earlier(withDistrict(questionnaire, district), place)).filter(({ hows }) =>
    hows.includes('is'),
  )
  framesOwnPages(res)
  render(res, 'build/question', {
    ...headOf(shop, work, await newsOf(shop, work, req.query)),
    question,
    number: at + 1,
    section: section.code,
    sections: questionnaire.sections.map((one) => ({ code: one.code, title: titled(work, one) })),
    condition: conditionPart(work, place, question.showIf, req.query.row === 'new'),
    frozen: frozen.questions.has(code),
    frozenParts: [...frozen.parts].flatMap((part) =>
      part.startsWith(`${code}.`) ? [part.slice(code.length + 1)] : [],
    ),
    plan: await planChoices(shop, work, question.cites),
    explainable: explainable
      .filter(({ item }) => item === undefined)
      .map((one) => ({ code: one.question.code, words: titled(work, one.question) })),
    levels: [...new Set(district.schools.flatMap(({ level }) => (level ? [level] : [])))],
    attributes: [...attributes],
    listed: listed(work, question),
    ready: Object.keys(kind?.build?.ready ?? {}),
    editable: kind?.build !== undefined,
    previous: all[at - 1]?.code ?? '',
    next: all[at + 1]?.code ?? '',
    typed: problems.length > 0 ? bodyOf(req) : {},
    problems,
  })
}

/** What the district's record offers for a profile question that has no options of its own. */
function listed(work: Work, question: Question) {
  const filled = findQuestion(withDistrict(work.questionnaire, work.district), question.code)
  const own = Array.isArray(question.options) && question.options.length > 0
  const options =
    filled && question.kind === 'profile' && !own ? kinds.get('profile')?.outline(filled).options : []
  return (options ?? []).map(({ label }) => worded(work, label))
}

/** The elements of the questionnaire's plan to choose from, and codes that it does not have. */
export async function planChoices(
  { stores }: Shop,
  { questionnaire, lang }: Work,
  cites: string[] | undefined,
): Promise<PlanChoice[]> {
  const plan = questionnaire.plan ? await stores.plans.find(questionnaire.plan) : undefined
  const known = plan ? elements(plan) : []
  const chosen = (code: string) => cites?.includes(code) ?? false
  const unknown = (cites ?? []).filter((code) => !known.some((one) => one.code === code))
  return [
    ...known.map(({ code, kind, text }) => ({
      code,
      kind,
      words: pick(text, lang, 'en'),
      chosen: chosen(code),
    })),
    ...unknown.map((code) => ({
      code,
      kind: 'unknown',
      words: { words: code, lang: 'en', fallback: false },
      chosen: true,
    })),
  ]
}

/** Saves the form of a question, with the step of the button that was pressed. */
export const editOne =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(
      shop,
      req,
      res,
      (work): Outcome => {
        const { questionnaire, frozen, tags, beside } = work
        const code = String(req.params.code)
        if (!findQuestion(questionnaire, code)) throw notFound('error.noQuestion')
        const body = bodyOf(req)
        const edited = editQuestion(questionnaire, code, body, {
          tags,
          frozen,
          preset: presetOf(shop.messages, questionnaire),
        })
        const to = leads(one(body.do), edited.code, edited)
        // The language beside the source stays, unless the button was about it.
        const query = { ...(beside && to.path && { beside }), ...to.query }
        return { ...edited, to: { ...to, query } }
      },
      {
        clash: conflictShown(shop, req, res),
        refuse: (work, problems) => show(shop, req, res, work, { code: String(req.params.code), problems }),
      },
    )

/** Where a button of the form leads: most stay on the page, at the place they are about. */
function leads(what: string, code: string, { questionnaire }: Pick<Outcome, 'questionnaire'>): Outcome['to'] {
  const [of = '', verb = '', list = ''] = what.split('.')
  const here = `/q/${code}`
  if (of === 'back') return { hash: `question-${code}` }
  if (of === 'more') {
    const section = sectionOf(questionnaire, code)?.code ?? ''
    return { query: { in: section }, hash: `add-${section}` }
  }
  if (of === 'go' && findQuestion(questionnaire, verb)) return { path: `/q/${verb}` }
  if (of === 'beside') return { path: here, query: { beside: verb || '-' } }
  if (of === 'row') return { path: here, hash: list || 'news' }
  if (of === 'if') return { path: here, ...(verb === 'add' && { query: { row: 'new' } }), hash: 'condition' }
  return { path: here, ...(of === 'ready' && { hash: 'scale' }) }
}
