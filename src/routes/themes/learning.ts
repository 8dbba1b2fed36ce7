import type { RequestHandler } from 'express'
import { sayDate, sayNumber } from '../../language/format.ts'
import { fewest } from '../../learning/train.ts'
import { measuredAt } from '../../theme/classifier.ts'
import { modelName } from '../../theme/verdicts.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { render } from '../pages.ts'
import { inOrder, nameOf, topOf } from './frame.ts'
import { bookOf, looked, type Named, personOf, readable, type Shop, speakerOf, surveyOf } from './shop.ts'

/** What was learnt, how well, and which automatic codes count because the owner of the survey accepts them. */

/** Confidences (percent) from which codes can be accepted. */
const steps = [50, 60, 70, 80, 90]
const usual = 80

export const showLearning =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    await looked(shop, req, survey.slug)
    const { stores, said, learner } = shop
    const speaker = speakerOf(shop, req, res)
    const { lang, t } = speaker
    const confidence = steps.find((step) => step === Number(req.query.confidence)) ?? usual
    const [codebook, comments, readings, [record], accepted, { timeZone }] = await Promise.all([
      bookOf(shop),
      readable(shop, req, survey),
      stores.codings.readings(survey.id),
      stores.themeModels.list(survey.id),
      stores.acceptances.list(survey.id),
      stores.settings.district(),
    ])
    const read = new Set(readings.map(({ comment }) => comment))
    const name = nameOf(codebook, lang)
    const n = (value: number) => sayNumber(lang, value)
    const share = (value: number | null | undefined) =>
      value === null || value === undefined
        ? '–'
        : sayNumber(lang, value, { style: 'percent', maximumFractionDigits: 0 })
    const model = record && (await stores.themeModels.get(survey.id, record.number))
    const would = new Map<string, number>()
    for (const [comment, guesses] of record ? await said.guesses(survey.id, record) : [])
      if (!read.has(comment))
        for (const one of guesses)
          if (one.confidence >= confidence / 100) would.set(one.theme, (would.get(one.theme) ?? 0) + 1)
    const held = new Map(accepted.map((one) => [one.theme, one]))
    const done = ['learning', 'accepted', 'withdrawn'].find((word) => word === req.query.done)
    render(res, 'themes/learning', {
      ...topOf(req, speaker, survey, { read: read.size, all: comments.length }),
      model: record && {
        name: modelName(record.number),
        when: sayDate(lang, record.at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
        examples: n(record.examples),
        took: sayNumber(lang, record.took / 1000, { maximumFractionDigits: 1 }),
        behind: record.codebookVersion < codebook.version,
      },
      busy: learner.busy(survey.id),
      few: read.size < fewest ? t('themes.learning.few', { n: n(fewest), read: n(read.size) }) : undefined,
      confidence,
      steps,
      rows: inOrder(codebook.themes)
        .filter(({ code }) => held.has(code) || record?.metrics.themes.some(({ theme }) => theme === code))
        .map(({ code }) => {
          const measured = model && measuredAt(model, code, confidence / 100)
          const now = held.get(code)
          return {
            ...name(code),
            coded: n(record?.metrics.themes.find(({ theme }) => theme === code)?.positives ?? 0),
            precision: share(measured?.precision),
            recall: share(measured?.recall),
            would: n(would.get(code) ?? 0),
            accepted: now && {
              words: t('themes.learning.held', {
                confidence: share(now.confidence),
                precision: share(now.precision),
                recall: share(now.recall),
              }),
              older: now.model !== record?.number,
            },
            mayAccept: measured?.precision !== undefined,
          }
        }),
      skipped: (record?.metrics.skipped ?? [])
        .filter(({ theme }) => codebook.themes.some(({ code }) => code === theme))
        .map(({ theme, positives }) => ({ ...name(theme), n: n(positives) })),
      done: done && `themes.done.${done}`,
    })
  }

/** Learns now. The page says so while it goes on. */
export const learnNow =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    shop.learner.learn(survey)
    res.redirect(303, `/office/surveys/${survey.slug}/comments/learning?done=learning`)
  }

/** Lets the automatic codes of a theme count from a confidence on, with what was measured at it. */
export const accept =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const confidence = steps.find((step) => step === Number(formField(req, 'confidence')))
    if (confidence === undefined) throw badRequest()
    const { stores, now } = shop
    const theme = formField(req, 'theme')
    const [record] = await stores.themeModels.list(survey.id)
    // What was looked at was another model's: its figures are not those of the codes that would count now.
    if (!record || modelName(record.number) !== formField(req, 'model')) throw conflict()
    const measured = measuredAt(
      await stores.themeModels.get(survey.id, record.number),
      theme,
      confidence / 100,
    )
    if (measured?.precision === undefined) throw conflict()
    await stores.acceptances.add(survey.id, {
      ...{ theme, model: record.number, confidence: confidence / 100, positives: measured.n },
      ...{ precision: measured.precision, recall: measured.recall ?? null, by: personOf(req).id, at: now() },
    })
    await audit(stores, req, now(), 'themes-accepted', survey.slug, `${theme} ${confidence}%`)
    res.redirect(303, back(survey.slug, confidence, 'accepted'))
  }

export const withdraw =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const theme = formField(req, 'theme')
    await shop.stores.acceptances.withdraw(survey.id, theme, personOf(req).id, shop.now())
    await audit(shop.stores, req, shop.now(), 'themes-accepted', survey.slug, `${theme} withdrawn`)
    res.redirect(303, back(survey.slug, Number(formField(req, 'confidence')), 'withdrawn'))
  }

const back = (slug: string, confidence: number, done: string): string =>
  `/office/surveys/${slug}/comments/learning?confidence=${confidence || usual}&done=${done}`
