import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { readTemplates } from '../../src/demo/files.ts'
import { type Sample, sampleResponses } from '../../src/demo/responses.ts'
import { climate, type Shape, stakeholder } from '../../src/demo/shapes.ts'
import { districtSchema } from '../../src/district/district.ts'
import { findQuestion, type Questionnaire } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { settle } from '../../src/response/settle.ts'

const templates = await readTemplates()
const district = districtSchema.parse(templates.district)
const now = Date.UTC(2026, 0, 15, 10, 20)

function survey(slug: string): Questionnaire {
  const { questionnaire, faults } = publish(templates.surveys[slug], district)
  if (!questionnaire) throw new Error(faults.join('\n'))
  return questionnaire
}

const made = (slug: string, shape: Shape, seed: number): Sample[] =>
  sampleResponses(survey(slug), {
    shape,
    district,
    comments: templates.comments,
    now,
    random: seeded(seed),
  })

function settled(slug: string, samples: Sample[]) {
  const questionnaire = survey(slug)
  return samples.map(({ answers, ...where }) => settle(questionnaire, answers, { version: 1, ...where }))
}

describe.each([
  ['stakeholder-2021', stakeholder, 2105],
  ['climate-2021', climate, 2400],
] as const)('made-up responses to %s', (slug, shape, total) => {
  const samples = made(slug, shape, 2021)

  it('are as many as they should be, and the same for the same seed', () => {
    expect(samples).toHaveLength(total)
    expect(made(slug, shape, 2021)).toEqual(samples)
    expect(made(slug, shape, 2022)).not.toEqual(samples)
  })

  it('hold only answers that their questions take', () => {
    const questionnaire = survey(slug)
    for (const { answers } of samples) {
      for (const [code, answer] of Object.entries(answers)) {
        const question = findQuestion(questionnaire, code)
        const fits = question !== undefined && kindOf(question).fits(question, answer)
        expect(fits, `${code}: ${JSON.stringify(answer)}`).toBe(true)
      }
    }
  })

  it('answer every question now and then, and write comments in all six languages', () => {
    const kept = settled(slug, samples)
    const answered = new Set(kept.flatMap(({ answers }) => Object.keys(answers)))
    const asked = survey(slug).sections.flatMap(({ questions }) => questions.map(({ code }) => code))
    expect(asked.filter((code) => !answered.has(code))).toEqual([])
    expect(new Set(kept.flatMap(({ comments }) => comments.map(({ language }) => language))).size).toBe(6)
  })

  it('come in every language, most in English and many in Spanish, and not after now', () => {
    const share = (tag: string) => samples.filter(({ language }) => language === tag).length / total
    expect(share('en')).toBeGreaterThan(0.45)
    expect(share('es')).toBeGreaterThan(0.2)
    for (const tag of ['pt-BR', 'ar', 'ht', 'vi']) expect(share(tag), tag).toBeGreaterThan(0.01)
    expect(Math.max(...samples.map(({ hour }) => hour))).toBeLessThanOrEqual(now)
  })
})

describe('the 2021 survey', () => {
  it.each([1, 2021, 77])('reads 379 of 2,105 for one goal, whatever the seed: %i', (seed) => {
    const kept = settled('stakeholder-2021', made('stakeholder-2021', stakeholder, seed))
    const count = (cell: string) =>
      kept.filter(({ cells }) => cells.some((one) => one.question === 'goal' && one.cell === cell)).length
    expect(count('')).toBe(2105)
    expect(count('G3')).toBe(379)
    expect(Math.round((100 * count('G3')) / count(''))).toBe(18)
  })

  it('has a group that is too small to show', () => {
    const kept = settled('stakeholder-2021', made('stakeholder-2021', stakeholder, 5))
    expect(kept.filter(({ group }) => group === 'board')).toHaveLength(7)
  })

  it('keeps each reason with the goal that it explains', () => {
    const kept = settled('stakeholder-2021', made('stakeholder-2021', stakeholder, 5))
    const reasons = kept.flatMap(({ answers, comments }) =>
      comments.filter(({ question }) => question === 'goal_why').map(({ about }) => [about, answers.goal]),
    )
    expect(reasons.length).toBeGreaterThan(500)
    for (const [about, goal] of reasons) expect(about).toBe(goal)
  })
})
