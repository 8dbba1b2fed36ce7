import { createHash } from 'node:crypto'
import type { Response } from 'express'
import { mayEnter, maySeeSchool } from '../../district/people.ts'
import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Words } from '../../report/reader.ts'
import type { Quote, SaidComment, Stores, Survey } from '../../store/stores.ts'
import { hide } from '../../theme/mask.ts'
import { hiddenBy, ownWordsKey, readOwnWords } from '../../theme/ownWords.ts'
import { sampleCoder } from '../../theme/verdicts.ts'
import { currentPerson } from '../../web/guard.ts'
import type { QuotesPage } from '../models/told.ts'
import { keptSources } from '../reports/reports.ts'
import { shownQuote, staffReader, type ToldShelf } from './told.ts'

type Hall = { stores: ToldShelf & Pick<Stores, 'comments'>; messages: Messages; now: () => number }

/** What a page of quotes is opened for: a comment to choose (`typed`: what cannot be kept), or a quote's other words. */
export type Asked = {
  comment?: SaidComment | undefined
  typed?: string
  edited?: { id: number; words: string }
}

/** What a page says of a quote, in short: a form that was made from an older state is refused. */
export const seenOf = ({ state, words, translations }: Quote): string =>
  createHash('sha256')
    .update(JSON.stringify([state, words, translations]))
    .digest('base64url')
    .slice(0, 16)

const order = { proposed: 0, approved: 1, withdrawn: 2 }
const said = (words: string, lang: string): Words => ({ words, lang, dir: direction(lang) })

/** The quotes of a survey, those that wait for somebody first, each beside the comment that it was made from. */
export async function quotesPage(
  { stores, messages, now }: Hall,
  res: Response,
  survey: Survey,
  { comment, typed, edited }: Asked,
): Promise<QuotesPage> {
  const reader = staffReader(res.req, res, messages, survey)
  const source = await keptSources(stores, now)(survey)
  const known = source.district.schools.flatMap(({ label }) => Object.values(label))
  const person = currentPerson(res.req)
  const [own, quotes, people, { timeZone }] = await Promise.all([
    stores.settings.find(ownWordsKey).then(readOwnWords),
    stores.quotes.list(survey.id),
    stores.people.list(),
    stores.settings.district(),
  ])
  const nameOf = (id: string) =>
    people.find((one) => one.id === id)?.email ??
    reader.t(id === sampleCoder ? 'themes.sampleCoder' : 'themes.left')
  const moment = (at: number) => ({
    words: sayDate(reader.lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    iso: new Date(at).toISOString(),
  })

  async function originalOf(quote: Quote): Promise<Words | null> {
    const found = await stores.comments.find(survey.id, quote.comment)
    if (!found || !person || !maySeeSchool(person, found.school) || found.words === '…') return null
    return said(found.words, found.language)
  }

  const others = people.some(({ id, role }) => id !== person?.id && mayEnter(role, 'office'))
  const rowOf = async (quote: Quote): Promise<QuotesPage['quotes'][number]> => {
    const { by } = shownQuote(quote, source)
    const typedHere = edited?.id === quote.id ? edited.words : undefined
    return {
      ...{ id: quote.id, state: quote.state, own: quote.by === person?.id && others, seen: seenOf(quote) },
      words: said(quote.words, quote.language),
      original: await originalOf(quote),
      edit: { words: typedHere ?? quote.words, problem: typedHere !== undefined },
      found: hiddenBy(own, quote.words.replace(/\[[^\]]*\]/gu, ' '), known).map(({ kind }) => kind),
      by: by && reader.words(by),
      edits: quote.edits.map(({ was, now: put, by: hand, at, undone }) => ({
        ...{ was, now: put, by: nameOf(hand), at: moment(at) },
        undone: undone ? { by: nameOf(undone.by), at: moment(undone.at) } : null,
      })),
      translations: Object.entries(quote.translations).map(([tag, words]) => ({
        ...{ tag, name: messages.name(tag), words, dir: direction(tag) },
      })),
    }
  }

  const found = comment ? hiddenBy(own, comment.words, known) : []
  return {
    title: reader.words(survey.questionnaire.title),
    slug: survey.slug,
    sample: survey.sample,
    office: person !== undefined && mayEnter(person.role, 'office'),
    problem: typed !== undefined,
    choose: comment && {
      comment: comment.id,
      original: said(comment.words, comment.language),
      words: typed ?? hide(comment.words, found, comment.language),
      found: found.map(({ start, end }) => comment.words.slice(start, end)),
      taken: quotes.some((one) => one.comment === comment.id),
    },
    languages: survey.questionnaire.languages.map((tag) => ({ tag, name: messages.name(tag) })),
    quotes: await Promise.all(
      quotes.toSorted((a, b) => order[a.state] - order[b.state] || a.id - b.id).map(rowOf),
    ),
  }
}
