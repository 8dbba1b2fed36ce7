import { type Request, type RequestHandler, type Response, Router } from 'express'
import { type Commitment, faultsOf, isStatus, statuses } from '../../commitment/commitment.ts'
import type { Finding } from '../../commitment/findings.ts'
import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { elements, findElement } from '../../plan/elements.ts'
import { promiseShown, quoteShown, sayConversations, sayTold } from '../../report/published/heardPage.ts'
import type { Reader } from '../../report/reader.ts'
import { sayShare } from '../../report/themes/bars.ts'
import type { StoredCommitment } from '../../store/stores.ts'
import { findTheme } from '../../theme/codebook.ts'
import { audit } from '../../web/audit.ts'
import { conflict, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import type { AnswerRow, CommitmentForm, CommitmentsPage } from '../models/told.ts'
import { render } from '../pages.ts'
import { reportFor, sourceFor } from '../reports/reports.ts'
import { gatherTold, sayDay, staffReader, surveyNamed, type ToldShelf, type ToldSource } from './told.ts'

type Slug = { slug: string }
type One = Slug & { id: string }

/** The deck's table: what was said, and what the plan does about it. The office fills it, leaders read it. */
export function commitmentRoutes(stores: ToldShelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const home = '/office/surveys/:slug/commitments'
  router.get('/reports/:slug/commitments', requireDoor('reports'), showTable(stores, messages, now, false))
  router.get(home, door, showTable(stores, messages, now, true))
  router.get(`${home}/new`, door, showNew(stores, messages, now))
  router.post(home, door, addOne(stores, messages, now))
  router.get(`${home}/:id`, door, showOne(stores, messages, now))
  router.post(`${home}/:id`, door, saveOne(stores, messages, now))
  router.post(`${home}/:id/remove`, door, removeOne(stores, now))
  return router
}

const done = ['saved', 'removed']

const showTable =
  (stores: ToldShelf, messages: Messages, now: () => number, office: boolean): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const all = await gatherTold(stores, survey, now, { seenBy: (source) => sourceFor(req, source) })
    // Whoever reads of some schools only gets the district's numbers, without words from other schools.
    const { reach } = reportFor(req, all.source)
    const told = reach === undefined ? all : { ...all, beside: { ...all.beside, quotes: [] } }
    const reader = staffReader(req, res, messages, survey)
    render(res, 'report/commitments', tablePage(told, reader, office, String(req.query.done)))
  }

function tablePage(told: ToldSource, reader: Reader, office: boolean, word: string): CommitmentsPage {
  const { survey, report, found, beside } = told
  const home = `/office/surveys/${survey.slug}/commitments`
  const row = (finding: Finding<StoredCommitment>): AnswerRow => {
    const { about, label, gap } = finding
    const quote = beside.quotes.find(({ theme, group, by }) =>
      about.kind === 'theme' ? theme === about.code : by !== null && group === about.code,
    )
    return {
      id: `${about.kind}-${about.code}`,
      label: reader.words(label),
      told: sayTold(finding, reader),
      also: about.kind === 'group' ? sayMost(told, about.code, reader) : null,
      href: about.kind === 'theme' ? `/reports/${survey.slug}/themes/${about.code}` : null,
      quote: quote ? quoteShown(quote, reader) : null,
      promises: finding.commitments.map((one) => ({
        ...promiseShown(
          { ...one, element: elementOf(told, one.element) },
          reader,
          told.source.plan?.id,
          sayDay(reader.lang),
        ),
        mend: office ? `${home}/${one.id}` : null,
      })),
      gap,
      add: office ? `${home}/new?${new URLSearchParams(about)}` : null,
    }
  }
  return {
    title: reader.words(survey.questionnaire.title),
    slug: survey.slug,
    sample: survey.sample,
    said: reader.t('report.everyone'),
    office,
    done: office && done.includes(word) ? `told.done.${word}` : undefined,
    responses:
      report.responses === null
        ? null
        : reader.t('report.responses', { count: report.responses, n: reader.number(report.responses) }),
    conversations:
      beside.conversations && report.responses !== null
        ? sayConversations({ conversations: beside.conversations, responses: report.responses }, reader)
        : null,
    minimum: reader.number(survey.minimumGroup),
    parts: [
      { id: 'groups' as const, rows: found.groups.map(row) },
      { id: 'themes' as const, rows: found.themes.map(row) },
    ].filter(({ rows }) => rows.length > 0),
    gaps: found.gaps,
    astray: office
      ? found.astray.map((one) => ({ words: reader.words(one.words), mend: `${home}/${one.id}` }))
      : [],
  }
}

