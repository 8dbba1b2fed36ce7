import type { Request, RequestHandler, Response } from 'express'
import { checkQuestionnaire } from '../../questionnaire/check.ts'
import { one } from '../../questionnaire/choices.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { readForm, typedText } from '../../questionnaire/edit/form.ts'
import {
  addQuestion,
  buildable,
  duplicateQuestion,
  moveQuestion,
  placeQuestion,
  removeQuestion,
  sectionOf,
} from '../../questionnaire/edit/questions.ts'
import {
  addSection,
  duplicateSection,
  moveSection,
  placeSection,
  removeSection,
} from '../../questionnaire/edit/sections.ts'
import { withDistrict } from '../../questionnaire/publish.ts'
import { badRequest } from '../../web/errors.ts'
import type { FieldProblem } from '../models/account.ts'
import type { OverviewSection } from '../models/build.ts'
import { render } from '../pages.ts'
import { conflictShown } from './conflict.ts'
import { conditionWords, headOf, moment, newsOf, personOf, titled } from './wording.ts'
import { bodyOf, enter, type Outcome, presetOf, type Shop, save, type Work } from './work.ts'

/** The page of one questionnaire: its sections and questions, and the buttons that act on them. */
export const showOverview =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    await show(shop, req, res, work, [])
  }

async function show(shop: Shop, req: Request, res: Response, work: Work, problems: FieldProblem[]) {
  const { definition, questionnaire, t } = work
  const found = placed(faultsOf(work))
  const faults = (section: string, question = '') =>
    found
      .filter((fault) => fault.section === section && fault.question === question)
      .map(({ words }) => words)
  let number = 0
  const { sections } = questionnaire
  render(res, 'build/survey', {
    ...headOf(shop, work, await newsOf(shop, work, req.query)),
    saved: { who: await personOf(shop, definition.by, t), when: moment(work, definition.at) },
    sections: sections.map(
      (section, at): OverviewSection => ({
        code: section.code,
        title: titled(work, section),
        shown: conditionWords(work, section.showIf),
        faults: faults(section.code),
        first: at === 0,
        last: at === sections.length - 1,
        questions: section.questions.map((question, index) => {
          number += 1
          return {
            code: question.code,
            number,
            kind: question.kind,
            title: titled(work, question),
            required: question.required === true,
            shown: conditionWords(work, question.showIf),
            faults: faults(section.code, question.code),
            first: at === 0 && index === 0,
            last: at === sections.length - 1 && index === section.questions.length - 1,
          }
        }),
      }),
    ),
    kinds: buildable(),
    faults: faults(''),
    faultCount: found.length,
    open: problems.length > 0 ? one(bodyOf(req).section) : String(req.query.in ?? ''),
    typed: problems.length > 0 ? (bodyOf(req) as Record<string, string | string[]>) : {},
    problems,
  })
}

/** What keeps it from being published, in English, as checking tells it. */
export const faultsOf = ({ questionnaire, district }: Pick<Work, 'questionnaire' | 'district'>): string[] =>
  checkQuestionnaire(withDistrict(questionnaire, district)).faults

export type PlacedFault = { section: string; question: string; words: string }

/** Faults with the section and question that they begin by naming. */
export const placed = (faults: string[]): PlacedFault[] =>
  faults.map((fault) => {
    const [, section = '', question = '', words = fault] =
      /^section ([\w-]+)(?:, question ([\w-]+))?(?::| stands)? (.*)$/s.exec(fault) ?? []
    return { section, question, words: section ? words : fault }
  })

/** The buttons of the page: `do` is "section|question.<verb>.<code>", and for dragging ".<section>.<before>". */
export const act =
  (shop: Shop): RequestHandler =>
  (req, res) =>
    save(shop, req, res, (work) => acted(work, one(bodyOf(req).do)), { clash: conflictShown(shop, req, res) })

