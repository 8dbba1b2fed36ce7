import { type District, districtSchema } from '../district/district.ts'
import { readEnrolment } from '../district/enrolmentFile.ts'
import { elements } from '../plan/elements.ts'
import type { Plan } from '../plan/plan.ts'
import { publish } from '../questionnaire/publish.ts'
import { settle } from '../response/settle.ts'
import type { Stores, Survey } from '../store/stores.ts'
import type { Random } from './chance.ts'
import { sampleCourse } from './course.ts'
import { sampleResponses } from './responses.ts'
import type { Comments } from './samplers.ts'
import { children, climate, climateBefore, type Shape, stakeholder } from './shapes.ts'

/** What the demo district is made of, as it was read from `templates/`. */
export type Templates = {
  district: unknown
  /** Definitions by slug. */
  surveys: Record<string, unknown>
  comments: Comments
  /** Rows of text, header among the first of them. */
  enrolment: { asOf: string; source: string; table: string[][] }
}

/** What was missing and is there now. */
export type Loaded = { plans: string[]; district: boolean; surveys: { slug: string; responses: number }[] }

/** What the responses to each survey look like; a survey that is not named here gets none. */
const shapes: Record<string, Shape> = {
  'stakeholder-2021': stakeholder,
  'climate-2021': climate,
  'students-3-5': children,
  'climate-2020': climateBefore,
}

const day = 24 * 60 * 60 * 1000

/**
 * Fills the stores with the demo district: plans, district record, and open surveys with made-up responses, all
 * marked as sample data. Adds only what is missing, so that starting the demo again keeps whatever was changed or
 * added since. Refuses a folder that holds a real district: sample data must never mix with it.
 */
export async function loadDemo(
  stores: Stores,
  {
    plans,
    templates,
    now,
    random,
  }: { plans: readonly Plan[]; templates: Templates; now: number; random: Random },
): Promise<Loaded> {
  const { district, added } = await ensureDistrict(stores, templates.district)
  if ((await stores.enrolments.list()).length === 0)
    await addEnrolment(stores, templates.enrolment, district, now)
  const loaded: Loaded = { plans: [], district: added, surveys: [] }
  for (const plan of plans) {
    if (await stores.plans.find(plan.id)) continue
    await stores.plans.put(plan)
    loaded.plans.push(plan.id)
  }
  for (const [slug, definition] of Object.entries(templates.surveys)) {
    const { yearsAgo = 0 } = shapes[slug] ?? {}
    const then = now - yearsAgo * 365 * day
    const dates = yearsAgo > 0 ? { opensAt: then - 22 * day, closesAt: then } : {}
    const survey =
      (await stores.surveys.find(slug)) ??
      (await stores.surveys.add(
        { slug, questionnaire: readable(slug, definition, district, plans), sample: true, ...dates },
        then - 22 * day,
      ))
    // A sample survey without responses was stopped half-way, or is new.
    if (!survey.sample || survey.version !== 1 || (await stores.responses.count(survey.id)) > 0) continue
    const responses = await fill(stores, survey, {
      district,
      comments: templates.comments,
      now: then,
      random,
    })
    if (yearsAgo > 0) await stores.surveys.setState(survey.id, 'closed')
    loaded.surveys.push({ slug, responses })
  }
  await addSeries(stores, ['climate-2020', 'climate-2021'], now)
  return loaded
}

/** The same survey, asked again: a series called as the last of them is. */
async function addSeries(stores: Stores, slugs: readonly string[], now: number): Promise<void> {
  const surveys = (await Promise.all(slugs.map((slug) => stores.surveys.find(slug)))).filter(
    (survey) => survey?.sample === true,
  ) as Survey[]
  const last = surveys.at(-1)
  if (!last || surveys.length < 2 || (await stores.series.list()).length > 0) return
  const { title } = await stores.surveys.version(last.id, 1)
  const id = await stores.series.add(title, now)
  for (const { id: survey, slug } of surveys) {
    const on = now - (shapes[slug]?.yearsAgo ?? 0) * 365 * day
    const wave = new Date(on).toISOString().slice(0, 10)
    await stores.series.put(id, { survey, day: wave, label: { en: wave.slice(0, 4) } })
  }
}

async function addEnrolment(
  stores: Stores,
  { asOf, source, table }: Templates['enrolment'],
  district: District,
  now: number,
): Promise<void> {
  const { rows, faults } = readEnrolment(table, district)
  // A sample district that was changed since may have other schools; then there is no sample enrolment for it.
  if (faults.length === 0) await stores.enrolments.put({ asOf, source, rows }, now)
}

async function ensureDistrict(
  stores: Stores,
  template: unknown,
): Promise<{ district: District; added: boolean }> {
  const known = await stores.settings.district()
  const isEmpty = known.groups.length === 0 && known.schools.length === 0
  if (!isEmpty && !known.sample)
    throw new Error('This data folder holds a district of its own. Start the demo with another DATA_DIR.')
  if (!isEmpty) return { district: known, added: false }
  const district = districtSchema.parse(template)
  await stores.settings.setDistrict(district)
  return { district, added: true }
}

/** The definition as it will be frozen; throws with every fault, for a template is ours to mend. */
function readable(slug: string, definition: unknown, district: District, plans: readonly Plan[]) {
  const cited = plans.find(({ id }) => id === (definition as { plan?: string }).plan)
  const codes = cited && new Set(elements(cited).map(({ code }) => code))
  const { questionnaire, faults } = publish(definition, district, codes)
  if (!questionnaire) throw new Error(`${slug} is not sound: ${faults.join('; ')}`)
  return questionnaire
}

async function fill(
  stores: Stores,
  survey: Survey,
  {
    district,
    comments,
    now,
    random,
  }: { district: District; comments: Comments; now: number; random: Random },
): Promise<number> {
  if (survey.state === 'draft') await stores.surveys.setState(survey.id, 'open')
  const shape = shapes[survey.slug]
  if (!shape) return 0
  const { questionnaire, version } = survey
  const samples = sampleResponses(questionnaire, { shape, district, comments, now, random })
  const settled = samples.map(({ answers, ...circumstances }) =>
    settle(questionnaire, answers, { version, ...circumstances }),
  )
  for (const event of sampleCourse(survey, samples, district.timeZone)) stores.progress.count(event)
  await stores.progress.flush()
  return stores.responses.addMany(survey.id, settled)
}