const MOST_SPOKEN = 3

/** What the people of a group who wrote spoke of most, where that may be shown. */
function sayMost({ source: { themes } }: ToldSource, group: string, reader: Reader): string | null {
  const shown = themes?.of({ school: null, group })
  const first = (shown?.themes ?? [])
    .filter(({ people }) => (people ?? 0) > 0)
    .toSorted((a, b) => (b.peopleShare ?? 0) - (a.peopleShare ?? 0))
    .slice(0, MOST_SPOKEN)
  if (!themes || first.length === 0) return null
  const name = (code: string) => reader.words(findTheme(themes.codebook, code)?.name ?? {}).words
  return reader.t('told.table.most', {
    themes: reader.list(first.map((one) => `${name(one.code)} ${sayShare(one, reader)}`)),
  })
}

function elementOf({ source: { plan } }: ToldSource, code: string | null) {
  const found = code !== null && plan ? findElement(plan, code) : undefined
  return found ? { code: found.code, text: found.text } : null
}

/** The group or theme that a form is about; undefined when the survey knows none such. */
const findingOf = ({ found }: ToldSource, kind: string, code: string): Finding | undefined =>
  [...found.groups, ...found.themes].find(({ about }) => about.kind === kind && about.code === code)

const empty = { words: {}, element: null, owner: {}, status: 'planned', on: null } as const

const showNew =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const told = await gatherTold(stores, await surveyNamed(stores, req.params.slug), now)
    const finding = findingOf(told, String(req.query.kind), String(req.query.code))
    if (!finding) throw notFound()
    await showForm(stores, messages, { req, res, told }, { ...empty, about: finding.about })
  }

const showOne =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<One> =>
  async (req, res) => {
    const told = await gatherTold(stores, await surveyNamed(stores, req.params.slug), now)
    const one = commitmentIn(told, req.params.id)
    await showForm(stores, messages, { req, res, told }, one, one)
  }

function commitmentIn(told: ToldSource, id: string): StoredCommitment {
  const one = told.commitments.find((each) => String(each.id) === id)
  if (!one) throw notFound('told.gone')
  return one
}

const addOne =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const told = await gatherTold(stores, await surveyNamed(stores, req.params.slug), now)
    const finding = findingOf(told, formField(req, 'kind'), formField(req, 'code'))
    if (!finding) throw notFound()
    const typed = readForm(req, told, finding.about)
    if (faults(told, typed).length > 0) return showForm(stores, messages, { req, res, told }, typed)
    const id = await stores.commitments.add(told.survey.id, typed, personOf(req), now())
    await audit(stores, req, now(), 'promised', told.survey.slug, `${id} ${typed.status}`)
    res.redirect(303, `/office/surveys/${told.survey.slug}/commitments?done=saved#${rowOf(typed)}`)
  }

const saveOne =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<One> =>
  async (req, res) => {
    const told = await gatherTold(stores, await surveyNamed(stores, req.params.slug), now)
    const one = commitmentIn(told, req.params.id)
    const typed = readForm(req, told, one.about)
    if (faults(told, typed).length > 0) return showForm(stores, messages, { req, res, told }, typed, one)
    const revision = Number(formField(req, 'revision'))
    // Another person saved it meanwhile: nothing is written over.
    if (!(await stores.commitments.put(one.id, revision, typed, personOf(req), now())))
      throw conflict('told.changed')
    await audit(stores, req, now(), 'promised', told.survey.slug, `${one.id} ${typed.status}`)
    res.redirect(303, `/office/surveys/${told.survey.slug}/commitments?done=saved#${rowOf(typed)}`)
  }

