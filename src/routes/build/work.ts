import type { Request, Response } from 'express'
import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import type { Person } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { type Frozen, frozenBy } from '../../questionnaire/edit/codes.ts'
import type { Fault, Preset } from '../../questionnaire/edit/form.ts'
import { type Clash, merge, type Side } from '../../questionnaire/edit/merge.ts'
import { same, tidy } from '../../questionnaire/edit/tidy.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import type { Definition, Stores, Survey } from '../../store/stores.ts'
import { badRequest, notFound, signedOut } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'

export type Shelf = Pick<
  Stores,
  'definitions' | 'surveys' | 'settings' | 'plans' | 'people' | 'audit' | 'translations'
>

/** What every handler of the builder is made with. */
export type Shop = { stores: Shelf; messages: Messages; now: () => number }

/** One questionnaire under work, at one revision, as a request finds it. */
export type Work = {
  slug: string
  definition: Definition
  questionnaire: Questionnaire
  /** The survey that was published from it. */
  survey: Survey | undefined
  frozen: Frozen
  district: District
  person: Person
  lang: string
  t: TFunction
  /** Language of the fields beside the source's; '' for none. */
  beside: string
  /** Languages whose fields stand on the form. */
  tags: string[]
}

export const homeOf = (slug: string): string => `/office/build/${slug}`

/**
 * Loads what a page is about: the last revision, or the one that a form was made from. `lang`: for pages that are not
 * in the language of the one who builds.
 */
export async function enter(
  shop: Shop,
  req: Request,
  res: Response,
  { revision, lang: settled }: { revision?: number; lang?: string } = {},
): Promise<Work> {
  const { stores, messages } = shop
  const slug = String(req.params.slug)
  const definition = await stores.definitions.find(slug, revision)
  if (!definition) throw notFound('error.noDefinition')
  const person = currentPerson(req)
  if (!person) throw signedOut()
  const [survey, district] = await Promise.all([stores.surveys.find(slug), stores.settings.district()])
  const { questionnaire } = definition
  const lang = settled ?? readerLanguage(req, res, messages.tags).lang
  const beside = besideOf(questionnaire, req)
  return {
    slug,
    definition,
    questionnaire,
    survey,
    frozen: frozenBy(await versionsOf(stores, survey)),
    district,
    person,
    lang,
    t: messages.t(lang),
    beside,
    tags: [questionnaire.source, ...(beside ? [beside] : [])],
  }
}

/** The questionnaires of every published version, the first one first. */
export const versionsOf = (
  stores: Pick<Shelf, 'surveys'>,
  survey: Survey | undefined,
): Promise<Questionnaire[]> =>
  Promise.all(
    Array.from({ length: survey?.version ?? 0 }, (_, at) => stores.surveys.version(survey?.id ?? 0, at + 1)),
  )

/** The language beside the source: as asked by link or form; of two languages the other, unless told otherwise. */
function besideOf({ source, languages }: Questionnaire, req: Request): string {
  const sent = formField(req, 'beside') || (typeof req.query.beside === 'string' ? req.query.beside : '')
  const others = languages.filter((tag) => tag !== source)
  if (others.includes(sent)) return sent
  return sent === '' && others.length === 1 ? (others[0] ?? '') : ''
}

/** Texts that the interface has ready, in each language of the questionnaire that has them. */
export const presetOf =
  (messages: Messages, { languages, source }: Questionnaire): Preset =>
  (key) =>
    Object.fromEntries(
      [...new Set([source, ...languages])].flatMap((tag) => {
        const { res, usedLng } = messages.t(tag)(`build.preset.${key}`, {
          returnDetails: true,
        }) as unknown as {
          res: string
          usedLng: string
        }
        // A language without a wording of its own gets none, rather than English in its place.
        return usedLng === 'en' && tag.split('-')[0] !== 'en' && tag !== source ? [] : [[tag, res]]
      }),
    )

