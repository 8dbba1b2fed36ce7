import { Agent, get } from 'node:http'
import { slug } from '../../../bench/scratch.ts'
import { openGround, pause, settleDown, type Trial } from './trial.ts'

/** New readers at once, far more than are served within seconds. */
const readers = 3000
const languages = ['en', 'es', 'ar', 'my', 'zh-Hans'] as const

type Seen = { served: number; shed: number; faults: Set<string> }

/** More new readers than can be served, while families answer: readers are told to wait, nothing sent is lost. */
export const overload: Trial = async ({ share }) => {
  const ground = await openGround()
  const { crowd, scratch } = ground
  const seen: Seen = { served: 0, shed: 0, faults: new Set() }
  const agent = new Agent({ keepAlive: true, maxSockets: readers })
  try {
    const server = await ground.start()
    const page = `${server.url}/s/${slug}/${scratch.questionnaire.sections[0]?.code}`
    const end = performance.now() + 1000 + 19_000 * share
    const herd = Array.from({ length: Math.max(400, Math.round(readers * share)) }, async (_, n) => {
      const language = languages[n % languages.length] ?? 'en'
      while (performance.now() < end) await look(page, language, agent, seen)
    })
    await crowd.answer(server.url, { atOnce: 16, milliseconds: 1000 + 19_000 * share })
    await Promise.all(herd)
    agent.destroy()
    await pause(500)
    const faults = [...seen.faults, ...(await settleDown(ground, server))]
    if (seen.shed === 0 && share === 1) faults.push('nobody was told to wait')
    const { acknowledged, refused } = crowd.counts()
    return {
      what: `${herd.length} new readers at once: ${seen.served} pages served, ${seen.shed} times told to wait, in the reader's language; of ${acknowledged} families who answered meanwhile ${refused} requests were refused and sent again`,
      faults,
    }
  } finally {
    agent.destroy()
    await ground.close()
  }
}

const look = (page: string, language: string, agent: Agent, seen: Seen): Promise<void> =>
  new Promise((done) => {
    const asked = get(
      page,
      { agent, headers: { Accept: 'text/html', 'Accept-Language': language } },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const { statusCode = 0, headers } = answer
          if (statusCode === 503) {
            seen.shed++
            const whole = Buffer.concat(parts).toString()
            if (!headers['retry-after']) seen.faults.add('a page that says to wait does not say how long')
            if (!whole.includes(`<html lang="${language}"`))
              seen.faults.add(`told to wait in another language than ${language}`)
          } else if (statusCode === 200 || statusCode === 303) seen.served++
          else seen.faults.add(`a new reader was answered with ${statusCode}`)
          done()
        })
      },
    )
    asked.on('error', (fault) => {
      seen.faults.add(`a new reader's line broke: ${fault.message}`)
      done()
    })
  })
