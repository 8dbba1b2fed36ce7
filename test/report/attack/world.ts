import type { District } from '../../../src/district/district.ts'
import type { Enrolment } from '../../../src/district/enrolment.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { Questionnaire } from '../../../src/questionnaire/definition.ts'
import type { IndicatorDefinitions } from '../../../src/report/plan/indicatorDefinition.ts'
import { type ReportSource, readSource } from '../../../src/report/source.ts'
import type { CommentCount, Row } from '../../../src/report/tally.ts'
import type { PlacedComment, ThemeInput } from '../../../src/report/themes/source.ts'
import { settle } from '../../../src/response/settle.ts'

/**
 * A person as an attacker thinks of one: where they belong, and what they said of the one thing that is looked at.
 * '' is "did not say". Of every kind of person there is an unknown number.
 */
export type Place = { school: string; group: string; grade: string; language: string }
export type Person = Place & { said: string }
export type People = readonly (Person & { n: number })[]

export const schools = ['north', 'south', 'west', '']
export const groups = ['family', 'student', 'staff', '']
const grades = ['g1', 'g2', '']
const languages = ['es', '']

/**
 * Something that can be counted of people: 1 for those who said it (or how many times they did), else 0. `base`: who
 * answered at all what it is a share of.
 */
export type Event = { name: string; of: (said: string) => number; base: (said: string) => boolean }

/**
 * One thing that is asked, and everything that can be said of it. `finely`: tables by grade and home language tell of
 * it too, so people are told apart by these.
 */
export type Asked = {
  name: string
  /** Who comes to it, where not everybody does. */
  comes?: (place: Place) => boolean
  said: readonly string[]
  events: readonly Event[]
  finely: boolean
  answers: (said: string) => Record<string, unknown>
}

const answered = (said: string) => said !== ''
const isOne = (name: string): Event => ({ name, of: (said) => Number(said === name), base: answered })
const words = (said: string) => ({ words: said, language: 'en' })

const goals = ['attendance', 'reading', 'math']
const goal: Asked = {
  name: 'goal',
  said: [...goals, ''],
  events: goals.map(isOne),
  finely: true,
  answers: (said) => (said ? { goal: said } : {}),
}

const several: Asked = {
  name: 'several',
  said: ['p', 'q', 'p+q', ''],
  events: ['p', 'q'].map((one) => ({
    name: one,
    of: (said) => Number(said.split('+').includes(one)),
    base: answered,
  })),
  finely: false,
  answers: (said) => (said ? { several: said.split('+') } : {}),
}

const points = ['no', 'so', 'yes']
const safe: Asked = {
  name: 'climate.safe',
  said: [...points, ''],
  events: points.map(isOne),
  finely: true,
  answers: (said) => (said ? { climate: { safe: said } } : {}),
}

/** Both items of the grid, as "safe/left"; a dash is "does not apply". */
const parts = ['no', 'yes', '-', '']
const of = (said: string, at: 0 | 1) => (said === '' ? '' : (said.split('/')[at] ?? ''))
const both: Asked = {
  name: 'climate',
  said: ['', ...parts.flatMap((a) => parts.map((b) => `${a}/${b}`)).filter((one) => one !== '/')],
  events: [
    ...([0, 1] as const).flatMap((at) =>
      ['no', 'yes', '-'].map((point) => ({
        name: `${at === 0 ? 'safe' : 'left'} ${point}`,
        of: (said: string) => Number(of(said, at) === point),
        base: (said: string) => point === '-' || of(said, at) !== '',
      })),
    ),
    {
      name: 'both',
      of: (said) => Number(said === 'yes/no'),
      base: (said) => [0, 1].every((at) => ['no', 'yes'].includes(of(said, at as 0 | 1))),
    },
  ],
  finely: false,
  answers: (said) => {
    const given = (at: 0 | 1) => of(said, at).replace('-', 'na')
    const climate = {
      ...(given(0) && { safe: given(0) }),
      ...(given(1) && { left: given(1) }),
    }
    return Object.keys(climate).length > 0 ? { climate } : {}
  },
}

