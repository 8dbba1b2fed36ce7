import { randomInt } from 'node:crypto'
import type { Request, Response } from 'express'
import { direction } from '../language/tags.ts'
import type { Messages } from '../language/wording.ts'
import { languageFor } from './language.ts'

/** Seconds after which the page tries again, from and to: not everybody at the same moment. */
const again = [4, 12] as const

/** Sends the page for when more people come than can be served: small, and without anything that costs time. */
export function busyPage(
  messages: Messages,
  headers: readonly [string, string][],
): (req: Request, res: Response) => void {
  const escaped = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const pages = new WeakMap<object, string>()
  const made = (lang: string, t: ReturnType<Messages['t']>): string => {
    const known = pages.get(t)
    if (known) return known
    const said = (name: string) => escaped(t(`busy.${name}`) as string)
    const page =
      `<title>${said('title')}</title><h1>${said('title')}</h1><p>${said('what')}</p><p>${said('do')}</p>` +
      `<p><a href="">${said('again')}</a></p></html>`
    const head = `<!doctype html><html lang="${escaped(lang)}" dir="${direction(lang)}"><meta charset="utf-8">`
    pages.set(t, `${head}<meta name="viewport" content="width=device-width">${page}`)
    return pages.get(t) ?? page
  }
  return (req, res) => {
    const { lang } = languageFor(req, undefined, messages.tags)
    const seconds = randomInt(...again)
    for (const [name, value] of headers) res.setHeader(name, value)
    const body = Buffer.from(made(lang, messages.t(lang)))
    res.writeHead(503, {
      'Cache-Control': 'no-store',
      'Content-Language': lang,
      'Content-Length': body.length,
      'Content-Type': 'text/html; charset=utf-8',
      // Browsers take this header as they take the element of the page: they load it again by themselves.
      Refresh: String(seconds),
      'Retry-After': String(seconds),
    })
    res.end(req.method === 'HEAD' ? undefined : body)
  }
}
