import type { Request, RequestHandler, Response } from 'express'
import { mayEnter } from '../../district/people.ts'
import { sayDate, sayList } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import type { Codebook, Theme } from '../../theme/codebook.ts'
import { type CodebookFault, codebookCsv, readCodebookCsv } from '../../theme/codebookCsv.ts'
import { type Edited, type Editor, replaceThemes, restoreThemes } from '../../theme/codebookEdits.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson } from '../../web/guard.ts'
import { uploadOf } from '../../web/upload.ts'
import type { CodebookPage } from '../models/themes.ts'
import { render } from '../pages.ts'
import { namesOfGone } from './former.ts'
import { nameOf, said, themeName } from './frame.ts'
import { bookOf, namesOf, personOf, type Shop, speakerOf } from './shop.ts'

/** The district's codebook: its themes, where it came from, and as a file. */

export const home = '/office/codebook'
/** Lines of history that are listed. */
const mostHistory = 50
/** Themes that are named of one line of it. */
const mostNamed = 5

type News = Partial<Pick<CodebookPage, 'changes' | 'carried' | 'problem'>> & { faults?: CodebookFault[] }
const done = ['saved', 'merged', 'split', 'removed', 'restored', 'imported']

export const showCodebook =
  (shop: Shop): RequestHandler =>
  async (req, res) =>
    show(shop, req, res, {})

async function show(shop: Shop, req: Request, res: Response, news: News): Promise<void> {
  const speaker = speakerOf(shop, req, res)
  const { lang, t } = speaker
  const [codebook, names, { timeZone }] = await Promise.all([
    bookOf(shop),
    namesOf(shop, speaker),
    shop.stores.settings.district(),
  ])
  const { language, version, themes } = codebook
  const word = done.find((known) => known === req.query.done)
  const role = currentPerson(req)?.role
  if (news.problem || news.faults?.length) res.status(422)
  const name = nameOf(codebook, lang)
  const history = codebook.history.slice(-mostHistory).reverse()
  const gone = await namesOfGone(
    shop,
    codebook,
    history.flatMap(({ from, to }) => [...from.slice(0, mostNamed), ...to.slice(0, mostNamed)]),
    lang,
  )
  const listed = (codes: string[]) =>
    sayList(
      lang,
      codes.slice(0, mostNamed).map((code) => (gone.get(code) ?? name(code)).name.words),
    )
  render(res, 'themes/codebook', {
    office: role !== undefined && mayEnter(role, 'office'),
    name: pick(codebook.name, lang, language),
    version,
    themes: themes
      .filter(({ parent }) => parent === undefined)
      .map((theme) => ({
        ...themeName(theme, lang, codebook),
        definition: said(theme.definition, lang, language),
        parts: themes
          .filter(({ parent }) => parent === theme.code)
          .map((part) => themeName(part, lang, codebook)),
        machine: theme.machine.length > 0,
        elements: new Set(Object.values(theme.cites).flat()).size,
      })),
    history: history.map((change) => ({
      version: change.version,
      when: sayDate(lang, change.at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
      who: names.get(change.by) ?? t('themes.left'),
      what: t(`themes.codebook.did.${change.kind}`, {
        from: listed(change.from),
        to: listed(change.to),
        back: change.back ?? 0,
      }),
      note: change.note,
      back: change.version > 1,
    })),
    changes: news.changes,
    carried: news.carried ?? '',
    faults: (news.faults ?? []).map(({ row, column, key, value }) => ({
      row,
      message: t(`bookFault.${key}`, { column, value }),
    })),
    done: word && `themes.codebook.done.${word}`,
    problem: news.problem,
  })
}

export const sendCodebook =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const codebook = await bookOf(shop)
    await audit(shop.stores, req, shop.now(), 'downloaded', '', 'codebook')
    res
      .type('text/csv')
      .attachment('codebook.csv')
      .send(`\ufeff${codebookCsv(codebook)}`)
  }

/** Looks into a file and shows what it would change. Nothing is changed yet. */
export const readBack =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const file = uploadOf(req, 'file')
    const { t } = speakerOf(shop, req, res)
    if (!file) return show(shop, req, res, { problem: t('themes.problem.file') })
    const csv = new TextDecoder().decode(file.bytes)
    const { themes, faults } = readCodebookCsv(csv)
    if (!themes) return show(shop, req, res, { faults: faults.slice(0, 50) })
    const codebook = await bookOf(shop)
    await show(shop, req, res, { changes: changesOf(codebook, themes), carried: csv })
  }

/** Names of the themes that a file adds, removes and changes. */
function changesOf({ themes: before, language }: Codebook, after: Theme[]): CodebookPage['changes'] {
  const name = ({ name }: Theme) => name[language] ?? Object.values(name)[0] ?? ''
  const was = new Map(before.map((theme) => [theme.code, theme]))
  const is = new Set(after.map(({ code }) => code))
  return {
    added: after.filter(({ code }) => !was.has(code)).map(name),
    removed: before.filter(({ code }) => !is.has(code)).map(name),
    changed: after
      .filter((theme) => {
        const old = was.get(theme.code)
        return old && sorted(old) !== sorted(theme)
      })
      .map(name),
  }
}

/** The same text for themes that say the same, in whatever order their parts came. */
const sorted = (theme: Theme): string =>
  JSON.stringify(theme, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

export const takeBack =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { themes } = readCodebookCsv(formField(req, 'csv').replaceAll('\r\n', '\n'))
    if (!themes) throw badRequest()
    const codebook = await bookAt(shop, req)
    await keep(shop, req, replaceThemes(codebook, themes, editorOf(shop, req)))
    res.redirect(303, `${home}?done=imported`)
  }

/** Goes back to the themes of an earlier version. */
export const restore =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const codebook = await bookAt(shop, req)
    const earlier = await shop.stores.codebooks.find(codebook.id, Number(formField(req, 'to')) || 0)
    if (!earlier || earlier.version >= codebook.version) throw badRequest()
    await keep(shop, req, restoreThemes(codebook, earlier, editorOf(shop, req)))
    res.redirect(303, `${home}?done=restored`)
  }

export const editorOf = (shop: Shop, req: Request, note = ''): Editor => ({
  at: shop.now(),
  by: personOf(req).id,
  note,
})

/** The codebook, if nobody has changed it since the form was made. */
export async function bookAt(shop: Shop, req: Request): Promise<Codebook> {
  const codebook = await bookOf(shop)
  if (String(codebook.version) !== formField(req, 'version')) throw conflict('error.codebookMeanwhile')
  return codebook
}

/**
 * Keeps a changed codebook. What was learnt of the old themes is learnt again. Gives the problem where it cannot be so.
 */
export async function keep(shop: Shop, req: Request, edited: Edited): Promise<string | undefined> {
  const { codebook, problem } = edited
  if (!codebook) return problem
  if (!(await shop.stores.codebooks.save(codebook, personOf(req).id, shop.now())))
    throw conflict('error.codebookMeanwhile')
  const change = codebook.history.at(-1)
  await audit(
    shop.stores,
    req,
    shop.now(),
    'codebook-changed',
    '',
    `v${codebook.version} ${change?.kind ?? ''}`,
  )
  if (change && change.kind !== 'edited' && change.kind !== 'added')
    for (const survey of await shop.stores.surveys.list())
      if ((await shop.stores.themeModels.list(survey.id)).length > 0) shop.learner.learn(survey)
  return undefined
}