function acted({ questionnaire, frozen }: Work, what: string): Outcome {
  const [of = '', verb = '', code = '', ...rest] = what.split('.')
  const to = (changed: Questionnaire, at = code, removed = false): Outcome => ({
    questionnaire: changed,
    to: { hash: removed ? 'news' : `${of}-${at}` },
    removed,
  })
  switch (`${of}.${verb}`) {
    case 'section.up':
      return to(moveSection(questionnaire, code, -1))
    case 'section.down':
      return to(moveSection(questionnaire, code, 1))
    case 'section.place':
      return to(placeSection(questionnaire, code, rest[0] || undefined))
    case 'section.remove':
      return to(removeSection(questionnaire, code), code, true)
    case 'section.copy': {
      const copy = duplicateSection(questionnaire, code, frozen)
      return to(copy.questionnaire, copy.code)
    }
    case 'question.up':
      return to(moveQuestion(questionnaire, code, -1))
    case 'question.down':
      return to(moveQuestion(questionnaire, code, 1))
    case 'question.place':
      return to(placeQuestion(questionnaire, code, rest[0] ?? '', rest[1] || undefined))
    case 'question.remove':
      return to(removeQuestion(questionnaire, code), code, true)
    case 'question.copy': {
      const copy = duplicateQuestion(questionnaire, code, frozen)
      return to(copy.questionnaire, copy.code)
    }
    default:
      throw badRequest()
  }
}

/** Adds a question from the quick form of a section: its words, its kind, and its answers, a line each. */
export const addOne =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const body = bodyOf(req)
    await save(
      shop,
      req,
      res,
      (work): Outcome => {
        const { questionnaire, frozen, tags } = work
        const section = one(body.section)
        const kind = buildable().find((known) => known === one(body.kind))
        const title = typedText(readForm(body, tags, questionnaire.source), 'title')
        const faults = [
          ...(title[questionnaire.source] ? [] : [{ field: `title.${questionnaire.source}`, code: 'title' }]),
          ...(kind ? [] : [{ field: 'kind', code: 'kind' }]),
        ]
        if (faults.length > 0 || !kind) return { questionnaire, to: {}, faults }
        const added = addQuestion(
          questionnaire,
          section,
          { kind, title, lines: linesOf(req, tags) },
          presetOf(shop.messages, questionnaire),
          frozen,
        )
        return one(body.go) === 'edit'
          ? { questionnaire: added.questionnaire, to: { path: `/q/${added.code}` } }
          : { questionnaire: added.questionnaire, to: { query: { in: section }, hash: `add-${section}` } }
      },
      {
        clash: conflictShown(shop, req, res),
        refuse: (work, problems) => show(shop, req, res, work, problems),
      },
    )
  }

/** The quick list: the first line of one language and the first of the other are the same answer. */
function linesOf(req: Request, tags: string[]): Record<string, string>[] {
  const columns = tags.map((tag) =>
    one(bodyOf(req)[`lines.${tag}`])
      .split(/\r?\n/)
      .map((line) => line.trim()),
  )
  const [first = []] = columns
  return first.flatMap((line, at) =>
    line
      ? [
          Object.fromEntries(
            tags.flatMap((tag, column) => (columns[column]?.[at] ? [[tag, columns[column][at]]] : [])),
          ),
        ]
      : [],
  )
}

export const addSectionHere =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await save(
      shop,
      req,
      res,
      ({ questionnaire, frozen, tags }): Outcome => {
        const title = typedText(readForm(bodyOf(req), tags, questionnaire.source), 'section')
        if (!title[questionnaire.source])
          return {
            questionnaire,
            to: {},
            faults: [{ field: `section.${questionnaire.source}`, code: 'title' }],
          }
        const added = addSection(questionnaire, title, frozen)
        return {
          questionnaire: added.questionnaire,
          to: { query: { in: added.code }, hash: `add-${added.code}` },
        }
      },
      {
        clash: conflictShown(shop, req, res),
        refuse: (work, problems) => show(shop, req, res, work, problems),
      },
    )
  }

/** Where a question is edited. */
export const questionPath = (questionnaire: Questionnaire, code: string): string =>
  sectionOf(questionnaire, code) ? `/q/${code}` : ''
