import { Router } from 'express'
import type { Completeness } from '../language/completeness.ts'
import { sayNumber } from '../language/format.ts'
import type { Messages } from '../language/wording.ts'
import { requireDoor } from '../web/guard.ts'
import { readerLanguage } from '../web/language.ts'
import type { LanguageRow } from './models/languages.ts'
import { render } from './pages.ts'

/** How complete each language of the interface is, for those who translate. */
export function languageRoutes(messages: Messages): Router {
  const router = Router()
  router.get('/office/languages', requireDoor('office'), (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    render(res, 'office/languages', { languages: messages.completeness.map((one) => row(one, lang)) })
  })
  return router
}

function row(
  { tag, name, dir, total, translated, machine, missing }: Completeness,
  lang: string,
): LanguageRow {
  // Rounded down: 100 % means that nothing at all is missing.
  const share = Math.floor((100 * translated) / total) / 100
  return {
    tag,
    name,
    dir,
    translated: {
      done: sayNumber(lang, translated),
      all: sayNumber(lang, total),
      share: sayNumber(lang, share, { style: 'percent' }),
    },
    machine: sayNumber(lang, machine),
    missing: { keys: missing, count: missing.length, n: sayNumber(lang, missing.length) },
  }
}
