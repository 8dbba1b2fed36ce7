import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pick } from '../../src/language/text.ts'
import { elements } from '../../src/plan/elements.ts'
import { readParts } from '../../src/plan/parts.ts'
import { advise } from '../../src/questionnaire/advice/advise.ts'
import { gradeOf } from '../../src/questionnaire/bank/find.ts'
import { readBank } from '../../src/questionnaire/bank/read.ts'
import type { Item, Questionnaire } from '../../src/questionnaire/definition.ts'
import { questions } from '../../src/questionnaire/definition.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { bank, district, parts, plans, templates } from './bank.ts'

const codesOf = (id: string | undefined) =>
  new Set(elements(plans.find((plan) => plan.id === id) ?? raise(id)).map(({ code }) => code))
const raise = (what: unknown): never => {
  throw new Error(`${what} is not there`)
}
const reworded = { ...JSON.parse(readFileSync('templates/item-bank.json', 'utf8')) }

describe('the item bank that comes with Heard', () => {
  it('says everything in English and Spanish', () => {
    expect(bank.items.length).toBeGreaterThan(100)
    const texts = JSON.stringify(bank)
    expect(texts).not.toContain('!')
    for (const { code, wording, help, short } of bank.items)
      for (const text of [wording, help, short])
        if (text) expect([text.en?.trim(), text.es?.trim()], code).not.toContain('')
    for (const { title, points } of Object.values(bank.scales))
      for (const text of [title, ...points.map(({ label }) => label)])
        expect(Object.keys(text)).toEqual(expect.arrayContaining(['en', 'es']))
  })

  it('measures only what the plans and their parts have', () => {
    for (const item of bank.items)
      for (const { plan, code, part } of item.measures) {
        expect(codesOf(plan), `${item.code} measures ${code}`).toContain(code)
        const split = parts.find((one) => one.plan === plan)?.elements[code]
        if (part !== undefined || split)
          expect(
            split?.map((one) => one.code),
            item.code,
          ).toContain(part)
      }
  })

  it('has an item for each half of every indicator and goal that rests on perception, for all who are to be asked', () => {
    for (const { plan: id, elements: split, populations } of parts) {
      const plan = plans.find((one) => one.id === id) ?? raise(id)
      const asked = [
        ...plan.goals,
        ...plan.priorities.flatMap((one) => one.strategies.flatMap(({ indicators }) => indicators)),
      ]
      for (const { code, populations: who } of asked)
        for (const group of who.flatMap((one) => populations[one] ?? []))
          for (const part of split[code]?.map((one) => one.code) ?? [undefined]) {
            const found = bank.items.filter(
              (item) =>
                item.measures.some((one) => one.plan === id && one.code === code && one.part === part) &&
                item.audiences.some((audience) => bank.audiences[audience].includes(group)),
            )
            expect(found.length, `${code} ${part ?? ''} asked of ${group}`).toBeGreaterThan(0)
          }
    }
  })

  it('names groups that the sample district has, and reads within two grades of its audience', () => {
    const groups = district.groups.map(({ code }) => code)
    for (const group of Object.values(bank.audiences).flat()) expect(groups).toContain(group)
    // Words of the plan itself stay as they are printed, so that answers measure what it names.
    const printed = [
      'climate-central-communication',
      ...bank.items.filter(({ plan }) => plan).map(({ code }) => code),
    ]
    for (const item of bank.items.filter(({ code }) => !printed.includes(code)))
      expect(gradeOf(item) ?? 0, item.code).toBeLessThanOrEqual(
        item.audiences.includes('students-3-5') ? 5 : 8,
      )
  })

  it('is refused with every fault and its place when it is not sound', () => {
    const [first, second, ...rest] = reworded.items
    const { problems } = readBank({
      ...reworded,
      items: [
        first,
        { ...second, scale: 'nowhere' },
        { ...first },
        { ...rest[0], question: { kind: 'text' } },
      ],
    })
    expect(problems).toEqual([
      `item ${first.code} stands twice`,
      `item ${second.code}: there is no scale "nowhere"`,
      `item ${rest[0].code}: it has either a scale or a question`,
    ])
    expect(readBank([]).problems).toHaveLength(1)
  })
})

describe('the halves of indicators', () => {
  it('are refused when the plan has no such indicator, or a population without groups', () => {
    const [one] = parts
    expect(readParts({ ...one, populations: {} }, plans).problems?.length).toBeGreaterThan(4)
    const odd = {
      ...one,
      elements: {
        'TL1.a': [
          { code: 'a', text: {} },
          { code: 'a', text: {} },
        ],
      },
    }
    expect(readParts(odd, plans).problems).toEqual([
      'TL1.a is no matter of perception in hartford-2018-2022',
      'TL1.a names a part twice',
    ])
  })
})

/** The rows and questions of a survey that name an item of the bank, with the words they have there. */
const fromTheBank = (questionnaire: Questionnaire) =>
  questions(questionnaire).flatMap((question) => [
    ...(question.bank ? [{ bank: question.bank, words: question.title, reversed: undefined }] : []),
    ...((question.items ?? []) as Item[]).flatMap((item) =>
      item.bank ? [{ bank: item.bank, words: item.label, reversed: item.reversed }] : [],
    ),
  ])

describe.each(templates)('the template $name', ({ name, questionnaire }) => {
  const { questionnaire: published, faults } = publish(questionnaire, district, codesOf(questionnaire.plan))

  it('can be published in English and Spanish, and nothing keeps it back', () => {
    expect(faults).toEqual([])
    expect(published?.languages).toEqual(expect.arrayContaining(['en', 'es']))
    const advice = published ? advise(published, { planCodes: codesOf(questionnaire.plan) }) : []
    expect(advice.filter(({ level }) => level === 'error')).toEqual([])
    // The stakeholder survey prints the plan's own words, hard as they are.
    const own = advice.filter(({ code }) => code === 'reading')
    if (name !== 'stakeholder-2021') expect(own.length, JSON.stringify(own)).toBeLessThanOrEqual(5)
    expect(advice.map(({ code }) => code)).not.toContain('leading')
    expect(advice.map(({ code }) => code)).not.toContain('protectedArea')
    expect(advice.map(({ code }) => code)).not.toContain('tooLong')
  })

  it('says what the bank says, in every language that both have', () => {
    for (const { bank: code, words, reversed } of fromTheBank(questionnaire)) {
      const item = bank.items.find((one) => one.code === code) ?? raise(code)
      for (const tag of Object.keys(item.wording).filter((one) => one in words))
        expect(pick(words, tag).words, `${code} in ${tag}`).toBe(item.wording[tag])
      expect(reversed ?? false, code).toBe(item.reversed ?? false)
    }
  })
})
