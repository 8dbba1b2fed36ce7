import type { Response } from 'express'
import { type Form, makeForm, packingFor, packWell } from './packing.ts'

/**
 * A page as it is sent to everyone alike: rendered and packed once. It never holds anything of the reader for whom it
 * happened to be rendered.
 */
export type KeptPage = { lang: string; plain: Buffer; br: Buffer; gzip: Buffer }

export function keepPage(html: string, lang: string): KeptPage {
  const plain = Buffer.from(html)
  return { lang, plain, ...packWell(plain) }
}

type Header = readonly [name: string, value: string]

/** Headers that go with a page, beside those of every answer. */
export const pageHeaders = (lang: string, length: number, packing: string | undefined): Header[] => [
  ['Content-Language', lang],
  ['Content-Type', 'text/html; charset=utf-8'],
  ['Vary', 'Accept-Encoding'],
  ...(packing ? [['Content-Encoding', packing] as const] : []),
  ['Content-Length', String(length)],
]

/** The headers of each kept page, put together once for each way of packing it. */
const headersOf = new WeakMap<Buffer, string[]>()

/** Sends a kept page. `always`: headers of every answer that were not set on this one yet. */
export function sendKept(res: Response, page: KeptPage, always: readonly Header[] = []): void {
  const packing = packingFor(res.req)
  const body = page[packing ?? 'plain']
  if (res.req.method === 'HEAD' || always.length === 0) {
    for (const [name, value] of pageHeaders(page.lang, body.length, packing)) res.setHeader(name, value)
    res.end(res.req.method === 'HEAD' ? undefined : body)
    return
  }
  let headers = headersOf.get(body)
  if (!headers) {
    headers = [...always, ...pageHeaders(page.lang, body.length, packing)].flat()
    headersOf.set(body, headers)
  }
  res.writeHead(200, headers)
  res.end(body)
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
  const body = packing ? form.gzip(texts) : form.plain(texts)
  for (const [name, value] of pageHeaders(form.lang, body.length, packing)) res.setHeader(name, value)
  res.end(res.req.method === 'HEAD' ? undefined : body)
}
