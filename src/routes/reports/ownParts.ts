import { type Cross, crossingOf, crossOf, dimensions, lookable } from '../../report/cross/cross.ts'
import { type Own, type OwnParts, owns } from '../../report/equity/equityPage.ts'
import { ownParts, ratedIn } from '../../report/equity/ownParts.ts'
import type { Slice } from '../../report/slice.ts'
import { profileQuestion } from '../../report/source.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { crossedWith } from './crossed.ts'
import type { KeptSource } from './reports.ts'

/** The dimension that an address asks for, where the survey asks it. */
export const ownOf = (
  { questionnaire }: Pick<KeptSource, 'questionnaire'>,
  typed: unknown,
): Own | undefined => owns.find((one) => one === typed && profileQuestion(questionnaire, one) !== undefined)

const made = new WeakMap<object, Map<Own, Promise<OwnParts>>>()

/** Parts by grade or home language; made once for the same counts. `upTo`: the last response that is in them. */
export function ownPartsOf(
  stores: Pick<Stores, 'crossings'>,
  survey: Survey,
  read: Omit<KeptSource, 'upTo'>,
  { by, upTo }: { by: Own; upTo: number },
): Promise<OwnParts> {
  const kept = made.get(read) ?? new Map<Own, Promise<OwnParts>>()
  made.set(read, kept)
  const found = kept.get(by) ?? gather()
  kept.set(by, found)
  found.catch(() => kept.delete(by))
  return found

  async function gather(): Promise<OwnParts> {
    const counts = await Promise.all(
      ratedIn(read).map(
        async (looked) =>
          [
            looked.code,
            await crossedWith(
              stores,
              survey,
              { ...read, upTo },
              crossingOf(read, { rows: by, columns: null, by: looked }),
            ),
          ] as const,
      ),
    )
    return ownParts(read, by, new Map(counts))
  }
}

/** Every way that a survey asks who people are, where the report is of everyone; nothing in a filter. */
export async function ownOfEveryone(
  stores: Pick<Stores, 'crossings'>,
  survey: Survey,
  read: KeptSource,
  { school, group }: Slice,
): Promise<Map<Own, OwnParts>> {
  const asked = school === null && group === null ? owns.filter((one) => ownOf(read, one)) : []
  const parts = asked.map(
    async (by): Promise<[Own, OwnParts]> => [
      by,
      await ownPartsOf(stores, survey, read, { by, upTo: read.upTo }),
    ],
  )
  return new Map(await Promise.all(parts))
}

/** Every table of who people are, two at a time and alone, by everything that can be looked at: of everyone. */
export async function allCrosses(
  stores: Pick<Stores, 'crossings'>,
  survey: Survey,
  read: KeptSource,
): Promise<Cross[]> {
  const there = dimensions(read)
  const lines = there.flatMap((rows, at) =>
    [null, ...there.slice(at + 1)].map((columns) => ({ rows, columns })),
  )
  const asked = lines.flatMap((line) => [null, ...lookable(read)].map((by) => ({ ...line, by })))
  const made: Cross[] = []
  for (const one of asked)
    made.push(crossOf(read, one, await crossedWith(stores, survey, read, crossingOf(read, one))))
  return made
}
