import type { Request, RequestHandler, Response } from 'express'
import { isTag } from '../../language/tags.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { audiences, type BankItem, type Domain, domains, topics } from '../../questionnaire/bank/bank.ts'
import { fromBank } from '../../questionnaire/bank/questions.ts'
import { one } from '../../questionnaire/choices.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { addQuestions } from '../../questionnaire/edit/questions.ts'
import { addSections } from '../../questionnaire/edit/sections.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import { bankPage, languagesOf, pageSize } from './bankPage.ts'
import { keep, type Sources } from './begin.ts'
import { conflictShown } from './conflict.ts'
import { bodyOf, enter, homeOf, type Outcome, type Shop, save, type Work } from './work.ts'

/** The item bank: for a survey under work, or to begin a new one. */
export const showBank =
  (shop: Shop, sources: Sources): RequestHandler =>
  async (req, res) => {
    const work = req.params.slug === undefined ? undefined : await enter(shop, req, res)
    await show(shop, sources, req, res, work, [])
  }

async function show(
  shop: Shop,
  sources: Sources,
  req: Request,
  res: Response,
  work: Work | undefined,
  problems: FieldProblem[],
) {
  if (problems.length > 0) res.status(422)
  render(res, 'build/bank', await bankPage(shop, sources, req, res, work, problems))
}

/** A press on the page: search on with what is ticked, or take it. */
export const actInBank =
  (shop: Shop, sources: Sources): RequestHandler =>
  async (req, res) => {
    const body = bodyOf(req)
    const go = one(body.go)
    const slug = typeof req.params.slug === 'string' ? req.params.slug : ''
    const items = chosenItems(sources, req)
    if (go === 'find' || go === 'more') return res.redirect(303, searchAddress(req, slug, go))
    if (!slug && one(body.into)) return res.redirect(303, searchAddress(req, one(body.into), 'find'))
    const none: FieldProblem[] = items.length > 0 ? [] : [{ field: 'item', key: 'bank.problem.none' }]
    if (!slug) return create(shop, sources, req, res, items, none)
    await save(
      shop,
      req,
      res,
      (work): Outcome =>
        none.length > 0
          ? { questionnaire: work.questionnaire, to: {}, faults: [{ field: 'item', code: 'choose' }] }
          : added(shop, sources, work, items, one(body.section)),
      {
        clash: conflictShown(shop, req, res),
        refuse: (work) => show(shop, sources, req, res, work, none),
      },
    )
  }

/** The ticked items, in the bank's order. */
function chosenItems({ bank }: Sources, req: Request): BankItem[] {
  const ticked = new Set([bodyOf(req).item].flat())
  return bank.items.filter(({ code }) => ticked.has(code))
}

/** The page again with this search and these ticks in its address, so that it can be gone back to. */
function searchAddress(req: Request, slug: string, go: string): string {
  const body = bodyOf(req)
  const query = new URLSearchParams()
  for (const name of ['words', 'domain', 'audience', 'grade', 'measures'])
    if (one(body[name])) query.set(name, one(body[name]))
  const shown = Number(one(body.shown))
  if (go === 'more' && Number.isInteger(shown)) query.set('shown', String(shown + pageSize))
  for (const code of [body.item].flat()) if (typeof code === 'string') query.append('item', code)
  return `${slug ? `${homeOf(encodeURIComponent(slug))}/bank` : '/office/build/bank'}?${query}#items`
}

function added(
  { messages }: Shop,
  { bank }: Sources,
  { questionnaire, frozen }: Work,
  items: BankItem[],
  section: string,
): Outcome {
  const made = fromBank(bank, items, questionnaire.plan)
  const known = questionnaire.sections.some(({ code }) => code === section)
  const title = domainTitle(messages, questionnaire.languages, topics[items[0]?.topic ?? 'facts'])
  const grown = known
    ? addQuestions(questionnaire, section, made, frozen)
    : addSections(questionnaire, [{ title, questions: made }], frozen)
  const code = known ? section : (grown.sections.at(-1)?.code ?? '')
  return { questionnaire: grown, to: { query: { done: 'added' }, hash: `section-${code}` } }
}

/** A section is called by its domain, in each language that the interface has it in. */
const domainTitle = (messages: Messages, tags: readonly string[], domain: Domain): Text =>
  Object.fromEntries(
    tags.flatMap((tag) => {
      const { res, usedLng } = messages.t(tag)(`bank.domain.${domain}`, {
        returnDetails: true,
      }) as unknown as { res: string; usedLng: string }
      return usedLng === 'en' && tag.split('-')[0] !== 'en' ? [] : [[tag, res]]
    }),
  )

/** A new survey of the ticked items, a section for each domain. */
async function create(
  shop: Shop,
  sources: Sources,
  req: Request,
  res: Response,
  items: BankItem[],
  problems: FieldProblem[],
) {
  const body = bodyOf(req)
  const { bank } = sources
  const title: Text = Object.fromEntries(
    languagesOf(bank)
      .filter(isTag)
      .flatMap((tag) => (one(body[`title.${tag}`]) ? [[tag, one(body[`title.${tag}`])]] : [])),
  )
  if (!title[bank.source]) problems.push({ field: `title.${bank.source}`, key: 'build.problem.title' })
  if (problems.length > 0) return show(shop, sources, req, res, undefined, problems)
  const plan = (await shop.stores.plans.list()).find(({ id }) => id === one(body.plan))?.id
  const audience = audiences.find((known) => known === one(body.audience))
  const readers =
    audience === 'students-3-5' ? 'grades-3-5' : audience === 'students-6-12' ? 'grades-6-12' : undefined
  const empty: Questionnaire = {
    source: bank.source,
    languages: Object.keys(title),
    title,
    ...(audience && { audience: bank.audiences[audience] }),
    ...(readers && { readers }),
    ...(plan && { plan }),
    sections: [],
  }
  const sections = domains.flatMap((domain) => {
    const own = items.filter(({ topic }) => topics[topic] === domain)
    return own.length > 0
      ? [{ title: domainTitle(shop.messages, empty.languages, domain), questions: fromBank(bank, own, plan) }]
      : []
  })
  const slug = await keep(shop, req, { questionnaire: addSections(empty, sections), slug: '' })
  res.redirect(303, `${homeOf(slug)}?done=begun`)
}
