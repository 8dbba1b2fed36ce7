import { expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import type { Enrolment } from '../../src/district/enrolment.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { attack, targetsOf } from './attack/engine.ts'
import { enrolment, published, roles } from './attack/reads.ts'
import { type AnySurvey, asking, chance, definitions, groups, schools, sourceOf } from './attack/world.ts'

const plan = (await readPlans()).find(({ id }) => id === definitions.plan) as Plan

/** More of them, and from where: HEARD_ATTACK=2000 HEARD_ATTACK_FROM=1000. */
const MORE = Number(process.env.HEARD_ATTACK ?? 0)
const FROM = Number(process.env.HEARD_ATTACK_FROM ?? 0)

/** Surveys in which something was found once; they are tried again each time. */
const FOUND_ONCE = [1516, 1722, 2250, 3907, 4030, 5369, 7306, 9978, 21302, 22165]

const blank = { level: '', zone: '', grade: '', language: '' }

/**
 * A survey in which answers can be weighted although some people are hidden: enough at most schools, a few at others
 * and of some groups, and a table of enrolment of students, or of every group.
 */
function weighable(seed: number): AnySurvey {
  const next = chance(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const asked = pick(asking.filter(({ finely, name }) => !finely && name !== 'themes'))
  const minimum = pick([5, 10, 15, 20])
  const small = () => Math.floor(next() * minimum)
  const size = (school: string) => {
    if (school === '') return next() < 0.5 ? 0 : small()
    return next() < 0.5 ? 10 + Math.floor(next() * 10) : next() < 0.2 ? small() : 15 + Math.floor(next() * 50)
  }
  const used = groups.filter((group) => group !== '' && next() < 0.8)
  const people = schools.flatMap((school) =>
    [...used, ''].flatMap((group) => {
      const n = group === '' ? (next() < 0.7 ? 0 : small()) : size(school)
      const favorite = pick(asked.said)
      const alike = next() < 0.3 ? 0.9 : 0.3
      const said = new Map<string, number>()
      for (let one = 0; one < n; one += 1) {
        const own = next() < alike ? favorite : pick(asked.said)
        said.set(own, (said.get(own) ?? 0) + 1)
      }
      return [...said].map(([own, times]) => ({
        school,
        group,
        grade: '',
        language: '',
        said: own,
        n: times,
      }))
    }),
  )
  const every = next() < 0.5
  const rows = enrolment.rows.flatMap((row) =>
    (every ? used : ['student']).map((group) => ({
      ...blank,
      ...row,
      group,
      n: 50 + Math.floor(next() * 500),
    })),
  )
  const table: Enrolment = { ...enrolment, rows }
  return { asked, people, minimum, enrolment: table }
}

test(
  'weights and weighted shares, with all that is shown without, pin nobody who is hidden',
  () => {
    const found: string[] = []
    let [readings, weighted, tried, targets] = [0, 0, 0, 0]
    const seeds = Array.from({ length: MORE || 7 }, (_, at) => FROM + at)
    for (const seed of MORE > 0 ? seeds : [...seeds, ...FOUND_ONCE]) {
      const survey = weighable(seed)
      const source = sourceOf(survey, plan)
      for (const role of roles.slice(0, 1)) {
        const known = published(survey, source, role, plan)
        const wanted = targetsOf(survey, role.reach)
        if (wanted.length === 0) continue
        weighted += Number(known.some(({ from }) => from.startsWith('weighted')))
        readings += 1
        targets += wanted.length
        const { pinned, suspected } = attack(survey, known, wanted)
        tried += suspected
        for (const { name, value, large } of pinned)
          if (!large)
            found.push(
              `survey ${seed} (${survey.asked.name}), ${role.name}, minimum ${survey.minimum}: ${name} = ${value}`,
            )
      }
    }
    console.log(
      `${readings} readings, ${weighted} with weighted shares, ${targets} hidden numbers looked for, ${tried} tried by the simplex method`,
    )
    expect(found).toEqual([])
    expect(weighted).toBeGreaterThan(0)
  },
  Math.max(120_000, MORE * 3000),
)
