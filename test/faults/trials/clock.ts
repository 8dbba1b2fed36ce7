import { fileURLToPath } from 'node:url'
import { openGround, settleDown, type Trial } from './trial.ts'

/** The clock of a running server jumps by hours, a day back, more than a year on, a year back, and home. */
export const clock: Trial = async ({ share }) => {
  const ground = await openGround()
  const { crowd } = ground
  const jumps = 5
  try {
    const preload = fileURLToPath(new URL('shiftClock.ts', import.meta.url))
    const server = await ground.start({ nodeArgs: ['--import', preload] })
    for (let jump = 0; jump < jumps; jump++) {
      await crowd.answer(server.url, { atOnce: 8, milliseconds: 200 + 1300 * share })
      process.kill(server.pid, 'SIGUSR2')
    }
    const faults = await settleDown(ground, server)
    const { acknowledged, refused, broken } = crowd.counts()
    if (refused + broken > 0) faults.push(`${refused} requests were refused and ${broken} broken`)
    return { what: `${jumps} jumps, ${acknowledged} acknowledged responses`, faults }
  } finally {
    await ground.close()
  }
}
