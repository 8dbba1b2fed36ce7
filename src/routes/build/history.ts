import type { RequestHandler } from 'express'
import { changes } from '../../questionnaire/edit/changes.ts'
import { badRequest } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { render } from '../pages.ts'
import { conflictShown } from './conflict.ts'
import { changeLines, headOf, moment, newsOf, personOf } from './wording.ts'
import { enter, type Outcome, type Shop, save, type Work } from './work.ts'

/** Revisions on one page: each is read whole, to tell what was changed in it. */
const listed = 25

/** Every saved state, newest first, with who saved it and what it changed; each can be brought back. */
export const showHistory =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores } = shop
    const work = await enter(shop, req, res)
    const all = await stores.definitions.revisions(work.slug)
    const before = Number(req.query.before) || Number.POSITIVE_INFINITY
    const asked = all.filter(({ revision }) => revision < before).slice(0, listed)
    const revisions = await Promise.all(
      asked.map(async ({ revision, by, at }) => {
        const [now, was] = await Promise.all([
          stores.definitions.find(work.slug, revision),
          stores.definitions.find(work.slug, revision - 1),
        ])
        return {
          revision,
          who: await personOf(shop, by, work.t),
          when: moment(work, at),
          changes: now && was ? changeLines(work, changes(was.questionnaire, now.questionnaire)) : [],
          last: revision === work.definition.revision,
          first: revision === 1,
        }
      }),
    )
    const oldest = asked.at(-1)?.revision ?? 1
    render(res, 'build/history', {
      ...headOf(shop, work, await newsOf(shop, work, req.query)),
      revisions,
      earlier: oldest > 1 ? `?before=${oldest}` : '',
    })
  }

/** The questionnaire as it was at the revision that the form names. */
async function stateAt({ stores }: Shop, work: Work, revision: number): Promise<Work['questionnaire']> {
  const found = await stores.definitions.find(work.slug, revision)
  if (!found) throw badRequest()
  return found.questionnaire
}

/**
 * Takes one revision back: what it did is undone, and what was done since stays. The form's `revision` is the one that
 * is taken back, so that the merge has it as its base.
 */
export const undo =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(
      shop,
      req,
      res,
      async (work): Promise<Outcome> => ({
        questionnaire: await stateAt(shop, work, work.definition.revision - 1),
        to: { query: { done: 'undone' }, hash: 'news' },
        quiet: true,
      }),
      { clash: conflictShown(shop, req, res) },
    )

/** Brings a whole earlier state back, as a new revision. */
export const restore =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(
      shop,
      req,
      res,
      async (work): Promise<Outcome> => {
        const wanted = formField(req, 'wanted')
        if (!/^\d{1,9}$/.test(wanted)) throw badRequest()
        return {
          questionnaire: await stateAt(shop, work, Number(wanted)),
          to: { query: { done: 'restored' }, hash: 'news' },
        }
      },
      { clash: conflictShown(shop, req, res) },
    )
