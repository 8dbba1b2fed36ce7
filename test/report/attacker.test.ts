import { expect, test } from 'vitest'
import { withinReach } from '../../src/report/privacy/reach.ts'
import { composeReport } from '../../src/report/report.ts'
import {
  type Asked,
  attack,
  grades,
  groups,
  type Person,
  published,
  schools,
  sourceOf,
  targetsOf,
} from './attack.ts'

/** Numbers that look like chance and are the same in every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A small survey in which some schools, groups and grades are rare, and some say nearly all the same. */
function anySurvey(seed: number): { people: (Person & { n: number })[]; asked: Asked; minimum: number } {
  const next = chance(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const asked = pick<Asked>(['goal', 'climate.safe'])
  const answers = asked === 'goal' ? ['attendance', 'reading', 'math', ''] : ['no', 'so', 'yes', '']
  const used = {
    schools: schools.slice(0, 1 + Math.floor(next() * 4)),
    groups: groups.slice(0, 1 + Math.floor(next() * 4)),
  }
  const weight = () => (next() < 0.3 ? 0.1 : next() < 0.2 ? 0 : 1)
  const size = 20 + Math.floor(next() * 300)
  const cells = used.schools.flatMap((school) =>
    used.groups.flatMap((group) => {
      const favorite = pick(answers)
      const alike = next() < 0.4
      const all = weight() * (school === '' || group === '' ? 0.1 : 1)
      return grades.flatMap((grade) => {
        const here = all * weight() * (grade === '' ? 0.3 : 1)
        return answers.map((said) => ({
          school,
          group,
          grade,
          said,
          share: here * (alike ? (said === favorite ? 1 : 0.02) : said === '' ? 0.1 : next()),
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

/** More of them, and from where: HEARD_ATTACK=5000 HEARD_ATTACK_FROM=1000, as `npm run attack` does. */
const TRIES = Number(process.env.HEARD_ATTACK ?? 80)
const FROM = Number(process.env.HEARD_ATTACK_FROM ?? 0)

test(
  `nobody under the minimum is worked out from all that a leader may read, in ${TRIES} surveys`,
  () => {
    const found: string[] = []
    let [sets, suspected, told, handed] = [0, 0, 0, 0]
    for (let seed = FROM; seed < FROM + TRIES; seed += 1) {
      const { people, asked, minimum } = anySurvey(seed)
      const source = sourceOf(people, asked, minimum)
      const known = published(source, asked, people)
      const targets = targetsOf(people, asked, minimum)
      const { pinned, suspected: looked } = attack(people, asked, known, targets)
      sets += targets.length
      suspected += looked
      told += known.length
      // In a larger set that is shown nobody said it, or nobody of the rest of it: the shown number says as much of the
      // part. What is told of sets large enough is told of their parts so far, and is counted apart.
      handed += pinned.filter(({ name, value, shown }) => shown || (value === 0 && name.includes(':'))).length
      for (const { name, value } of pinned.filter((one) => one.value > 0 && !one.shown))
        found.push(`survey ${seed}, minimum ${minimum}: ${name} = ${value}`)
    }
    console.log(
      `${TRIES} surveys, ${told} published numbers, ${sets} hidden ones looked for, ${suspected} tried by the simplex method, ${found.length} found; ${handed} that a larger shown set says by itself`,
    )
    expect(found).toEqual([])
  },
  Math.max(120_000, TRIES * 1500),
)

test('the attack finds what is not protected', () => {
  const people = [
    { school: 'north', group: 'family', grade: '', said: 'math', n: 30 },
    { school: 'north', group: 'staff', grade: '', said: 'reading', n: 4 },
  ]
  const known = [
    { holds: () => true, least: 34, most: 34 },
    { holds: ({ group }: Person) => group === 'family', least: 30, most: 30 },
    { holds: ({ group }: Person) => group === 'student' || group === '', least: 0, most: 0 },
  ]
  const { pinned } = attack(people, 'goal', known, targetsOf(people, 'goal', 10))
  expect(pinned).toContainEqual({ name: '*/staff/*', value: 4, shown: false })
})

test('a school leader cannot take the own school from the district to read of the only other one', () => {
  const at = (school: string, n: number) => ({ school, group: 'family', grade: '', said: 'math', n })
  const two = sourceOf([at('north', 30), at('south', 30), at('', 12)], 'goal', 10)
  const three = sourceOf([at('north', 30), at('south', 30), at('west', 12)], 'goal', 10)
  const district = { school: null, group: null }
  expect(composeReport(two, district, ['north']).responses).toBeNull()
  expect(composeReport(two, district).responses).toBe(72)
  expect(composeReport(three, district, ['north']).responses).toBe(72)
  expect(withinReach(two, ['north']).veil('', { school: 'north', group: null })).toBe(30)
})
