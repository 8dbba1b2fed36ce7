import { pipeline } from 'node:stream/promises'
import { type RequestHandler, Router } from 'express'
import { codesOf } from '../../learning/codes.ts'
import { codebook } from '../../report/export/codebook.ts'
import { codes } from '../../report/export/codes.ts'
import { csvText } from '../../report/export/csv.ts'
import { long } from '../../report/export/long.ts'
import { versionsOf } from '../../report/export/versions.ts'
import { wide } from '../../report/export/wide.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'

type Shelf = Pick<Stores, 'surveys' | 'snapshot' | 'audit'> & Parameters<typeof codesOf>[0]
type Named = RequestHandler<{ slug: string }>

/** A reader who takes nothing for so long is gone; the moment that is held open for them is let go. */
const patience = 120_000

/**
 * Responses and codebook as files. Only for the office: single responses would let a reader work out what reports
 * hold back from leaders.
 */
export function exportRoutes(stores: Shelf, now: () => number): Router {
  const router = Router()
  router.get('/office/surveys/:slug/export.csv', requireDoor('office'), sendResponses(stores, now))
  router.get('/office/surveys/:slug/codebook.csv', requireDoor('office'), sendCodebook(stores))
  return router
}

const forms = { wide, long }

/** `?form=long` a row per answer; `codes` the comments with their themes; `wide` or nothing: a row per response. */
const sendResponses =
  (stores: Shelf, now: () => number): Named =>
  async (req, res) => {
    const { form = 'wide' } = req.query
    if (form !== 'wide' && form !== 'long' && form !== 'codes') throw badRequest('exports.noForm')
    const known = await named(stores, req.params.slug)
    const { id } = known
    await audit(stores, req, now(), 'exported', req.params.slug, form)
    if (form === 'codes') return send(res, known, form, codes(await codesOf(stores, known)))
    await stores.snapshot(async ({ responses }) => {
      // Read after the moment is taken, so that no response is of a version that is not known here.
      const survey = await named(stores, req.params.slug)
      await send(res, survey, form, forms[form](await versionsOf(stores, survey), responses.stream(id)))
    })
  }

const sendCodebook =
  (stores: Shelf): Named =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    await send(res, survey, 'codebook', codebook(await versionsOf(stores, survey)))
  }

async function named(stores: Shelf, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}

/** Sends rows as fast as they are taken. They are opened in spreadsheets, so the file says that it is UTF-8. */
async function send(
  res: Parameters<Named>[1],
  { slug }: Survey,
  what: string,
  rows: Iterable<string[]> | AsyncIterable<string[]>,
): Promise<void> {
  res.type('text/csv').attachment(`${slug}-${what}.csv`)
  res.setTimeout(patience, () => res.destroy())
  try {
    await pipeline(csvText(rows, { bom: true }), res)
  } catch (error) {
    // The reader closed the page: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}
