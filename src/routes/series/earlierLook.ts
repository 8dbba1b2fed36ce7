import type { Request, Response } from 'express'
import { momentOf } from '../../district/clock.ts'
import { pick } from '../../language/text.ts'
import { type EarlierMapping, earlierReader, type ReadEarlier } from '../../response/earlier/read.ts'
import { dateColumn } from '../../response/earlier/targets.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import type { EarlierPage } from '../models/waves.ts'
import { dayOf } from '../office/watching.ts'
import { render } from '../pages.ts'
import { type File, rawOf, type Shop } from './earlierFile.ts'
import { columnsOf, countsOf, targetChoices } from './earlierPages.ts'

/** The page on which earlier results are looked at before anything of them comes in. */

/** Rows that are read before other requests get their turn. */
const portion = 500

const shownProblems = 100

const noRead: ReadEarlier = { settled: [], problems: [], leftOut: new Map(), dropped: 0 }

export const nothingTyped = { base: '', slug: '', title: '', day: '', label: '', series: '' }

export async function fileOf(shop: Shop, req: Request): Promise<File | undefined> {
  const raw = await rawOf(shop, req)
  if (!raw) return undefined
  const survey = raw.base === '' ? undefined : await shop.stores.surveys.find(raw.base)
  const questionnaire = survey?.questionnaire ?? raw.made?.questionnaire
  return questionnaire && { ...raw, survey, questionnaire }
}

async function lists({ stores, messages }: Shop, res: Response) {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const [surveys, series] = await Promise.all([stores.surveys.list(), stores.series.list()])
  return {
    lang,
    surveys: surveys.map(({ slug, questionnaire }) => ({
      slug,
      title: pick(questionnaire.title, lang, questionnaire.source),
    })),
    series: series.map(({ id, name }) => ({ id, name: pick(name, lang) })),
  }
}

export async function showEmpty(
  shop: Shop,
  res: Response,
  problems: FieldProblem[],
  base = '',
): Promise<void> {
  const { lang: _, ...all } = await lists(shop, res)
  if (problems.length > 0) res.status(422)
  render(res, 'office/earlier', {
    ...all,
    name: '',
    windows: false,
    tests: 0,
    base: undefined,
    remembered: false,
    targets: [],
    columns: [],
    order: 'mdy',
    dated: false,
    counts: countsOf(noRead, 0),
    typed: { ...nothingTyped, base },
    problems,
  })
}

export type Typed = EarlierPage['typed']

/** Every row is read, so that the page tells what would come in before anything does. */
export async function look(
  shop: Shop,
  res: Response,
  file: File,
  mapping: EarlierMapping,
  { typed, remembered, problems = [] }: { typed: Typed; remembered: boolean; problems?: FieldProblem[] },
): Promise<void> {
  const { lang, ...all } = await lists(shop, res)
  const { questionnaire } = file
  const t = shop.messages.t(lang)
  const to = { lang, say: (key: string, values?: Record<string, number>) => t(key, values ?? {}) as string }
  const read = await readAll(shop, file, mapping, typed.day)
  if (problems.length > 0) res.status(422)
  render(res, 'office/earlier', {
    ...all,
    name: file.name,
    windows: file.windows,
    tests: file.table.tests,
    base: pick(questionnaire.title, lang, questionnaire.source),
    remembered,
    targets: targetChoices(questionnaire, to),
    columns: columnsOf(file.headings, file.body, mapping, questionnaire, to),
    order: mapping.order,
    dated: mapping.columns.some((column) => column.to === dateColumn),
    counts: countsOf(read, shownProblems),
    typed,
    problems,
  })
}

export async function readAll(
  { stores, now }: Shop,
  file: File,
  mapping: EarlierMapping,
  day: string,
): Promise<ReadEarlier> {
  const { timeZone } = await stores.settings.district()
  const noon = (of: string) => momentOf(`${of}T12:00`, timeZone)
  const hour = noon(day) ?? noon(dayOf(now(), timeZone)) ?? now()
  const { read, take } = earlierReader(file.body, mapping, file.questionnaire, {
    momentOf: (wall) => momentOf(wall, timeZone),
    hour,
  })
  for (let at = 0; at < file.body.length; at += portion) {
    take(file.body.slice(at, at + portion), at + file.table.first)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return read
}
