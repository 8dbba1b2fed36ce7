import { parse } from 'csv-parse/sync'
import type { Request, RequestHandler, Response } from 'express'
import { sayList, sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { questions } from '../../questionnaire/definition.ts'
import { type Header, readHeader, readRow, type ToldFault } from '../../response/importing.ts'
import type { Settled } from '../../response/response.ts'
import type { Survey } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import { uploadOf } from '../../web/upload.ts'
import { render } from '../pages.ts'
import { languageName, topOf } from './frame.ts'
import { type Named, type Shop, speakerOf, surveyOf } from './shop.ts'

/** Comments that came another way, as responses that hold nothing else: pasted, or from a file. */

/** Bytes that a file or what is pasted may have. */
export const largestImport = 12_000_000
/** Rows after which the thread that serves pages is let go for a moment. */
const breath = 200
const mostFaults = 30
/** Rows that are named of one fault. */
const mostRows = 5
/** Letters of a paste that are sent back to be mended. */
const mostShownAgain = 100_000
/** Letters that are told of a cell. */
const longestShown = 60

const textQuestions = ({ questionnaire }: Survey) =>
  questions(questionnaire).filter(({ kind }) => kind === 'text')

export const showImport =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const n = Number(req.query.done)
    await show(shop, req, res, survey, { added: Number.isSafeInteger(n) && n > 0 ? n : undefined })
  }

/** A fault of a row, counted from 1 with the heading as the first; 0: of the file. */
type RowFault = ToldFault & { row: number }
type Told = {
  added?: number | undefined
  typed?: string
  key?: string
  faults?: RowFault[]
  count?: number
}

async function show(shop: Shop, req: Request, res: Response, survey: Survey, told: Told): Promise<void> {
  const speaker = speakerOf(shop, req, res)
  const { lang, t } = speaker
  const [{ n: all }, readings] = await Promise.all([
    shop.stores.comments.count(survey.id),
    shop.stores.codings.readings(survey.id),
  ])
  const { faults = [], typed = '', key, added, count = faults.length } = told
  const { questionnaire } = survey
  if (key || faults.length > 0) res.status(422)
  const kinds = alike(faults)
  render(res, 'themes/import', {
    ...topOf(req, speaker, survey, { read: new Set(readings.map(({ comment }) => comment)).size, all }),
    questions: textQuestions(survey).map(({ code, title }) => ({
      code,
      label: pick(title, lang, questionnaire.source),
      selected: code === formField(req, 'question'),
    })),
    languages: questionnaire.languages.map((tag) => ({
      code: tag,
      label: languageName(tag, lang),
      selected: tag === (formField(req, 'language') || questionnaire.source),
    })),
    // A paste of megabytes is not sent back: it is still where it was copied from.
    typed: typed.length > mostShownAgain ? '' : typed,
    long: typed.length > mostShownAgain,
    more: Math.max(0, kinds.length - mostFaults),
    problems: key ? [{ field: 'words', key }] : [],
    faults: kinds.slice(0, mostFaults).map(([{ row, code, column, value, may }, rows]) => {
      const what = t(`importFault.${code}`, { column, value: value.slice(0, longestShown), may })
      const n = (number: number) => sayNumber(lang, number)
      if (row === 0) return what
      if (rows.length === 1) return t('importFault.row', { row: n(row), what })
      const more = rows.length - mostRows
      const list = rows.slice(0, mostRows).map(n)
      return t('importFault.rows', {
        rows: sayList(lang, more > 0 ? [...list, t('importFault.more', { n: n(more), count: more })] : list),
        what,
      })
    }),
    count,
    done: added === undefined ? undefined : t('themes.done.imported', { n: sayNumber(lang, added) }),
  })
}

export const takeImport =
  (shop: Shop): RequestHandler<Named> =>
  async (req, res) => {
    const survey = await surveyOf(shop, req.params.slug)
    const file = uploadOf(req, 'file')
    const pasted = formField(req, 'words')
    const typed = file ? decoded(file.bytes) : pasted
    const question = textQuestions(survey).find(({ code }) => code === formField(req, 'question'))?.code
    if (typed === undefined) return show(shop, req, res, survey, { key: 'themes.problem.encoding' })
    if (typed.trim() === '' || question === undefined)
      return show(shop, req, res, survey, { key: 'themes.problem.words', typed: pasted })
    const read = await readComments(survey, typed, question, formField(req, 'language'), shop.now())
    if ('faults' in read) return show(shop, req, res, survey, { ...read, typed: pasted })
    const n = await shop.stores.responses.addMany(survey.id, breathing(read.settled))
    await audit(shop.stores, req, shop.now(), 'imported', survey.slug, `${n} comments`)
    shop.learner.coded(survey)
    res.redirect(303, `/office/surveys/${survey.slug}/comments/import?done=${n}`)
  }

/** The same fault in many rows is told once, with its rows. */
function alike(faults: RowFault[]): [RowFault, number[]][] {
  const same = Map.groupBy(faults, ({ code, column, value }) => JSON.stringify([code, column, value]))
  return [...same.values()].flatMap((list) => (list[0] ? [[list[0], list.map(({ row }) => row)]] : []))
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const rest = () => new Promise((done) => setImmediate(done))

/**
 * Reads a list of comments, one a row, or a table with a heading of the survey's own columns (`language`, profile
 * questions, the text question). All of it or every fault.
 */
async function readComments(
  survey: Survey,
  typed: string,
  question: string,
  language: string,
  now: number,
): Promise<{ settled: Settled[] } | { faults: RowFault[]; count: number }> {
  let rows: string[][]
  try {
    rows = parse(typed, { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch {
    // Somebody pasted lines with quotation marks in them, and no table.
    rows = typed.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [[line.trim()]]))
  }
  const { questionnaire, version } = survey
  const reading = { versions: new Map([[version, questionnaire]]), current: version, hour: now }
  const first = readHeader(rows[0] ?? [], reading)
  const table = !('faults' in first)
  if (!table && rows.some((row) => row.length > 1 && rows[0]?.length === row.length && row.length > 2))
    return ofFile(first.told)
  const plain = readHeader(['language', 'channel', question], reading)
  if ('faults' in plain) return ofFile(plain.told)
  const header: Header = table ? first : plain
  const form = questionnaire.languages.includes(language) ? language : questionnaire.source
  const settled: Settled[] = []
  const faults: RowFault[] = []
  for (const [at, row] of (table ? rows.slice(1) : rows).entries()) {
    if (at % breath === breath - 1) await rest()
    // A list that holds commas was never meant as columns.
    const one = readRow(table ? row : [form, 'import', row.join(',')], header)
    if ('faults' in one) faults.push(...one.told.map((fault) => ({ ...fault, row: at + (table ? 2 : 1) })))
    else if (one.settled.comments.length > 0) settled.push(one.settled)
  }
  if (faults.length > 0) return { faults, count: faults.length }
  return { settled }
}

const ofFile = (told: ToldFault[]) => ({
  faults: told.map((fault) => ({ ...fault, row: 1 })),
  count: told.length,
})

async function* breathing(settled: Settled[]): AsyncGenerator<Settled> {
  for (const [at, one] of settled.entries()) {
    if (at % breath === 0) await rest()
    yield one
  }
}
