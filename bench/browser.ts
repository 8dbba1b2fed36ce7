import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { Socket } from 'node:net'
import { packed } from './load.ts'

/** `bytes`: everything that came over the wire for it, headers too. `body` as it came, compressed or not. */
export type Answered = {
  status: number
  location: string
  headers: IncomingHttpHeaders
  body: Buffer
  bytes: number
}

/** One person's browser: keeps cookies, follows nothing by itself. */
export type Browser = {
  get: (path: string) => Promise<Answered>
  post: (path: string, form: Readonly<Record<string, string | string[] | undefined>>) => Promise<Answered>
  /** Reads what may be larger than memory, and keeps nothing of it. */
  drain: (path: string) => Promise<Answered>
  cookie: (name: string) => string | undefined
  /** Gives it a cookie that it would have from an earlier visit. */
  keep: (name: string, value: string) => void
}

/** One connection that stays open, for a browser or for one after another. */
export const connection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 })

/** A browser that has never been here. `encodings` '' asks for plain pages. */
export function openBrowser(
  url: string,
  agent: Agent,
  { language = 'en', encodings = packed }: { language?: string; encodings?: string } = {},
): Browser {
  const { hostname, port } = new URL(url)
  const cookies = new Map<string, string>()

  function send(method: 'GET' | 'POST', path: string, body?: string, keep = true): Promise<Answered> {
    return new Promise((done, fail) => {
      const asked = request({
        agent,
        hostname,
        port,
        method,
        path,
        headers: {
          Accept: 'text/html',
          'Accept-Language': language,
          ...(encodings && { 'Accept-Encoding': encodings }),
          ...(cookies.size > 0 && {
            Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          }),
          'Sec-Fetch-Site': 'same-origin',
          ...(body !== undefined && {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Content-Length': Buffer.byteLength(body),
          }),
        },
      })
      asked.setTimeout(120_000, () =>
        asked.destroy(new Error(`${method} ${path} was not answered in two minutes`)),
      )
      asked.on('error', fail)
      asked.on('response', (res) => {
        const { socket } = res
        const chunks: Buffer[] = []
        res.on('error', fail)
        res.on('data', (chunk: Buffer) => {
          if (keep) chunks.push(chunk)
        })
        res.on('end', () => {
          for (const line of res.headers['set-cookie'] ?? []) take(line)
          const { headers, statusCode: status = 0 } = res
          const location = headers.location ?? ''
          done({ status, location, headers, body: Buffer.concat(chunks), bytes: newBytes(socket) })
        })
      })
      asked.end(body)
    })
  }

  function take(line: string): void {
    const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s)
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }

  return {
    get: (path) => send('GET', path),
    post: (path, form) => send('POST', path, encode(form)),
    drain: (path) => send('GET', path, undefined, false),
    cookie: (name) => cookies.get(name),
    keep: (name, value) => {
      cookies.set(name, value)
    },
  }
}

export function encode(form: Readonly<Record<string, string | string[] | undefined>>): string {
  const body = new URLSearchParams()
  for (const [name, values] of Object.entries(form)) {
    for (const value of [values ?? []].flat()) body.append(name, value)
  }
  return body.toString()
}

const counted = new WeakMap<Socket, number>()

/** What this connection has received since it was asked last. */
function newBytes(socket: Socket): number {
  const before = counted.get(socket) ?? 0
  counted.set(socket, socket.bytesRead)
  return socket.bytesRead - before
}
