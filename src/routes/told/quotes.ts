import { type Request, type RequestHandler, Router } from 'express'
import { mayEnter, maySeeSchool } from '../../district/people.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Quote, SaidComment, Stores, Survey } from '../../store/stores.ts'
import { replacements } from '../../theme/bracketed.ts'
import { findHidden, hide } from '../../theme/mask.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict, forbidden, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import type { QuotesPage } from '../models/told.ts'
import { render } from '../pages.ts'
import { keptSources } from '../reports/reports.ts'
import { shownQuote, staffReader, surveyNamed, type ToldShelf } from './told.ts'

type Slug = { slug: string }
type Shelf = ToldShelf & Pick<Stores, 'comments'>
const longest = 5000

/** Comments that may be shown in their words: proposed by who reads comments, approved by another of the office. */
export function quoteRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const [reads, decides] = [requireDoor('comments'), requireDoor('office')]
  const home = '/office/surveys/:slug/quotes'
  router.get(home, reads, async (req, res) => {
    const survey = await surveyNamed(stores, String(req.params.slug))
    const asked = Number(req.query.comment)
    const comment = Number.isInteger(asked) && asked > 0 ? await commentOf(req, survey, asked) : undefined
    await audit(stores, req, now(), 'looked-at-comments', survey.slug, 'quotes')
    await show(req, res, survey, comment)
  })
  router.post(home, reads, propose())
  router.post(`${home}/:id/approve`, decides, change('shown', approve))
  router.post(
    `${home}/:id/withdraw`,
    reads,
    change('hidden', async (_, quote) => ({ ...quote, state: 'withdrawn' })),
  )
  router.post(
    `${home}/:id/translate`,
    reads,
    change('translated', async (req, quote) => {
      const tag = formField(req, 'tag')
      if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) throw badRequest()
      const words = formField(req, 'words').trim().slice(0, longest)
      const { [tag]: _, ...others } = quote.translations
      // Words that nobody has approved yet never stand beside those that are.
      const state = quote.state === 'approved' ? 'proposed' : quote.state
      return { ...quote, state, translations: words ? { ...others, [tag]: words } : others }
    }),
  )
  return router

  /** A comment that this person may read. */
  async function commentOf(req: Request, survey: Survey, id: number): Promise<SaidComment> {
    const person = currentPerson(req)
    const comment = await stores.comments.find(survey.id, id)
    if (!comment || !person || !maySeeSchool(person, comment.school)) throw notFound('told.gone')
    return comment
  }

  function propose(): RequestHandler<Slug> {
    return async (req, res) => {
      const survey = await surveyNamed(stores, req.params.slug)
      const comment = await commentOf(req, survey, Number(formField(req, 'comment')))
      const words = formField(req, 'words').trim().slice(0, longest)
      const replaced = words ? replacements(comment.words, words) : undefined
      if (!replaced) {
        res.status(422)
        return show(req, res, survey, comment, words)
      }
      const [by, at] = [currentPerson(req)?.id ?? '', now()]
      const said = await stores.codings.list(survey.id, { comment: comment.id })
      const theme = said.find(({ verdict }) => verdict)?.theme ?? null
      await stores.quotes.add({
        ...{
          survey: survey.id,
          comment: comment.id,
          theme,
          words,
          language: comment.language,
          translations: {},
        },
        ...{
          edits: replaced.map((one) => ({ ...one, by, at })),
          group: comment.group,
          state: 'proposed',
          by,
          at,
        },
      })
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  /** Another person than who proposed it, unless nobody else may. */
  async function approve(req: Request, quote: Quote): Promise<Quote> {
    const by = currentPerson(req)?.id ?? ''
    const others = (await stores.people.list()).filter(
      ({ id, role }) => id !== by && mayEnter(role, 'office'),
    )
    if (quote.by === by && others.length > 0) throw forbidden('told.quoteOwn')
    return { ...quote, state: 'approved', approved: { by, at: now() } }
  }

  function change(
    did: 'shown' | 'hidden' | 'translated',
    make: (req: Request, quote: Quote) => Promise<Quote>,
  ): RequestHandler<Slug & { id: string }> {
    return async (req, res) => {
      const survey = await surveyNamed(stores, req.params.slug)
      const quote = await stores.quotes.find(Number(req.params.id) || 0)
      if (quote?.survey !== survey.id) throw notFound('told.gone')
      // What is approved is what was on the page.
      if (did === 'shown' && formField(req, 'words') !== quote.words) throw conflict('told.changed')
      await stores.quotes.put(await make(req as unknown as Request, quote))
      await audit(stores, req, now(), did, survey.slug, `quote ${quote.id}`)
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  async function show(
    req: Request,
    res: Parameters<RequestHandler>[1],
    survey: Survey,
    comment?: SaidComment,
    typed?: string,
  ): Promise<void> {
    const reader = staffReader(req, res, messages, survey)
    const source = await keptSources(stores, now)(survey)
    const known = source.district.schools.flatMap(({ label }) => Object.values(label))
    const person = currentPerson(req)
    const quotes = await stores.quotes.list(survey.id)
    const page: QuotesPage = {
      title: reader.words(survey.questionnaire.title),
      slug: survey.slug,
      sample: survey.sample,
      office: person !== undefined && mayEnter(person.role, 'office'),
      problem: typed !== undefined,
      choose: comment && {
        comment: comment.id,
        original: { words: comment.words, lang: comment.language, dir: direction(comment.language) },
        words: typed ?? hide(comment.words, findHidden(comment.words, known), comment.language),
        found: findHidden(comment.words, known).map(({ start, end }) => comment.words.slice(start, end)),
        taken: quotes.some((one) => one.comment === comment.id),
      },
      languages: survey.questionnaire.languages.map((tag) => ({ tag, name: messages.name(tag) })),
      quotes: quotes.map((quote) => ({
        id: quote.id,
        state: quote.state,
        own: quote.by === person?.id,
        words: { words: quote.words, lang: quote.language, dir: direction(quote.language) },
        found: findHidden(quote.words.replace(/\[[^\]]*\]/gu, ' '), known).map(({ kind }) => kind),
        by: ((by) => (by ? reader.words(by) : null))(shownQuote(quote, source).by),
        edits: quote.edits.map(({ was, now: put }) => ({ was, now: put })),
        translations: Object.entries(quote.translations).map(([tag, words]) => ({
          ...{ tag, name: messages.name(tag), words, dir: direction(tag) },
        })),
      })),
    }
    render(res, 'office/quotes', page)
  }
}
