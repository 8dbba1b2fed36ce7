import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import { settle } from '../../src/response/settle.ts'
import type { Survey } from '../../src/store/stores.ts'
import { readCodebook } from '../../src/theme/codebook.ts'
import { field, sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const title = (en: string) => ({ en })
const definition = {
  ...{ title: title('Our schools'), source: 'en', languages: ['en', 'es'], plan: 'hartford-2021-2024' },
  sections: [
    {
      ...{ code: 'one', title: title('You') },
      questions: [
        { code: 'group', kind: 'profile', attribute: 'group', title: title('Who are you?') },
        { code: 'school', kind: 'profile', attribute: 'school', title: title('Which school?') },
        { code: 'why', kind: 'text', title: title('Why?') },
      ],
    },
  ],
}

const { codebook } = readCodebook(JSON.parse(readFileSync('templates/codebook.json', 'utf8')))
if (!codebook) throw new Error('the codebook is not sound')

let house: House
const waves: Survey[] = []
const people: Record<string, ReturnType<typeof visitor>> = {}
const who = (name: string) => people[name] ?? visitor(house.app)
const see = async (path: string) => wordsOf((await who('leader').open(path)).text)
const json = async (path: string) => (await who('leader').open(path)).body as Seen
type Seen = {
  themes?: { people: number; themes: { code: string; people: number; n: number }[]; machine: unknown[] }
}
/** A row of the table with this caption on a page, as words. */
const rowOf = async (path: string, caption: string, row: RegExp) => {
  const { text } = await who('leader').open(path)
  const from = text.indexOf(`>${caption}<`)
  if (from < 0) return undefined
  const table = text.slice(from, text.indexOf('</table>', from))
  return table
    .split('<tr')
    .map((one) => wordsOf(`<tr${one}`))
    .find((one) => row.test(one))
}

type Written = [words: string, group: string, school: string, language: string, times: number]
const before: Written[] = [
  ['More tutors', 'family', 'school_a', 'en', 14],
  ['The bus is late', 'family', 'school_b', 'en', 26],
  ['Más tutores', 'family', 'school_b', 'es', 12],
  ['Feelings', 'student', 'school_a', 'en', 24],
]
const after: Written[] = [
  ['More tutors', 'family', 'school_a', 'en', 30],
  ['The bus is late', 'family', 'school_b', 'en', 20],
  ['Feelings', 'student', 'school_b', 'en', 24],
  // Nobody has read these: a machine has.
  ['Unread tutors', 'family', 'school_a', 'en', 16],
  ['Unread bus', 'student', 'school_b', 'en', 15],
]
const meant: Record<string, string[]> = {
  'More tutors': ['tutoring'],
  'Más tutores': ['tutoring'],
  Feelings: ['mental-health', 'enrichment'],
}

/** Two waves: the first coded by the first version of the codebook, the second by the next, in which themes were merged. */
beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await sampleDistrict(stores)
  for (const plan of await readPlans()) await stores.plans.put(plan)
  for (const role of ['office', 'leader'] as const) {
    await add(stores, role)
    people[role] = visitor(house.app)
    await people[role].signIn(`${role}@example.org`)
  }
  await stores.codebooks.save({ ...codebook, id: 'default', version: 1, history: [] }, 'x', 1)
  const series = await stores.series.add(title('Each year'), 0)
  for (const [at, written] of [before, after].entries()) {
    const survey = await field(stores, { slug: `wave-${at + 1}`, definition })
    waves.push(survey)
    await stores.series.put(series, {
      ...{ survey: survey.id, day: `202${at}-10-01`, label: title(`Fall 202${at}`) },
    })
    const said = written.flatMap(([words, group, school, language, times]) =>
      Array.from({ length: times }, () =>
        settle(
          survey.questionnaire,
          { group, school, why: { words, language } },
          { version: 1, language, channel: 'web', hour: 0 },
        ),
      ),
    )
    await stores.responses.addMany(survey.id, said)
    const comments = await stores.comments.list(survey.id)
    await stores.codings.read(
      survey.id,
      { person: 'x', version: at + 1, how: 'desk', at: 1 },
      comments
        .filter(({ words }) => !words.startsWith('Unread'))
        .map(({ id, words }) => ({ comment: id, themes: meant[words] ?? [] })),
    )
    if (at === 0) await merge('enrichment', 'mental-health')
  }
}, 60_000)
afterAll(() => house.close())

