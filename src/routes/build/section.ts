import type { Request, RequestHandler, Response } from 'express'
import { one } from '../../questionnaire/choices.ts'
import { editSection } from '../../questionnaire/edit/settings.ts'
import { notFound } from '../../web/errors.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import { conditionPart } from './condition.ts'
import { conflictShown } from './conflict.ts'
import { planChoices } from './question.ts'
import { headOf, newsOf } from './wording.ts'
import { bodyOf, enter, type Outcome, type Shop, save, type Work } from './work.ts'

/** The page on which a section is edited. */
export const showSection =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await show(shop, req, res, await enter(shop, req, res), String(req.params.code), [])
  }

async function show(
  shop: Shop,
  req: Request,
  res: Response,
  work: Work,
  code: string,
  problems: FieldProblem[],
) {
  const section = work.questionnaire.sections.find((one) => one.code === code)
  if (!section) throw notFound('error.noQuestion')
  render(res, 'build/section', {
    ...headOf(shop, work, await newsOf(shop, work, req.query)),
    section,
    condition: conditionPart(work, { section: code, question: '' }, section.showIf, req.query.row === 'new'),
    frozen: work.frozen.sections.has(code),
    plan: await planChoices(shop, work, section.cites),
    typed: problems.length > 0 ? bodyOf(req) : {},
    problems,
  })
}

export const editOneSection =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(
      shop,
      req,
      res,
      ({ questionnaire, frozen, tags }): Outcome => {
        const code = String(req.params.code)
        if (!questionnaire.sections.some((one) => one.code === code)) throw notFound('error.noQuestion')
        const edited = editSection(questionnaire, code, bodyOf(req), { tags, frozen })
        const [of = '', verb = ''] = one(bodyOf(req).do).split('.')
        const here = { path: `/section/${edited.code}` }
        const to: Outcome['to'] =
          of === 'back'
            ? { hash: `section-${edited.code}` }
            : of === 'if'
              ? { ...here, ...(verb === 'add' && { query: { row: 'new' } }), hash: 'condition' }
              : of === 'beside'
                ? { ...here, query: { beside: verb || '-' } }
                : here
        return { ...edited, to, removed: of === 'if' && verb === 'remove' }
      },
      {
        clash: conflictShown(shop, req, res),
        refuse: (work, problems) => show(shop, req, res, work, String(req.params.code), problems),
      },
    )