const ballots = 'a b c a>b a>c b>a b>c c>a c>b a>b>c a>c>b b>a>c b>c>a c>a>b c>b>a'.split(' ')
const order: Asked = {
  name: 'order',
  said: [...ballots, ''],
  events: [
    ...['a', 'b', 'c'].map((one) => ({
      name: `first ${one}`,
      of: (said: string) => Number(said[0] === one),
      base: answered,
    })),
  ],
  finely: false,
  answers: (said) => (said ? { order: { order: said.split('>') } } : {}),
}

/** A choice with a comment that explains it: "reading+" is one who chose reading and wrote why. */
const why: Asked = {
  name: 'why',
  said: ['attendance', 'attendance+', 'reading', 'reading+', ''],
  events: [
    ...['attendance', 'reading'].map((one) => ({
      name: one,
      of: (said: string) => Number(said.startsWith(one)),
      base: answered,
    })),
    ...['attendance', 'reading'].map((one) => ({
      name: `wrote of ${one}`,
      of: (said: string) => Number(said === `${one}+`),
      base: (said: string) => said.startsWith(one),
    })),
  ],
  finely: false,
  answers: (said) =>
    said ? { goal: said.replace('+', ''), ...(said.endsWith('+') && { why: words(said) }) } : {},
}

/** Comments on two questions, as "more/other": t speaks of the theme, w is without it, '' nothing. */
const wrote = ['', 'w', 't']
const spoke = (said: string) => Number(said.includes('t'))
const themes: Asked = {
  name: 'themes',
  said: ['', ...wrote.flatMap((a) => wrote.map((b) => `${a}/${b}`)).filter((one) => one !== '/')],
  events: [
    { name: 'wrote', of: (said) => Number(said !== ''), base: () => true },
    { name: 'spoke of it', of: spoke, base: answered },
    ...([0, 1] as const).flatMap((at) => {
      const on = at === 0 ? 'more' : 'other'
      return [
        { name: `wrote on ${on}`, of: (said: string) => Number(of(said, at) !== ''), base: () => true },
        {
          name: `spoke of it on ${on}`,
          of: (said: string) => Number(of(said, at) === 't'),
          base: (said: string) => of(said, at) !== '',
        },
      ]
    }),
  ],
  finely: false,
  answers: (said) => ({
    ...(of(said, 0) && { more: words(of(said, 0)) }),
    ...(of(said, 1) && { other: words(of(said, 1)) }),
  }),
}

export const asking: readonly Asked[] = [goal, safe, both, several, order, why, themes]

const needs = ['x', 'y']
/** A question to families and students, one to staff alone, and one to those who chose reading before. */
const needed = (name: string, asked: readonly string[]): Asked => ({
  name,
  comes: ({ group }) => asked.includes(group),
  said: [...needs, ''],
  events: needs.map(isOne),
  finely: name === 'needs',
  answers: (said) => (said ? { [name]: said } : {}),
})
/** The goal and, of who chose reading, what they answered then: "reading/x". */
const after: Asked = {
  name: 'after',
  said: [...goals.filter((one) => one !== 'reading'), ...['x', 'y', ''].map((one) => `reading/${one}`), ''],
  events: [
    ...goals.map((one) => ({
      name: one,
      of: (said: string) => Number(of(said, 0) === one),
      base: answered,
    })),
    ...needs.map((one) => ({
      name: `then ${one}`,
      of: (said: string) => Number(of(said, 1) === one),
      base: (said: string) => of(said, 1) !== '',
    })),
  ],
  finely: false,
  answers: (said) => (said ? { goal: of(said, 0), ...(of(said, 1) && { after: of(said, 1) }) } : {}),
}
/** What not everybody is asked. */
export const routed: readonly Asked[] = [
  needed('needs', ['family', 'student']),
  needed('work', ['staff']),
  after,
]

/** Everybody who could be there. */
export function kindsOf({ finely, said, comes }: Asked): Person[] {
  return schools.flatMap((school) =>
    groups.flatMap((group) =>
      (finely ? grades : ['']).flatMap((grade) =>
        (finely ? languages : ['']).flatMap((language) =>
          said
            .filter((one) => one === '' || !comes || comes({ school, group, grade, language }))
            .map((one) => ({ school, group, grade, language, said: one })),
        ),
      ),
    ),
  )
}

