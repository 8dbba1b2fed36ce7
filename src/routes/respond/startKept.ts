import type { Request, RequestHandler, Response } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { sendKept } from '../../web/kept.ts'
import { cookies, languageFor, rememberLanguage } from '../../web/language.ts'
import type { Traffic } from '../../web/traffic.ts'
import { heardAddress } from '../told/heard.ts'
import type { KeptPages } from './keptPages.ts'
import { openness, voiceOf } from './visit.ts'

/** The start page of a survey, with no more in its address than a language. */
const address = /^\/s\/([^/?#%]+)(?:\?lang=([A-Za-z0-9-]{2,35}))?$/

/** The key of the start page as everybody sees it who has begun nothing here. */
export const startKey = (state: ReturnType<typeof openness>, heard: string | undefined): string =>
  `start ${state}${heard === undefined ? '' : ' heard'}`

/** A browser that brings no more than a language: nothing of what it gets is its own. */
const isNew = (req: Request): boolean => Object.keys(cookies(req)).every((name) => name === 'lang')

type Parts = {
  stores: Pick<Stores, 'surveys' | 'settings' | 'heardPages'>
  messages: Messages
  kept: KeptPages
  /** Of every answer; they are not set on this one yet. */
  headers: readonly [string, string][]
  traffic: Pick<Traffic, 'watch' | 'draining'>
  now: () => number
}

/**
 * The night the link goes out, most requests are somebody's first: they get the kept start page, before anything else
 * is looked at. Whoever brings more than a language, and whoever is the first, goes the whole way (start.ts, which
 * keeps the page).
 */
export function startKept({ stores, messages, kept, headers, traffic, now }: Parts): RequestHandler {
  async function sent(req: Request, res: Response, slug: string, asked: string | undefined) {
    const survey = await stores.surveys.find(slug)
    if (!survey || survey.state === 'draft') return false
    const { languages, source } = survey.questionnaire
    const { lang, byLink, refused } = languageFor(req, asked, languages, source)
    if (refused) return false
    const t = messages.t(lang, voiceOf(survey.questionnaire))
    const state = openness(survey, now())
    const heard = state === 'closed' ? await heardAddress(stores, survey) : undefined
    const page = kept.pages(survey, await stores.settings.district(), t).find(startKey(state, heard))
    if (!page || traffic.draining()) return false
    res.locals.route = '/:slug'
    traffic.watch(req, res, () => {
      if (byLink) rememberLanguage(res, lang)
      sendKept(res, page, headers)
    })
    return true
  }

  return (req, res, next) => {
    const [, slug, asked] = (req.method === 'GET' && address.exec(req.url)) || []
    if (slug === undefined || !isNew(req)) return next()
    sent(req, res, slug, asked).then((done) => {
      if (!done) next()
    }, next)
  }
}
