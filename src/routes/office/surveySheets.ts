import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { newCode, readCode } from '../../response/code.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { hashCode } from '../../web/codeHash.ts'
import { conflict, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { listsOf, nextSheet, sheetPage } from './officeSurveyPages.ts'
import { addressOf, type Config, named, type Shelf, type Show, type Slug } from './surveyShared.ts'

/** Cards of one sheet, and codes of one list: what one request may ask for. */
const mostCards = 500

/** Makes codes and shows them this once: only their hashes are kept. */
export const makeSheet =
  (stores: Shelf, messages: Messages, config: Config, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const typed = {
      school: formField(req, 'school'),
      group: formField(req, 'group'),
      number: formField(req, 'number').trim().slice(0, 10),
      codes: '',
    }
    const { schools, groups } = await listsOf(stores, survey)
    const n = /^\d{1,3}$/.test(typed.number) ? Number(typed.number) : 0
    const offered = (list: { code: string }[], code: string) =>
      code === '' || list.some((one) => one.code === code)
    const problems = [
      ...(n < 1 || n > mostCards
        ? [{ field: 'number', key: 'officeSurvey.problem.number', values: { most: mostCards } }]
        : []),
      ...(offered(schools, typed.school) ? [] : [{ field: 'school', key: 'officeSurvey.problem.listed' }]),
      ...(offered(groups, typed.group) ? [] : [{ field: 'group', key: 'officeSurvey.problem.listed' }]),
    ]
    if (problems.length > 0) return show(res, survey, { problems, typed })
    // A form that is sent again (a reload) would make a second sheet: it names the sheet that it is for.
    const sheet = nextSheet(await stores.codes.counts(survey.id))
    if (formField(req, 'sheet') !== String(sheet)) throw conflict('officeSurvey.made')
    const codes = Array.from({ length: n }, () => newCode(randomBytes(64)))
    const hashes = await Promise.all(codes.map((code) => hashCode('access', code)))
    const { school, group } = typed
    await stores.codes.add(survey.id, { sheet, school, group }, hashes)
    await audit(stores, req, now(), 'made-codes', survey.slug, `${sheet}`)
    const { lang } = readerLanguage(req, res, messages.tags)
    const label = (list: typeof schools, code: string) => {
      const text = list.find((one) => one.code === code)?.label
      return text && pick(text, lang, survey.questionnaire.source)
    }
    render(
      res,
      'office/survey-sheet',
      await sheetPage(survey, messages, siteAddress(req, config), {
        lang,
        sheet,
        codes,
        school: label(schools, school),
        group: label(groups, group),
      }),
    )
  }

export const voidSheet =
  (stores: Shelf, now: () => number): RequestHandler<Slug & { sheet: string }> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    if (!/^\d{1,6}$/.test(req.params.sheet)) throw notFound()
    await stores.codes.voidSheet(survey.id, Number(req.params.sheet))
    await audit(stores, req, now(), 'voided-codes', survey.slug, req.params.sheet)
    res.redirect(303, addressOf(survey.slug, 'void', 'sheets'))
  }

/** The list of codes whose families opted out, or the word that there is none. */
export const optOut =
  (stores: Shelf, show: Show): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const listed = () => stores.surveys.setFielding(survey.id, { ...survey.fielding, optOutListed: true })
    if (formField(req, 'nobody') === 'yes') {
      await listed()
      return res.redirect(303, addressOf(survey.slug, 'nobody', 'opt-out'))
    }
    const pasted = formField(req, 'codes')
    const typed = { school: '', group: '', number: '30', codes: pasted }
    const lines = [...new Set(pasted.split(/[\n\r,;\t]+/).map((line) => line.trim()))].filter(Boolean)
    if (lines.length === 0)
      return show(res, survey, { typed, problems: [{ field: 'codes', key: 'officeSurvey.problem.empty' }] })
    if (lines.length > mostCards)
      return show(res, survey, {
        typed,
        problems: [{ field: 'codes', key: 'officeSurvey.problem.many', values: { most: mostCards } }],
      })
    const read = lines.map((line) => ({ line, letters: readCode(line) }))
    const hashes = await Promise.all(
      read.map(({ letters }) => (letters ? hashCode('access', letters) : Promise.resolve(''))),
    )
    const states = await stores.codes.optOut(survey.id, hashes)
    const unknown = read.filter((_, at) => states[at] === undefined).map(({ line }) => line)
    const count = (...those: string[]) => states.filter((state) => state && those.includes(state)).length
    // A list with a slip in it is not yet the whole list: a family may stand on that line.
    if (unknown.length === 0) await listed()
    await show(res, await named(stores, survey.slug), {
      typed: { ...typed, codes: unknown.join('\n') },
      optOut: { out: count('unused', 'out'), used: count('used'), void: count('void'), unknown },
      problems: unknown.length > 0 ? [{ field: 'codes', key: 'officeSurvey.problem.unknown' }] : [],
    })
  }
