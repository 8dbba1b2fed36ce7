import { happens, oneOf, type Random } from '../../../src/demo/chance.ts'
import { anyText, upTo, worn, wornBytes } from './mutate.ts'
import type { Actor, Form, Place } from './place.ts'
import { actors } from './place.ts'

/** One thing that is sent: who sends it, its bytes, and what is known of them. */
export type Request = { actor: Actor; bytes: Buffer; head: boolean; unfinished: boolean }

/** Files that forms may bring, right until they are worn. */
export type Files = readonly { name: string; bytes: Uint8Array }[]

const percent = (text: string): string => {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ed%a0%80'
  }
}

/** Something in a path: often as it is, sometimes worn, sometimes not even written as a path is. */
function wornPath(random: Random, path: string): string {
  const [base = '', query = ''] = path.split('?')
  const steps = base.split('/').map((step) => {
    if (!happens(random, 0.25)) return step
    const text = happens(random, 0.5) ? anyText(random) : worn(random, step)
    return happens(random, 0.8) ? percent(text) : text.replace(/[\r\n ]/g, '%20')
  })
  const asked = happens(random, 0.5)
    ? [
        query,
        ...Array.from(
          { length: upTo(random, 4) },
          () => `${oneOf(random, queries)}=${percent(anyText(random))}`,
        ),
      ]
    : [query]
  return `${steps.join('/') || '/'}${asked.filter(Boolean).length > 0 ? `?${asked.filter(Boolean).join('&')}` : ''}`
}

const queries = [
  'lang',
  'next',
  'school',
  'group',
  'see',
  'from',
  'cookie',
  'again',
  'code',
  'undo',
  'done',
  'since',
  'until',
  'plan',
  'year',
  'item',
  'measures',
  'page',
  'before',
  'did',
  'who',
  'about',
  'size',
  'paper',
  'by',
  'across',
  'find',
  'state',
  'lang[]',
  'lang[a]',
  '__proto__',
  'constructor[prototype]',
  'q',
  'theme',
  'limit',
  'offset',
  'filter',
  'as',
  'mirror',
] as const

const headerValues = [
  ['Accept', '*/*'],
  ['Accept', 'application/json'],
  ['Accept', 'text/html;q=x'],
  ['Accept', ',,,;;;'],
  ['Accept-Language', 'es-419,es;q=0.9'],
  ['Accept-Language', 'ar'],
  ['Accept-Language', 'x'.repeat(3000)],
  ['Accept-Language', '*;q=-1,en;q=NaN'],
  ['Accept-Encoding', 'gzip, br'],
  ['Accept-Encoding', 'identity;q=0'],
  ['If-None-Match', '"x"'],
  ['If-Modified-Since', 'yesterday'],
  ['Range', 'bytes=0-0,5-'],
  ['Range', 'bytes=-99999'],
  ['Origin', 'null'],
  ['Origin', 'https://evil.example'],
  ['Origin', 'http://[::1'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Proto', ',,'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Requested-With', 'fetch'],
  ['Authorization', 'Bearer x'],
  ['Authorization', 'Basic ===='],
  ['Content-Encoding', 'gzip'],
  ['Expect', '100-continue'],
  ['Upgrade', 'websocket'],
] as const

function headers(random: Random, place: Place, actor: Actor): string[] {
  const cookie = place.cookie(actor)
  const lines = [
    happens(random, 0.97) ? 'Host: heard.example' : `Host: ${line(anyText(random))}`,
    // Some of them share an address, and then meet the limits.
    happens(random, 0.9)
      ? `X-Forwarded-For: 10.${upTo(random, 250)}.${upTo(random, 250)}.${upTo(random, 250)}`
      : `X-Forwarded-For: ${line(anyText(random))}`,
    `Cookie: ${line(happens(random, 0.1) ? worn(random, cookie) : cookie)}`,
  ]
  for (let more = upTo(random, 4); more > 0; more--) {
    const [name, value] = oneOf(random, headerValues)
    lines.push(`${name}: ${value}`)
  }
  return lines.filter((one) => !one.startsWith('Expect') || happens(random, 0.2))
}

/** A header's value cannot hold the end of its line: that is for the raw requests. */
const line = (text: string): string => text.replace(/[\r\n\0]/g, ' ').slice(0, 6000)

