import { expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { composeReport } from '../../src/report/report.ts'
import { everyone } from '../../src/report/slice.ts'
import { type Asking, pairedOf } from '../../src/report/waves/paired.ts'
import { attack, targetsOf } from './attack/engine.ts'
import { type Known, published, roles } from './attack/reads.ts'
import {
  type AnySurvey,
  type Asked,
  asking,
  chance,
  definitions,
  groups,
  type Person,
  questionnaire,
  schools,
  sourceOf,
} from './attack/world.ts'

const plan = (await readPlans()).find(({ id }) => id === definitions.plan) as Plan
const [leader] = roles

/** More of them, and from where: HEARD_ATTACK=2000 HEARD_ATTACK_FROM=1000. */
const MORE = Number(process.env.HEARD_ATTACK ?? 0)
const FROM = Number(process.env.HEARD_ATTACK_FROM ?? 0)

/** One statement, asked before and after: "yes/no" said yes, then no; '' did not answer, - is not there. */
const given = ['yes', 'no', '']
const of = (said: string, at: 0 | 1) => said.split('/')[at] ?? ''
const there = (said: string, at: 0 | 1) => of(said, at) !== '-'
const gave = (said: string, at: 0 | 1) => there(said, at) && of(said, at) !== ''
const matched = (said: string) => gave(said, 0) && gave(said, 1)
const twice: Asked = {
  name: 'twice',
  said: [
    ...given.flatMap((a) => given.map((b) => `${a}/${b}`)),
    ...given.flatMap((a) => [`${a}/-`, `-/${a}`]),
  ],
  events: ([0, 1] as const).flatMap((at) => [
    {
      name: `yes ${at === 0 ? 'before' : 'after'}`,
      of: (said: string) => Number(of(said, at) === 'yes'),
      base: (said: string) => gave(said, at),
    },
    {
      name: `left over, yes ${at === 0 ? 'before' : 'after'}`,
      of: (said: string) => Number(!matched(said) && of(said, at) === 'yes'),
      base: (said: string) => !matched(said) && gave(said, at),
    },
  ]),
  finely: false,
  answers: () => ({}),
}

/** The people of one time, as a survey of its own. */
const climate = asking.find(({ name }) => name === 'climate.safe') as AnySurvey['asked']
const wave = ({ people, minimum }: AnySurvey, at: 0 | 1): AnySurvey => ({
  asked: climate,
  minimum,
  people: people.flatMap((one) => (there(one.said, at) ? [{ ...one, said: of(one.said, at) }] : [])),
})

function anyPairs(seed: number): AnySurvey {
  const next = chance(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const size = 15 + Math.floor(next() * 70)
  const [favorite, alike] = [pick(['yes/yes', 'no/yes', 'yes/no']), next()]
  const [some, own] = [
    groups.slice(0, 1 + Math.floor(next() * 3)),
    schools.slice(0, 1 + Math.floor(next() * 3)),
  ]
  const [both, more] = [twice.said.filter(matched), pick([0, 0, 0.1, 0.4])]
  const counts = new Map<string, Person & { n: number }>()
  for (let one = 0; one < size; one += 1) {
    const said = next() < alike ? favorite : next() < more ? pick(twice.said) : pick(both)
    const person = { school: pick(own), group: pick(some), grade: '', language: '', said }
    const key = JSON.stringify(person)
    counts.set(key, { ...person, n: (counts.get(key)?.n ?? 0) + 1 })
  }
  return { asked: twice, people: [...counts.values()], minimum: pick([5, 10]) }
}

const number = (code: string) => ({
  code,
  kind: 'number',
  bank: `match-${code}`,
  title: { en: code },
  min: 0,
  max: 999,
})
const coded = {
  ...questionnaire,
  sections: [
    { code: 'code', title: { en: 'Code' }, questions: [number('digits')] },
    ...questionnaire.sections,
  ],
} as unknown as Questionnaire

/** The responses of one time; whoever comes twice makes up the same code. */
function asked({ people }: AnySurvey, at: 0 | 1): Asking {
  let code = 0
  return {
    questionnaire: coded,
    responses: people.flatMap(({ said, n }) =>
      Array.from({ length: n }, () => {
        code += 1
        const answers = { digits: code, ...(gave(said, at) && { climate: { safe: of(said, at) } }) }
        return { answers, here: there(said, at) }
      }).flatMap(({ answers, here }) => (here ? [{ questionnaire: coded, answers }] : [])),
    ),
  }
}

/** What the page of the series tells of the same people. */
function readPairs(survey: AnySurvey): Known[] {
  const found: Known[] = []
  const paired = pairedOf(asked(survey, 0), asked(survey, 1), survey.minimum)
  const learn = (of: (said: string) => boolean, n: number) =>
    found.push({ of: (one) => Number(of(one.said)), least: n, most: n, from: 'pairs' })
  if (!paired) throw new Error('nobody is matched')
  const both = (said: string) => there(said, 0) && there(said, 1)
  learn(both, paired.before.matched)
  learn((said) => !both(said) && there(said, 0), paired.before.unmatched)
  learn((said) => !both(said) && there(said, 1), paired.after.unmatched)
  const item = paired.items.find((one) => one.asked === 'climate.safe')
  if (!item || item.n === null) return found
  learn(matched, item.n)
  learn((said) => matched(said) && of(said, 0) === 'yes', Math.round(item.before * item.n))
  learn((said) => matched(said) && of(said, 1) === 'yes', Math.round(item.after * item.n))
  if (item.gained !== null) {
    learn((said) => said === 'no/yes', item.gained)
    learn((said) => said === 'yes/no', item.lost)
  }
  return found
}

test(
  'two surveys of the same people and their matched pairs pin nobody who is hidden, nor the few who are left over',
  () => {
    const found: string[] = []
    let [told, targets, tried] = [0, 0, 0]
    for (let seed = FROM; seed < FROM + (MORE || 5); seed += 1) {
      const survey = anyPairs(seed)
      const waves = ([0, 1] as const).map((at) => {
        const own = wave(survey, at)
        const source = sourceOf(own, plan)
        // Without the finer tables: nobody says a grade here.
        return published(
          { ...own, asked: { ...climate, finely: false } },
          source,
          leader as (typeof roles)[number],
          plan,
        )
          .filter(({ from }) => !from.startsWith('weight'))
          .map(
            (one): Known => ({
              ...one,
              of: (person) => (there(person.said, at) ? one.of({ ...person, said: of(person.said, at) }) : 0),
            }),
          )
      })
      const pairs = readPairs(survey)
      told += Number(pairs.length > 3)
      const all = targetsOf(survey).filter(({ event }) => event !== '')
      targets += all.length
      const { pinned, suspected } = attack(survey, [...waves.flat(), ...pairs], all)
      tried += suspected
      for (const { name, value, large } of pinned)
        if (!large) found.push(`survey ${seed}, minimum ${survey.minimum}: ${name} = ${value}`)
    }
    console.log(
      `${told} pairs told, ${targets} hidden numbers looked for, ${tried} tried by the simplex method`,
    )
    expect(found).toEqual([])
    expect(told).toBeGreaterThan(0)
  },
  Math.max(120_000, MORE * 3000),
)

test('of few people it is not told how many turned where nearly none did, nor whoever is left over near an end', () => {
  const pairs = (people: [said: string, n: number][]) => {
    const own = people.map(([said, n]) => ({
      ...{ school: '', group: '', grade: '', language: '' },
      said,
      n,
    }))
    const survey: AnySurvey = { asked: twice, people: own, minimum: 10 }
    expect(composeReport(sourceOf(wave(survey, 0), plan), everyone).responses).not.toBeNull()
    return pairedOf(asked(survey, 0), asked(survey, 1), 10)?.items[0]
  }
  expect(
    pairs([
      ['yes/yes', 12],
      ['no/yes', 8],
      ['no/no', 10],
    ]),
  ).toMatchObject({ n: 30, before: 0.4, lost: null, change: null, why: 'turned' })
  expect(
    pairs([
      ['yes/yes', 24],
      ['no/yes', 16],
      ['no/no', 20],
    ]),
  ).toMatchObject({ n: 60, gained: 16, lost: 0, why: null })
  expect(
    pairs([
      ['yes/yes', 24],
      ['no/yes', 16],
      ['no/no', 20],
      ['yes/-', 15],
    ]),
  ).toMatchObject({ n: null, why: 'rest' })
})
