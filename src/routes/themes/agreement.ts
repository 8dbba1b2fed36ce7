import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { sayList, sayNumber } from '../../language/format.ts'
import type { Survey } from '../../store/stores.ts'
import { agreement, type Coded } from '../../theme/agreement.ts'
import { conflict } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { render } from '../pages.ts'
import { differing, type Known } from './choosing.ts'
import { knownOf } from './desk.ts'
import { inOrder, nameOf, themeName, topOf } from './frame.ts'
import { bookOf, looked, type Named, namesOf, personOf, type Shop, speakerOf, surveyOf } from './shop.ts'

/** Two people on the same comments: how far they agree, and where not. */

const mostShown = 50
const mostSampled = 500

export const showAgreement =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    await looked(shop, req, survey.slug)
    await show(shop, req, res, survey)
  }

async function show(shop: Shop, req: Request, res: Response, survey: Survey, wrong?: string): Promise<void> {
  const speaker = speakerOf(shop, req, res)
  const { lang, t } = speaker
  const person = personOf(req).id
  const [codebook, known, names] = await Promise.all([
    bookOf(shop),
    knownOf(shop, req, survey, person),
    namesOf(shop, speaker),
  ])
  const who = (id: string) => names.get(id) ?? t('themes.left')
  const name = nameOf(codebook, lang)
  const themes = inOrder(codebook.themes)
  const measured = agreement(
    sampledCodes(known),
    themes.map(({ code }) => code),
  )
  const differ = differences(known)
  const comments = new Map(known.comments.map((one) => [one.id, one]))
  const n = (value: number) => sayNumber(lang, value)
  const decimal = (value: number | undefined) =>
    value === undefined ? '–' : sayNumber(lang, value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const base = measured.byTheme[0]?.n ?? 0
  const left = known.sample.filter(
    (id) => !known.readings.some((one) => one.comment === id && one.person === person),
  )
  const read = new Set(known.readings.map((one) => one.comment)).size
  if (wrong) res.status(422)
  render(res, 'themes/agreement', {
    ...topOf(req, speaker, survey, { read, all: known.comments.length }),
    sampled:
      known.sample.length === 0
        ? undefined
        : {
            n: n(known.sample.length),
            left: n(left.length),
            href: left.length > 0 ? `/office/surveys/${survey.slug}/comments?state=sample` : undefined,
          },
    // A theme that nobody gave tells of no agreement.
    rows: measured.byTheme
      .filter(({ given }) => given > 0)
      .map(({ theme, given, percent, kappa, alpha }) => ({
        ...name(theme),
        n: n(base),
        given: n(given),
        percent:
          percent === undefined
            ? '–'
            : sayNumber(lang, percent, { style: 'percent', maximumFractionDigits: 0 }),
        kappa: decimal(kappa),
        alpha: decimal(alpha),
      })),
    base: base > 0 ? t('themes.agreement.base', { count: base, n: n(base) }) : undefined,
    kappaOf:
      measured.pair.n > 0 && measured.pair.n < base
        ? t('themes.agreement.kappaOf', {
            count: measured.pair.n,
            n: n(measured.pair.n),
            coders: sayList(lang, measured.pair.coders.map(who)),
          })
        : undefined,
    disagreements: differ.slice(0, mostShown).flatMap(({ comment, theme, given, readers }) => {
      const one = comments.get(comment)
      const found = codebook.themes.find(({ code }) => code === theme)
      if (!one || !found) return []
      return [
        {
          comment,
          words: one.words,
          lang: one.language,
          theme: themeName(found, lang, codebook),
          with: given.map(who),
          without: readers.filter((id) => !given.includes(id)).map(who),
        },
      ]
    }),
    more: Math.max(0, differ.length - mostShown),
    typed: wrong ?? '50',
    problems: wrong === undefined ? [] : [{ field: 'size', key: 'themes.problem.size' }],
    done: ['sampled', 'settled'].find((word) => word === req.query.done),
  })
}

/** What was said of the comments that somebody coded without seeing what others had said: only those tell agreement. */
function sampledCodes({ readings, codings }: Known): Coded[] {
  const blind = new Set(readings.filter(({ how }) => how === 'sample').map(({ comment }) => comment))
  const given = Map.groupBy(
    codings.filter(({ source }) => source === 'person'),
    ({ comment, who }) => `${comment} ${who}`,
  )
  return readings
    .filter(({ comment }) => blind.has(comment))
    .map(({ comment, person }) => ({
      coder: person,
      comment: String(comment),
      themes: (given.get(`${comment} ${person}`) ?? []).map(({ theme }) => theme),
    }))
}

/** Every theme of every comment on which people differ and nobody has had the last word. */
function differences({ readings, codings }: Known) {
  const codes = Map.groupBy(codings, ({ comment }) => comment)
  return [...Map.groupBy(readings, ({ comment }) => comment)].flatMap(([comment, readers]) => {
    const here = codes.get(comment) ?? []
    return differing(here, readers).map((theme) => ({
      comment,
      theme,
      given: here.filter((one) => one.theme === theme && one.source === 'person').map(({ who }) => who),
      readers: readers.map(({ person }) => person),
    }))
  })
}

/** Draws the comments that a second person is to code: from those that one person has read. */
export const drawSample =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const typed = formField(req, 'size').trim()
    const size = Number(typed)
    if (!/^\d+$/.test(typed) || size < 1 || size > mostSampled) return show(shop, req, res, survey, typed)
    const readings = await shop.stores.codings.readings(survey.id)
    const once = [...Map.groupBy(readings, ({ comment }) => comment)]
      .filter(([, readers]) => readers.length === 1)
      .map(([comment]) => comment)
    const seed = shop.now()
    const drawn = once
      .map((id) => ({ id, lot: createHash('sha256').update(`${seed} ${id}`).digest('hex') }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, size)
    await shop.stores.codings.setSample(
      survey.id,
      drawn.map(({ id }) => id),
    )
    res.redirect(303, `/office/surveys/${survey.slug}/comments/agreement?done=sampled`)
  }

/** The last word on one theme of one comment. */
export const settle =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const codebook = await bookOf(shop)
    const theme = formField(req, 'theme')
    const comment = Number(formField(req, 'comment'))
    const there = (await shop.said.comments(survey.id)).some(({ id }) => id === comment)
    if (!there || !codebook.themes.some(({ code }) => code === theme)) throw conflict()
    await shop.stores.codings.settle(survey.id, {
      ...{ comment, theme, fits: formField(req, 'fits') === 'yes', version: codebook.version },
      ...{ person: personOf(req).id, at: shop.now() },
    })
    shop.learner.coded(survey)
    res.redirect(303, `/office/surveys/${survey.slug}/comments/agreement?done=settled`)
  }
