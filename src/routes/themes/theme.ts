import type { Request, RequestHandler, Response } from 'express'
import { mayEnter } from '../../district/people.ts'
import { pick } from '../../language/text.ts'
import { findElement } from '../../plan/elements.ts'
import { type Codebook, findTheme, type Theme } from '../../theme/codebook.ts'
import { addTheme, editTheme, mergeThemes, removeTheme, splitTheme } from '../../theme/codebookEdits.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson } from '../../web/guard.ts'
import { render } from '../pages.ts'
import { bookAt, editorOf, home, keep } from './codebook.ts'
import { inOrder, languageName, said, themeName } from './frame.ts'
import { bookOf, type Shop, speakerOf } from './shop.ts'
import { emptyTheme, partsNamed, readTyped, type TypedTheme, typedOf, wrongCites } from './typedTheme.ts'

/** One theme: what it means, and for the office changing, merging, splitting and taking it out. */

type Coded = { code: string }
type News = { typed?: TypedTheme; problem?: string; split?: { rule: string; parts: string } }

export const showTheme =
  (shop: Shop): RequestHandler<Coded> =>
  async (req, res) => {
    const codebook = await bookOf(shop)
    const theme = findTheme(codebook, req.params.code)
    if (!theme) throw notFound('error.noTheme')
    await show(shop, req, res, codebook, theme)
  }

export const newTheme =
  (shop: Shop): RequestHandler =>
  async (req, res) =>
    show(shop, req, res, await bookOf(shop), undefined)

async function show(
  shop: Shop,
  req: Request,
  res: Response,
  codebook: Codebook,
  theme: Theme | undefined,
  { typed, problem, split }: News = {},
): Promise<void> {
  const { lang } = speakerOf(shop, req, res)
  const { language, version, themes } = codebook
  const plans = await shop.stores.plans.list()
  const role = currentPerson(req)?.role
  const shown = theme ?? emptyTheme(codebook)
  if (problem) res.status(422)
  const other = [language, lang, 'en'].find((tag) => (shown.examples[tag] ?? []).length > 0)
  render(res, 'themes/theme', {
    office: role !== undefined && mayEnter(role, 'office'),
    fresh: theme === undefined,
    theme: theme && themeName(theme, lang, codebook),
    definition: said(shown.definition, lang, language),
    include: said(shown.include, lang, language),
    exclude: said(shown.exclude, lang, language),
    examples: (shown.examples[lang] ?? shown.examples[other ?? language] ?? []).map((words) => ({
      words,
      lang: shown.examples[lang] ? lang : (other ?? language),
    })),
    words: Object.entries(shown.words).map(([tag, entries]) => ({
      ...{ tag, entries, name: languageName(tag, lang), machine: shown.machine.includes(tag) },
    })),
    elements: plans.flatMap((plan) =>
      (shown.cites[plan.id] ?? []).flatMap((code) => {
        const element = findElement(plan, code)
        const words = element && pick(element.text, lang, plan.language)
        return words ? [{ plan: plan.id, href: `/plans/${plan.id}`, code, words }] : []
      }),
    ),
    parts: themes
      .filter(({ parent }) => theme && parent === theme.code)
      .map((part) => themeName(part, lang, codebook)),
    others: inOrder(themes)
      .filter(({ code }) => code !== theme?.code)
      .map((one) => themeName(one, lang, codebook)),
    version,
    typed: typed ?? typedOf(shown, { codebook, lang, plans }),
    split: split ?? { rule: '', parts: '' },
    problem,
    done: req.query.done === 'saved' ? 'themes.codebook.done.saved' : undefined,
  })
}

/** Keeps a theme as it was typed: one that is there, or a new one. */
export const saveTheme =
  (shop: Shop): RequestHandler<Partial<Coded>> =>
  async (req, res) => {
    const codebook = await bookAt(shop, req)
    const before = req.params.code === undefined ? undefined : findTheme(codebook, req.params.code)
    if (req.params.code !== undefined && !before) throw notFound('error.noTheme')
    const read = readTyped(req.body, before ?? emptyTheme(codebook))
    const again = (problem: string) => {
      const { lang } = speakerOf(shop, req, res)
      return shop.stores.plans
        .list()
        .then((plans) => typedOf(read.draft, { codebook, lang, plans }))
        .then((typed) => show(shop, req, res, codebook, before, { typed, problem }))
    }
    if (!read.theme) return again(read.problem)
    const wrong = wrongCites(read.theme, await shop.stores.plans.list())
    if (wrong) return again(wrong)
    const editor = editorOf(shop, req)
    const problem = await keep(
      shop,
      req,
      before ? editTheme(codebook, read.theme, editor) : addTheme(codebook, read.theme, editor),
    )
    if (problem) return again(problem)
    res.redirect(303, `${home}/${read.theme.code}?done=saved`)
  }

export const merge =
  (shop: Shop): RequestHandler<Coded> =>
  async (req, res) => {
    const codebook = await bookAt(shop, req)
    const { code } = req.params
    const problem = await keep(
      shop,
      req,
      mergeThemes(codebook, code, formField(req, 'into'), editorOf(shop, req)),
    )
    if (problem) return show(shop, req, res, codebook, findTheme(codebook, code), { problem })
    res.redirect(303, `${home}?done=merged`)
  }

export const split =
  (shop: Shop): RequestHandler<Coded> =>
  async (req, res) => {
    const codebook = await bookAt(shop, req)
    const theme = findTheme(codebook, req.params.code)
    if (!theme) throw notFound('error.noTheme')
    const [rule, parts] = [formField(req, 'rule').trim(), formField(req, 'parts')]
    const problem = await keep(
      shop,
      req,
      splitTheme(codebook, theme.code, partsNamed(codebook, theme, parts), rule, editorOf(shop, req, rule)),
    )
    if (problem) return show(shop, req, res, codebook, theme, { problem, split: { rule, parts } })
    res.redirect(303, `${home}?done=split`)
  }

export const remove =
  (shop: Shop): RequestHandler<Coded> =>
  async (req, res) => {
    const codebook = await bookAt(shop, req)
    const problem = await keep(shop, req, removeTheme(codebook, req.params.code, editorOf(shop, req)))
    if (problem) throw notFound('error.noTheme')
    res.redirect(303, `${home}?done=removed`)
  }
