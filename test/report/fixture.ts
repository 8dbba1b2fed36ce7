import type { District } from '../../src/district/district.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { composeReport, type Report } from '../../src/report/report.ts'
import type { Slice } from '../../src/report/slice.ts'
import { type ReportSource, readSource } from '../../src/report/source.ts'
import type { CommentCount, Row } from '../../src/report/tally.ts'
import { settle } from '../../src/response/settle.ts'

const en = (words: string) => ({ en: words })
const option = (code: string, words = code) => ({ code, label: en(words) })
const groups = ['family', 'student', 'staff', 'partner'].map((code) => ({
  code,
  label: en(`The ${code} group`),
}))
const schools = ['north', 'south', 'west'].map((code) => ({ code, label: en(`School ${code}`) }))

export const district: District = {
  name: en('A sample district'),
  timeZone: 'UTC',
  groups: groups.map((group) => ({ ...group, attribution: en(`sample ${group.code} member`) })),
  schools,
  grades: [],
  homeLanguages: [],
  enrolment: [],
}

export const questionnaire = {
  source: 'en',
  languages: ['en', 'ar'],
  title: en('A sample survey'),
  sections: [
    {
      code: 'you',
      title: en('About you'),
      questions: [
        { code: 'group', kind: 'profile', attribute: 'group', title: en('Who are you?'), options: groups },
        {
          code: 'school',
          kind: 'profile',
          attribute: 'school',
          title: en('Which school?'),
          options: schools,
        },
        {
          code: 'grade',
          kind: 'profile',
          attribute: 'grade',
          title: en('Which grade?'),
          options: ['g1', 'g2', 'g3'].map((code) => option(code)),
        },
      ],
    },
    {
      code: 'goals',
      title: en('Goals'),
      questions: [
        {
          code: 'goal',
          kind: 'single',
          title: en('Which goal is most important to you?'),
          options: [option('attendance', 'Attendance & <reading>'), option('reading'), option('math')],
        },
        { code: 'why', kind: 'text', about: 'goal', title: en('Why?') },
        {
          code: 'order',
          kind: 'ranking',
          title: en('Put these in order'),
          options: [option('a'), option('b'), option('c')],
        },
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: en('How much do you agree?'),
          items: [
            { code: 'safe', label: en('I feel safe') },
            { code: 'left', label: en('I feel left out'), reversed: true },
          ],
          scale: [
            { code: 'no', value: 1, label: en('No') },
            { code: 'so', value: 2, label: en('So-so') },
            { code: 'yes', value: 3, label: en('Yes'), favorable: true },
          ],
        },
        {
          code: 'recommend',
          kind: 'scale',
          min: 0,
          max: 10,
          low: en('Not likely'),
          high: en('Very likely'),
          favorableFrom: 7,
          title: en('Would you recommend us?'),
        },
        { code: 'years', kind: 'number', title: en('How many years?') },
      ],
    },
  ],
} as unknown as Questionnaire

export type Given = { answers: Record<string, unknown>; times?: number }

/** Kept counts of these answers, by the same function that counts real ones. */
export function count(
  given: readonly Given[],
  asked = questionnaire,
): { rows: Row[]; comments: CommentCount[] } {
  const rows = new Map<string, Row>()
  const comments = new Map<string, CommentCount>()
  for (const { answers, times = 1 } of given) {
    const settled = settle(asked, answers, { version: 1, language: 'en', channel: 'web', hour: 0 })
    const { group, school } = settled
    for (const { question, cell } of settled.cells) {
      const key = [question, cell, school, group].join('|')
      rows.set(key, { question, cell, school, group, n: (rows.get(key)?.n ?? 0) + times })
    }
    for (const { question, about } of settled.comments) {
      const key = [question, about, school, group].join('|')
      comments.set(key, { question, about, school, group, n: (comments.get(key)?.n ?? 0) + times })
    }
  }
  return { rows: [...rows.values()], comments: [...comments.values()] }
}

const ask = (group: string, school: string, goal: string, more: Record<string, unknown> = {}) => ({
  group,
  school,
  goal,
  ...more,
})

const reading = { grade: 'g2', climate: { safe: 'yes', left: 'no' }, recommend: 9, years: 4 }

/** 100 people: 60 families, 33 students, 7 staff; staff are too few, so students are hidden with them. */
export const hundred: Given[] = [
  {
    answers: ask('family', 'north', 'attendance', {
      why: { words: 'Because', language: 'en' },
      grade: 'g1',
      order: { order: ['a', 'b'] },
    }),
    times: 25,
  },
  { answers: ask('family', 'south', 'reading', reading), times: 20 },
  { answers: ask('family', 'west', 'reading', reading), times: 15 },
  {
    answers: ask('student', 'north', 'attendance', {
      grade: 'g3',
      climate: { safe: 'no', left: 'na' },
      order: { order: ['b'] },
    }),
    times: 33,
  },
  {
    answers: ask('staff', 'south', 'math', {
      why: { words: 'My own words', language: 'en' },
      climate: { safe: 'so', left: 'yes' },
    }),
    times: 7,
  },
]

export function sourceOf(given: readonly Given[], asked = questionnaire): ReportSource {
  const survey = { slug: 'sample', version: 1, minimumGroup: 10, sample: true }
  return readSource({ survey, questionnaire: asked, plan: undefined, district, ...count(given, asked) })
}

export const reportOf = (
  given: readonly Given[],
  filter: Partial<Slice> = {},
  asked = questionnaire,
): Report => composeReport(sourceOf(given, asked), { school: null, group: null, ...filter })
