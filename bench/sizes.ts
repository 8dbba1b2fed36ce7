import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { seeded } from '../src/demo/chance.ts'
import { readPlans, readTemplates } from '../src/demo/files.ts'
import { type Sample, sampleResponses } from '../src/demo/responses.ts'
import { climate } from '../src/demo/shapes.ts'
import { type District, districtSchema } from '../src/district/district.ts'
import { type Question, type Questionnaire, questions } from '../src/questionnaire/definition.ts'
import { publish } from '../src/questionnaire/publish.ts'
import { csvText } from '../src/report/export/csv.ts'
import { wide } from '../src/report/export/wide.ts'
import { settle } from '../src/response/settle.ts'
import { openStores } from '../src/store/open.ts'
import { hashPassword } from '../src/web/password.ts'

/** The survey of the size part: every question is asked of everybody, so that a response has twelve answers. */
export const slug = 'size'
export const people = {
  leader: { email: 'leader@bench.example', password: 'only while the bench runs' },
  office: { email: 'office@bench.example', password: 'only while the bench runs' },
}
/** The plan that the survey cites: its dashboard, a priority and an indicator of it are read. */
export const planId = 'hartford-2018-2022'

/** Twelve questions of every kind that is counted, from the templates, and one comment. */
const asked = [
  ...['group', 'school', 'grade', 'home_language'],
  ...['student_climate', 'family_climate', 'staff_climate', 'central_climate', 'recommend', 'contact'],
  ...['goal', 'priorities', 'better'],
]
/** The share of people who write something. */
const writes = 0.3
/** Different people in the file; it repeats them, which no count can tell from others who answer alike. */
const mostDifferent = 20_000

export type Sizes = { questionnaire: Questionnaire; district: District; samples: Sample[] }

/** The questionnaire and so many different made-up people who answered all of it. */
export async function drawSizes(count: number): Promise<Sizes> {
  const templates = await readTemplates()
  const district = districtSchema.parse(templates.district)
  const found = ['climate-2021', 'stakeholder-2021'].flatMap((name) => {
    const { questionnaire = templates.surveys[name] } = templates.surveys[name] as { questionnaire?: unknown }
    return questions(questionnaire as Questionnaire)
  })
  const taken = asked.map((code) => {
    const question = found.find((one) => one.code === code)
    if (!question) throw new Error(`no template asks ${code}`)
    const { showIf: _, ...rest } = question
    return ['goal', 'priorities'].includes(code) ? withoutCites(rest) : rest
  })
  const definition = {
    source: 'en',
    languages: ['en', 'es', 'pt-BR', 'ar', 'ht', 'vi'],
    title: { en: 'A survey of twelve answers' },
    plan: planId,
    sections: [{ code: 'all', title: { en: 'All' }, questions: taken }],
  }
  const { questionnaire, faults } = publish(definition, district)
  if (!questionnaire) throw new Error(`the survey is not sound: ${faults.join('; ')}`)
  const different = Math.min(count, mostDifferent)
  const samples: Sample[] = []
  const shape = { ...climate, writes: { better: writes } }
  const drawn = { shape, district, comments: templates.comments, now: Date.UTC(2026, 4, 4) }
  for (let seed = 1; samples.length < different; seed++)
    samples.push(...sampleResponses(questionnaire, { ...drawn, random: seeded(seed) }))
  return { questionnaire, district, samples: answered(questionnaire, samples.slice(0, different)) }
}

const withoutCites = (question: Question): Question =>
  JSON.parse(JSON.stringify(question, (key, value) => (key === 'cites' ? undefined : value)))

/** Who skipped a question answers it as the one before did. */
function answered(questionnaire: Questionnaire, samples: Sample[]): Sample[] {
  const last: Sample['answers'] = {}
  const codes = questions(questionnaire).filter(({ kind }) => kind !== 'text')
  // Backwards first, so that the first ones have somebody to follow.
  for (const { answers } of samples.toReversed()) Object.assign(last, answers)
  return samples.map((sample) => {
    const answers = { ...sample.answers }
    for (const { code } of codes) {
      const answer = answers[code] ?? last[code]
      if (answer !== undefined) answers[code] = last[code] = answer
    }
    return { ...sample, answers }
  })
}

/** A data folder with the open survey and nobody's answers; a leader and somebody of the office. */
export async function makeHouse(dataDir: string, { questionnaire, district }: Sizes): Promise<void> {
  const stores = await openStores({ dataDir })
  try {
    await stores.settings.setDistrict(district)
    for (const plan of await readPlans()) await stores.plans.put(plan)
    const { id } = await stores.surveys.add({ slug, questionnaire, sample: true }, Date.now())
    await stores.surveys.setState(id, 'open')
    for (const role of ['leader', 'office'] as const) {
      const { email, password } = people[role]
      const passwordHash = await hashPassword(password)
      await stores.people.add({ id: role, email, role, passwordHash })
    }
  } finally {
    await stores.close()
  }
}

/** Writes a file of `count` rows as an export of the survey would: the samples, again and again. */
export async function writeRows(
  file: string,
  count: number,
  { questionnaire, samples }: Sizes,
): Promise<void> {
  const stored = samples.map(({ answers, ...about }, id) => ({
    id,
    version: 1,
    ...about,
    answers: settle(questionnaire, answers, { version: 1, ...about }).answers,
  }))
  let text = ''
  for await (const part of csvText(wide(new Map([[1, questionnaire]]), streamed(stored)))) text += part
  const start = text.indexOf('\n') + 1
  const block = text.slice(start)
  const out = createWriteStream(file)
  const write = async (part: string) => {
    if (!out.write(part)) await once(out, 'drain')
  }
  await write(text.slice(0, start))
  let left = count
  for (; left >= samples.length; left -= samples.length) await write(block)
  if (left > 0) await write(firstRows(block, left))
  out.end()
  await once(out, 'close')
}

/** The first rows of a text: comments hold no line ends. */
const firstRows = (text: string, count: number): string => `${text.split('\n', count).join('\n')}\n`

async function* streamed<T>(list: readonly T[]): AsyncGenerator<T> {
  yield* list
}
