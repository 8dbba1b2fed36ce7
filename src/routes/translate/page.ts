import type { Request, RequestHandler, Response } from 'express'
import { mayEnter } from '../../district/people.ts'
import { formats } from '../../files/translationFile.ts'
import { pick } from '../../language/text.ts'
import { isState } from '../../language/translating.ts'
import { tongue } from '../build/wording.ts'
import type { FieldProblem } from '../models/account.ts'
import type { TranslateDesk } from '../models/translate.ts'
import { render } from '../pages.ts'
import { type Desk, type DeskString, enterDesk, notesOf, type Shop } from './desk.ts'
import { barOf, peopleOf, rowsOf, type Typed } from './wording.ts'

/** The workbench: texts of one place in one language, side by side with their source. */

/** Texts on a page. */
const onPage = 25

export type Filter = { state: string; find: string; group: string; page: number }

const asked = (req: Request, name: string): string => {
  const value = req.query[name]
  return typeof value === 'string' ? value.slice(0, 200) : ''
}

export function filterOf(req: Request): Filter {
  const state = asked(req, 'state')
  const page = asked(req, 'page')
  return {
    state: isState(state) || state === 'todo' ? state : '',
    find: asked(req, 'find').trim(),
    group: asked(req, 'group'),
    page: /^\d{1,4}$/.test(page) ? Math.max(1, Number(page)) : 1,
  }
}

export function address(
  home: string,
  { state, find, group, page }: Filter,
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({
    ...(state && { state }),
    ...(find && { find }),
    ...(group && { group }),
    ...(page > 1 && { page: String(page) }),
    ...more,
  })
  return query.size > 0 ? `${home}?${query}` : home
}

const todo = new Set(['missing', 'machine', 'outdated'])

function wanted(list: readonly DeskString[], { state, find, group }: Filter): DeskString[] {
  const sought = find.toLocaleLowerCase()
  return list.filter(
    (one) =>
      (state === '' || (state === 'todo' ? todo.has(one.state) : one.state === state)) &&
      (group === '' || one.group === group) &&
      (sought === '' ||
        [one.source, one.words, one.id].some((words) => words.toLocaleLowerCase().includes(sought))),
  )
}

const done = ['saved', 'kept', 'reviewed', 'said', 'taken']

export const showDesk =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const desk = await enterDesk(shop, req, res)
    const key = done.find((one) => one === req.query.done)
    const count = Number(/^\d{1,5}$/.exec(asked(req, 'n'))?.[0] ?? 0)
    const filter = filterOf(req)
    await show(shop, res, desk, filter, listed(desk, filter), {
      done: key ? { key: `translate.done.${key}`, count } : undefined,
    })
  }

export function listed(
  desk: Desk,
  filter: Filter,
): { list: DeskString[]; found: number; page: number; last: number } {
  const found = wanted(desk.strings, filter)
  const last = Math.max(1, Math.ceil(found.length / onPage))
  const page = Math.min(filter.page, last)
  return { list: found.slice((page - 1) * onPage, page * onPage), found: found.length, page, last }
}

export async function show(
  shop: Shop,
  res: Response,
  desk: Desk,
  filter: Filter,
  { list, found, page, last }: ReturnType<typeof listed>,
  news: { done?: TranslateDesk['done']; problems?: FieldProblem[]; typed?: Map<string, Typed> },
): Promise<void> {
  const { lang, questionnaire, survey, home } = desk
  const notes = await notesOf(shop, desk)
  const ids = list.flatMap(({ id, by, reviewed }) => [
    by,
    reviewed?.by,
    ...(notes.get(id) ?? []).map((note) => note.by),
  ])
  const names = await peopleOf(shop, ids)
  const { problems = [] } = news
  if (problems.length > 0) res.status(422)
  render(res, 'translate/desk', {
    kind: desk.place === 'interface' ? 'interface' : 'survey',
    title: desk.title,
    office: desk.office,
    home,
    action: address(home, { ...filter, page }),
    from: tongue(shop.messages, desk.from),
    to: tongue(shop.messages, desk.tag),
    bar: barOf(desk.strings, lang),
    filter,
    groups: groupsOf(desk),
    rows: rowsOf(desk, list, names, notes, news.typed),
    found,
    page: {
      current: page,
      last,
      previous: page > 1 ? address(home, { ...filter, page: page - 1 }) : '',
      next: page < last ? address(home, { ...filter, page: page + 1 }) : '',
    },
    publish:
      survey && questionnaire
        ? {
            version: survey.version + 1,
            href: mayEnter(desk.person.role, 'office') ? `/office/build/${desk.slug}/check` : undefined,
          }
        : undefined,
    files: Object.keys(formats).map((format) => ({ format, href: `${home}/file/${format}` })),
    problems,
    done: news.done,
  })
}

function groupsOf({ questionnaire, strings, lang }: Desk): TranslateDesk['groups'] {
  return [...new Set(strings.map(({ group }) => group))]
    .filter((group) => group !== '')
    .map((value) => {
      const section = questionnaire?.sections.find(({ code }) => code === value)
      const words = section
        ? pick(section.title, lang, questionnaire?.source)
        : { words: value, lang: 'en', fallback: false }
      return { value, words: words.words ? words : { words: value, lang: 'en', fallback: false } }
    })
}
