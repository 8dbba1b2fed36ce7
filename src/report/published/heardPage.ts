import { direction } from '../../language/tags.ts'
import type { Text } from '../../language/text.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { shareBar } from '../charts/bars.ts'
import { heardRows } from '../heardRows.ts'
import { unnamed } from '../means.ts'
import { type Reader, roundedPercent, type Words } from '../reader.ts'
import type { QuestionReport } from '../report.ts'
import { type ChartRow, ratingRows, shareRows, toneKey } from '../rows.ts'
import { sayFinding, titleOf } from '../say.ts'
import type { HeardSnapshot, ShownAnswer, ShownCommitment, ShownQuote, ShownThemes } from './snapshot.ts'

/** A quote as a page shows it: in the reader's language where a person translated it, with the original below. */
export type QuoteShown = {
  words: Words
  /** The words as they were written, where the ones above are a translation. */
  original: Words | null
  by: Words | null
}
/** A commitment as a page shows it. */
export type PromiseShown = {
  words: Words
  /** "Family engagement office · under way · by August 31, 2026" */
  facts: { status: string; owner: Words | null; on: string | null }
  element: { code: string; text: Words; href: string | null } | null
}
/** One question with its finding. */
export type HeardFigure = {
  id: string
  heading: string
  question: Words
  key: { svg: string; words: string }[]
  rows: ChartRow[]
  under: string[]
}

/** views/heard/show.ejs: what families read. `preview`: not published, shown to the office alone. */
export type HeardPage = {
  title: Words
  district: Words
  slug: string
  sample: boolean
  preview: boolean
  published: string
  responses: string
  conversations: string | null
  who: { rows: ChartRow[]; notShown: Words[] }
  figures: HeardFigure[]
  themes: { rows: ChartRow[]; under: string[] } | null
  quotes: QuoteShown[]
  answers: { label: Words; told: string | null; quote: QuoteShown | null; promises: PromiseShown[] }[]
  gaps: Words[]
  how: string[]
}

export const heardTitle = 'told.heard.title'

/** The page in a reader's words. `published`: the day, in words. */
export function heardPage(
  content: HeardSnapshot,
  reader: Reader,
  { published, preview, sayDay }: { published: string; preview: boolean; sayDay: (day: string) => string },
): HeardPage {
  const { t } = reader
  const { rows, notShown } = heardRows(content, reader)
  const used = new Set<ShownQuote>()
  const first = (answer: ShownAnswer) => {
    const { kind, code } = answer.about
    const found = content.quotes.find(
      (quote) =>
        !used.has(quote) && (kind === 'theme' ? quote.theme === code : quote.group === code && quote.by),
    )
    if (found) used.add(found)
    return found ? quoteShown(found, reader) : null
  }
  const answers = content.answers.map((answer) => ({
    label: reader.words(answer.label),
    told: sayTold(answer, reader),
    quote: first(answer),
    promises: answer.commitments.map((one) => promiseShown(one, reader, content.plan?.id, sayDay)),
  }))
  return {
    title: reader.words(content.title),
    district: reader.words(content.district),
    slug: content.survey.slug,
    sample: content.survey.sample,
    preview,
    published,
    responses: t('report.responses', { count: content.responses, n: reader.number(content.responses) }),
    conversations: content.conversations && sayConversations(content, reader),
    who: { rows, notShown },
    figures: content.questions.map((one) => figureOf(one, reader)),
    themes: content.themes && themesShown(content.themes, reader),
    quotes: content.quotes.filter((quote) => !used.has(quote)).map((quote) => quoteShown(quote, reader)),
    answers,
    gaps: content.gaps.map(({ label }) => reader.words(label)),
    how: howCounted(content, reader),
  }
}

/** "52 hours of conversation and 2,105 survey responses" */
export function sayConversations(
  { conversations, responses }: Pick<HeardSnapshot, 'conversations' | 'responses'>,
  reader: Reader,
): string {
  const hours = conversations?.hours ?? 0
  const said = Number.isInteger(hours) ? reader.number(hours) : reader.decimal(hours)
  return reader.t('told.heard.conversations', {
    hours: reader.t('told.heard.hours', { count: Math.ceil(hours), n: said }),
    responses: reader.t('told.heard.responses', { count: responses, n: reader.number(responses) }),
  })
}

/** "18% (379) of the people whose comments were read" or, of a group, how many answered. */
export function sayTold(
  { about, told }: Pick<ShownAnswer, 'about' | 'told'>,
  { t, figure }: Reader,
): string | null {
  if (told === null) return null
  return t(about.kind === 'group' ? 'told.toldGroup' : 'told.toldTheme', {
    figure: figure(told.share, told.n),
  })
}

