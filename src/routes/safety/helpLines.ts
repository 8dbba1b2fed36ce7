import { type RequestHandler, type Response, Router } from 'express'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import { helpLine } from '../respond/respondPages.ts'

type Shelf = Pick<Stores, 'settings' | 'audit'>

const home = '/office/help-lines'
/** It stands on every page where somebody may write: letters. */
const longest = 400

/** Whom families are told to call: the district's own words, in each language. */
export function helpLineRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  router.get(home, door, (req, res) =>
    show(stores, messages, res, undefined, { done: req.query.done === 'kept' }),
  )
  router.post(home, door, keep(stores, messages, now))
  return router
}

async function show(
  stores: Shelf,
  messages: Messages,
  res: Response,
  typed: Record<string, string> | undefined,
  { problems = [], done = false }: { problems?: FieldProblem[]; done?: boolean },
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const district = await stores.settings.district()
  const words = typed ?? district.helpLines ?? {}
  if (problems.length > 0) res.status(422)
  render(res, 'office/help-lines', {
    lines: messages.tags.map((tag) => ({
      tag,
      name: messages.name(tag),
      dir: direction(tag),
      words: words[tag] ?? '',
      usual: messages.t(tag)('safety.call'),
    })),
    shown: helpLine({ district, lang, t: messages.t(lang) }),
    own: Object.keys(district.helpLines ?? {}).length > 0,
    most: longest,
    problems,
    done,
  })
}

const keep =
  (stores: Shelf, messages: Messages, now: () => number): RequestHandler =>
  async (req, res) => {
    const typed = Object.fromEntries(
      messages.tags
        .map((tag) => [tag, formField(req, `line-${tag}`).replaceAll(/\s+/g, ' ').trim()] as const)
        .filter(([, words]) => words !== ''),
    )
    const problems = Object.entries(typed)
      .filter(([, words]) => words.length > longest)
      .map(([tag]) => ({ field: `line-${tag}`, key: 'safety.problem.longLine', values: { n: longest } }))
    if (problems.length > 0) return show(stores, messages, res, typed, { problems })
    const { helpLines: _, ...district } = await stores.settings.district()
    await stores.settings.setDistrict(
      Object.keys(typed).length > 0 ? { ...district, helpLines: typed } : district,
    )
    await audit(
      stores,
      req,
      now(),
      'settings-changed',
      '',
      `help-lines ${Object.keys(typed).join(' ')}`.trim(),
    )
    res.redirect(303, `${home}?done=kept`)
  }
