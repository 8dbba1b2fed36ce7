import { type Request, type RequestHandler, type Response, Router } from 'express'
import { readAsOf } from '../../district/enrolmentFile.ts'
import { pick, type Text, type Worded } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { type Break, lineUp, type Meaning, meaningOf } from '../../report/waves/meaning.ts'
import type { SameQuestion, Series, Stores, Survey } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { badRequest } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import type { Neighbours } from '../models/waves.ts'
import { closingDay, sayDay } from '../office/watching.ts'
import { render } from '../pages.ts'
import { seriesNumbered } from './waves.ts'

type Shelf = Pick<Stores, 'series' | 'surveys' | 'settings' | 'audit'>
type Shop = { stores: Shelf; messages: Messages; now: () => number }
type Numbered = RequestHandler<{ id: string }>

const home = '/office/series'
const longest = 120

/** Series of surveys: making them, putting surveys in, and saying which questions are the same. */
export function seriesRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const shop = { stores, messages, now }
  const router = Router()
  const door = requireDoor('office')
  router.get(home, door, showList(shop))
  router.post(home, door, make(shop))
  router.get(`${home}/:id`, door, showSeries(shop))
  router.post(`${home}/:id/name`, door, rename(shop))
  router.post(`${home}/:id/wave`, door, putWave(shop))
  router.post(`${home}/:id/take`, door, takeWave(shop))
  router.post(`${home}/:id/remove`, door, removeSeries(shop))
  router.post(`${home}/:id/same`, door, saySame(shop))
  router.post(`${home}/:id/unsay`, door, unsaySame(shop))
  return router
}

const typed = (req: Request, name: string, most = longest): string =>
  formField(req, name).trim().replace(/\s+/g, ' ').slice(0, most)

async function list(
  { stores, messages }: Shop,
  res: Response,
  problems: FieldProblem[],
  done?: string,
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const all = await stores.series.list()
  if (problems.length > 0) res.status(422)
  render(res, 'office/series-list', {
    list: all.map(({ id, name, waves }) => ({ id, name: pick(name, lang), waves: waves.length })),
    problems,
    done,
  })
}

const showList =
  (shop: Shop): RequestHandler =>
  async (req, res) =>
    list(shop, res, [], req.query.done === 'removed' ? 'waves.done.removed' : undefined)

const make =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const name = typed(req, 'name')
    if (!name) return list(shop, res, [{ field: 'name', key: 'waves.problem.name' }])
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    const id = await shop.stores.series.add({ [lang]: name }, shop.now())
    await audit(shop.stores, req, shop.now(), 'settings-changed', '', `series ${id}`)
    res.redirect(303, `${home}/${id}`)
  }

const doneWords = ['put', 'taken', 'named', 'same', 'unsaid', 'imported']

const showSeries =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const word = doneWords.find((known) => known === req.query.done)
    await show(shop, res, await seriesNumbered(shop.stores, req.params.id), [], word && `waves.done.${word}`)
  }

async function show(
  { stores, messages, now }: Shop,
  res: Response,
  series: Series,
  problems: FieldProblem[],
  done?: string,
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const t = messages.t(lang)
  const [surveys, all, same, { timeZone }] = await Promise.all([
    stores.surveys.list(),
    stores.series.list(),
    stores.series.same(series.id),
    stores.settings.district(),
  ])
  const taken = new Set(all.flatMap(({ waves }) => waves.map(({ survey }) => survey)))
  const titleOf = ({ questionnaire }: Survey) => pick(questionnaire.title, lang, questionnaire.source)
  const waves = series.waves.flatMap((wave) => {
    const survey = surveys.find(({ id }) => id === wave.survey)
    return survey ? [{ ...wave, whole: survey }] : []
  })
  if (problems.length > 0) res.status(422)
  render(res, 'office/series', {
    id: series.id,
    name: pick(series.name, lang),
    waves: waves.map(({ survey, whole, label, day }) => ({
      survey,
      slug: whole.slug,
      title: titleOf(whole),
      label: pick(label, lang),
      day,
      dayWords: sayDay(lang, day).words,
    })),
    others: surveys
      .filter(({ id }) => !taken.has(id))
      .map((survey) => ({
        slug: survey.slug,
        title: titleOf(survey),
        day: closingDay(survey, timeZone, now()),
      })),
    neighbours: waves.slice(1).flatMap((after, at) => {
      const before = waves[at]
      return before
        ? [neighbours(before, after, same, { lang, say: (reason) => t(`waves.break.${reason}`) as string })]
        : []
    }),
    problems,
    done,
  })
}

type Placed = { survey: number; label: Text; whole: Survey }
type To = { lang: string; say: (reason: Break) => string }

function neighbours(before: Placed, after: Placed, same: readonly SameQuestion[], to: To): Neighbours {
  const [first, second] = [before.whole.questionnaire, after.whole.questionnaire]
  const { alike, broken, onlyBefore, onlyAfter } = lineUp(first, second)
  const said = same.filter((one) => one.before === before.survey && one.after === after.survey)
  const saidOf = (asked: string) => said.some((one) => one.askedAfter === asked)
  const asked = (questionnaire: Questionnaire) => (code: string) => ({
    code,
    words: wordsOf(meaningOf(questionnaire, code), questionnaire, to.lang),
  })
  return {
    before: { id: before.survey, label: pick(before.label, to.lang) },
    after: { id: after.survey, label: pick(after.label, to.lang) },
    alike: alike.length,
    broken: broken
      .filter((one) => !saidOf(one.asked))
      .map((one) => ({
        code: one.asked,
        reasons: one.breaks.map(to.say),
        before: wordsOf(one.before, first, to.lang),
        after: wordsOf(one.after, second, to.lang),
      })),
    onlyBefore: onlyBefore.filter((code) => !said.some((one) => one.askedBefore === code)).map(asked(first)),
    onlyAfter: onlyAfter.filter((code) => !saidOf(code)).map(asked(second)),
    said: said.map((one) => ({
      before: one.askedBefore,
      after: one.askedAfter,
      reason: one.reason,
      by: one.by,
    })),
  }
}

