import type { AddressInfo, Server } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A letter as the server got it: from whom to whom, headers unfolded and decoded, parts decoded by type. */
export type Got = { to: string; headers: Map<string, string>; text: string; html: string; raw: string }

/**
 * A real mail server on loopback. What comes before the @ of an address says what happens to it: `gone` is refused for
 * good, `busy` is put off the first time, `full` always, `dropped` has its line cut after the letter was handed over.
 */
export async function openMailServer(port = 0) {
  const got: Got[] = []
  const busy = new Set<string>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const [name = ''] = address.split('@')
      const refuse = (code: number) => done(Object.assign(new Error(`no ${address}`), { responseCode: code }))
      if (name.startsWith('gone')) return refuse(550)
      if (name.startsWith('full')) return refuse(452)
      if (name.startsWith('busy') && !busy.has(address)) {
        busy.add(address)
        return refuse(451)
      }
      done()
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const [to] = session.envelope.rcptTo
        got.push(read(to?.address ?? '', Buffer.concat(parts).toString('utf8')))
        if (!to?.address.startsWith('dropped')) return done()
        for (const connection of server.connections) connection.close()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const { port: taken } = (server.server as Server).address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    got,
    close: () => new Promise<void>((done) => server.close(done)),
  }
}

function read(to: string, raw: string): Got {
  const { headers, body } = halves(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => halves(part.replace(/^\r\n/, '')))
  const words = (type: string) => {
    const part = parts.find((one) => one.headers.get('content-type')?.startsWith(type))
    return part ? decoded(part.body, part.headers.get('content-transfer-encoding') ?? '') : ''
  }
  return { to, headers, text: words('text/plain'), html: words('text/html'), raw }
}

function halves(raw: string): { headers: Map<string, string>; body: string } {
  const at = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, at)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      word(line.slice(line.indexOf(':') + 2)),
    ]),
  )
  return { headers, body: raw.slice(at + 4) }
}

/** Encoded words of RFC 2047. */
const word = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, letters: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(letters, 'base64').toString('latin1')
        : Buffer.from(decoded(letters.replaceAll('_', ' '), 'quoted-printable'), 'utf8').toString('latin1'),
    )
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))

function decoded(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
