import { type Request, type RequestHandler, type Response, Router } from 'express'
import { mayEnter, maySeeSchool } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import type { Quote, SaidComment, Stores, Survey } from '../../store/stores.ts'
import { logged, replacements } from '../../theme/bracketed.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict, forbidden, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { render } from '../pages.ts'
import { type Asked, quotesPage, seenOf } from './quotesPage.ts'
import { surveyNamed, type ToldShelf } from './told.ts'

type Slug = { slug: string }
type Id = Slug & { id: string }
type Shelf = ToldShelf & Pick<Stores, 'comments'>
const longest = 5000
const tagForm = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

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
    await show(res, survey, { comment })
  })
  router.post(home, reads, propose())
  router.post(`${home}/:id/words`, reads, reword())
  router.post(`${home}/:id/approve`, decides, change('shown', approve))
  router.post(`${home}/:id/translate`, reads, change('translated', translate))
  router.post(`${home}/:id/withdraw`, reads, withdraw())
  return router

  /** A comment that this person may read. */
  async function commentOf(req: object, survey: Survey, id: number): Promise<SaidComment> {
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
        return show(res, survey, { comment, typed: words })
      }
      const hand = { by: idOf(req), at: now() }
      const said = await stores.codings.list(survey.id, { comment: comment.id })
      const theme = said.find(({ verdict, source }) => verdict && source !== 'words')?.theme ?? null
      await stores.quotes.add({
        ...{ survey: survey.id, comment: comment.id, theme, words, language: comment.language },
        ...{ translations: {}, edits: logged([], replaced, hand), group: comment.group },
        ...{ state: 'proposed', ...hand },
      })
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  /** Other words for a quote, by the same rule as the first ones; whoever changed them last does not approve them. */
  function reword(): RequestHandler<Id> {
    return async (req, res) => {
      const { survey, quote } = await quoteOf(req)
      const comment = await commentOf(req, survey, quote.comment)
      const words = formField(req, 'words').trim().slice(0, longest)
      const replaced = words ? replacements(comment.words, words) : undefined
      if (!replaced) {
        res.status(422)
        return show(res, survey, { edited: { id: quote.id, words } })
      }
      const hand = { by: idOf(req), at: now() }
      const edits = logged(quote.edits, replaced, hand)
      if (words !== quote.words)
        await keep(req, quote, { ...quote, words, edits, state: 'proposed', approved: null, ...hand })
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  /** Another person than whose words they are, unless nobody else may. */
  async function approve(req: object, quote: Quote): Promise<Quote> {
    const by = idOf(req)
    const others = (await stores.people.list()).filter(
      ({ id, role }) => id !== by && mayEnter(role, 'office'),
    )
    if (quote.by === by && others.length > 0) throw forbidden('told.quoteOwn')
    return { ...quote, state: 'approved', approved: { by, at: now() } }
  }

  async function translate(req: { body?: unknown }, quote: Quote): Promise<Quote> {
    const tag = formField(req, 'tag')
    if (!tagForm.test(tag)) throw badRequest()
    const words = formField(req, 'words').trim().slice(0, longest)
    const { [tag]: _, ...others } = quote.translations
    // Words that nobody has approved yet never stand beside those that are.
    const state = quote.state === 'approved' ? 'proposed' : quote.state
    return { ...quote, state, translations: words ? { ...others, [tag]: words } : others }
  }

  function change(
    did: 'shown' | 'translated',
    make: (req: { body?: unknown }, quote: Quote) => Promise<Quote>,
  ): RequestHandler<Id> {
    return async (req, res) => {
      const { survey, quote } = await quoteOf(req)
      await keep(req, quote, await make(req, quote))
      await audit(stores, req, now(), did, survey.slug, `quote ${quote.id}`)
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  /** Whatever has become of the quote meanwhile: what somebody wants gone goes at once, from published pages too. */
  function withdraw(): RequestHandler<Id> {
    return async (req, res) => {
      const { survey, quote } = await quoteOf(req)
      await stores.quotes.withdraw(quote.id)
      await audit(stores, req, now(), 'hidden', survey.slug, `quote ${quote.id}`)
      res.redirect(303, `/office/surveys/${survey.slug}/quotes`)
    }
  }

  async function quoteOf(req: Request<Id>): Promise<{ survey: Survey; quote: Quote }> {
    const survey = await surveyNamed(stores, req.params.slug)
    const quote = await stores.quotes.find(Number(req.params.id) || 0)
    if (quote?.survey !== survey.id) throw notFound('told.gone')
    return { survey, quote }
  }

  /** Only what was on the page is approved or replaced: two people cannot write over each other. */
  async function keep(req: { body?: unknown }, was: Quote, quote: Quote): Promise<void> {
    if (formField(req, 'seen') !== seenOf(was) || !(await stores.quotes.put(quote, was)))
      throw conflict('told.changed')
  }

  async function show(res: Response, survey: Survey, asked: Asked): Promise<void> {
    render(res, 'office/quotes', await quotesPage({ stores, messages, now }, res, survey, asked))
  }
}

const idOf = (req: object): string => currentPerson(req)?.id ?? ''