/** What a step makes of a questionnaire, and where it leads. */
export type Outcome = {
  questionnaire: Questionnaire
  to: { path?: string; query?: Record<string, string>; hash?: string }
  faults?: Fault[]
  /** Something was taken out, so that taking it back is offered. */
  removed?: boolean
  /** What others saved since is no news: the step is about an earlier revision by its nature. */
  quiet?: boolean
}

export type Conflict = { work: Work; last: Definition; clashes: Clash[]; mine: Questionnaire }

type Handlers = {
  /** Shows the form again, with what is wrong. `work` holds what was typed. */
  refuse?: (work: Work, problems: FieldProblem[]) => Promise<void>
  clash: (conflict: Conflict) => Promise<void>
}

export const bodyOf = (req: Request): FormBody => (req.body ?? {}) as FormBody

/** The revision that the form was made from. */
function revisionOf(req: Request): number {
  const typed = formField(req, 'revision')
  if (!/^\d{1,9}$/.test(typed)) throw badRequest()
  return Number(typed)
}

/** How often a save is tried again when others are quicker. */
const tries = 5

/**
 * Applies a step to the revision that the form was made from, and saves. When somebody saved meanwhile, both are
 * merged; what both changed is asked about, and nothing is saved until it is answered.
 */
export async function save(
  shop: Shop,
  req: Request,
  res: Response,
  step: (work: Work) => Outcome | Promise<Outcome>,
  { refuse, clash }: Handlers,
): Promise<void> {
  const { definitions } = shop.stores
  const work = await enter(shop, req, res, { revision: revisionOf(req) })
  const outcome = await step(work)
  const problems = (outcome.faults ?? []).map(({ field, code, values }) => ({
    field,
    key: `build.problem.${code}`,
    ...(values && { values }),
  }))
  if (problems.length > 0 && refuse) {
    res.status(422)
    return refuse({ ...work, questionnaire: tidy(outcome.questionnaire) }, problems)
  }
  const base = work.questionnaire
  const mine = tidy(outcome.questionnaire)
  const go = (query: Record<string, string>) => {
    const asked = new URLSearchParams({ ...outcome.to.query, ...query })
    const hash = outcome.to.hash ? `#${outcome.to.hash}` : ''
    res.redirect(
      303,
      `${homeOf(work.slug)}${outcome.to.path ?? ''}${asked.size > 0 ? `?${asked}` : ''}${hash}`,
    )
  }
  if (same(mine, base)) return go({})
  for (let tried = 0; tried < tries; tried++) {
    const last = await definitions.find(work.slug)
    if (!last) throw notFound('error.noDefinition')
    const alone = last.revision === work.definition.revision
    const merged = alone
      ? { questionnaire: mine, clashes: [] }
      : merge(base, mine, last.questionnaire, settledBy(req, last.revision))
    if (merged.clashes.length > 0) {
      res.status(409)
      return clash({ work, last, clashes: merged.clashes, mine })
    }
    const meanwhile: Record<string, string> =
      alone || outcome.quiet ? {} : { since: String(work.definition.revision), until: String(last.revision) }
    if (same(merged.questionnaire, last.questionnaire)) return go(meanwhile)
    const { saved, definition } = await definitions.save(
      work.slug,
      last.revision,
      merged.questionnaire,
      work.person.id,
      shop.now(),
    )
    if (saved)
      return go({
        ...(outcome.removed
          ? { undo: String(definition.revision) }
          : { done: outcome.to.query?.done ?? 'saved' }),
        ...meanwhile,
      })
  }
  throw badRequest('error.conflict')
}

/** What a person decided about clashes, while the other's revision is still the one they were shown. */
function settledBy(req: Request, last: number): Map<string, Side> {
  const body = bodyOf(req)
  if (formField(req, 'settles') !== String(last)) return new Map()
  const all = formField(req, 'all')
  return new Map(
    Object.entries(body).flatMap(([name, value]): [string, Side][] => {
      if (!name.startsWith('keep.')) return []
      const side = all === 'mine' || all === 'theirs' ? all : value
      return side === 'mine' || side === 'theirs' ? [[name.slice('keep.'.length), side]] : []
    }),
  )
}
