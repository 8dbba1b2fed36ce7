import { describe, expect, it } from 'vitest'
import { readPlans, readTemplates } from '../../src/demo/files.ts'
import { districtSchema } from '../../src/district/district.ts'
import { elements } from '../../src/plan/elements.ts'
import { asksStudents, everydayFielding, mayNotOpen } from '../../src/questionnaire/fielding.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { everyText } from '../../src/questionnaire/untranslated.ts'
import { pagesOf } from '../../src/response/pages.ts'

const templates = await readTemplates()
const plans = await readPlans()
const district = districtSchema.parse(templates.district)
const definition = templates.surveys['students-3-5'] as { plan: string }
const plan = plans.find(({ id }) => id === definition.plan)
const { questionnaire: survey, faults } = publish(
  definition,
  district,
  new Set((plan ? elements(plan) : []).map(({ code }) => code)),
)
if (!survey) throw new Error(faults.join('\n'))
const texts = everyText(survey).map(({ section, question, path, text }) => ({
  place: [section, question, path].join('.'),
  text,
}))
const pages = survey.sections.flatMap((section) => pagesOf(section, survey.readers))

describe('the sample survey for grades 3 to 5', () => {
  it('asks students, may be opened without a notice, and asks for nothing that must be answered', () => {
    expect(survey.readers).toBe('grades-3-5')
    expect(asksStudents(survey)).toBe(true)
    expect(mayNotOpen(survey, everydayFielding)).toEqual([])
    expect(survey.assent?.en).toBeTruthy()
    expect(pages.flatMap(({ questions }) => questions).filter(({ required }) => required)).toEqual([])
  })

  it('has fifteen pages of one question, eight of them about how school feels', () => {
    expect(pages).toHaveLength(15)
    expect(pages.every(({ questions }) => questions.length === 1)).toBe(true)
    expect(pages.filter(({ code }) => code.startsWith('at_school.school_days.'))).toHaveLength(8)
  })

  it('measures being safe, valued and respected by the codes of its plan', () => {
    const cited = (code: string) =>
      pages.flatMap(({ questions, part }) =>
        questions.flatMap((question) =>
          ((question.items ?? []) as { cites?: string[] }[]).some(({ cites }) => cites?.includes(code))
            ? [part?.code]
            : [],
        ),
      )
    expect(cited('SCC7.d')).toEqual(['safe', 'valued', 'respected'])
    expect(cited('G6')).toEqual(['safe', 'valued'])
  })

  it('has no line turned round: a nine-year-old answers "I am left out" with yes when it means no', () => {
    expect(JSON.stringify(definition)).not.toContain('"reversed"')
  })

  it('can be read in full in twelve languages, each in its own letters', () => {
    expect(survey.languages).toHaveLength(12)
    const scripts: Record<string, RegExp> = {
      ar: /\p{Script=Arabic}/u,
      my: /\p{Script=Myanmar}/u,
      ne: /\p{Script=Devanagari}/u,
      'zh-Hans': /\p{Script=Han}/u,
    }
    expect(texts.length).toBeGreaterThan(50)
    for (const { place, text } of texts) {
      expect(Object.keys(text).sort(), place).toEqual([...survey.languages].sort())
      for (const [tag, words] of Object.entries(text)) {
        expect(words, `${place} in ${tag}`).toMatch(/\S/)
        expect(words, `${place} in ${tag}`).not.toMatch(/ {2}|^\s|\s$|!/)
        for (const [own, letters] of Object.entries(scripts))
          expect(letters.test(words), `${place} in ${tag}: ${own}`).toBe(tag === own)
      }
    }
  })

  it('speaks to a child as to a friend where the language has a word for that', () => {
    for (const { place, text } of texts) {
      expect(text.es, place).not.toMatch(/\busted(es)?\b|\bsu\b/i)
      expect(text.ne, place).not.toContain('तपाईं')
    }
  })

  it('offers the schools that have grades 3 to 5, and those grades', () => {
    const [school, grade] = survey.sections[0]?.questions ?? []
    const options = (question: unknown) =>
      (question as { options: { code: string }[] }).options.map(({ code }) => code)
    const levels = district.schools
      .filter(({ code }) => options(school).includes(code))
      .map((one) => one.level)
    expect(new Set(levels)).toEqual(new Set(['elementary', 'elementary-middle']))
    expect(options(grade)).toEqual(['grade_3', 'grade_4', 'grade_5'])
  })
})
