import type { Response } from 'express'
import { type Form, makeForm, type Packing, packingFor, packWell } from './packing.ts'

/**
 * A page as it is sent to everyone alike: rendered and packed once. It never holds anything of the reader for whom it
 * happened to be rendered.
 */
export type KeptPage = { lang: string } & Record<Packing | 'plain', Kept>

/** A body, a byte to a letter, and the headers that it was last sent with. */
type Kept = { body: string; headers: string[] | undefined }

export function keepPage(html: string, lang: string): KeptPage {
  const plain = Buffer.from(html)
  const { br, gzip } = packWell(plain)
  const kept = (body: Buffer): Kept => ({ body: body.toString('latin1'), headers: undefined })
  return { lang, plain: kept(plain), br: kept(br), gzip: kept(gzip) }
}

/**
 * Ends an answer with these bytes, given as a letter for each: a text leaves together with the head in one write, bytes
 * would be gathered with it first.
 */
function endWith(res: Response, body: string): void {
  if (res.req.method === 'HEAD') res.end()
  else res.end(body, 'latin1')
}

type Header = readonly [name: string, value: string]

/** Headers that go with a page, beside those of every answer. */
const pageHeaders = (lang: string, length: number, packing: string | undefined): Header[] => [
  ['Content-Language', lang],
  ['Content-Type', 'text/html; charset=utf-8'],
  ['Vary', 'Accept-Encoding'],
  ...(packing ? [['Content-Encoding', packing] as const] : []),
  ['Content-Length', String(length)],
]

/** Sends a kept page. `always`: headers of every answer that were not set on this one yet. */
export function sendKept(res: Response, page: KeptPage, always: readonly Header[] = []): void {
  const packing = packingFor(res.req)
  const kept = page[packing ?? 'plain']
  if (always.length === 0) {
    for (const [name, value] of pageHeaders(page.lang, kept.body.length, packing)) res.setHeader(name, value)
  } else {
    kept.headers ??= [...always, ...pageHeaders(page.lang, kept.body.length, packing)].flat()
    res.writeHead(200, kept.headers)
  }
  endWith(res, kept.body)
}

/** A page that is the same for everyone but for short texts of fixed length. */
export type KeptForm = Form & { lang: string }

/**
 * Keeps a page in which each of `marks` (a character that stands nowhere else) holds the place of a text so long.
 * Undefined when a mark does not stand there exactly once, in this order.
 */
export function keepForm(
  html: string,
  lang: string,
  marks: readonly { mark: string; length: number }[],
): KeptForm | undefined {
  const parts: string[] = []
  let rest = html
  for (const { mark } of marks) {
    const at = rest.indexOf(mark)
    if (at < 0) return undefined
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + mark.length)
  }
  parts.push(rest)
  if (parts.some((part) => marks.some(({ mark }) => part.includes(mark)))) return undefined
  return {
    lang,
    ...makeForm(
      parts,
      marks.map(({ length }) => length),
    ),
  }
}

/** Sends a kept form with this reader's texts in their places. */
export function sendForm(res: Response, form: KeptForm, texts: readonly string[]): void {
  const packing = packingFor(res.req) && 'gzip'
  sendBody(res, packing ? form.gzip(texts) : form.plain(texts), form.lang, packing)
}

/** Sends a page's bytes. */
export function sendBody(res: Response, body: Buffer, lang: string, packing: Packing | undefined): void {
  for (const [name, value] of pageHeaders(lang, body.length, packing)) res.setHeader(name, value)
  endWith(res, body.toString('latin1'))
}
