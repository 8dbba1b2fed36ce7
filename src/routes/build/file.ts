import type { RequestHandler, Response } from 'express'
import { readQuestionnaireFile, writeXlsform } from '../../files/questionnaireFile.ts'
import { sayList } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { one } from '../../questionnaire/choices.ts'
import { questions } from '../../questionnaire/definition.ts'
import { begun } from '../../questionnaire/edit/begun.ts'
import { badRequest, conflict } from '../../web/errors.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadOf } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import type { FileNote } from '../models/build.ts'
import { render } from '../pages.ts'
import { keep } from './begin.ts'
import { freeSlug, slugFault } from './slug.ts'
import { bodyOf, enter, homeOf, type Shop } from './work.ts'

/** Questionnaires that come as files (workbooks, our own JSON), and go out as such. */

/** The largest file that is taken, bytes; what reads it has limits of its own. */
export const largestFile = 10 * 2 ** 20

type Shown = {
  name: string
  faults: FileNote[]
  losses: FileNote[]
  questionnaire: ReturnType<typeof begun>['questionnaire']
  slug: string
  problems: FieldProblem[]
}

/** What a file holds, by row, before anything is made of it. */
export const readFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { messages } = shop
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    const file = uploadOf(req, 'file')
    if (!file) {
      const problems = [{ field: 'file', key: 'build.problem.file' }]
      return show(shop, res, lang, {
        name: '',
        faults: [],
        losses: [],
        questionnaire: undefined,
        slug: '',
        problems,
      })
    }
    const read = readQuestionnaireFile(file.bytes, file.name)
    const said = (notes: typeof read.faults): FileNote[] =>
      notes.map(({ sheet, row, column = '', code, values }) => ({
        sheet,
        row,
        column,
        words: t(`exchange.${code}`, values) as string,
        english: false,
      }))
    const made = read.questionnaire ? begun(read.questionnaire) : { faults: [] }
    const inEnglish = made.faults.map((words) => ({ sheet: '', row: 0, column: '', words, english: true }))
    const { questionnaire } = made
    await show(shop, res, lang, {
      name: file.name,
      faults: [...said(read.faults), ...(questionnaire ? [] : inEnglish)],
      losses: [...said(read.losses), ...(questionnaire ? inEnglish : [])],
      questionnaire,
      slug: questionnaire
        ? await freeSlug(shop, pick(questionnaire.title, 'en', questionnaire.source).words)
        : '',
      problems: [],
    })
  }

async function show({ messages }: Shop, res: Response, lang: string, shown: Shown): Promise<void> {
  const { questionnaire, problems, faults } = shown
  if (problems.length > 0 || faults.length > 0) res.status(422)
  render(res, 'build/read', {
    ...shown,
    title: questionnaire && pick(questionnaire.title, lang, questionnaire.source),
    counts: questionnaire && {
      sections: questionnaire.sections.length,
      questions: questions(questionnaire).length,
      languages: sayList(lang, questionnaire.languages.map(messages.name)),
    },
    carried: questionnaire ? JSON.stringify(questionnaire) : '',
  })
}

/** Makes a questionnaire of what was read. It comes back with the form, so it is looked at as anything from outside. */
export const takeFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    const body = bodyOf(req)
    let content: unknown
    try {
      content = JSON.parse(one(body.questionnaire))
    } catch {
      throw badRequest()
    }
    const { questionnaire, faults } = begun(content)
    if (!questionnaire) throw badRequest()
    const slug = one(body.slug).toLowerCase()
    const wrong = slug ? await slugFault(shop, slug) : undefined
    if (wrong)
      return show(shop, res, lang, {
        name: one(body.name),
        faults: [],
        losses: faults.map((words) => ({ sheet: '', row: 0, column: '', words, english: true })),
        questionnaire,
        slug,
        problems: [{ field: 'slug', key: `build.problem.${wrong}`, values: { slug } }],
      })
    res.redirect(303, homeOf(await keep(shop, req, { questionnaire, slug })))
  }

/** The questionnaire under work as a file: a workbook (XLSForm) or our own JSON. */
export const saveAsFile =
  (shop: Shop, kind: 'xlsx' | 'json'): RequestHandler =>
  async (req, res) => {
    const { slug, questionnaire } = await enter(shop, req, res)
    res.attachment(`${slug}.${kind}`)
    if (kind === 'json') {
      res.type('application/json').send(`${JSON.stringify({ slug, questionnaire }, null, 2)}\n`)
      return
    }
    let bytes: Uint8Array
    try {
      bytes = writeXlsform(questionnaire)
    } catch {
      // What is not whole yet has no form as a workbook.
      res.removeHeader('Content-Disposition')
      throw conflict('error.notWhole')
    }
    res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(Buffer.from(bytes))
  }
