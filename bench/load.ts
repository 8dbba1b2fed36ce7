import type { IncomingHttpHeaders } from 'node:http'
import autocannon from 'autocannon'
import { percentile } from './rounds.ts'

/** Requests for one address over so many connections, each sending the next as soon as it is answered. */
export type Load = {
  url: string
  connections: number
  seconds: number
  /** Ends after so many requests instead. */
  amount?: number
  method?: 'GET' | 'POST'
  headers?: IncomingHttpHeaders
  body?: string
  /** What each connection sends, when they differ. */
  each?: (connection: number) => { headers: IncomingHttpHeaders; body: string }
  /** The status that every answer must have. */
  status: number
}

/** `p50` and `p99` in milliseconds. */
export type Loaded = { requests: number; perSecond: number; p50: number; p99: number }

/** What browsers on phones ask for. */
export const packed = 'gzip, deflate, br, zstd'

/** Throws when an answer was another than the expected one, or none. */
export async function load({ each, status, url, connections, seconds, ...request }: Load): Promise<Loaded> {
  const times: number[] = []
  const others = new Map<number, number>()
  let connection = 0
  let perSecond = 0
  const ended = Promise.withResolvers<autocannon.Result>()
  const began = performance.now()
  const instance = autocannon(
    {
      ...request,
      url,
      connections,
      duration: seconds,
      sampleInt: 50,
      ...(each && {
        setupClient(client: autocannon.Client) {
          const { headers, body } = each(connection++)
          client.setHeadersAndBody(headers, body)
        },
      }),
    },
    (fault: unknown, result) => (fault ? ended.reject(fault) : ended.resolve(result)),
  )
  instance.on('response', (_client, code, _bytes, time) => {
    if (code !== status) others.set(code, (others.get(code) ?? 0) + 1)
    times.push(time)
    perSecond = times.length / ((performance.now() - began) / 1000)
  })
  const { errors } = await ended.promise
  if (errors > 0 || others.size > 0 || times.length === 0) {
    const wrong = [...others].map(([code, n]) => `${n} with ${code}`)
    throw new Error(`${url}: ${times.length} answers, ${[...wrong, `${errors} errors`].join(', ')}`)
  }
  return { requests: times.length, perSecond, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}
