import type { Request, RequestHandler, Response } from 'express'
import { sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { elements } from '../../plan/elements.ts'
import type { Advice } from '../../questionnaire/advice/advice.ts'
import { advise } from '../../questionnaire/advice/advise.ts'
import { estimatedMinutes } from '../../questionnaire/advice/fit.ts'
import { findQuestion, type Questionnaire } from '../../questionnaire/definition.ts'
import { changes } from '../../questionnaire/edit/changes.ts'
import { same, tidy } from '../../questionnaire/edit/tidy.ts'
import { publish } from '../../questionnaire/publish.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import type { FieldProblem } from '../models/account.ts'
import type { AdviceGroup, AdviceLine } from '../models/build.ts'
import { render } from '../pages.ts'
import { outdatedOf } from '../translate/origins.ts'
import { placed } from './overview.ts'
import { changeLines, headOf, moment, newsOf } from './wording.ts'
import { enter, homeOf, type Shop, versionsOf, type Work } from './work.ts'

/** What has to be looked at before publishing, publishing itself, and what was published before. */
export const showCheck =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await show(shop, req, res, await enter(shop, req, res), [])
  }

/** What would be published, with every fault that keeps it from it and everything to think about. */
async function examine({ stores, messages }: Shop, { slug, questionnaire, district }: Work) {
  const plan = questionnaire.plan ? await stores.plans.find(questionnaire.plan) : undefined
  const planCodes = plan && new Set(elements(plan).map(({ code }) => code))
  const checked = publish(questionnaire, district, planCodes)
  const advice = checked.questionnaire
    ? advise(checked.questionnaire, {
        planCodes,
        interface: messages.tags,
        outdated: await outdatedOf(stores, slug, questionnaire),
      })
    : []
  return { checked, advice }
}

async function show(shop: Shop, req: Request, res: Response, work: Work, problems: FieldProblem[]) {
  const { slug, survey, questionnaire, lang } = work
  const [{ checked, advice }, versions, times] = await Promise.all([
    examine(shop, work),
    versionsOf(shop.stores, survey),
    survey ? shop.stores.surveys.versions(survey.id) : [],
  ])
  const of = (level: Advice['level']) =>
    grouped(advice.filter((one) => one.level === level).map((one) => lineOf(shop, work, one)))
  if (problems.length > 0) res.status(422)
  const published = req.query.done === 'published' && survey ? 'build.done.published' : undefined
  const news = await newsOf(shop, work, req.query)
  render(res, 'build/check', {
    ...headOf(shop, work, { ...news, done: published ?? news.done }),
    faults: placed(checked.faults).map(({ section, question, words }) => ({
      words: section || question ? `${question || section}: ${words}` : words,
      href: linkTo(slug, questionnaire, section, question),
    })),
    errors: of('error'),
    warnings: of('warning'),
    minutes: checked.questionnaire ? sayNumber(lang, estimatedMinutes(checked.questionnaire)) : '',
    versions: versions
      .map((version, at) => {
        const time = times.find((one) => one.version === at + 1)
        const before = versions[at - 1]
        return {
          version: at + 1,
          current: at + 1 === survey?.version,
          published: time && moment(work, time.published),
          changes: before ? changeLines(work, changes(before, version)) : [],
        }
      })
      .reverse(),
    unchanged: unchanged(work, checked.questionnaire),
    problems,
  })
}

const unchanged = ({ survey }: Work, questionnaire: Questionnaire | undefined): boolean =>
  survey !== undefined && questionnaire !== undefined && same(tidy(survey.questionnaire), tidy(questionnaire))

function linkTo(slug: string, questionnaire: Questionnaire, section = '', question = ''): string {
  if (question && findQuestion(questionnaire, question)) return `${homeOf(slug)}/q/${question}`
  return section ? `${homeOf(slug)}/section/${section}` : `${homeOf(slug)}/settings`
}

function lineOf({ messages }: Shop, work: Work, { level, code, place, values = {} }: Advice): AdviceLine {
  const { slug, questionnaire, lang, t } = work
  const { section, question, path, language } = place
  const asked = question === undefined ? undefined : findQuestion(questionnaire, question)
  const head = questionnaire.sections.find((one) => one.code === section)
  const title = (part: { title: Record<string, string>; code: string } | undefined, otherwise: string) =>
    (part && pick(part.title, lang, questionnaire.source).words) || otherwise
  const where =
    question !== undefined ? title(asked, question) : section !== undefined ? title(head, section) : ''
  const beside =
    language && language !== questionnaire.source ? `?beside=${encodeURIComponent(language)}` : ''
  return {
    level,
    code,
    note: t(`advice.${code}.here`, {
      ...values,
      ...(values.area !== undefined && { area: t(`access.area.${values.area}`) }),
      defaultValue: '',
    }),
    place: [
      where || t('build.settings.title'),
      ...(path ? [pathWords(work, question, path)] : []),
      ...(language ? [messages.name(language)] : []),
    ].join(' › '),
    href: `${linkTo(slug, questionnaire, section, question)}${beside}`,
  }
}

/** "options.bus.label" as "Answers › By bus". */
function pathWords({ questionnaire, t, lang }: Work, question: string | undefined, path: string): string {
  const [list = '', code = ''] = path.split('.')
  if (!code)
    return ['scale', 'options', 'items'].includes(list) ? t(`build.list.${list}`) : t(`build.field.${list}`)
  const things: unknown = question === undefined ? undefined : findQuestion(questionnaire, question)?.[list]
  const thing = Array.isArray(things) ? things.find((one) => one?.code === code) : undefined
  return `${t(`build.list.${list}`)} › ${pick(thing?.label ?? {}, lang, questionnaire.source).words || code}`
}

/** Advice of one kind together, in the order in which it came. */
const grouped = (lines: AdviceLine[]): AdviceGroup[] =>
  [...Map.groupBy(lines, ({ code }) => code)].map(([code, of]) => ({ code, lines: of }))

/** Makes a version of it that never changes: the first one of a new survey, or the next of one that there is. */
export const publishIt =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    const { surveys } = shop.stores
    const { checked, advice } = await examine(shop, work)
    const refuse = (key: string) =>
      show(shop, req, res, work, [{ field: 'publish', key: `build.problem.${key}` }])
    if (formField(req, 'revision') !== String(work.definition.revision)) return refuse('changedSince')
    const { questionnaire } = checked
    if (!questionnaire || advice.some(({ level }) => level === 'error')) return refuse('notYet')
    if (unchanged(work, questionnaire)) return refuse('unchanged')
    const warned = advice.length > 0 && formField(req, 'looked') !== 'yes'
    if (warned) return show(shop, req, res, work, [{ field: 'looked', key: 'build.problem.look' }])
    const version = work.survey
      ? await surveys.publish(work.survey.id, questionnaire, shop.now())
      : (await surveys.add({ slug: work.slug, questionnaire }, shop.now())).version
    await audit(shop.stores, req, shop.now(), 'published', work.slug, `v${version}`)
    res.redirect(303, `${homeOf(work.slug)}/check?done=published#news`)
  }