const wordsOf = (meaning: Meaning | undefined, { source }: Questionnaire, lang: string): Worded =>
  pick(meaning?.words.at(-1) ?? {}, lang, source)

const back = (res: Response, id: number, word: string) => res.redirect(303, `${home}/${id}?done=${word}`)

const rename =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const series = await seriesNumbered(shop.stores, req.params.id)
    const name = typed(req, 'name')
    if (!name) return show(shop, res, series, [{ field: 'name', key: 'waves.problem.name' }])
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    await shop.stores.series.rename(series.id, { ...series.name, [lang]: name })
    back(res, series.id, 'named')
  }

const putWave =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const { stores, now } = shop
    const series = await seriesNumbered(stores, req.params.id)
    const { timeZone } = await stores.settings.district()
    const survey = await stores.surveys.find(typed(req, 'slug'))
    // A wave may lie ahead, so a later day is no fault: ten years are.
    const day = readAsOf(typed(req, 'day'), closingDay({ closesAt: null }, timeZone, now() + 3.2e11))
    const label = typed(req, 'label', 40)
    const problems: FieldProblem[] = [
      ...(survey ? [] : [{ field: 'slug', key: 'waves.problem.survey' }]),
      ...(day ? [] : [{ field: 'day', key: 'waves.problem.day' }]),
      ...(label ? [] : [{ field: 'label', key: 'waves.problem.label' }]),
    ]
    if (!survey || !day || problems.length > 0) return show(shop, res, series, problems)
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    const known = series.waves.find((wave) => wave.survey === survey.id)
    try {
      await stores.series.put(series.id, {
        survey: survey.id,
        day,
        label: { ...known?.label, [lang]: label },
      })
    } catch (error) {
      if (!isConflict(error)) throw error
      return show(shop, res, series, [{ field: 'slug', key: 'waves.problem.taken' }])
    }
    await audit(stores, req, now(), 'settings-changed', survey.slug, `series ${series.id}`)
    back(res, series.id, 'put')
  }

const isConflict = (error: unknown): boolean => error instanceof Error && error.name === 'Conflict'

const takeWave =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const series = await seriesNumbered(shop.stores, req.params.id)
    const wave = series.waves.find(({ survey }) => String(survey) === formField(req, 'survey'))
    if (!wave) throw badRequest()
    await shop.stores.series.take(series.id, wave.survey)
    await audit(shop.stores, req, shop.now(), 'settings-changed', '', `series ${series.id}`)
    back(res, series.id, 'taken')
  }

const removeSeries =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const series = await seriesNumbered(shop.stores, req.params.id)
    await shop.stores.series.remove(series.id)
    await audit(shop.stores, req, shop.now(), 'deleted', '', `series ${series.id}`)
    res.redirect(303, `${home}?done=removed`)
  }

/** The two surveys of a form, when they are neighbours of this series. */
async function pairOf({ stores }: Shop, req: Request, { waves }: Series) {
  const at = waves.findIndex(({ survey }) => String(survey) === formField(req, 'after'))
  const [before, after] = [waves[at - 1], waves[at]]
  if (!before || !after) throw badRequest()
  const all = await stores.surveys.list()
  const of = (wanted: number) => all.find(({ id }) => id === wanted)?.questionnaire
  return { before, after, first: of(before.survey), second: of(after.survey) }
}

const saySame =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const { stores, now } = shop
    const series = await seriesNumbered(stores, req.params.id)
    const { before, after, first, second } = await pairOf(shop, req, series)
    const [askedBefore, askedAfter] = [typed(req, 'askedBefore'), typed(req, 'askedAfter')]
    const reason = typed(req, 'reason', 300)
    const known = first && second && meaningOf(first, askedBefore) && meaningOf(second, askedAfter)
    const field = `reason-${after.survey}-${askedAfter}`
    if (!known) return show(shop, res, series, [{ field, key: 'waves.problem.asked' }])
    if (!reason) return show(shop, res, series, [{ field, key: 'waves.problem.reason' }])
    await stores.series.say(series.id, {
      before: before.survey,
      after: after.survey,
      askedBefore,
      askedAfter,
      reason,
      by: currentPerson(req)?.email ?? '',
      at: now(),
    })
    await audit(stores, req, now(), 'settings-changed', '', `series ${series.id} same ${askedAfter}`)
    back(res, series.id, 'same')
  }

const unsaySame =
  (shop: Shop): Numbered =>
  async (req, res) => {
    const series = await seriesNumbered(shop.stores, req.params.id)
    const { before, after } = await pairOf(shop, req, series)
    await shop.stores.series.unsay(series.id, {
      before: before.survey,
      after: after.survey,
      askedAfter: typed(req, 'askedAfter'),
    })
    await audit(shop.stores, req, shop.now(), 'settings-changed', '', `series ${series.id}`)
    back(res, series.id, 'unsaid')
  }
