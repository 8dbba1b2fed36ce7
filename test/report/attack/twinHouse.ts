import { readPlans } from '../../../src/demo/files.ts'
import type { Questionnaire } from '../../../src/questionnaire/definition.ts'
import { settle } from '../../../src/response/settle.ts'
import { gatherTold, snapshotOf } from '../../../src/routes/told/told.ts'
import type { Stores } from '../../../src/store/stores.ts'
import { add, type House, openHouse, visitor } from '../../web/house.ts'
import { enrolment, type Role } from './reads.ts'
import { type AnySurvey, definitions, district, kindsOf, questionnaire, themesOf } from './world.ts'

/** One survey of a house: `series` names the series that it is a wave of. */
export type Fielded = { slug: string; survey: AnySurvey; series: string }

const noon = Date.UTC(2022, 5, 1, 12)
const year = 365 * 86_400_000
/** A comment that speaks of the theme, which nobody can tell from one that does not. */
const silent = '\u200b'

/** The real site with these surveys in it, each from another year, and somebody who reads them. */
export async function openTwin(fielded: readonly Fielded[], role: Role) {
  const house = await openHouse({}, 'locales', {
    measures: new Map([[definitions.plan, definitions]]),
    now: () => noon,
  })
  const { stores } = house
  await stores.settings.setDistrict(district)
  for (const plan of await readPlans()) await stores.plans.put(plan)
  await stores.enrolments.put(enrolment, noon)
  await stores.codebooks.save(themesOf([], []).codebook, 'x', noon)
  const series = new Map<string, number>()
  for (const [at, one] of fielded.entries()) {
    const began = noon - (fielded.length - at) * year
    const id = await load(stores, one, began)
    const known = series.get(one.series) ?? (await stores.series.add({ en: one.series }, noon))
    series.set(one.series, known)
    const day = new Date(began).toISOString().slice(0, 10)
    await stores.series.put(known, { survey: id, day, label: { en: day } })
  }
  const reader = visitor(house.app, { 'Accept-Language': 'en' })
  if (!role.publicly) {
    const email = 'reader@example.org'
    const id = await add(stores, role.reach ? 'school-leader' : 'leader', email)
    if (role.reach)
      await stores.people.setRole(id, 'school-leader', { schools: [...role.reach], languages: [] })
    await reader.signIn(email)
  }
  return { house, series, read: (path: string) => readPage(reader, path) }
}
export type TwinHouse = { house: House; series: Map<string, number>; read: (path: string) => Promise<string> }

/** What a browser gets, but for what is different at every visit. */
async function readPage(reader: ReturnType<typeof visitor>, path: string): Promise<string> {
  const { status, text, body, headers } = await reader.open(path).buffer(true)
  const sent = text ?? (Buffer.isBuffer(body) ? body.toString() : '')
  return `${status} ${headers['content-type']}\n${sent}`
    .replaceAll(/(name="_csrf" value=")[^"]*/g, '$1')
    .replaceAll(/(<code>)[0-9A-Z]{4}-[0-9A-Z]{4}(<\/code>)/g, '$1$2')
    .replaceAll(silent, '')
}

async function load(stores: Stores, { slug, survey }: Fielded, began: number): Promise<number> {
  const { id } = await stores.surveys.add(
    {
      ...{ slug, questionnaire: questionnaire as Questionnaire, opensAt: began, closesAt: began + 1 },
      ...{ minimumGroup: survey.minimum, sample: true },
    },
    began,
  )
  await stores.surveys.setState(id, 'closed')
  const circumstances = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const numbers = new Map(survey.people.map((one) => [placed(one), one.n]))
  // Always in the same order, so that lists of what came differ in what was said alone.
  const responses = kindsOf(survey.asked).flatMap((kind) => {
    const { school, group, grade, language } = kind
    const profile = Object.fromEntries(
      Object.entries({ school, group, grade, language }).filter(([, code]) => code),
    )
    const answers = Object.entries(survey.asked.answers(kind.said)).map(([code, answer]) => [
      code,
      isComment(answer) ? { ...answer, words: `Because${answer.words === 't' ? silent : ''}` } : answer,
    ])
    return Array.from({ length: numbers.get(placed(kind)) ?? 0 }, () =>
      settle(questionnaire, { ...profile, ...Object.fromEntries(answers) }, circumstances),
    )
  })
  await stores.responses.addMany(id, responses)
  if (survey.asked.name === 'themes') {
    const comments = await stores.comments.list(id)
    await stores.codings.read(
      id,
      { person: 'x', version: 1, how: 'desk', at: began },
      comments.map(({ id: comment, words }) => ({
        comment,
        themes: words.endsWith(silent) ? ['tutoring'] : [],
      })),
    )
  }
  const words = { words: { en: 'More tutors' }, owner: { en: 'Schools' } }
  const promise = { ...words, element: null, status: 'done' as const, on: '2023-01-01' }
  await stores.commitments.add(id, { ...promise, about: { kind: 'group', code: 'staff' } }, 'x', began)
  await stores.commitments.add(id, { ...promise, about: { kind: 'theme', code: 'tutoring' } }, 'x', began)
  const found = await stores.surveys.find(slug)
  const content = found && snapshotOf(await gatherTold(stores, found, () => noon, { anew: true }))
  if (content) await stores.heardPages.show(id, content, content.responses, 'x', noon)
  return id
}

