import { gone, openGround, pause, settleDown, type Trial } from './trial.ts'

const stops = 10

/** A stop signal while people answer: what was taken is finished, the rest is told to come back. */
export const stop: Trial = async ({ share, random }) => {
  const ground = await openGround()
  const { crowd } = ground
  const rounds = Math.max(1, Math.round(stops * share))
  const faults: string[] = []
  let longest = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const server = await ground.start()
      const milliseconds = 300 + 1000 * random()
      const answering = crowd.answer(server.url, { atOnce: 16, milliseconds: milliseconds + 300 })
      await pause(milliseconds)
      const began = performance.now()
      // Throws when it does not end in order.
      await server.stop()
      longest = Math.max(longest, performance.now() - began)
      await Promise.all([answering, gone(server.pid)])
      faults.push(...(await crowd.audit()))
    }
    faults.push(...(await settleDown(ground, await ground.start())))
    const { acknowledged, refused } = crowd.counts()
    return {
      what: `${rounds} stops, the longest ${Math.round(longest)} ms, ${refused} requests told to come back, ${acknowledged} acknowledged responses`,
      faults,
    }
  } finally {
    await ground.close()
  }
}