function whole(method: string, path: string, lines: string[], body: Buffer): Buffer {
  const length = body.length > 0 || method === 'POST' ? [`Content-Length: ${body.length}`] : []
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${[...lines, ...length].join('\r\n')}\r\n\r\n`),
    body,
  ])
}

/** A page that is there, or nearly so. */
export function page(random: Random, place: Place): Request {
  const actor = oneOf(random, actors)
  const form = happens(random, 0.2) ? oneOf(random, place.forms).action : oneOf(random, place.paths)
  const method = happens(random, 0.93)
    ? 'GET'
    : oneOf(random, ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])
  const bytes = whole(method, wornPath(random, form), headers(random, place, actor), Buffer.alloc(0))
  return { actor, bytes, head: method === 'HEAD', unfinished: false }
}

/** The fields of a form with some of them changed, as its buttons and boxes may be pressed. */
function wornFields(random: Random, form: Form, token: string): [string, string][] {
  const share = oneOf(random, [0, 0.05, 0.2, 0.6])
  const some: [string, string][] = form.fields.flatMap(([name, value]): [string, string][] => {
    if (name === '_csrf') return [[name, happens(random, 0.03) ? anyText(random) : token]]
    if (happens(random, 0.15)) return []
    if (!happens(random, share)) return [[name, value]]
    switch (upTo(random, 6)) {
      case 0:
        return [
          [name, value],
          [name, anyText(random)],
        ]
      case 1:
        return [[`${name}[]`, value]]
      case 2:
        return [[`${name}[${oneOf(random, ['a', '__proto__', '0', '99999999'])}]`, value]]
      case 3:
        return [[worn(random, name), value]]
      default:
        return [[name, happens(random, 0.6) ? anyText(random) : worn(random, value)]]
    }
  })
  if (happens(random, 0.02)) for (let n = upTo(random, 3000); n > 0; n--) some.push([`f${n}`, 'x'])
  return some
}

/** A form that somebody sees, filled in by somebody who means no good. */
export function form(random: Random, place: Place, files: Files): Request {
  const found = oneOf(random, place.forms)
  const actor = happens(random, 0.92) ? found.actor : oneOf(random, actors)
  const fields = wornFields(random, found, place.token(actor))
  const path = happens(random, 0.9) ? found.action : wornPath(random, found.action)
  const lines = headers(random, place, actor)
  if (found.file ? happens(random, 0.9) : happens(random, 0.03))
    return withFile(random, { actor, path, lines, fields, files })
  const types = [
    'application/json',
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded; charset=x',
  ]
  const type = happens(random, 0.95) ? 'application/x-www-form-urlencoded' : oneOf(random, types)
  let body = Buffer.from(fields.map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&'))
  if (happens(random, 0.05)) body = wornBytes(random, body)
  return {
    actor,
    bytes: whole('POST', path, [...lines, `Content-Type: ${type}`], body),
    head: false,
    unfinished: false,
  }
}

function withFile(
  random: Random,
  sent: { actor: Actor; path: string; lines: string[]; fields: [string, string][]; files: Files },
): Request {
  const { actor, path, lines, fields, files } = sent
  const mark = 'edge-of-this-part'
  const file = oneOf(random, files)
  const bytes = happens(random, 0.3) ? Buffer.from(file.bytes) : wornBytes(random, file.bytes)
  const part = (head: string, content: string | Buffer) =>
    Buffer.concat([
      Buffer.from(`--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ])
  const name = line(happens(random, 0.7) ? file.name : anyText(random)).replaceAll('"', '%22')
  let body = Buffer.concat([
    ...fields
      .filter(([field]) => field !== 'file')
      .map(([field, value]) => part(`name="${line(field).replaceAll('"', '%22')}"`, value)),
    part(`name="file"; filename="${name}"`, bytes),
    Buffer.from(`--${mark}--\r\n`),
  ])
  if (happens(random, 0.1)) body = wornBytes(random, body)
  return {
    actor,
    bytes: whole('POST', path, [...lines, `Content-Type: multipart/form-data; boundary=${mark}`], body),
    head: false,
    unfinished: false,
  }
}

const starts = [
  'GET / HTTP/1.1',
  'GET / HTTP/1.0',
  'GET / HTTP/9.9',
  'GET  / HTTP/1.1',
  'GET /',
  '/ HTTP/1.1',
  'GET * HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET http://evil.example/ HTTP/1.1',
  'GET http:///s/here HTTP/1.1',
  'GET //evil.example HTTP/1.1',
  'CONNECT evil.example:443 HTTP/1.1',
  'PRI * HTTP/2.0',
  'GET /s/here?\u0000 HTTP/1.1',
  'GET /%00 HTTP/1.1',
  'GET /s/%ff%fe HTTP/1.1',
  'GET /s/here/..%2f..%2f HTTP/1.1',
  'POST /s/here/choices HTTP/1.1',
  'POST /sign-in HTTP/1.1',
  'get / http/1.1',
  '\u0016\u0003\u0001\u0002',
  `GET /${'a'.repeat(20_000)} HTTP/1.1`,
  'GET /s/here#x HTTP/1.1',
  'GET ?x HTTP/1.1',
] as const
const lines = [
  'Host: a',
  'Host: a\r\nHost: b',
  'Host:',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 5, 6',
  'Content-Length: 99999999999999999999',
  'Content-Length: 0x5',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding: gzip',
  'Transfer-Encoding : chunked',
  ' folded: yes',
  'No colon',
  ': no name',
  'A\u0000b: c',
  'Connection: upgrade',
  'Connection: close',
  'Expect: 200-ok',
  `X: ${'x'.repeat(20_000)}`,
  'Cookie: ;;;=;=',
  'Cookie: draft',
  'Cookie: draft=%',
  'Cookie: sid=s%3A',
  'Cookie: sid=s:x.y',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data; boundary=',
  'Content-Type: \u00ff',
] as const
const bodies = [
  '',
  'a=b',
  'a=b\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\nhello\r\n',
  '-1\r\n',
  'ffffffffff\r\nx',
  '0\r\nX: y\r\n\r\n',
  '\u0000\u0000',
  '%',
  '&&&&===',
] as const

/** Bytes that are hardly a request at all. The line is let go afterwards, since what is left on it is anybody's guess. */
export function raw(random: Random): Request {
  const head = [oneOf(random, starts), ...Array.from({ length: upTo(random, 6) }, () => oneOf(random, lines))]
  let bytes = Buffer.from(
    `${head.join(happens(random, 0.9) ? '\r\n' : '\n')}\r\n\r\n${oneOf(random, bodies)}`,
    'latin1',
  )
  if (happens(random, 0.3)) bytes = wornBytes(random, bytes)
  return { actor: 'stranger', bytes, head: false, unfinished: true }
}
