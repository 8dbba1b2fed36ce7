import { expect, test } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { trials } from './faults.ts'

// A little of each; `npm run faults` does all of it. A full disk is told to the people in the same way as this one.
test.each(['kill', 'readOnlyDisk', 'slow'])(
  'what was acknowledged is there, and everybody can finish: %s',
  async (name) => {
    const { faults } = (await trials[name]?.({ share: 0.01, random: seeded(7) })) ?? { faults: ['no trial'] }
    expect(faults).toEqual([])
  },
  90_000,
)
