import type { Request, RequestHandler, Response } from 'express'
import { sayNumber } from '../../language/format.ts'
import type { SaidComment, Survey } from '../../store/stores.ts'
import { today } from '../../theme/today.ts'
import { conflict, notFound } from '../../web/errors.ts'
import { formField, formList } from '../../web/formField.ts'
import { render } from '../pages.ts'
import { type Asked, askedFor, choose, type Known, narrowed, queryOf, stateOnly } from './choosing.ts'
import { deskThemes, noneOf, openOf, othersOf, placeNames, shownComment } from './deskPage.ts'
import { filterPage, sizeOf, tooSmall } from './filterPage.ts'
import { namesOfGone, namesThen } from './former.ts'
import { topOf } from './frame.ts'
import { offersOf } from './reasons.ts'
import {
  bookOf,
  looked,
  type Named,
  namesOf,
  personOf,
  readable,
  type Shop,
  speakerOf,
  surveyOf,
} from './shop.ts'

/** One comment at a time: what it says, what it may be about, what others said of it. */

/** Comments that may be passed over before the first of them comes again. */
const mostSkipped = 40
/** Longest gloss, characters. */
const longestGloss = 20_000

/** Where on the page the comment stands: who goes from comment to comment stays there, whatever the screen. */
const reading = '#read'

export const showDesk =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    await looked(shop, req, survey.slug)
    await show(shop, req, res, survey, askedFor(req.query))
  }

const ids = (value: unknown): number[] =>
  typeof value === 'string'
    ? value
        .split('.')
        .map(Number)
        .filter((id) => Number.isSafeInteger(id) && id > 0)
        .slice(-mostSkipped)
    : []

async function show(shop: Shop, req: Request, res: Response, survey: Survey, asked: Asked): Promise<void> {
  const speaker = speakerOf(shop, req, res)
  const { lang, t } = speaker
  const person = personOf(req).id
  const { stores, said } = shop
  const { id, slug, questionnaire } = survey
  const [codebook, known, models, sizes, names, opened, district] = await Promise.all([
    bookOf(shop),
    knownOf(shop, req, survey, person),
    stores.themeModels.list(id),
    stores.tallies.sizes(id),
    namesOf(shop, speaker),
    stores.codings.open(id),
    stores.settings.district(),
  ])
  const places = placeNames(survey, district, lang)
  const small = tooSmall(sizes, asked, survey.minimumGroup)
  const found = small ? [] : choose(narrowed(known, asked), stateOnly(asked))
  const skipped = ids(req.query.skip)
  const wanted = ids(req.query.comment)[0]
  const comment =
    wanted === undefined
      ? (found.find((one) => !skipped.includes(one.id)) ?? found[0])
      : known.comments.find((one) => one.id === wanted)
  const record = models[0]
  const blind = asked.state === 'sample'
  const at = { speaker, survey, codebook, known, person }
  const read = new Set(known.readings.map((one) => one.comment)).size
  const home = `/office/surveys/${slug}/comments`
  const model = record && { record, ready: await said.ready(id, record.number) }
  const { offers, lang: spoken } = comment
    ? offersOf(comment, questionnaire.languages, said.lists(codebook), model)
    : { offers: [], lang }
  const tells = comment && {
    group: sizeOf(sizes, comment.group, '') >= survey.minimumGroup,
    school: sizeOf(sizes, comment.group, comment.school) >= survey.minimumGroup,
  }
  const glosses = comment ? await stores.codings.glosses(id, comment.id) : []
  const openHere = opened.filter((one) => one.comment === comment?.id)
  const former = await namesOfGone(
    shop,
    codebook,
    openHere.map(({ theme }) => theme),
    lang,
  )
  const others =
    comment && !blind
      ? othersOf(at, comment.id, names, { open: openHere, former })
      : { others: [], differ: [], mine: false }
  const filter = filterPage(speaker, survey, known, asked, codebook, places)
  render(res, 'themes/desk', {
    ...topOf(req, speaker, survey, { read, all: known.comments.length }),
    action: `${home}${queryOf(asked)}`,
    carried: queryOf(asked),
    filter,
    found: t('themes.found', { count: found.length, n: sayNumber(lang, found.length) }),
    small,
    learnt: record && t('themes.learnt', { n: sayNumber(lang, record.examples) }),
    busy: shop.learner.busy(id),
    version: codebook.version,
    seen: comment ? known.readings.filter((one) => one.comment === comment.id).length : 0,
    skip: comment ? `${home}${queryOf(asked, { skip: [...skipped, comment.id].join('.') })}${reading}` : home,
    skipped: skipped.join('.'),
    comment:
      comment && tells && shownComment(at, comment, { lang: spoken, offers, glosses, names, places }, tells),
    none: noneOf(asked, known, filter.any),
    themes: comment ? deskThemes(at, comment.id, offers, { names, blind }) : [],
    ...others,
    blind,
    open: openOf(at, blind ? [] : openHere, former),
    news: newsOf(req, known, { names, t, home: (more) => `${home}${queryOf(asked, more)}` }),
  })
}

