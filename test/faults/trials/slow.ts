import { connect, type Socket } from 'node:net'
import { residentMemory } from '../../../bench/process.ts'
import { openGround, p99, pause, settleDown, type Trial } from './trial.ts'

/** Lines that say a letter of their request's head now and then and never come to its end; families answer meanwhile. */
export const slow: Trial = async ({ share }) => {
  const ground = await openGround()
  const { crowd } = ground
  const wanted = Math.max(200, Math.round(10_000 * share))
  const lines = new Set<Socket>()
  try {
    const server = await ground.start()
    const port = Number(new URL(server.url).port)
    await crowd.answer(server.url, { atOnce: 4, milliseconds: 500 + 1500 * share })
    const alone = p99(crowd.times.splice(0))
    for (let opened = 0; opened < wanted; opened += 100)
      await Promise.all(Array.from({ length: 100 }, () => openSlowly(port, lines)))
    const open = lines.size
    const dripping = setInterval(() => {
      for (const line of lines) if (line.writable) line.write('x')
    }, 2000)
    await crowd.answer(server.url, { atOnce: 4, milliseconds: 500 + 5500 * share })
    const beside = p99(crowd.times.splice(0))
    const memory = Math.round(residentMemory(server.pid) ?? 0)
    const faults: string[] = []
    // The whole trial waits until the server has let all of them go.
    const until = performance.now() + (share === 1 ? 45_000 : 0)
    while (lines.size > 0 && performance.now() < until) await pause(200)
    if (share === 1 && lines.size > 0) faults.push(`${lines.size} slow lines were still there after 45 s`)
    clearInterval(dripping)
    for (const line of lines) line.destroy()
    faults.push(...(await settleDown(ground, server)))
    const { acknowledged, refused, broken } = crowd.counts()
    if (refused + broken > 0) faults.push(`${refused} requests of families were refused and ${broken} broken`)
    return {
      what: `${open} slow lines at once, ${memory} MB resident, p99 of families' requests ${beside} ms beside them and ${alone} ms alone, ${acknowledged} acknowledged responses`,
      faults,
    }
  } finally {
    for (const line of lines) line.destroy()
    await ground.close()
  }
}

const openSlowly = (port: number, lines: Set<Socket>): Promise<void> =>
  new Promise((done) => {
    const line = connect(port, '127.0.0.1', () => {
      line.write('GET /s/stakeholder-2021 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ')
      lines.add(line)
      done()
    })
    line.on('data', () => {})
    line.on('error', () => {})
    line.on('close', () => {
      lines.delete(line)
      done()
    })
  })
