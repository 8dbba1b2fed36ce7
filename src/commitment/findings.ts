import type { Text } from '../language/text.ts'
import type { About, Commitment } from './commitment.ts'

/** A number behind a finding, or null where it may not be shown. `of` is its base. */
export type Told = { n: number; share: number; of: number } | null

/** Something that people said, with what the district does about it. `gap`: nothing yet. */
export type Finding<C extends Commitment = Commitment> = {
  about: About
  label: Text
  told: Told
  commitments: C[]
  gap: boolean
}

/** A group or a theme with its number; the parts of the table, in the order in which they are to stand. */
export type Said = { code: string; label: Text; told: Told }

const answers = ({ about }: Commitment, to: About) => about.kind === to.kind && about.code === to.code

/**
 * The table of the deck: each group and each theme with its commitments. One that has a number and no commitment is a
 * gap; one whose number may not be shown is none, and one that nobody spoke of is left out. A commitment that was
 * stopped answers nothing any more. `astray`: commitments on a theme or group that is not there (any more).
 */
export function findings<C extends Commitment>(
  { groups, themes }: { groups: readonly Said[]; themes: readonly Said[] },
  commitments: readonly C[],
): { groups: Finding<C>[]; themes: Finding<C>[]; gaps: number; astray: C[] } {
  const make =
    (kind: About['kind']) =>
    ({ code, label, told }: Said): Finding<C> => {
      const about = { kind, code }
      const own = commitments.filter((one) => answers(one, about))
      return {
        about,
        label,
        told,
        commitments: own,
        gap: told !== null && own.every(({ status }) => status === 'stopped'),
      }
    }
  const spoken = ({ told, commitments: own }: Finding<C>) => told === null || told.n > 0 || own.length > 0
  const made = {
    groups: groups.map(make('group')).filter(spoken),
    themes: themes.map(make('theme')).filter(spoken),
  }
  const all = [...made.groups, ...made.themes]
  return {
    ...made,
    gaps: all.filter(({ gap }) => gap).length,
    astray: commitments.filter((one) => !all.some(({ about }) => answers(one, about))),
  }
}