/** Numbers that look like chance and are the same in every run (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** `enrolment`: the table that answers are weighted by, where it is not the usual one. */
export type AnySurvey = { people: People; asked: Asked; minimum: number; enrolment?: Enrolment }

/** A small survey in which some schools, groups and grades are rare, and some say nearly all the same. */
export function anySurvey(seed: number, among: readonly Asked[] = asking): AnySurvey {
  const next = chance(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const asked = among[seed % among.length] as Asked
  const used = {
    schools: schools.slice(0, 1 + Math.floor(next() * 4)),
    groups: groups.slice(0, 1 + Math.floor(next() * 4)),
  }
  const weight = () => (next() < 0.3 ? 0.1 : next() < 0.2 ? 0 : 1)
  const size = 20 + Math.floor(next() * 300)
  const kinds = kindsOf(asked)
  const cells = used.schools.flatMap((school) =>
    used.groups.flatMap((group) => {
      const favorite = pick(asked.said)
      const alike = next() < 0.4
      const all = weight() * (school === '' || group === '' ? 0.1 : 1)
      const here = kinds.filter((one) => one.school === school && one.group === group)
      const places = Map.groupBy(here, ({ grade, language }) => `${grade} ${language}`)
      return [...places.values()].flatMap((list) => {
        const own = all * weight() * (asked.finely && list[0]?.grade === '' ? 0.3 : 1)
        return list.map((one) => ({
          ...one,
          share: own * (alike ? (one.said === favorite ? 1 : 0.02) : one.said === '' ? 0.1 : next()),
        }))
      })
    }),
  )
  const total = cells.reduce((sum, { share }) => sum + share, 0)
  const people = cells.flatMap(({ share, ...one }) => {
    const n = Math.floor((share / total) * size + next())
    return n > 0 ? [{ ...one, n }] : []
  })
  return { people, asked, minimum: pick([5, 10, 10, 15]) }
}

const en = (said: string) => ({ en: said })
const option = (code: string) => ({ code, label: en(code) })
const offered = (codes: readonly string[]) => codes.filter(Boolean).map(option)
const profile = (attribute: string, codes: readonly string[]) => ({
  code: attribute,
  kind: 'profile',
  attribute,
  title: en(`Which ${attribute}?`),
  options: offered(codes),
})
/** The element of the plan that both items of the grid measure. */
export const measured = 'SCC7.d'

export const questionnaire = {
  source: 'en',
  languages: ['en'],
  title: en('A sample survey'),
  plan: 'hartford-2018-2022',
  sections: [
    {
      code: 'you',
      title: en('About you'),
      questions: [
        profile('group', groups),
        profile('school', schools),
        profile('grade', grades),
        profile('language', languages),
      ],
    },
    {
      code: 'goals',
      title: en('Goals'),
      questions: [
        { code: 'goal', kind: 'single', title: en('Which goal?'), options: offered(goals) },
        { code: 'why', kind: 'text', about: 'goal', title: en('Why?') },
        { code: 'several', kind: 'multiple', title: en('Which of these?'), options: offered(['p', 'q']) },
        { code: 'order', kind: 'ranking', title: en('In which order?'), options: offered(['a', 'b', 'c']) },
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: en('How much do you agree?'),
          items: [
            { code: 'safe', label: en('safe'), bank: 'b.safe', cites: [measured] },
            { code: 'left', label: en('left'), bank: 'b.left', cites: [measured], reversed: true },
          ],
          scale: [
            { code: 'no', value: 1, label: en('No') },
            { code: 'so', value: 2, label: en('So-so') },
            { code: 'yes', value: 3, label: en('Yes'), favorable: true },
          ],
        },
        {
          ...{ code: 'needs', kind: 'single', title: en('What do you need?'), options: offered(needs) },
          showIf: { question: 'group', is: ['family', 'student'] },
        },
        {
          ...{ code: 'work', kind: 'single', title: en('What of your work?'), options: offered(needs) },
          showIf: { question: 'group', is: ['staff'] },
        },
        {
          ...{
            code: 'after',
            kind: 'single',
            title: en('Which of these, in reading?'),
            options: offered(needs),
          },
          showIf: { question: 'goal', is: ['reading'] },
        },
        { code: 'more', kind: 'text', title: en('What more?') },
        { code: 'other', kind: 'text', title: en('What else?') },
      ],
    },
  ],
} as unknown as Questionnaire

