import { expect, test } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { emptyPlace } from '../engine.ts'
import { several } from '../faults/trials/several.ts'

// `npm run faults -- --postgres` does it fifty times.
test('two servers on one database, killed under load, lose nothing', async () => {
  const { faults } = await several({ share: 0, random: seeded(3), databaseUrl: await emptyPlace() })
  expect(faults).toEqual([])
}, 90_000)