/** By the office's own button: a version of the codebook of its own. */
async function merge(from: string, into: string): Promise<void> {
  const page = `/office/codebook/${from}`
  const { text } = await who('office').open(page)
  const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''
  expect((await who('office').fill(page, { version, into }, `${page}/merge`)).status).toBe(303)
}

test('a theme is told over the waves of its series, also where the codebook changed between them', async () => {
  expect((await house.stores.codebooks.find('default'))?.version).toBe(2)
  const theme = '/reports/wave-2/themes/mental-health'
  // What was merged into it counts once for each who wrote, in the wave before the merge too.
  expect(await rowOf(theme, 'Over time', /Fall 2020/)).toContain('32% (24) 76')
  expect(await rowOf(theme, 'Over time', /Fall 2021/)).toContain('32% (24) 74')
  expect(await rowOf('/reports/wave-1/themes/tutoring', 'Over time', /Fall 2021/)).toContain('41% (30) 74')
  expect((await who('leader').open('/reports/wave-1/themes/enrichment')).status).toBe(404)
  // Filtered: each wave hides what it hides by itself.
  const filtered = `${theme}?group=student`
  expect(await rowOf(filtered, 'Over time', /Fall 2020/)).toMatch(/>\d+% 24|9\d% 24|– 24/)
})

test('it is told by group, school and language of the comment, each with its base', async () => {
  const theme = '/reports/wave-1/themes/tutoring'
  // No student spoke of it, which would tell of each of them: so families' share is a range.
  expect(await rowOf(theme, 'By stakeholder group', /family/)).toContain('45% to 55% 52')
  expect(await rowOf(theme, 'By the language of the comment', /English/)).toContain('64')
  const { text } = await who('leader').open(theme)
  expect(text).toContain('>By school<')
})

test('the file of codes says what was said then and what it is now, and names no small group and nobody', async () => {
  const { text, status } = await who('office').open('/office/surveys/wave-1/export.csv?form=codes')
  expect(status).toBe(200)
  const rows = text.split(/\r?\n/)
  expect(rows[0]).toContain('theme,now,fits,source,by,confidence,codebook,counts')
  const feelings = rows.filter((row) => row.includes(',Feelings,'))
  expect(
    feelings.some((row) =>
      /student,school_a,Feelings,enrichment,mental-health,1,person,coder 1,,1,1$/.test(row),
    ),
  ).toBe(true)
  const small = await field(house.stores, { slug: 'small', definition })
  await house.stores.responses.addMany(small.id, [
    settle(
      small.questionnaire,
      { group: 'board', school: 'school_a', why: { words: '=1+1 Help', language: 'en' } },
      { version: 1, language: 'en', channel: 'web', hour: 0 },
    ),
  ])
  const [one] = await house.stores.comments.list(small.id)
  const comment = one?.id ?? 0
  await house.stores.flags.add([{ survey: small.id, comment, kind: 'threat', level: 'urgent', at: 0 }])
  await house.stores.codings.read(small.id, { person: 'x', version: 2, how: 'desk', at: 1 }, [
    { comment, themes: ['hiring'] },
  ])
  const file = (await who('office').open('/office/surveys/small/export.csv?form=codes')).text
  expect(file).toContain("en,,,'=1+1 Help,hiring,hiring,1,person")
  expect(file).not.toMatch(/board|school_a|threat|urgent/)
  expect((await who('leader').open('/office/surveys/small/export.csv?form=codes')).status).toBe(403)
})

test('by priority and strategy a person counts once, by any theme that speaks to it', async () => {
  const { text } = await who('leader').open('/reports/wave-1/themes')
  const from = text.indexOf('>What it says about the plan<')
  const table = wordsOf(text.slice(from, text.indexOf('</table>', from)))
  expect(from).toBeGreaterThan(0)
  const plan = await house.stores.plans.find('hartford-2021-2024')
  const known = (plan?.priorities ?? []).flatMap(({ code, strategies }) => [
    code,
    ...strategies.map((one) => one.code),
  ])
  const cited = codebook.themes.find(({ code }) => code === 'tutoring')?.cites['hartford-2021-2024'] ?? []
  for (const code of cited.filter((one) => known.includes(one))) expect(table).toContain(code)
  expect(table).toMatch(/\d+% \((26|50)\)/)
  expect(await see('/reports/wave-1/themes/tutoring')).toContain('In the plan')
})

