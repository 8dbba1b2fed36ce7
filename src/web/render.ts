import type { Response } from 'express'
import { type Door, doorsFor, type Person } from '../district/people.ts'
import { direction } from '../language/tags.ts'
import type { Locale, Messages, Voice } from '../language/wording.ts'
import type { Assets } from './assets.ts'
import { sendBody } from './kept.ts'
import { readerLanguage } from './language.ts'
import { markOf } from './markup.ts'
import { packingFor, packQuickly, worthPacking } from './packing.ts'
import { readTemplates } from './templates.ts'
import { enclosing, unenclosed } from './untranslated.ts'

/**
 * On a shared tablet, for how many seconds a page may be left alone before it goes to `home`: `after`, then `warn` more
 * in which it asks; without a script `still`.
 */
export type Idle = { home: string; after: number; warn: number; still: number }

/** What every template may use beside its own `page`: little, and the same everywhere. */
export type Base = {
  /** The kind of place: decides header and style sheets. */
  area: 'respond' | 'public' | 'staff'
  /** Whom a survey's pages speak to; undefined: everyone. */
  voice?: Voice | undefined
  languages: Locale[]
  /** Address of this page without its query, for language links. */
  path: string
  /** The query without `lang`, with a leading & where there is one. */
  query: string
  person: Person | undefined
  /** The places that the person may enter. */
  doors: readonly Door[]
  csrf: string | undefined
  /** The browser is a shared tablet. */
  kiosk?: Idle | undefined
  asset: (name: string) => string
}

/** What a page is rendered with. `dir` is that of the language, unless a page is tried the other way round. */
export type Told = { lang: string; dir?: Locale['dir'] | undefined; voice?: Voice | undefined; base: Base }

/** Renders a page model through its template; made once at start, kept in `app.locals.renderer`. */
export type Renderer = {
  html: (name: string, model: unknown, to: Told) => string
  messages: Messages
  assets: Assets
}

/** Renders with the templates of `folder`. */
export function makeRenderer(folder: string, messages: Messages, assets: Assets): Renderer {
  const template = readTemplates(folder)
  return {
    messages,
    assets,
    html(name, model, { lang, dir = direction(lang), voice, base }) {
      const locals = { page: model, lang, dir, mark: markOf(lang), base }
      if (messages.complete(lang)) return template(name, { ...locals, t: messages.t(lang, voice) })
      return unenclosed(template(name, { ...locals, t: enclosing(messages.t(lang, voice)) }))
    },
  }
}

/** What a respondent's pages settled on: the language, those offered, and whom they speak to. */
export type Chosen = Pick<Told, 'lang' | 'dir' | 'voice'> & { languages: Locale[] }

/**
 * Renders a page. Without `chosen` it is in the reader's language out of every locale there is; a respondent's
 * page says which languages its survey offers and which of them was settled on.
 */
export function pageFor(
  res: Response,
  name: string,
  model: unknown,
  area: Base['area'],
  chosen?: Chosen,
): { html: string; lang: string } {
  const req = res.req
  const person = res.locals.person as Person | undefined
  const renderer = res.app.locals.renderer as Renderer
  const lang = chosen?.lang ?? readerLanguage(req, res, renderer.messages.tags).lang
  const query = new URLSearchParams(req.url.split('?')[1] ?? '')
  query.delete('lang')
  const html = renderer.html(name, model, {
    lang,
    dir: chosen?.dir,
    voice: chosen?.voice,
    base: {
      area,
      voice: chosen?.voice,
      languages: chosen?.languages ?? renderer.messages.locales,
      path: `${req.baseUrl}${req.path}`.replace(/(.)\/$/, '$1'),
      query: query.size > 0 ? `&${query}` : '',
      person,
      doors: person ? doorsFor(person) : [],
      csrf: res.locals.csrf as string | undefined,
      kiosk: res.locals.kiosk as Idle | undefined,
      asset: renderer.assets.url,
    },
  })
  return { html, lang }
}

/** Longer pages are left to the middleware that packs while it sends; only staff get such. */
const longest = 64 * 1024

/** Sends a page that was rendered for this reader alone. */
export function send(res: Response, name: string, model: unknown, area: Base['area'], chosen?: Chosen): void {
  const { html, lang } = pageFor(res, name, model, area, chosen)
  const plain = Buffer.from(html)
  if (plain.length > longest) {
    res.set('Content-Language', lang).type('html').send(plain)
    return
  }
  const packing = plain.length >= worthPacking && packingFor(res.req) ? 'gzip' : undefined
  const body = packing ? packQuickly(plain) : plain
  sendBody(res, body, lang, packing)
}