export async function knownOf(shop: Shop, req: Request, survey: Survey, person: string): Promise<Known> {
  const { stores, said } = shop
  const [comments, codings, readings, open, sample, models] = await Promise.all([
    readable(shop, req, survey),
    stores.codings.list(survey.id),
    stores.codings.readings(survey.id),
    stores.codings.open(survey.id),
    stores.codings.sample(survey.id),
    stores.themeModels.list(survey.id),
  ])
  return {
    ...{ comments, codings, readings, sample, person },
    open: new Set(open.map(({ comment }) => comment)),
    guesses: models[0] ? await said.guesses(survey.id, models[0]) : new Map(),
  }
}

type Telling = {
  names: Map<string, string>
  t: (key: string) => string
  home: (more: Record<string, string | number>) => string
}

/** What came of the last saving, by its address. */
function newsOf(req: Request, known: Known, { names, t, home }: Telling) {
  const { undo, undone, gone, both } = req.query
  const saved = known.comments.find(({ id }) => id === ids(undo)[0])
  const met = ids(both)[0]
  const others = known.readings.filter((one) => one.comment === met && one.person !== known.person)
  return {
    undo: saved && { comment: saved.id, words: short(saved.words) },
    undone: undone !== undefined,
    gone: typeof gone === 'string' ? gone.split('.').slice(0, 20) : [],
    both:
      met !== undefined && others.length > 0
        ? {
            href: home({ comment: met }),
            who: others.map(({ person }) => names.get(person) ?? t('themes.left')),
          }
        : undefined,
  }
}

const short = (words: string): string => (words.length > 80 ? `${words.slice(0, 79).trimEnd()}…` : words)

/** Keeps what somebody says of one comment, and goes on to the next. */
export const saveCodes =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const asked = askedFor(req.query)
    const { id: person } = personOf(req)
    const comment = await commentOf(shop, req, survey, formField(req, 'comment'))
    const version = Number(formField(req, 'version'))
    const codebook = await bookOf(shop)
    if (!Number.isSafeInteger(version) || version < 1 || version > codebook.version) throw conflict()
    const ticked = formField(req, 'do') === 'none' ? [] : formList(req, 'theme')
    const now = ticked.map((theme) => ({ theme, is: today(codebook.history, theme, version) }))
    const themes = now.flatMap(({ is }) =>
      is.theme !== null && codebook.themes.some(({ code }) => code === is.theme) ? [is.theme] : [],
    )
    const gone = now.flatMap(({ theme, is }) =>
      is.theme !== null && themes.includes(is.theme) ? [] : [theme],
    )
    const { stores } = shop
    const before = await stores.codings.readings(survey.id, comment.id)
    const others = before.filter((one) => one.person !== person)
    const at = shop.now()
    const how = asked.state === 'sample' ? 'sample' : 'desk'
    await stores.codings.read(survey.id, { person, version: codebook.version, how, at }, [
      { comment: comment.id, themes },
    ])
    await keepGloss(shop, req, res, survey, comment, person)
    shop.learner.coded(survey)
    const met = how === 'desk' && others.length > 0 && before.length > Number(formField(req, 'seen'))
    res.redirect(
      303,
      `/office/surveys/${survey.slug}/comments${queryOf(asked, {
        undo: comment.id,
        gone:
          gone.length > 0 ? await goneNames(shop, gone, version, speakerOf(shop, req, res).lang) : undefined,
        both: met ? comment.id : undefined,
        skip: ids(formField(req, 'skip')).join('.'),
      })}${reading}`,
    )
  }

/** What the themes that are gone were called in the version that the form was made by; their codes, where unknown. */
async function goneNames(shop: Shop, codes: string[], version: number, lang: string): Promise<string> {
  const names = await namesThen(shop, codes, version, lang)
  return codes.map((code) => (names.get(code)?.name.words ?? code).replaceAll('.', ' ')).join('.')
}

async function commentOf(shop: Shop, req: Request, survey: Survey, field: string): Promise<SaidComment> {
  const wanted = Number(field)
  const found = (await readable(shop, req, survey)).find(({ id }) => id === wanted)
  if (!found) throw notFound()
  return found
}

async function keepGloss(
  shop: Shop,
  req: Request,
  res: Response,
  survey: Survey,
  { id: comment }: SaidComment,
  by: string,
): Promise<void> {
  const words = formField(req, 'gloss').trim().slice(0, longestGloss)
  const was = formField(req, 'glossWas').trim()
  if (words === was) return
  const { lang: tag } = speakerOf(shop, req, res)
  await shop.stores.codings.gloss(survey.id, { comment, tag, words, by, at: shop.now() })
}

/** Takes back the last saving of one comment, and shows it again. */
export const undoCodes =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const comment = await commentOf(shop, req, survey, formField(req, 'comment'))
    await shop.stores.codings.undo(survey.id, comment.id, personOf(req).id)
    const query = queryOf(askedFor(req.query), { comment: comment.id, undone: 1 })
    res.redirect(303, `/office/surveys/${survey.slug}/comments${query}${reading}`)
  }
