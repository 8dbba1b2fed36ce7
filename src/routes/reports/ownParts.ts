import { crossingOf } from '../../report/cross/cross.ts'
import { type Own, type OwnParts, owns } from '../../report/equity/equityPage.ts'
import { ownParts, ratedIn } from '../../report/equity/ownParts.ts'
import { profileQuestion } from '../../report/source.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { crossedWith, type KeptSource } from './reports.ts'

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
