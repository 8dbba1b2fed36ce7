// npm run faults [-- --only kill,slow] [--share 1] [--seed N] [--postgres]
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { seeded } from '../../src/demo/chance.ts'
import { clock } from './trials/clock.ts'
import { fullDisk, readOnlyDisk } from './trials/disk.ts'
import { halfWay } from './trials/halfway.ts'
import { kill } from './trials/kill.ts'
import { overload } from './trials/overload.ts'
import { several } from './trials/several.ts'
import { slow } from './trials/slow.ts'
import { stop } from './trials/stop.ts'
import type { Trial } from './trials/trial.ts'

export const trials: Record<string, Trial> = {
  kill,
  stop,
  fullDisk,
  readOnlyDisk,
  clock,
  halfWay,
  slow,
  overload,
  several,
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      postgres: { type: 'boolean', default: false },
    },
  })
  const wanted = values.only?.split(',') ?? (values.postgres ? ['several'] : Object.keys(trials))
  let wrong = 0
  console.log(`${cpus().length} cores of ${cpus()[0]?.model}, Node ${process.version}, seed ${values.seed}\n`)
  console.log('| Fault | What was done | Wrong |\n|---|---|---|')
  for (const name of wanted) {
    const trial = trials[name]
    if (!trial) throw new Error(`there is no ${name}; there are ${Object.keys(trials).join(', ')}`)
    const { what, faults } = await trial({ share: Number(values.share), random: seeded(Number(values.seed)) })
    wrong += faults.length
    console.log(`| ${name} | ${what} | ${faults.length === 0 ? 'nothing' : faults.slice(0, 5).join('; ')} |`)
  }
  process.exit(wrong > 0 ? 1 : 0)
}
