import { randomUUID } from 'node:crypto'
import { seeded } from '../src/demo/chance.ts'
import { readPlans, readTemplates } from '../src/demo/files.ts'
import { sampleResponses } from '../src/demo/responses.ts'
import { stakeholder } from '../src/demo/shapes.ts'
import { districtSchema } from '../src/district/district.ts'
import type { Questionnaire } from '../src/questionnaire/definition.ts'
import { publish } from '../src/questionnaire/publish.ts'
import type { Answers } from '../src/response/response.ts'
import { settle } from '../src/response/settle.ts'
import type { Place } from '../src/store/engine.ts'
import { openStores } from '../src/store/open.ts'
import { hashPassword } from '../src/web/password.ts'

export const slug = 'stakeholder-2021'
export const leader = { email: 'bench@sample.example', password: 'only while the bench runs' }

/** Made-up people who answer the survey, and where they stand with it. */
export type Sample = { answers: Answers; language: string }

/** A data folder with one open survey, ready for a server. */
export type Scratch = Place & {
  survey: number
  version: number
  questionnaire: Questionnaire
  samples: Sample[]
}

/** As many samples as the shape of the demo holds (2,105) for each seed. */
type Draw = (seed: number) => ReturnType<typeof sampleResponses>

/**
 * Makes the data folder (or fills the empty database at `databaseUrl`): the sample district, its plans, the 2021 stakeholder survey (open), somebody who may read
 * reports, and so many made-up responses, each drawn for itself.
 */
export async function makeScratch(dataDir: string, responses = 0, databaseUrl?: string): Promise<Scratch> {
  const templates = await readTemplates()
  const plans = await readPlans()
  const district = districtSchema.parse(templates.district)
  const { questionnaire, faults } = publish(templates.surveys[slug], district)
  if (!questionnaire) throw new Error(`${slug} is not sound: ${faults.join('; ')}`)
  const { comments } = templates
  const now = Date.now()
  const draw: Draw = (seed) =>
    sampleResponses(questionnaire, { shape: stakeholder, district, comments, now, random: seeded(seed) })
  const stores = await openStores({ dataDir, databaseUrl })
  try {
    await stores.settings.setDistrict(district)
    for (const plan of plans) await stores.plans.put(plan)
    const { id, version } = await stores.surveys.add({ slug, questionnaire, sample: true }, now)
    await stores.surveys.setState(id, 'open')
    const passwordHash = await hashPassword(leader.password)
    await stores.people.add({ id: randomUUID(), email: leader.email, role: 'leader', passwordHash })
    if (responses > 0) await stores.responses.addMany(id, settled(questionnaire, version, draw, responses))
    return { dataDir, databaseUrl, survey: id, version, questionnaire, samples: draw(1) }
  } finally {
    await stores.close()
  }
}

function* settled(questionnaire: Questionnaire, version: number, draw: Draw, count: number) {
  let left = count
  for (let seed = 2; left > 0; seed++) {
    for (const { answers, ...circumstances } of draw(seed).slice(0, left)) {
      yield settle(questionnaire, answers, { version, ...circumstances })
      left--
    }
  }
}
