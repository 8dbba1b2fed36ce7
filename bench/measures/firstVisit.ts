import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Answered, type Browser, connection, openBrowser } from '../browser.ts'
import type { Measure } from '../room.ts'
import type { Row } from '../row.ts'
import { slug } from '../scratch.ts'

export const mostBytes = 30_000
export const mostRequests = 4

export const firstVisit: Measure = {
  title:
    'A first visit, nothing cached: page, styles, script and icon as they come over the wire, headers too',
  async run({ heard, scratch: { questionnaire } }) {
    const first = questionnaire.sections[0]?.code ?? ''
    const pages = { 'start page': `/s/${slug}`, 'first question': `/s/${slug}/${first}` }
    const rows: Row[] = []
    for (const language of questionnaire.languages) {
      for (const [name, path] of Object.entries(pages)) {
        const { bytes, requests, html } = await visit(heard.url, path, language)
        rows.push({
          what: `${name}, ${language}`,
          unit: 'B',
          heard: bytes,
          bar: { on: 'figure', atMost: mostBytes },
          note: `page ${html} B; ${requests} requests, at most ${mostRequests}: ${requests <= mostRequests ? 'yes' : 'NO'}`,
        })
      }
    }
    return rows
  },
}

/** Fetches a page and everything it asks for, as a browser would that has never been here. Throws at another host. */
export async function visit(url: string, path: string, language: string) {
  const line = connection()
  try {
    const browser = openBrowser(url, line, { language })
    const page = await fetched(browser, path)
    const said = text(page)
    if (!said.includes(`<html lang="${language}"`)) throw new Error(`${path} did not come in ${language}`)
    const wanted = new Set(parts(said))
    let bytes = page.bytes
    for (const part of wanted) {
      if (!part.startsWith('/') || part.startsWith('//'))
        throw new Error(`${path} asks another host: ${part}`)
      const answered = await fetched(browser, part)
      bytes += answered.bytes
      // A set grows while it is walked: what a style sheet asks for is fetched too.
      if (part.endsWith('.css'))
        for (const [, found = ''] of text(answered).matchAll(/url\(["']?([^"')]+)/g)) wanted.add(found)
    }
    return { bytes, requests: 1 + wanted.size, html: page.bytes, asked: [...wanted] }
  } finally {
    line.destroy()
  }
}

async function fetched(browser: Browser, path: string): Promise<Answered> {
  const answered = await browser.get(path)
  if (answered.status !== 200) throw new Error(`${path} was answered with ${answered.status}`)
  return answered
}

function text({ headers, body }: Answered): string {
  const encoding = headers['content-encoding']
  if (encoding === 'br') return brotliDecompressSync(body).toString()
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString()
}

/** Addresses that a page makes a browser fetch by itself. Without an icon of its own, browsers ask for /favicon.ico. */
export function parts(html: string): string[] {
  const links = [...html.matchAll(/<link\b[^>]*>/g)].flatMap(([tag]) => {
    const loads = /\brel="(?:[^"]*\b)?(?:stylesheet|icon|preload|modulepreload|manifest)\b/.test(tag)
    return loads ? [/\bhref="([^"]+)"/.exec(tag)?.[1] ?? ''] : []
  })
  const sources = [...html.matchAll(/<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc="([^"]+)"/g)]
  const icon = /\brel="[^"]*\bicon\b/.test(html) ? [] : ['/favicon.ico']
  return [...links, ...sources.map(([, source = '']) => source), ...icon].filter(
    (at) => !at.startsWith('data:'),
  )
}
