import { gone, openGround, pause, settleDown, type Trial } from './trial.ts'

const kills = 50

/** kill -9 at moments drawn by chance while people answer; after each, everything is looked at before the next start. */
export const kill: Trial = async ({ share, random }) => {
  const ground = await openGround()
  const { crowd } = ground
  const rounds = Math.max(2, Math.round(kills * share))
  const faults: string[] = []
  try {
    for (let round = 0; round < rounds; round++) {
      const server = await ground.start()
      const milliseconds = 100 + 1400 * random()
      const answering = crowd.answer(server.url, { atOnce: 24, milliseconds })
      await pause(milliseconds)
      process.kill(server.pid, 'SIGKILL')
      await Promise.all([answering, gone(server.pid)])
      faults.push(...(await crowd.audit()).map((fault) => `after kill ${round + 1}: ${fault}`))
    }
    faults.push(...(await settleDown(ground, await ground.start())))
    const { acknowledged, requests, broken } = crowd.counts()
    return {
      what: `${rounds} kills, ${requests} requests, ${broken} people cut off in the middle, ${acknowledged} acknowledged responses`,
      faults,
    }
  } finally {
    await ground.close()
  }
}
