import type { Request, RequestHandler, Response } from 'express'
import { sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { textOf } from '../../plan/plan.ts'
import { estimatedMinutes } from '../../questionnaire/advice/fit.ts'
import { one } from '../../questionnaire/choices.ts'
import { protectedAreas } from '../../questionnaire/definition.ts'
import { editSettings } from '../../questionnaire/edit/settings.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import { conflictShown } from './conflict.ts'
import { headOf, newsOf, tongue, worded } from './wording.ts'
import { bodyOf, enter, type Outcome, type Shop, save, type Work } from './work.ts'

/** The page of what holds for the whole survey: its words, languages, readers, plan. */
export const showSettings =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await show(shop, req, res, await enter(shop, req, res), [])
  }

async function show(shop: Shop, req: Request, res: Response, work: Work, problems: FieldProblem[]) {
  const { messages, stores } = shop
  const { questionnaire, district, lang } = work
  const { languages, source, minutes, audience, readers, protectedAreas: areas } = questionnaire
  const plans = await stores.plans.list()
  const text = (name: 'title' | 'intro' | 'thanks' | 'assent' | 'notice', long = true) => ({
    name,
    text: questionnaire[name] ?? {},
    long,
  })
  const typed = problems.length > 0 ? one(bodyOf(req).minutes) : ''
  render(res, 'build/settings', {
    ...headOf(shop, work, await newsOf(shop, work, req.query)),
    texts: [text('title', false), text('intro'), text('thanks'), text('assent'), text('notice')],
    offered: [...new Set([source, ...languages, ...messages.tags])].map((tag) => ({
      ...tongue(messages, tag),
      chosen: languages.includes(tag),
    })),
    minutes: typed || String(minutes ?? ''),
    estimated: sayNumber(lang, estimate(work)),
    groups: district.groups.map(({ code, label }) => ({
      code,
      label: worded(work, label),
      chosen: audience?.includes(code) ?? false,
    })),
    readers: readers ?? '',
    areas: protectedAreas.map((code) => ({ code, chosen: areas?.includes(code) ?? false })),
    plans: plans.map((plan) => ({
      id: plan.id,
      title: pick(textOf(plan.title, plan.language), lang, plan.language).words,
      chosen: plan.id === questionnaire.plan,
    })),
    problems,
  })
}

/** A questionnaire with a kind that is not known cannot be estimated. */
function estimate({ questionnaire }: Work): number {
  try {
    return estimatedMinutes(questionnaire)
  } catch {
    return 0
  }
}

export const editAll =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(
      shop,
      req,
      res,
      ({ questionnaire, tags }): Outcome => {
        const body = bodyOf(req)
        const edited = editSettings(questionnaire, body, tags)
        const [of = '', tag = ''] = one(body.do).split('.')
        const to: Outcome['to'] =
          of === 'beside' ? { path: '/settings', query: { beside: tag || '-' } } : { path: '/settings' }
        return { ...edited, to }
      },
      {
        clash: conflictShown(shop, req, res),
        refuse: (work, problems) => show(shop, req, res, work, problems),
      },
    )