const removeOne =
  (stores: ToldShelf, now: () => number): RequestHandler<One> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const one = await stores.commitments.find(Number(req.params.id))
    if (one?.survey !== survey.id) throw notFound('told.gone')
    await stores.commitments.remove(one.id, personOf(req), now())
    await audit(stores, req, now(), 'deleted', survey.slug, `commitment ${one.id}`)
    res.redirect(303, `/office/surveys/${survey.slug}/commitments?done=removed`)
  }

const personOf = (req: object): string => currentPerson(req)?.id ?? ''
const rowOf = ({ about }: Commitment): string => `${about.kind}-${about.code}`

function readForm(req: Request, { survey, source }: ToldSource, about: Commitment['about']): Commitment {
  const texts = (name: string): Text =>
    Object.fromEntries(
      survey.questionnaire.languages.flatMap((tag) => {
        const typed = formField(req, `${name}.${tag}`).replaceAll('\r\n', '\n').trim()
        return typed ? [[tag, typed]] : []
      }),
    )
  const status = formField(req, 'status')
  return {
    about,
    words: texts('words'),
    owner: texts('owner'),
    element: (source.plan && formField(req, 'element')) || null,
    status: isStatus(status) ? status : 'planned',
    on: formField(req, 'on').trim() || null,
  }
}

const faults = ({ survey, source: { plan } }: ToldSource, typed: Commitment) =>
  faultsOf(typed, survey.questionnaire.source, plan && new Set(elements(plan).map(({ code }) => code)))

async function showForm(
  stores: ToldShelf,
  messages: Messages,
  { req, res, told }: { req: Request; res: Response; told: ToldSource },
  typed: Commitment,
  stored?: StoredCommitment,
): Promise<void> {
  const { survey, source } = told
  const { source: written, languages, title } = survey.questionnaire
  const reader = staffReader(req, res, messages, survey)
  const finding = findingOf(told, typed.about.kind, typed.about.code)
  const problems = req.method === 'POST' ? faults(told, typed) : []
  if (problems.length > 0) res.status(422)
  const [past, people, { timeZone }] = await Promise.all([
    stored ? stores.commitments.history(stored.id) : [],
    stores.people.list(),
    stores.settings.district(),
  ])
  const page: CommitmentForm = {
    title: reader.words(title),
    slug: survey.slug,
    about: finding ? reader.words(finding.label) : reader.own(typed.about.code),
    told: finding ? sayTold(finding, reader) : null,
    id: stored?.id ?? null,
    // After a fault the form goes on from the state that it was opened with.
    revision: (req.method === 'POST' && Number(formField(req, 'revision'))) || (stored?.revision ?? 0),
    kind: typed.about.kind,
    code: typed.about.code,
    languages: languages.map((tag) => ({
      tag,
      name: messages.name(tag),
      dir: direction(tag),
      words: typed.words[tag] ?? '',
      owner: typed.owner[tag] ?? '',
      needed: tag === written,
    })),
    element: typed.element ?? '',
    elements: source.plan
      ? elements(source.plan).map(({ code, text }) => {
          const { words, lang } = reader.words(text)
          return { code, text: words, lang }
        })
      : [],
    statuses,
    status: typed.status,
    on: typed.on ?? '',
    problems: problems.map(({ field, code }) => ({
      field: field === 'words' || field === 'owner' ? `${field}-${written}` : field,
      key: `told.fault.${field}.${code}`,
    })),
    history: past.map(({ at, by, status, words, gone }) => ({
      at: {
        words: sayDate(reader.lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
        iso: new Date(at).toISOString(),
      },
      by: people.find(({ id }) => id === by)?.email ?? '',
      ...{ status, words: reader.words(words), gone },
    })),
  }
  render(res, 'office/commitment', page)
}