export const district: District = {
  name: en('A sample district'),
  timeZone: 'UTC',
  groups: offered(groups),
  schools: [
    { code: 'north', label: en('north'), level: 'elementary', zone: 'one' },
    { code: 'south', label: en('south'), level: 'high', zone: 'one' },
    { code: 'west', label: en('west'), level: 'high', zone: 'two' },
  ],
  grades: offered(grades),
  homeLanguages: offered(languages),
  enrolment: [],
}

export const definitions: IndicatorDefinitions = {
  madeBy: 'us',
  statement: { en: 'Made for this test.' },
  plan: 'hartford-2018-2022',
  indicators: [
    {
      code: measured,
      statistic: 'percent',
      unit: 'people',
      rule: 'all',
      parts: [
        { code: 'safe', banks: ['b.safe'] },
        { code: 'left', banks: ['b.left'] },
      ],
      populations: [
        { code: 'students', groups: ['student'] },
        { code: 'others', groups: ['family', 'staff'] },
      ],
    },
  ],
}

/** The counts of a survey as the store would keep them, made ready as the pages do. */
export function sourceOf({ people, asked, minimum }: AnySurvey, plan: Plan, slug = 'sample'): ReportSource {
  const rows = new Map<string, Row>()
  const comments = new Map<string, CommentCount>()
  const placed: PlacedComment[] = []
  const spoken: number[] = []
  let response = 0
  for (const { school, group, grade, language, said, n } of people) {
    const own = { school, group, grade, language }
    const profile = Object.fromEntries(Object.entries(own).filter(([, code]) => code))
    const answers = { ...profile, ...asked.answers(said) }
    const settled = settle(questionnaire, answers, { version: 1, language: 'en', channel: 'web', hour: 0 })
    for (const { question, cell } of settled.cells) {
      const key = [question, cell, school, group].join('|')
      rows.set(key, { question, cell, school, group, n: (rows.get(key)?.n ?? 0) + n })
    }
    for (const { question, about } of settled.comments) {
      const key = [question, about, school, group].join('|')
      comments.set(key, { question, about, school, group, n: (comments.get(key)?.n ?? 0) + n })
    }
    for (let one = 0; one < n; one += 1) {
      response += 1
      for (const { question, words: wrote } of settled.comments) {
        placed.push({ id: placed.length + 1, response, question, language: 'en', group, school })
        if (wrote === 't') spoken.push(placed.length)
      }
    }
  }
  return readSource({
    survey: { slug, version: 1, minimumGroup: minimum, sample: true },
    questionnaire,
    plan,
    district,
    rows: [...rows.values()],
    comments: [...comments.values()],
    ...(asked.name === 'themes' && { themes: themesOf(placed, spoken) }),
  })
}

export const themesOf = (comments: PlacedComment[], spoken: number[]): ThemeInput => ({
  codebook: {
    id: 'default',
    name: en('Themes'),
    language: 'en',
    version: 1,
    history: [],
    themes: [
      {
        code: 'tutoring',
        name: en('Tutoring'),
        colour: '#1f6f8b',
        ...{ definition: {}, include: {}, exclude: {}, examples: {}, words: {}, machine: [] },
        cites: { 'hartford-2018-2022': [measured] },
      },
    ],
  },
  comments,
  said: spoken.map((comment) => ({
    comment,
    theme: 'tutoring',
    source: 'person',
    who: 'one',
    verdict: true,
    confidence: null,
  })),
  readings: comments.map(({ id }) => ({ comment: id })),
  acceptances: [],
  upTo: new Map(),
})