test('a machine counts where it was accepted, at that confidence, with what was measured; and no longer when not', async () => {
  const { stores } = house
  const [, survey] = waves
  if (!survey) throw new Error('no wave')
  const comments = await stores.comments.list(survey.id)
  const unread = comments.filter(({ words }) => words.startsWith('Unread'))
  await stores.themeModels.add(
    survey.id,
    {
      ...{ number: 1, codebookVersion: 2, examples: 74, took: 1, upTo: comments.at(-1)?.id ?? 0, at: 1 },
      metrics: { macroF1: 0.8, themes: [], skipped: [] },
    },
    { themes: [] } as never,
  )
  await stores.codings.put(
    survey.id,
    { source: 'model', who: 'model-1', version: 2, at: 1 },
    comments.map(({ id, words }) => ({
      ...{ comment: id, theme: 'tutoring' },
      // Of what people have read, it would say the contrary: a person's code wins.
      confidence: words === 'Unread tutors' || words === 'The bus is late' ? 0.9 : 0.6,
    })),
  )
  const told = async () => (await json('/reports/wave-2/data.json')).themes
  const tutoring = async () => (await told())?.themes.find(({ code }) => code === 'tutoring')?.people
  const theme = '/reports/wave-2/themes/tutoring'
  expect([await tutoring(), (await told())?.people]).toEqual([30, 74])
  expect(await see(theme)).not.toContain('sorted by a computer')
  await stores.acceptances.add(survey.id, {
    ...{ theme: 'tutoring', model: 1, confidence: 0.7, precision: 0.83, recall: 0.61, positives: 30 },
    ...{ by: 'x', at: 2 },
  })
  expect(unread).toHaveLength(31)
  expect(await tutoring()).toBe(46)
  const page = await see(theme)
  for (const said of [
    'sorted by a computer',
    '83% of what it marked was right',
    '61% of what people',
    'at least 70% sure',
  ])
    expect(page).toContain(said)
  expect(await rowOf(theme, 'Over time', /Fall 2021/)).toContain('44% (46) 105')
  // Its own base; the other themes keep the one of those whose comments people read.
  expect(await rowOf('/reports/wave-2/themes/mental-health', 'Over time', /Fall 2021/)).toContain('(24) 74')
  expect(await see('/reports/wave-2/themes')).toContain('83% of what it marked was right')
  expect((await told())?.machine).toEqual([
    { theme: 'tutoring', model: 'model-1', confidence: 0.7, precision: 0.83, recall: 0.61 },
  ])
  const file = (await who('office').open('/office/surveys/wave-2/export.csv?form=codes')).text.split(/\r?\n/)
  const line = (words: string, source: string) =>
    file.filter((one) => one.includes(`,${words},`) && one.includes(`,${source},`))
  // A code of a machine counts where it was accepted and nobody has read the comment, and says which one it is.
  expect(line('Unread tutors', 'model')[0]).toMatch(/tutoring,tutoring,1,model,model-1,0.9,2,1$/)
  expect(line('Unread bus', 'model')[0]).toMatch(/model-1,0.6,2,0$/)
  expect(line('The bus is late', 'model')[0]).toMatch(/model-1,0.9,2,0$/)
  expect(line('More tutors', 'person')[0]).toMatch(/tutoring,tutoring,1,person,coder 1,,2,1$/)
  expect(line('The bus is late', 'person')[0]).toMatch(/,,,person,,,2,1$/)
  await stores.acceptances.withdraw(survey.id, 'tutoring', 'x', 3)
  expect(await tutoring()).toBe(30)
  expect(await see(theme)).not.toContain('sorted by a computer')
  // A merge ends what was accepted of a theme.
  await stores.acceptances.add(survey.id, {
    ...{ theme: 'tutoring', model: 1, confidence: 0.5, precision: null, recall: null, positives: 0 },
    ...{ by: 'x', at: 4 },
  })
  expect(await see(theme)).toContain('an unknown share')
  await merge('tutoring', 'hiring')
  expect((await who('leader').open(theme)).status).toBe(404)
  expect(await see('/reports/wave-2/themes/hiring')).not.toContain('sorted by a computer')
  expect(await rowOf('/reports/wave-2/themes/hiring', 'Over time', /Fall 2020/)).toContain('34% (26) 76')
})
