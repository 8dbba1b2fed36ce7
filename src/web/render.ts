import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs, { type TemplateFunction } from 'ejs'
import type { Response } from 'express'
import type { Person } from '../district/people.ts'
import { direction } from '../language/tags.ts'
import type { Locale, Messages } from '../language/wording.ts'
import type { Assets } from './assets.ts'
import { readerLanguage } from './language.ts'
import { markOf } from './markup.ts'
import { enclosing, unenclosed } from './untranslated.ts'

/** What every template may use beside its own `page`: little, and the same everywhere. */
export type Base = {
  /** The kind of place: decides header and style sheets. */
  area: 'respond' | 'public' | 'staff'
  languages: Locale[]
  /** Address of this page without its query, for language links. */
  path: string
  /** The query without `lang`, with a leading & where there is one. */
  query: string
  person: Person | undefined
  csrf: string | undefined
  asset: (name: string) => string
}

/** Renders a page model through its template; made once at start, kept in `app.locals.renderer`. */
export type Renderer = {
  html: (name: string, model: unknown, to: { lang: string; base: Base }) => string
  messages: Messages
  assets: Assets
}

/** Compiles every template of `folder` once. Includes are resolved relative to the template that asks for them. */
export function makeRenderer(folder: string, messages: Messages, assets: Assets): Renderer {
  const templates = new Map<string, TemplateFunction>()
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ejs')) continue
    const filename = join(folder, entry)
    templates.set(
      entry.slice(0, -4).replaceAll('\\', '/'),
      ejs.compile(readFileSync(filename, 'utf8'), { filename, cache: true, views: [folder] }),
    )
  }
  return {
    messages,
    assets,
    html(name, model, { lang, base }) {
      const template = templates.get(name)
      if (!template) throw new Error(`there is no template "${name}"`)
      const locals = { page: model, lang, dir: direction(lang), mark: markOf(lang), base }
      if (messages.complete(lang)) return template({ ...locals, t: messages.t(lang) })
      return unenclosed(template({ ...locals, t: enclosing(messages.t(lang)) }))
    },
  }
}

/**
 * Sends a page. Without `languages` it is in the reader's language out of every locale there is; a respondent's
 * page says which languages its survey offers and which of them was settled on.
 */
export function send(
  res: Response,
  name: string,
  model: unknown,
  area: Base['area'],
  chosen?: { lang: string; languages: Locale[] },
): void {
  const req = res.req
  const renderer = res.app.locals.renderer as Renderer
  const lang = chosen?.lang ?? readerLanguage(req, res, renderer.messages.tags).lang
  const query = new URLSearchParams(req.url.split('?')[1] ?? '')
  query.delete('lang')
  res.set('Content-Language', lang)
  res.type('html').send(
    renderer.html(name, model, {
      lang,
      base: {
        area,
        languages: chosen?.languages ?? renderer.messages.locales,
        path: `${req.baseUrl}${req.path}`.replace(/(.)\/$/, '$1'),
        query: query.size > 0 ? `&${query}` : '',
        person: res.locals.person as Person | undefined,
        csrf: res.locals.csrf as string | undefined,
        asset: renderer.assets.url,
      },
    }),
  )
}
