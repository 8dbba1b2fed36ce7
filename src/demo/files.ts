import { readdir, readFile } from 'node:fs/promises'
import { readTable } from '../files/tableFile.ts'
import type { Plan } from '../plan/plan.ts'
import { readPlan } from '../plan/read.ts'
import { type IndicatorDefinitions, readIndicators } from '../report/indicatorDefinition.ts'
import type { Templates } from './load.ts'

const root = new URL('../../', import.meta.url)
const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(new URL(path, root), 'utf8'))

const table = async (path: string): Promise<string[][]> => {
  const read = readTable(await readFile(new URL(path, root)))
  if ('fault' in read) throw new Error(`${path}: ${read.fault.key}`)
  return read.rows
}

/** The templates of the demo district, as they come with Heard. */
export const readTemplates = async (): Promise<Templates> => ({
  district: await json('templates/sample-district.json'),
  surveys: {
    'stakeholder-2021': await json('templates/surveys/stakeholder-2021.json'),
    'climate-2021': await json('templates/surveys/climate.json'),
    'students-3-5': await json('templates/surveys/students-3-5.json'),
  },
  comments: (await json('templates/sample-comments.json')) as Templates['comments'],
  enrolment: {
    asOf: '2020-10-01',
    source:
      'Sample data: a made-up split over the sample schools. The totals are as printed on the ERS partner page (20,874 students, 1,568 full-time classroom teachers; undated).',
    table: await table('templates/sample-enrolment.csv'),
  },
})

/** How the perception indicators of these plans are measured, by plan id. Throws on a fault. */
export async function readMeasures(plans: readonly Plan[]): Promise<Map<string, IndicatorDefinitions>> {
  const folder = 'plans/indicators/'
  const files = (await readdir(new URL(folder, root))).filter((file) => file.endsWith('.json'))
  const read = files.toSorted().map(async (file): Promise<[string, IndicatorDefinitions]> => {
    const { definitions, problems } = readIndicators(await json(`${folder}${file}`), plans)
    if (!definitions) throw new Error(`${folder}${file}: ${problems.join('; ')}`)
    return [definitions.plan, definitions]
  })
  return new Map(await Promise.all(read))
}

/** Every plan version that comes with Heard. The crosswalk lies beside them and is not one. Throws on a fault. */
export async function readPlans(): Promise<Plan[]> {
  const files = (await readdir(new URL('plans/', root))).filter(
    (file) => file.endsWith('.json') && file !== 'crosswalk.json',
  )
  return Promise.all(
    files.toSorted().map(async (file) => {
      const { plan, problems } = readPlan(await json(`plans/${file}`))
      if (!plan) throw new Error(`plans/${file}: ${problems.join('; ')}`)
      return plan
    }),
  )
}