const placed = (one: AnySurvey['people'][number] | ReturnType<typeof kindsOf>[number]) =>
  `${one.school}/${one.group}/${one.grade}/${one.language}/${one.said}`

const isComment = (answer: unknown): answer is { words: string; language: string } =>
  typeof answer === 'object' && answer !== null && 'words' in answer

/** Every page of a survey in a filter that tells of what was asked, and those that are of everyone alone. */
export function pagesOf({ slug, survey, series }: Fielded, role: Role, numbers: ReadonlyMap<string, number>) {
  const { name, finely } = survey.asked
  if (role.publicly) return { alone: [`/heard/${slug}`], filtered: () => [] }
  const at = `/reports/${slug}`
  const own = role.reach ? '?school=' : ''
  const asked = ['why', 'after'].includes(name) ? 'goal' : (name.split('.')[0] ?? '')
  const also = name === 'after' ? ['after'] : []
  const items = name === 'climate' ? ['safe', 'left'] : name === 'climate.safe' ? ['safe'] : []
  const attributes = ['group', 'grade', 'language']
  const looked = ['', asked === 'climate' ? 'climate.safe' : asked]
  const plan = `/reports/plan/${definitions.plan}`
  const wave = `/reports/series/${numbers.get(series)}`
  return {
    alone: [
      `${at}${own || '?'}&weighted=1`,
      `${at}/board${own || '?'}&weighted=1`,
      ...items.map((item) => `${at}/q/climate/${item}${own || '?'}&weighted=1`),
      `${at}/weights`,
      `${at}/weights.json`,
      `${at}/commitments`,
      // What is published is for everybody: who leads all schools but one can take these from it (docs/privacy.md).
      ...(role.reach ? [] : [`/heard/${slug}`]),
      ...['grade', 'language'].map((by) => `${at}/equity?by=${by}`),
      ...(finely
        ? attributes.flatMap((rows) =>
            ['', ...attributes]
              .filter((columns) => columns !== rows)
              .flatMap((columns) =>
                looked.flatMap((question) =>
                  ['cross', 'cross.json'].map(
                    (page) => `${at}/${page}?rows=${rows}&columns=${columns}&question=${question}`,
                  ),
                ),
              ),
          )
        : []),
    ],
    filtered: (school: string | null, group: string | null) => {
      const query = `?school=${school ?? ''}&group=${group ?? ''}`
      return [
        '',
        '/data.json',
        '/board',
        '/equity',
        '/themes',
        '/themes/tutoring',
        ...[asked, ...also, 'grade', 'language', 'more'].flatMap((code) =>
          ['svg', 'csv'].map((kind) => `/charts/${code}.${kind}`),
        ),
        ...(name === 'order' ? ['pairs', 'rounds'].map((table) => `/charts/order.csv?table=${table}`) : []),
        ...items.map((item) => `/q/climate/${item}`),
        '/comments?question=why&about=reading',
        '/comments?question=more',
      ]
        .map((page) => `${at}${page.includes('?') ? `${page}&${query.slice(1)}` : `${page}${query}`}`)
        .concat([`${wave}${query}`, `${wave}/data.json${query}`])
        .concat(
          items.length > 0 && group === null
            ? [
                plan,
                `${plan}/data.json`,
                `${plan}/indicators.csv`,
                ...['', '/chart.svg', '/waves.csv'].map((page) => `${plan}/SCC7.d${page}`),
                `${plan}/SCC`,
                `${plan}/SCC7`,
              ].map((page) => `${page}?school=${school ?? ''}`)
            : [],
        )
    },
  }
}
