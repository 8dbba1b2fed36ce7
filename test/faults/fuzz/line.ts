import { connect, type Socket } from 'node:net'

/** What came back: `status` 0 when the line was closed without an answer. */
export type Answer = { status: number; headers: [name: string, value: string][]; body: string }

/** A line to the server that says bytes as they are, right or wrong, and reads one answer at a time. */
export type Line = {
  /** `unfinished`: what is sent is no whole request, so that an answer need not come. */
  ask: (bytes: Buffer, asked?: { head?: boolean; unfinished?: boolean }) => Promise<Answer | 'hang'>
  hangUp: () => void
}

/** How long after an unfinished request the line is let go, milliseconds. */
const pause = 5

/** So much longer the clock may run than the processor, on a machine that has other things to do. */
const longer = 15

/**
 * `patience`: milliseconds of the processor's time after which no answer is a hang; where the process does nothing, 15
 * times as many of the clock's.
 */
export function openLine(port: number, patience: number): Line {
  let socket: Socket | undefined
  const hangUp = () => {
    socket?.destroy()
    socket = undefined
  }
  return {
    hangUp,
    ask: (bytes, { head = false, unfinished = false } = {}) =>
      new Promise((resolve) => {
        // One that the server has closed meanwhile, since nothing came for long, is of no use.
        const kept = socket?.writable ? socket : undefined
        const line = kept ?? connect(port, '127.0.0.1').setNoDelay(true)
        socket = line
        let heard = Buffer.alloc(0)
        const [asked, used] = [performance.now(), process.cpuUsage()]
        const timer = setInterval(() => {
          const { user, system } = process.cpuUsage(used)
          const waited = Math.max((user + system) / 1000, (performance.now() - asked) / longer)
          if (waited >= patience) done('hang', true)
        }, patience / 4)
        const letGo = unfinished ? setTimeout(() => done(nothing, true), pause) : undefined
        function done(answer: Answer | 'hang', close: boolean): void {
          clearInterval(timer)
          clearTimeout(letGo)
          line.removeAllListeners().on('error', () => {})
          if (close) hangUp()
          resolve(answer)
        }
        line.on('data', (chunk) => {
          heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk])
          const read = readAnswer(heard, head)
          if (read) done(read, unfinished || read.headers.some(([name, value]) => closes(name, value)))
        })
        // An answer that ends with the line is read to its end; a line that breaks is an answer too.
        line.once('close', () => done(readAnswer(heard, true) ?? nothing, true))
        line.once('error', () => done(readAnswer(heard, true) ?? nothing, true))
        line.write(bytes)
      }),
  }
}

const nothing: Answer = { status: 0, headers: [], body: '' }
const closes = (name: string, value: string) => name === 'connection' && /close/i.test(value)

/** A whole answer, if it is all there (RFC 9112, 6.3). */
function readAnswer(heard: Buffer, head: boolean): Answer | undefined {
  const end = heard.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = heard.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0)
  const headers = lines.map((one): [string, string] => {
    const at = one.indexOf(':')
    return [one.slice(0, at).toLowerCase(), one.slice(at + 1).trim()]
  })
  const named = (name: string) => headers.find(([known]) => known === name)?.[1]
  const rest = heard.subarray(end + 4)
  // "Go on" comes before the answer itself.
  if (status >= 100 && status < 200) return readAnswer(rest, head)
  if (head || status === 304 || status === 204) return { status, headers, body: '' }
  if (named('transfer-encoding') === 'chunked')
    return rest.subarray(-5).toString('latin1') === '0\r\n\r\n'
      ? { status, headers, body: rest.toString('utf8') }
      : undefined
  const length = Number(named('content-length') ?? 0)
  return rest.length >= length ? { status, headers, body: rest.toString('utf8', 0, length) } : undefined
}