export function quoteShown(quote: ShownQuote, reader: Reader): QuoteShown {
  const as = (words: string, lang: string): Words => ({ words, lang, dir: direction(lang) })
  const own = as(quote.words, quote.language)
  const base = reader.lang.split('-')[0]
  const isOwn = quote.language.split('-')[0] === base
  const tag = Object.keys(quote.translations).find((one) => one === reader.lang || one.split('-')[0] === base)
  const translated = isOwn || tag === undefined ? undefined : quote.translations[tag]
  return {
    words: translated && tag ? as(translated, tag) : own,
    original: translated ? own : null,
    by: quote.by && reader.words(quote.by),
  }
}

export function promiseShown(
  { words, owner, status, on, element }: ShownCommitment,
  reader: Reader,
  plan: string | undefined,
  sayDay: (day: string) => string,
): PromiseShown {
  const held = reader.words(owner)
  return {
    words: reader.words(words),
    facts: {
      status: reader.t(`told.status.${status}`),
      owner: held.words ? held : null,
      on: on && reader.t(status === 'done' ? 'told.doneOn' : 'told.by', { date: sayDay(on) }),
    },
    element: element && {
      code: element.code,
      text: reader.words(element.text),
      href: plan === undefined ? null : `/plans/${plan}#${element.code}`,
    },
  }
}

function figureOf(
  { question, result, finding }: HeardSnapshot['questions'][number],
  reader: Reader,
): HeardFigure {
  const one: QuestionReport = {
    ...{ question, result, finding },
    outline: kindOf(question).outline(question),
    ...{ cites: [], priorities: [], groups: [], elements: undefined, comments: [] },
  }
  const id = `q-${question.code}`
  const rated = result.measure === 'points'
  return {
    id,
    heading: sayFinding(one, finding, reader),
    question: titleOf(question, reader),
    key: rated ? toneKey(one, reader) : [],
    rows: rated ? ratingRows(one, result, reader, id) : shareRows(one, reader, id),
    under: [
      reader.t('report.answered', { count: result.n, n: reader.number(result.n) }),
      ...(result.measure === 'choice' && result.several ? [reader.t('report.note.several')] : []),
      ...unnamed(one, reader),
    ],
  }
}

/** Themes as bars, the most spoken of first; those that may not be shown are named below. */
export function themesShown(themes: ShownThemes, reader: Reader): NonNullable<HeardPage['themes']> {
  const { t, figure } = reader
  const shown = themes.themes
    .flatMap(({ code, name, told }) =>
      told && told.n > 0 ? [{ code, label: reader.words(name), told }] : [],
    )
    .toSorted((a, b) => b.told.share - a.told.share)
  const longest = Math.max(0, ...shown.map(({ told }) => told.share))
  const sum = shown.reduce((all, { told }) => all + roundedPercent(told.share), 0)
  return {
    rows: shown.map(({ code, label, told: { share, n } }) => ({
      label,
      ...{ hint: null, aside: null, number: figure(share, n) },
      svg: shareBar(
        { id: `theme-${code}`, title: label.words, desc: figure(share, n), lang: label.lang },
        { share, longest, strong: false, dir: reader.dir },
      ),
    })),
    under: [
      t('told.themes.base', {
        people: t('told.themes.people', { count: themes.people, n: reader.number(themes.people) }),
        comments: t('told.themes.comments', { count: themes.comments, n: reader.number(themes.comments) }),
      }),
      ...(themes.several || sum > 100 ? [t('told.themes.several')] : []),
      ...sayMachine(themes, reader),
    ],
  }
}

/** That a machine's codes count, and how well they were measured to fit; nothing where only people's count. */
export function sayMachine(
  {
    machine,
    themes,
  }: { machine: readonly ShownThemes['machine'][number][]; themes: readonly { code: string; name: Text }[] },
  reader: Reader,
): string[] {
  const { t } = reader
  const measured = (share: number | null) =>
    share === null ? t('told.themes.notMeasured') : reader.percent(share)
  return machine.map(({ theme, precision, recall, confidence }) =>
    [
      t('told.themes.machine', {
        theme: reader.words(themes.find(({ code }) => code === theme)?.name ?? { [reader.lang]: theme })
          .words,
        precision: measured(precision),
        recall: measured(recall),
      }),
      ...(confidence === undefined
        ? []
        : [t('told.themes.machineFrom', { confidence: reader.percent(confidence) })]),
    ].join(' '),
  )
}

const howCounted = (
  { survey, plan, themes, quotes }: HeardSnapshot,
  { t, lang, number }: Reader,
): string[] => [
  t('told.how.counted'),
  t('told.how.rounding'),
  t('told.how.few', { n: number(survey.minimumGroup) }),
  ...(themes ? [t('told.how.themes')] : []),
  ...(quotes.length > 0 ? [t('told.how.quotes')] : []),
  ...(plan?.machine?.includes(lang) ? [t('plan.machine')] : []),
  t('told.how.frozen'),
]
