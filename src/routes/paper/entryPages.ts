import type { Person } from '../../district/people.ts'
import { sayList, sayNumber } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { raw } from '../../questionnaire/choices.ts'
import { type Question, type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { westernDigits } from '../../questionnaire/digits.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { Answers } from '../../response/response.ts'
import type { Paper, PaperSheet, Survey } from '../../store/stores.ts'
import type { ComparePage, EntryLine, EntryPage, EntryProblem } from '../models/entry.ts'
import { paperAddress, paperNumbers } from './paperPages.ts'

/** Who types what: `form` is the language of the paper, `lang` the typist's own. */
export type Desk = {
  survey: Survey
  person: Person
  version: number
  questionnaire: Questionnaire
  form: string
  lang: string
  messages: Messages
  query: Record<string, unknown>
}

export const mayTakeBack = ({ id, role }: Person, typedBy: string): boolean =>
  role === 'admin' || id === typedBy

/** More options than this are not repeated on the screen: their numbers are on the paper. */
const mostKeys = 7

/** The number written on a sheet, 1 to 8 digits of any script. */
export function readSheetNumber(typed: string): number | undefined {
  const digits = westernDigits(typed).trim()
  return /^\d{1,8}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined
}

type News = { done: string; sheet?: number | undefined; dropped?: string[] }

/** The page for the next sheet: of the same form, with the lines that the batch shares if they are to be kept. */
export function entryAddress(desk: Desk, lines: FormBody = {}, news?: News): string {
  const { survey, version, form } = desk
  const query = new URLSearchParams({ form })
  if (version !== survey.version) query.set('version', String(version))
  if (news) query.set('done', news.done)
  if (news?.sheet !== undefined) query.set('sheet', String(news.sheet))
  if (news?.dropped?.length) query.set('dropped', news.dropped.join('.'))
  if (raw(lines._keep) === 'on') {
    query.set('keep', '1')
    for (const { code } of shared(desk.questionnaire))
      if (raw(lines[code]).trim()) query.set(`k.${code}`, raw(lines[code]).trim())
  }
  return `${place(desk)}?${query}`
}

const place = ({ survey }: Desk) => `/office/surveys/${survey.slug}/entry`

/** Profile questions: sheets come in by school and by group. */
const shared = (questionnaire: Questionnaire): Question[] =>
  questions(questionnaire).filter(({ attribute }) => typeof attribute === 'string')

export function entryPage(
  desk: Desk,
  sheet: { lines: FormBody; token: string; problems: EntryProblem[] },
  counts: {
    people: Person[]
    typists: Awaited<ReturnType<Paper['typists']>>
    waiting: Awaited<ReturnType<Paper['waiting']>>
  },
): EntryPage {
  const { survey, person, questionnaire, form, lang, messages, version } = desk
  const t = messages.t(lang)
  const numbers = paperNumbers(questionnaire)
  const worded = sheet.problems.map((problem) => ({
    ...problem,
    message: t(`problem.${problem.code}`, { ...problem.values }) as string,
  }))
  const lines = questions(questionnaire).map((question): EntryLine => {
    const kind = kindOf(question)
    const { options, points = [] } = kind.outline(question)
    const named = points.every(({ label }) => Object.keys(label).length > 0)
    const keys = options ?? (named ? points : [])
    const { code: how = 'plain', values } = kind.typing?.how(question) ?? {}
    return {
      code: question.code,
      number: numbers.get(question.code) ?? '',
      title: pick(question.short ?? question.title, lang, questionnaire.source),
      how: t(`paper.typing.${how}`, { ...values }) as string,
      keys:
        keys.length > mostKeys || kind.measure === 'ranking'
          ? []
          : keys.map(({ label }, at) => ({ key: at + 1, label: pick(label, lang, questionnaire.source) })),
      words: kind.measure === 'words',
      value: raw(sheet.lines[question.code]),
      problem: worded.find(({ field }) => field === question.code)?.message,
    }
  })
  const numbered = survey.fielding.doubleEntry
  /** A problem of the whole sheet is at its number, or at its first line where it has none. */
  const atField = (field: string) => (field === '_sheet' && !numbered ? (lines[0]?.code ?? '') : field)
  const mine = counts.typists.find((typist) => typist.person === person.id)
  const typed =
    (mine?.typed ?? 0) +
    (mine?.checked ?? 0) +
    counts.waiting.filter(({ typedBy }) => typedBy === person.id).length
  const nameOf = (id: string) => counts.people.find((known) => known.id === id)?.email
  return {
    slug: survey.slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample: survey.sample,
    form: { tag: form, name: messages.name(form), dir: direction(form) },
    forms: questionnaire.languages.map((tag) => ({
      tag,
      name: messages.name(tag),
      dir: direction(tag),
      href: entryAddress({ ...desk, form: tag }),
      current: tag === form,
    })),
    version,
    versions:
      survey.version === 1
        ? []
        : Array.from({ length: survey.version }, (_, at) => ({
            number: at + 1,
            href: entryAddress({ ...desk, version: at + 1 }),
            current: at + 1 === version,
          })),
    lines,
    problems: worded.map(({ field, message }) => ({
      field: atField(field),
      message,
      about: lines.find(({ code }) => code === field)?.number ?? '',
    })),
    start: worded[0] ? atField(worded[0].field) : numbered ? '_sheet' : firstBlank(lines),
    numbered,
    sheet: raw(sheet.lines._sheet),
    sheetProblem: worded.find(({ field }) => field === '_sheet')?.message,
    keepable: sayList(
      lang,
      shared(questionnaire).map(({ code }) => numbers.get(code) ?? ''),
    ),
    keep: raw(sheet.lines._keep) === 'on',
    token: sheet.token,
    action: place(desk),
    takeBack: `${place(desk)}/take-back`,
    news: newsOf(desk, numbers),
    paper: paperAddress(survey.slug, form),
    mine: t('paper.entry.mine', { count: typed }) as string,
    typists: counts.typists.map(({ person, typed, checked }) => ({
      name: nameOf(person),
      typed: sayNumber(lang, typed),
      checked: sayNumber(lang, checked),
    })),
    waiting: counts.waiting.map(({ sheet, typedBy, language, version }) => ({
      sheet,
      name: nameOf(typedBy),
      form: `${messages.name(language)} (${version})`,
      own: typedBy === person.id,
      mayTakeBack: mayTakeBack(person, typedBy),
    })),
  }
}

const firstBlank = (lines: EntryLine[]): string =>
  (lines.find(({ value }) => value === '') ?? lines[0])?.code ?? ''

const done = ['saved', 'first', 'counted', 'takenBack']

/** What became of the last sheet; it comes in the address, so only what is known is believed. */
function newsOf(desk: Desk, numbers: Map<string, string>): EntryPage['news'] {
  const { query, messages, lang } = desk
  const t = messages.t(lang)
  const word = done.find((known) => known === query.done)
  if (!word) return undefined
  const dropped = typeof query.dropped === 'string' ? query.dropped.split('.') : []
  const skipped = dropped.flatMap((code) => numbers.get(code) ?? [])
  return {
    words: t(`paper.done.${word}`, { sheet: readSheetNumber(String(query.sheet ?? '')) ?? '' }) as string,
    dropped:
      skipped.length > 0
        ? (t('paper.entry.dropped', { count: skipped.length, list: sayList(lang, skipped) }) as string)
        : '',
  }
}

export function comparePage(
  desk: Desk,
  sheet: {
    lines: FormBody
    token: string
    sheet: number
    first: PaperSheet
    given: Answers
    differing: string[]
    picked: (code: string) => string
  },
  people: Person[],
): ComparePage {
  const { survey, questionnaire, lang, form, version } = desk
  const { source } = questionnaire
  const numbers = paperNumbers(questionnaire)
  const say = (question: Question, answer: unknown) =>
    answer === undefined ? [] : kindOf(question).say(question, answer, lang, source)
  const known = new Set(['_keep', '_sheet', ...questions(questionnaire).map(({ code }) => code)])
  return {
    slug: survey.slug,
    title: pick(questionnaire.title, lang, source),
    sheet: sheet.sheet,
    form,
    version,
    first: people.find(({ id }) => id === sheet.first.typedBy)?.email,
    rows: questions(questionnaire)
      .filter(({ code }) => sheet.differing.includes(code))
      .map((question) => ({
        code: question.code,
        number: numbers.get(question.code) ?? '',
        title: pick(question.title, lang, source),
        first: say(question, sheet.first.answers[question.code]),
        second: say(question, sheet.given[question.code]),
        picked: sheet.picked(question.code),
      })),
    hidden: Object.entries(sheet.lines).flatMap(([name, value]) =>
      known.has(name) ? [{ name, value: raw(value) }] : [],
    ),
    token: sheet.token,
    action: `${place(desk)}/compare`,
    incomplete: sheet.differing.some((code) => sheet.picked(code) !== ''),
  }
}
