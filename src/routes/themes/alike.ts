import type { RequestHandler } from 'express'
import { sayNumber } from '../../language/format.ts'
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
    const done = Number(req.query.done)
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
        const { offers, lang: spoken } = first
          ? offersOf(first, survey.questionnaire.languages, shop.said.lists(codebook), ready)
          : { offers: [], lang }
        return {
          ids: group.map(({ id }) => id).join('.'),
          n: n(group.length),
          words: [...new Set(group.map(({ words }) => words))].slice(0, mostWordings),
          lang: spoken,
          offers: offers.filter(({ likely }) => likely).map(({ theme }) => theme),
        }
      }),
      themes: inOrder(codebook.themes).map((theme) => themeName(theme, lang, codebook)),
      more: Math.max(0, groups.length - mostGroups),
      version: codebook.version,
      done: Number.isSafeInteger(done) && done > 0 ? n(done) : undefined,
    })
  }

const wordingOf = (words: string, why: Nothing): string => (why === 'empty' ? '…' : words.trim().slice(0, 60))

/** Gives all comments of a form the same themes, or none. Those that somebody has read meanwhile are left alone. */
export const saveAlike =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const { id: person } = personOf(req)
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
    const themes = formList(req, 'theme').flatMap((theme) => {
      const now = today(codebook.history, theme, version).theme
      return now !== null && codebook.themes.some(({ code }) => code === now) ? [now] : []
    })
    await shop.stores.codings.read(
      survey.id,
      { person, version: codebook.version, how: 'bulk', at: shop.now() },
      wanted.map((comment) => ({ comment, themes })),
    )
    await audit(shop.stores, req, shop.now(), 'coded', survey.slug, `${wanted.length} at once`)
    shop.learner.coded(survey)
    res.redirect(303, `/office/surveys/${survey.slug}/comments/alike?done=${wanted.length}`)
  }
