import type { Request, Response } from 'express'
import { sayNumber } from '../../language/format.ts'
import { pick, type Text } from '../../language/text.ts'
import { elements } from '../../plan/elements.ts'
import { type Plan, textOf } from '../../plan/plan.ts'
import { audiences, type Bank, type BankItem, domains } from '../../questionnaire/bank/bank.ts'
import { findItems, gradeOf, type Wanted } from '../../questionnaire/bank/find.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import type { BankLine, BankPage } from '../models/bank.ts'
import type { Sources } from './begin.ts'
import { headOf, newsOf, titled, tongue, worded } from './wording.ts'
import { bodyOf, type Shop, type Work } from './work.ts'

/** Items that are shown at once. */
export const pageSize = 40

/** Reading grades to choose from. */
export const grades = [3, 4, 5, 6, 8]

/** The languages in which the whole bank can be asked, its source first. */
export function languagesOf(bank: Bank): string[] {
  const texts = [
    ...bank.items.map(({ wording }) => wording),
    ...Object.values(bank.scales).flatMap(({ title, points }) => [
      title,
      ...points.map(({ label }) => label),
    ]),
  ]
  const shared = Object.keys(texts[0] ?? {}).filter((tag) => texts.every((text) => text[tag]?.trim()))
  return [bank.source, ...shared.filter((tag) => tag !== bank.source).sort()]
}

type Asked = Record<string, string | string[] | undefined>

/** What is looked for, as it stands in the address or in the form that was sent. */
export const findOf = (asked: Asked): BankPage['find'] => {
  const said = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '')
  return {
    words: said('words').slice(0, 200),
    domain: domains.find((one) => one === said('domain')) ?? '',
    audience: audiences.find((one) => one === said('audience')) ?? '',
    grade: grades.includes(Number(said('grade'))) ? said('grade') : '',
    measures: said('measures'),
  }
}

/** An element of a plan and everything below it. */
function measuresOf(plans: Plan[], value: string): Wanted['measures'] {
  const [id, code] = value.split('|')
  const plan = plans.find((one) => one.id === id)
  if (!plan || !code) return undefined
  const below = elements(plan).filter(
    (one) => one.code === code || one.strategy === code || one.priority === code,
  )
  return { plan: plan.id, codes: new Set([code, ...below.map((one) => one.code)]) }
}

/** The page for what is asked; after a fault, with everything that was typed. */
export async function bankPage(
  shop: Shop,
  { bank }: Sources,
  req: Request,
  res: Response,
  work: Work | undefined,
  problems: FieldProblem[],
): Promise<BankPage> {
  const { stores, messages } = shop
  const { lang } = readerLanguage(req, res, messages.tags)
  const asked = (problems.length > 0 ? bodyOf(req) : req.query) as Asked
  const [plans, works] = await Promise.all([stores.plans.list(), work ? [] : stores.definitions.list()])
  const find = findOf(asked)
  const measures = measuresOf(plans, find.measures)
  const fitting = findItems(bank, {
    words: find.words,
    domain: domains.find((one) => one === find.domain),
    audience: audiences.find((one) => one === find.audience),
    measures,
    grade: find.grade ? Number(find.grade) : undefined,
  })
  const ticked = new Set([asked.item].flat())
  const others = fitting.filter(({ code }) => !ticked.has(code))
  const shown = Math.min(Math.max(pageSize, Number(asked.shown) || 0), bank.items.length || pageSize)
  const line = lineOf(bank, lang, work)
  const newest = plans.toSorted((a, b) => b.years.from - a.years.from)
  return {
    head: work && headOf(shop, work, await newsOf(shop, work, req.query)),
    action: work ? `/office/build/${work.slug}/bank` : '/office/build/bank',
    find,
    domains,
    audiences: [...audiences],
    grades,
    elements: (work?.questionnaire.plan
      ? newest.filter(({ id }) => id === work.questionnaire.plan)
      : newest
    ).map((plan) => ({
      plan: pick(textOf(plan.title, plan.language), lang, plan.language),
      options: elements(plan)
        .filter(({ kind }) => kind !== 'investment')
        .map(({ code, text }) => ({
          value: `${plan.id}|${code}`,
          code,
          words: pick(text, lang, plan.language),
        })),
    })),
    chosen: bank.items.filter(({ code }) => ticked.has(code)).map((item) => line(item, true)),
    found: others.slice(0, shown).map((item) => line(item, false)),
    count: others.length,
    left: Math.max(0, others.length - shown),
    shown,
    sections: work
      ? work.questionnaire.sections.map((section) => ({ code: section.code, title: titled(work, section) }))
      : [],
    works: works.map(({ slug, questionnaire }) => ({
      slug,
      title: titled({ lang, questionnaire }, { code: slug, title: questionnaire.title }),
    })),
    plans: newest.map((plan) => ({
      id: plan.id,
      title: pick(textOf(plan.title, plan.language), lang, plan.language),
      chosen: plan.id === (measures?.plan ?? newest[0]?.id),
    })),
    tongues: languagesOf(bank).map((tag) => tongue(messages, tag)),
    typed: problems.length > 0 ? asked : {},
    origin: bank.origin,
    problems,
  }
}

const lineOf = (bank: Bank, lang: string, work: Work | undefined) => {
  const say = (text: Text) => (work ? worded(work, text) : pick(text, lang, bank.source))
  return (item: BankItem, chosen: boolean): BankLine => {
    const points = bank.scales[item.scale ?? '']?.points
    const [first, last] = [points?.[0], points?.at(-1)]
    const words = say(item.wording)
    const other = work?.beside || (words.lang === 'es' ? 'en' : 'es')
    const grade = gradeOf(item)
    return {
      code: item.code,
      words,
      beside:
        item.wording[other] && other !== words.lang
          ? { words: item.wording[other], lang: other, fallback: true }
          : undefined,
      scale: first && last && { low: say(first.label), high: say(last.label) },
      kind: item.question?.kind ?? 'grid',
      topic: item.topic,
      audiences: item.audiences,
      measures: item.measures
        .filter(({ plan }) => !work?.questionnaire.plan || plan === work.questionnaire.plan)
        .map(({ plan, code, part }) => ({ plan, code, part: part ?? '' })),
      grade: grade === undefined ? '' : sayNumber(lang, Math.max(1, Math.round(grade))),
      reversed: item.reversed === true,
      chosen,
    }
  }
}
