import { describe, expect, it } from 'vitest'
import { readPlans, readTemplates } from '../../src/demo/files.ts'
import { districtSchema } from '../../src/district/district.ts'
import { elements } from '../../src/plan/elements.ts'
import { type Option, type Questionnaire, questions } from '../../src/questionnaire/definition.ts'
import { kinds } from '../../src/questionnaire/kinds.ts'
import { publish } from '../../src/questionnaire/publish.ts'

const templates = await readTemplates()
const plans = await readPlans()
const district = districtSchema.parse(templates.district)
const languages = ['ar', 'en', 'es', 'ht', 'my', 'ne', 'pt-BR', 'so', 'sq', 'sw', 'vi', 'zh-Hans']
const slugs = ['stakeholder-2021', 'climate-2021']

/** What the survey looks like once published, checked against the plan that it names. */
function published(slug: string): Questionnaire {
  const definition = templates.surveys[slug] as { plan: string }
  const plan = plans.find(({ id }) => id === definition.plan)
  if (!plan) throw new Error(`no plan ${definition.plan}`)
  const { questionnaire, faults } = publish(
    definition,
    district,
    new Set(elements(plan).map(({ code }) => code)),
  )
  if (!questionnaire) throw new Error(faults.join('\n'))
  return questionnaire
}

/** Every text in many languages below `part`, with its place. */
function* texts(part: unknown, place: string): Generator<[string, Record<string, string>]> {
  if (typeof part !== 'object' || part === null) return
  if ('en' in part) yield [place, part as Record<string, string>]
  else for (const [step, inner] of Object.entries(part)) yield* texts(inner, `${place}.${step}`)
}

const citedIn = (questionnaire: Questionnaire, code: string) =>
  questions(questionnaire).flatMap((question) => {
    const parts = [...((question.items ?? []) as Option[]), ...((question.options ?? []) as Option[])]
    return [question, ...parts].filter(({ cites }) => cites?.includes(code)).map((part) => part.code)
  })

describe.each(slugs)('the survey %s', (slug) => {
  it('can be published, and cites only what its plan holds', () => {
    expect(published(slug).sections.length).toBeGreaterThan(4)
  })

  it('can be read in full in all twelve languages', () => {
    const questionnaire = published(slug)
    expect([...questionnaire.languages].sort()).toEqual(languages)
    const all = [...texts(questionnaire, slug)]
    expect(all.length).toBeGreaterThan(60)
    for (const [place, text] of all) {
      expect(Object.keys(text).sort(), place).toEqual(languages)
      for (const [tag, words] of Object.entries(text)) {
        expect(words.trim(), `${place} in ${tag}`).not.toBe('')
        expect(words, `${place} in ${tag}`).not.toMatch(/\s{2}|^\s|\s$|!/)
      }
    }
  })

  it('writes Arabic in Arabic letters and everything else without them', () => {
    for (const [place, text] of texts(templates.surveys[slug], slug)) {
      expect(text.ar, place).toMatch(/\p{Script=Arabic}/u)
      for (const tag of languages.filter((tag) => tag !== 'ar'))
        expect(text[tag], place).not.toMatch(/\p{Script=Arabic}/u)
    }
  })

  it('lets every question be skipped', () => {
    expect(questions(published(slug)).filter(({ required }) => required)).toEqual([])
  })
})

describe('the two surveys together', () => {
  it('show every kind of question', () => {
    const used = new Set(slugs.flatMap((slug) => questions(published(slug)).map(({ kind }) => kind)))
    expect([...used].sort()).toEqual([...kinds.keys()].sort())
  })
})

describe('the 2021 survey', () => {
  const survey = published('stakeholder-2021')
  const find = (code: string) => questions(survey).find((question) => question.code === code)
  const offered = (code: string) => (find(code)?.options ?? []) as Option[]

  it('asks for the most important goal in the words of the deck, and why', () => {
    expect(find('goal')?.title.en).toBe(
      'By 2024, we anticipate achieving four major goals for the district. Which goal is most important to you?',
    )
    expect(find('goal_why')).toMatchObject({ kind: 'text', about: 'goal' })
  })

  it('offers the strategies of each priority, and six options under the fourth', () => {
    expect([1, 2, 3, 4].map((n) => offered(`strategy_p${n}`).length)).toEqual([3, 2, 2, 6])
  })

  it('marks the two options that no published strategy stands behind by citing nothing', () => {
    const open = offered('strategy_p4').filter(({ cites }) => !cites)
    expect(open.map(({ short }) => short?.en)).toEqual([
      'Performance management system',
      'School construction supports teaching & learning',
    ])
  })
})

describe('the climate survey', () => {
  const survey = published('climate-2021')

  it('measures every indicator and goal of its plan that rests on perception', () => {
    const plan = plans.find(({ id }) => id === survey.plan)
    const wanted = plan ? elements(plan).filter(({ perception }) => perception) : []
    expect(wanted.length).toBe(10)
    for (const { code } of wanted) expect(citedIn(survey, code), code).not.toEqual([])
  })

  it('asks students and staff alike about being safe, valued and respected', () => {
    expect(citedIn(survey, 'SCC7.d')).toEqual(['safe', 'valued', 'respected', 'safe', 'valued', 'respected'])
    expect(citedIn(survey, 'G6')).toEqual(['safe', 'valued'])
  })

  it('has two items or more where an indicator names two things', () => {
    for (const code of ['FCP3.c', 'FCP3.e', 'OE4.a', 'OE5.a'])
      expect(citedIn(survey, code).length, code).toBeGreaterThanOrEqual(2)
  })
})

describe('the sample district', () => {
  it('is marked as sample data, and every name in it says so in all twelve languages', () => {
    expect(district.sample).toBe(true)
    for (const [place, text] of texts(district, 'district'))
      expect(Object.keys(text).sort(), place).toEqual(languages)
    for (const { label } of district.schools) expect(label.en).toMatch(/^Sample School /)
  })

  it('keeps the two printed populations, and no other', () => {
    expect(district.enrolment.map(({ of, n }) => [of, n])).toEqual([
      ['student', 20_874],
      ['teacher', 1_568],
    ])
  })
})
