import type { Request, RequestHandler, Response } from 'express'
import { longestWords } from '../../language/exchange/incoming.ts'
import { placeholderFault } from '../../language/exchange/placeholders.ts'
import { type Made, plainLines } from '../../language/translating.ts'
import { formField } from '../../web/formField.ts'
import { isSentByScript } from '../../web/sentByScript.ts'
import { type Desk, type DeskString, enterDesk, type Shop } from './desk.ts'
import { address, filterOf, listed, show } from './page.ts'
import { saveTexts, type Wish } from './save.ts'
import { barOf, mayReview, type Typed } from './wording.ts'

/** What was typed into the workbench. */

const longestNote = 2000

/** One text as it came with the form. */
type Sent = { n: string; one: DeskString; words: string; was: string; source: string; note: string }

const numbered = /^id\.(\d{1,3})$/

function sentTexts(req: Request, { strings }: Desk): Sent[] {
  const known = new Map(strings.map((one) => [one.id, one]))
  const body = (req.body ?? {}) as Record<string, unknown>
  return Object.keys(body).flatMap((name): Sent[] => {
    const n = numbered.exec(name)?.[1]
    const one = known.get(formField(req, name))
    if (n === undefined || !one) return []
    return [
      {
        n,
        one,
        words: plainLines(formField(req, `words.${n}`)),
        was: plainLines(formField(req, `was.${n}`)),
        source: plainLines(formField(req, `source.${n}`)),
        note: formField(req, `note.${n}`).trim(),
      },
    ]
  })
}

type Act = { what: 'keep' | 'review' | 'say'; n: string } | undefined

function actOf(req: Request): Act {
  const [, what, n] = /^(keep|review|say)\.(\d{1,3})$/.exec(formField(req, 'do')) ?? []
  return what && n ? { what: what as 'keep' | 'review' | 'say', n } : undefined
}

/** What is to become of a text: undefined for nothing. */
function wishOf(desk: Desk, { n, one, words, was, source }: Sent, act: Act): Wish | undefined {
  const touched = words !== was
  const acted = act?.n === n ? act.what : undefined
  const wish = (state: Made, more: Partial<Wish> = {}): Wish => ({
    id: one.id,
    was,
    words,
    source,
    state,
    ...more,
  })
  if (acted === 'keep' && words.trim() !== '') return wish('translated')
  if (acted === 'review' && words.trim() !== '' && (desk.office || !touched) && mayReview(desk, one.by))
    return wish('reviewed', touched || one.by === undefined ? {} : { maker: { by: one.by, at: one.at ?? 0 } })
  return touched ? wish('translated') : undefined
}

function problemOf({ one, words }: Sent): Typed['problem'] {
  if (words.length > longestWords) return { key: 'translate.row.long', values: { limit: longestWords } }
  if (words.trim() === '') return undefined
  const fault = placeholderFault(one.source, words, one.leeway)
  return (
    fault && {
      key: 'translate.row.placeholder',
      values: { lacks: fault.lacks.join(' ') || '–', extra: fault.extra.join(' ') || '–' },
    }
  )
}

/**
 * Saves what was typed on a page. Every text is looked at for itself: those that can be kept are, and the page comes back
 * with the others as they were typed.
 */
export const saveDesk =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const desk = await enterDesk(shop, req, res)
    const act = actOf(req)
    const sent = sentTexts(req, desk)
    const typed = new Map<string, Typed>()
    const wishes: Wish[] = []
    for (const text of sent) {
      const wish = wishOf(desk, text, act)
      if (!wish) continue
      const problem = problemOf(text)
      if (problem) typed.set(text.one.id, { words: text.words, problem })
      else wishes.push(wish)
    }
    const { saved, clashes } = await saveTexts(shop, desk, wishes)
    for (const [id, theirs] of clashes) {
      const words = wishes.find((wish) => wish.id === id)?.words ?? ''
      typed.set(id, { words, theirs, problem: { key: 'translate.row.meanwhile', values: {} } })
    }
    const told = await sayNotes(shop, desk, sent)
    const news =
      act?.what === 'review'
        ? 'reviewed'
        : act?.what === 'keep'
          ? 'kept'
          : told && saved.length === 0
            ? 'said'
            : 'saved'
    if (isSentByScript(req)) return answerScript(shop, req, res, sent, typed)
    const filter = filterOf(req)
    if (typed.size === 0) {
      const at = act ? `#t-${act.n}` : '#news'
      return res.redirect(303, `${address(desk.home, filter, { done: news, n: String(saved.length) })}${at}`)
    }
    // The page as it was: what was typed stands where it stood, although a filter might hide it by now.
    const fresh = await enterDesk(shop, req, res)
    const ids = new Set(sent.map(({ one }) => one.id))
    const list = fresh.strings.filter(({ id }) => ids.has(id))
    const shape = listed(fresh, filter)
    const rows = rowNumbers(list)
    await show(
      shop,
      res,
      fresh,
      filter,
      { ...shape, list },
      {
        typed,
        problems: [...typed].map(([id, { problem }]) => ({
          field: `words.${rows.get(id) ?? 0}`,
          key: problem?.key ?? '',
          ...(problem && { values: problem.values }),
        })),
        done: saved.length > 0 ? { key: 'translate.done.saved', count: saved.length } : undefined,
      },
    )
  }

const rowNumbers = (list: readonly DeskString[]): Map<string, number> =>
  new Map(list.map(({ id }, n) => [id, n]))

/** A note that was typed is sent with whatever button was pressed: nothing that was written is lost. */
async function sayNotes(shop: Shop, { place, tag, person }: Desk, sent: Sent[]): Promise<boolean> {
  const said = sent.filter(({ note }) => note !== '')
  for (const { one, note } of said)
    await shop.stores.translations.say(place, tag, {
      key: one.id,
      words: note.slice(0, longestNote),
      by: person.id,
      at: shop.now(),
    })
  return said.length > 0
}

/** The page's own script saves one text and stays on the page: it is told how the text stands now. */
async function answerScript(
  shop: Shop,
  req: Request,
  res: Response,
  sent: Sent[],
  typed: ReadonlyMap<string, Typed>,
): Promise<void> {
  const fresh = await enterDesk(shop, req, res)
  const now = new Map(fresh.strings.map((one) => [one.id, one]))
  const { t, lang } = fresh
  res.json({
    done: t('translate.bar', barOf(fresh.strings, lang)),
    texts: sent.map(({ n, one }) => {
      const { problem, theirs } = typed.get(one.id) ?? {}
      const state = now.get(one.id)?.state ?? 'missing'
      return {
        n,
        state,
        stateWords: t(`translate.state.${state}`),
        words: now.get(one.id)?.words ?? '',
        problem: problem ? t(problem.key, problem.values) : '',
        theirs,
        saved: problem ? '' : t('translate.saved'),
      }
    }),
  })
}
