import { afterAll, expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { type Role, roles } from './attack/reads.ts'
import { type Fielded, openTwin, pagesOf, type TwinHouse } from './attack/twinHouse.ts'
import { twinsOf } from './attack/twins.ts'
import { anySurvey, asking, chance, definitions, groups, routed, schools } from './attack/world.ts'

const plan = (await readPlans()).find(({ id }) => id === definitions.plan) as Plan

/** More of them, and from where: HEARD_ATTACK=100 HEARD_ATTACK_FROM=1000. */
const MORE = Number(process.env.HEARD_ATTACK ?? 0)
const FROM = Number(process.env.HEARD_ATTACK_FROM ?? 0)
/** Surveys that stand in one house. */
const TOGETHER = 7

const houses: TwinHouse[] = []
afterAll(async () => {
  for (const { house } of houses) await house.close()
})

/** Two sites that hold the same but for what this reader is not told, and the surveys that differ. */
async function twoSites(seeds: readonly number[], role: Role) {
  const [here, there]: [Fielded[], Fielded[]] = [[], []]
  for (const seed of seeds) {
    // Every third with questions that not everybody is asked.
    const survey = anySurvey(seed, seed % 3 === 1 ? routed : asking)
    const [twin] = twinsOf(survey, plan, role, 1, seed)
    if (!twin) continue
    const name = { slug: `s${seed}`, series: survey.asked.name }
    here.push({ ...name, survey })
    there.push({ ...name, survey: twin })
  }
  const sites = [await openTwin(here, role), await openTwin(there, role)] as const
  houses.push(...sites)
  return { sites, here }
}

/** Surveys of the suite, and one in how many of their pages. */
const FEW: Record<string, number[]> = { leader: [2, 4, 6], 'leader of north': [0] }
const ONE_IN = MORE > 0 ? 1 : 4

/** Filters to look at: all of them in the long form, else a few by lot. */
function filtersOf({ reach }: Role, next: () => number) {
  const own = schools.filter((school) => school !== '' && (reach?.includes(school) ?? true))
  const all = [null, ...own].flatMap((school) =>
    [null, ...groups.filter(Boolean)].map((group) => ({ school, group })),
  )
  return MORE > 0 ? all : [{ school: null, group: null }, all[Math.floor(next() * all.length)] ?? all[0]]
}

test.each(MORE > 0 ? roles : roles.filter(({ name }) => name in FEW))(
  'no page, file or picture tells a $name what the models do not: who gave other answers that are hidden gets the same',
  async (role) => {
    const all = MORE > 0 ? Array.from({ length: MORE }, (_, at) => FROM + at) : (FEW[role.name] ?? [])
    let [pages, surveys] = [0, 0]
    const other: string[] = []
    for (let from = 0; from < all.length; from += TOGETHER) {
      const { sites, here } = await twoSites(all.slice(from, from + TOGETHER), role)
      surveys += here.length
      const next = chance(from)
      for (const one of here) {
        const { alone, filtered } = pagesOf(one, role, sites[0].series)
        const paths = [
          ...alone,
          ...filtersOf(role, next).flatMap((filter) =>
            filtered(filter?.school ?? null, filter?.group ?? null),
          ),
        ].filter(() => next() * ONE_IN < 1)
        for (const path of paths) {
          const [first, then] = await Promise.all(sites.map((site) => site.read(path)))
          pages += 1
          if (first !== then) other.push(`${path}: ${difference(first ?? '', then ?? '')}`)
        }
      }
    }
    console.log(`${role.name}: ${surveys} surveys with a twin, ${pages} pages and files read of each`)
    expect(other).toEqual([])
    // Without a twin nothing would have been compared.
    expect(MORE > 0 || surveys === all.length).toBe(true)
  },
  Math.max(120_000, MORE * 60_000),
)

/** Where two pages part, with what stands there. */
function difference(first: string, then: string): string {
  const at = [...first].findIndex((letter, place) => letter !== then[place])
  const show = (page: string) => JSON.stringify(page.slice(Math.max(0, at - 60), at + 60))
  return `${show(first)} or ${show(then)}`
}
