import type { Request, RequestHandler, Response } from 'express'
import { sayNumber } from '../../language/format.ts'
import type { Survey } from '../../store/stores.ts'
import type { Nothing } from '../../theme/nearDuplicates.ts'
import { today } from '../../theme/today.ts'
import { audit } from '../../web/audit.ts'
import { badRequest } from '../../web/errors.ts'
import { formField, formList } from '../../web/formField.ts'
import { render } from '../pages.ts'
import { inOrder, themeName, topOf } from './frame.ts'
import { offersOf } from './reasons.ts'
import { bookOf, looked, type Named, personOf, readable, type Shop, speakerOf, surveyOf } from './shop.ts'

/** Many comments at once: those that say nothing, and those that say nearly the same. */

/** Groups on one page, and different wordings that are shown of each. */
const mostGroups = 15
const mostWordings = 6

export const showAlike =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    await looked(shop, req, survey.slug)
    await show(shop, req, res, survey)
  }

/** `untold`: ids of the group of which nothing was said. */
async function show(shop: Shop, req: Request, res: Response, survey: Survey, untold?: string): Promise<void> {
  const speaker = speakerOf(shop, req, res)
  const { lang } = speaker
  const [codebook, comments, readings, found] = await Promise.all([
    bookOf(shop),
    readable(shop, req, survey),
    shop.stores.codings.readings(survey.id),
    shop.said.alike(survey),
  ])
  const read = new Set(readings.map(({ comment }) => comment))
  const unread = new Map(comments.filter(({ id }) => !read.has(id)).map((one) => [one.id, one]))
  const nothing = found.nothing.filter(({ comment }) => unread.has(comment))
  const groups = found.groups
    .map((group) => group.flatMap((id) => unread.get(id) ?? []))
    .filter((group) => group.length > 1)
    .sort((a, b) => b.length - a.length)
  const n = (value: number) => sayNumber(lang, value)
  const said = Map.groupBy(nothing, ({ comment, why }) => wordingOf(unread.get(comment)?.words ?? '', why))
  const [done, undone, at] = [req.query.done, req.query.undone, req.query.at].map(Number)
  if (untold !== undefined) res.status(422)
  const [model] = await shop.stores.themeModels.list(survey.id)
  const ready = model && { record: model, ready: await shop.said.ready(survey.id, model.number) }
  render(res, 'themes/alike', {
    ...topOf(req, speaker, survey, { read: read.size, all: comments.length }),
    nothing:
      nothing.length === 0
        ? undefined
        : {
            ids: nothing.map(({ comment }) => comment).join('.'),
            n: n(nothing.length),
            words: [...said]
              .sort((a, b) => b[1].length - a[1].length)
              .slice(0, 40)
              .map(([words, list]) => ({ words, n: n(list.length) })),
          },
    groups: groups.slice(0, mostGroups).map((group) => {
      const [first] = group
      const ids = group.map(({ id }) => id).join('.')
      const wordings = [...new Set(group.map(({ words }) => words))]
      const { offers, lang: spoken } = first
        ? offersOf(first, survey.questionnaire.languages, shop.said.lists(codebook), ready)
        : { offers: [], lang }
      return {
        ids,
        n: n(group.length),
        words: wordings.slice(0, mostWordings),
        others: Math.max(0, wordings.length - mostWordings),
        untold: ids === untold,
        lang: spoken,
        offers: offers.filter(({ likely }) => likely).map(({ theme }) => theme),
      }
    }),
    themes: inOrder(codebook.themes).map((theme) => themeName(theme, lang, codebook)),
    more: Math.max(0, groups.length - mostGroups),
    version: codebook.version,
    done: counted(done) ? n(done) : undefined,
    undone: counted(undone) ? n(undone) : undefined,
    at: counted(done) && counted(at) ? String(at) : undefined,
  })
}

const counted = (n: number | undefined): n is number => n !== undefined && Number.isSafeInteger(n) && n > 0

const wordingOf = (words: string, why: Nothing): string => (why === 'empty' ? '…' : words.trim().slice(0, 60))

/** Gives all comments of a form the same themes, or none. Those that somebody has read meanwhile are left alone. */
export const saveAlike =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const { id: person } = personOf(req)
    const ticked = formList(req, 'theme')
    if (formField(req, 'do') === 'undo') return undo(shop, req, res, survey, Number(formField(req, 'at')))
    if (formField(req, 'do') !== 'none' && ticked.length === 0)
      return show(shop, req, res, survey, formField(req, 'ids'))
    const [codebook, comments, readings] = await Promise.all([
      bookOf(shop),
      readable(shop, req, survey),
      shop.stores.codings.readings(survey.id),
    ])
    const version = Number(formField(req, 'version'))
    if (!Number.isSafeInteger(version)) throw badRequest()
    const read = new Set(readings.map(({ comment }) => comment))
    const there = new Set(comments.map(({ id }) => id))
    const wanted = [...new Set(formField(req, 'ids').split('.').map(Number))].filter(
      (id) => there.has(id) && !read.has(id),
    )
    const themes = (formField(req, 'do') === 'none' ? [] : ticked).flatMap((theme) => {
      const now = today(codebook.history, theme, version).theme
      return now !== null && codebook.themes.some(({ code }) => code === now) ? [now] : []
    })
    const at = shop.now()
    await shop.stores.codings.read(
      survey.id,
      { person, version: codebook.version, how: 'bulk', at },
      wanted.map((comment) => ({ comment, themes })),
    )
    await audit(shop.stores, req, shop.now(), 'coded', survey.slug, `${wanted.length} at once`)
    shop.learner.coded(survey)
    res.redirect(303, `/office/surveys/${survey.slug}/comments/alike?done=${wanted.length}&at=${at}#saved`)
  }

/** Takes back what this person said of many at once, at that time. */
async function undo(shop: Shop, req: Request, res: Response, survey: Survey, at: number): Promise<void> {
  if (!Number.isSafeInteger(at)) throw badRequest()
  const n = await shop.stores.codings.undoMany(survey.id, personOf(req).id, at)
  await audit(shop.stores, req, shop.now(), 'coded', survey.slug, `${n} at once, taken back`)
  shop.learner.coded(survey)
  res.redirect(303, `/office/surveys/${survey.slug}/comments/alike?undone=${n}#saved`)
}
