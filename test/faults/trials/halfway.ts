import { connect } from 'node:net'
import { connection, openBrowser } from '../../../bench/browser.ts'
import { slug } from '../../../bench/scratch.ts'
import { openGround, settleDown, type Trial } from './trial.ts'

/** Lines that break off: in the head, in the form, and before the answer is read; people answer meanwhile. */
export const halfWay: Trial = async ({ share, random }) => {
  const ground = await openGround()
  const { crowd, scratch } = ground
  const breaks = Math.max(100, Math.round(5000 * share))
  try {
    const server = await ground.start()
    const port = Number(new URL(server.url).port)
    const section = scratch.questionnaire.sections[0]?.code ?? ''
    const line = connection()
    const browser = openBrowser(server.url, line)
    await browser.get(`/s/${slug}/${section}`)
    line.destroy()
    const token = browser.cookie('draft') ?? ''
    const body = `token=${token}&go=later`
    const request = [
      `POST /s/${slug}/${section} HTTP/1.1`,
      'Host: 127.0.0.1',
      `Cookie: draft=${token}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n')
    const answering = crowd.answer(server.url, { atOnce: 8, milliseconds: 800 + 4000 * share })
    for (let done = 0; done < breaks; done += 20)
      await Promise.all(
        Array.from({ length: 20 }, () =>
          breakOff(port, request.slice(0, Math.ceil(request.length * random()))),
        ),
      )
    await answering
    const faults = await settleDown(ground, server)
    const { acknowledged, refused, broken } = crowd.counts()
    if (refused + broken > 0) faults.push(`${refused} requests of others were refused and ${broken} broken`)
    return { what: `${breaks} lines broken off, ${acknowledged} acknowledged responses`, faults }
  } finally {
    await ground.close()
  }
}

const breakOff = (port: number, part: string): Promise<void> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(part, () => socket.destroy()))
    socket.on('error', () => {})
    socket.on('close', () => done())
  })
