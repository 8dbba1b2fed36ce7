import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readTable } from '../files/table.ts'
import type { Plan } from '../plan/plan.ts'
import { readPlan } from '../plan/read.ts'
import { translatedPlan } from '../plan/translations.ts'
import { readPlanTranslations } from '../templates.ts'
import type { Templates } from './load.ts'

const root = new URL('../../', import.meta.url)
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(new URL(path, root), 'utf8'))

const table = async (path: string): Promise<string[][]> => {
  const read = await readTable(await readFile(new URL(path, root)))
  if ('fault' in read) throw new Error(`${path}: ${read.fault.key}`)
  return read.rows
}

type Titled = { title: Record<string, string> }

/** The same survey as it was asked in another year. */
const earlier = (survey: Titled, year: string): Titled => ({
  ...survey,
  title: Object.fromEntries(
    Object.entries(survey.title).map(([lang, words]) => [lang, `${words} (${year})`]),
  ),
})

/** The templates of the demo district, as they come with Heard. */
export const readTemplates = async (): Promise<Templates> => ({
  district: await json('templates/sample-district.json'),
  surveys: {
    'stakeholder-2021': await json('templates/surveys/stakeholder-2021.json'),
    'climate-2021': await json('templates/surveys/climate.json'),
    'students-3-5': await json('templates/surveys/students-3-5.json'),
    'climate-2020': earlier((await json('templates/surveys/climate.json')) as Titled, '2020'),
  },
  comments: (await json('templates/sample-comments.json')) as Templates['comments'],
  enrolment: {
    asOf: '2020-10-01',
    source:
      'Sample data: a made-up split over the sample schools. The totals are as printed on the ERS partner page (20,874 students, 1,568 full-time classroom teachers; undated).',
    table: await table('templates/sample-enrolment.csv'),
  },
})

/** Every plan version that comes with Heard. The crosswalk lies beside them and is not one. Throws on a fault. */
export async function readPlans(): Promise<Plan[]> {
  const files = (await readdir(new URL('plans/', root))).filter(
    (file) => file.endsWith('.json') && file !== 'crosswalk.json',
  )
  const translations = readPlanTranslations(fileURLToPath(new URL('plans/translations', root)))
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { plan, problems } = readPlan(await json(`plans/${file}`))
      if (!plan) throw new Error(`plans/${file}: ${problems.join('; ')}`)
      return translatedPlan(plan, translations)
    }),
  )
}
