import type { Server } from '../process.ts'
import type { Measure } from '../room.ts'
import { beside, inTurns, median } from '../rounds.ts'
import { slug } from '../scratch.ts'

export const startUp: Measure = {
  title: 'Start-up, until the first page is answered',
  async run({ rounds, scratch, startHeard, startCeiling }) {
    const once = (start: () => Promise<Server>) => async () => {
      const server = await start()
      await server.stop()
      return server.ready
    }
    const times = await inTurns(rounds, {
      heard: once(() => startHeard(scratch.dataDir, `/s/${slug}`)),
      http: once(() => startCeiling('http')),
      express: once(() => startCeiling('express')),
    })
    return [
      {
        what: 'process to page',
        unit: 'ms',
        heard: median(times.heard),
        beside: beside('bare Express', times.heard, times.express),
        bar: { on: 'figure', atMost: 1000 },
      },
      {
        what: 'process to page',
        unit: 'ms',
        heard: median(times.heard),
        beside: beside('bare node:http', times.heard, times.http),
      },
    ]
  },
}
