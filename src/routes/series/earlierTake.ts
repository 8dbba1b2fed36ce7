import type { Request, RequestHandler } from 'express'
import { momentOf } from '../../district/clock.ts'
import { readAsOf } from '../../district/enrolmentFile.ts'
import { codeSchema, type Questionnaire } from '../../questionnaire/definition.ts'
import { keysOf } from '../../response/earlier/head.ts'
import { plain } from '../../response/earlier/plain.ts'
import {
  type ColumnUse,
  type EarlierMapping,
  guessValues,
  isChosen,
  mostValues,
  valuesOf,
} from '../../response/earlier/read.ts'
import { targetsOf } from '../../response/earlier/targets.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import { dayOf } from '../office/watching.ts'
import { type File, fingerprint, home, keep, type Shop } from './earlierFile.ts'
import { fileOf, look, readAll, type Typed } from './earlierLook.ts'

/** Taking earlier results: what the form says of them, what is wrong with it, and the survey that is made. */

/** The mapping as it stands in the form; values of a column that was taken for something else are guessed afresh. */
function mappingOf(req: Request, { headings, body, questionnaire }: File): EarlierMapping {
  const targets = new Map(targetsOf(questionnaire).map((target) => [target.to, target]))
  const columns = headings.map((_, at): ColumnUse => {
    const to = formField(req, `to-${at}`)
    const target = targets.get(to)
    if (to !== formField(req, `was-${at}`)) return { to, values: guessValues(body, at, target) }
    if (!target || !isChosen(target)) return { to, values: {} }
    const values = valuesOf(body, at, target).slice(0, mostValues)
    return {
      to,
      values: Object.fromEntries(
        values.map(({ value }, place) => [plain(value), formField(req, `value-${at}-${place}`)]),
      ),
    }
  })
  return { columns, order: formField(req, 'order') === 'dmy' ? 'dmy' : 'mdy' }
}

const typedOf = (req: Request): Typed => {
  const short = (name: string, most: number) => formField(req, name).trim().slice(0, most)
  return {
    base: '',
    slug: short('slug', 40),
    title: short('title', 200),
    day: short('day', 10),
    label: short('label', 40),
    series: short('series', 9),
  }
}

async function faultsOf(
  { stores, now }: Shop,
  typed: Typed,
  mapping: EarlierMapping,
): Promise<FieldProblem[]> {
  const { timeZone } = await stores.settings.district()
  const chosen = mapping.columns.map(({ to }) => to).filter(Boolean)
  const slug = codeSchema.safeParse(typed.slug)
  const taken = slug.success && (await stores.surveys.find(typed.slug)) !== undefined
  return [
    ...(new Set(chosen).size < chosen.length
      ? [{ field: 'columns', key: 'waves.earlier.problem.twice' }]
      : []),
    ...(slug.success && !taken
      ? []
      : [{ field: 'slug', key: taken ? 'waves.earlier.problem.taken' : 'waves.earlier.problem.slug' }]),
    ...(typed.title ? [] : [{ field: 'title', key: 'waves.earlier.problem.title' }]),
    ...(readAsOf(typed.day, dayOf(now(), timeZone))
      ? []
      : [{ field: 'day', key: 'waves.earlier.problem.day' }]),
    ...(typed.series !== '' && !typed.label ? [{ field: 'label', key: 'waves.problem.label' }] : []),
  ]
}

/**
 * Makes a closed survey that asks what the chosen one asks, and puts the responses into it in one transaction. While
 * rows cannot be used and nobody said to leave them out, nothing is made.
 */
export const takeResults =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores, now } = shop
    const file = await fileOf(shop, req)
    if (!file) return res.redirect(303, home)
    const mapping = mappingOf(req, file)
    const typed = typedOf(req)
    const go = formField(req, 'go')
    if (go !== 'take' && go !== 'some') return look(shop, res, file, mapping, { typed, remembered: false })
    const problems = await faultsOf(shop, typed, mapping)
    const again = (more: FieldProblem[]) =>
      look(shop, res, file, mapping, { typed, remembered: false, problems: more })
    if (problems.length > 0) return again(problems)
    const read = await readAll(shop, file, mapping, typed.day)
    if (read.settled.length === 0 || (read.problems.length > 0 && go !== 'some'))
      return again([{ field: 'columns', key: 'waves.earlier.problem.rows' }])
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    const { survey: base, questionnaire } = file
    const survey = await stores.surveys.add(
      {
        slug: typed.slug,
        questionnaire: titled(questionnaire, lang, typed.title),
        ...(base && { minimumGroup: base.minimumGroup, sample: base.sample }),
      },
      now(),
    )
    await stores.surveys.setState(survey.id, 'closed')
    const { timeZone } = await stores.settings.district()
    await stores.surveys.setDates(survey.id, null, momentOf(`${typed.day}T12:00`, timeZone) ?? null)
    const added = await stores.responses.addMany(survey.id, read.settled)
    const series = await stores.series.find(Number(typed.series) || 0)
    if (series)
      await stores.series.put(series.id, {
        survey: survey.id,
        day: typed.day,
        label: { [lang]: typed.label },
      })
    const said = Object.fromEntries(
      keysOf(file.headings).map((key, at) => [key, mapping.columns[at] ?? { to: '', values: {} }]),
    )
    await stores.earlier.keepMapping(fingerprint(file), JSON.stringify(said), now())
    await keep(shop, req, undefined)
    await audit(stores, req, now(), 'imported', survey.slug, `responses ${added}`)
    res.redirect(303, series ? `/office/series/${series.id}?done=imported` : `/office/surveys/${survey.slug}`)
  }

/** The same questions under another title. */
function titled(questionnaire: Questionnaire, lang: string, title: string): Questionnaire {
  const tag = questionnaire.languages.includes(lang) ? lang : questionnaire.source
  return { ...questionnaire, title: { [questionnaire.source]: title, [tag]: title } }
}
