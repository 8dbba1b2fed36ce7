import type { Text } from '../../language/text.ts'
import type { Questionnaire } from '../definition.ts'
import { flatten } from './flat.ts'
import { unmoved } from './order.ts'
import { same, tidy } from './tidy.ts'

/** One difference between two states of a questionnaire; `words` is the title of what it is about. */
export type Change = {
  what: 'added' | 'removed' | 'changed' | 'moved'
  of: 'survey' | 'section' | 'question'
  code: string
  words: Text
  /** Options, items and points that were taken out of the question, by their words. */
  lost: Text[]
}

/** What was done to `before` to make `after`, in the order of the pages. */
export function changes(before: Questionnaire, after: Questionnaire): Change[] {
  const [was, is] = [flatten(tidy(before)), flatten(tidy(after))]
  const about: Change[] = same(was.about, is.about)
    ? []
    : [{ what: 'changed', of: 'survey', code: '', words: after.title, lost: [] }]
  return [
    ...about,
    ...between('section', was.sections, is.sections, () => false),
    ...between('question', was.questions, is.questions, (code) => was.homes.get(code) !== is.homes.get(code)),
  ]
}

type Titled = { code: string; title: Text }

function between(
  of: 'section' | 'question',
  was: ReadonlyMap<string, Titled>,
  is: ReadonlyMap<string, Titled>,
  movedHome: (code: string) => boolean,
): Change[] {
  const codes = [...was.keys()]
  const stays = unmoved(codes, [...is.keys()])
  return [...new Set([...is.keys(), ...codes])].flatMap((code): Change[] => {
    const [old, now] = [was.get(code), is.get(code)]
    const change = (what: Change['what']): Change => ({
      what,
      of,
      code,
      words: (now ?? old)?.title ?? {},
      lost: old && now ? lost(old, now) : [],
    })
    if (!old) return [change('added')]
    if (!now) return [change('removed')]
    if (!same(old, now)) return [change('changed')]
    return movedHome(code) || !stays.has(code) ? [change('moved')] : []
  })
}

type Labelled = { code: string; label?: Text }

function lost(before: object, after: object): Text[] {
  return Object.entries(before).flatMap(([name, list]) => {
    if (!Array.isArray(list)) return []
    const now: unknown = Reflect.get(after, name)
    const left = Array.isArray(now) ? (now as Labelled[]) : []
    return (list as Labelled[])
      .filter((one) => typeof one?.code === 'string' && !left.some(({ code }) => code === one.code))
      .map(({ code, label }) => label ?? { und: code })
  })
}
