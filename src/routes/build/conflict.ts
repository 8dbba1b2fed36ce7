import type { Request, Response } from 'express'
import { direction, isTag } from '../../language/tags.ts'
import { pick, type Text } from '../../language/text.ts'
import type { Condition } from '../../questionnaire/definition.ts'
import { changes } from '../../questionnaire/edit/changes.ts'
import type { Clash } from '../../questionnaire/edit/merge.ts'
import type { ClashValue } from '../models/build.ts'
import { render } from '../pages.ts'
import { changeLines, conditionWords, headOf, moment, personOf } from './wording.ts'
import { bodyOf, type Conflict, type Shop, type Work } from './work.ts'

/** Shows what two people changed differently, with the form as it was sent, so that nothing has to be typed again. */
export const conflictShown =
  (shop: Shop, req: Request, res: Response) =>
  async ({ work, last, clashes, mine }: Conflict): Promise<void> => {
    const both = { ...work, questionnaire: mine }
    render(res, 'build/conflict', {
      ...headOf(shop, work),
      who: await personOf(shop, last.by, work.t),
      when: moment(work, last.at),
      rows: clashes.map((clash) => ({
        key: clash.key,
        place: placeWords(shop, work, clash),
        base: valueWords(both, clash, clash.base),
        mine: valueWords(both, clash, clash.mine),
        theirs: valueWords({ ...work, questionnaire: last.questionnaire }, clash, clash.theirs),
      })),
      others: changeLines(work, changes(work.questionnaire, last.questionnaire)),
      action: `${req.baseUrl}${req.path}`,
      fields: sentAgain(req),
      settles: last.revision,
    })
  }

const ours = (name: string): boolean =>
  name === '_csrf' || name === 'settles' || name === 'all' || name.startsWith('keep.')

/** The form's own fields, in the order in which they came. */
const sentAgain = (req: Request): [string, string][] =>
  Object.entries(bodyOf(req)).flatMap(([name, value]) =>
    ours(name)
      ? []
      : [value].flat().flatMap((one): [string, string][] => (typeof one === 'string' ? [[name, one]] : [])),
  )

const fields = [
  'title',
  'help',
  'short',
  'intro',
  'thanks',
  'assent',
  'notice',
  'showIf',
  'required',
  'shuffle',
]
const lists = ['options', 'items', 'scale']

function placeWords({ messages }: Shop, work: Work, { section, question, path }: Clash): string {
  const { t, questionnaire, lang } = work
  const head = questionnaire.sections.find(({ code }) => code === section)
  const asked = questionnaire.sections
    .flatMap(({ questions }) => questions)
    .find(({ code }) => code === question)
  const say = (text: Text | undefined, code: string) =>
    pick(text ?? {}, lang, questionnaire.source).words || code
  // What an answer is called needs no word before its language.
  const steps = path.filter((step) => step !== 'label')
  const below = steps.map((step, at) => {
    if (fields.includes(step)) return t(`build.field.${step}`)
    if (lists.includes(step)) return t(`build.list.${step}`)
    const list: unknown = asked?.[steps[at - 1] ?? '']
    const part = Array.isArray(list) ? list.find((one) => one?.code === step) : undefined
    if (part) return say(part.label, step)
    return at === steps.length - 1 && isTag(step) ? messages.name(step) : step
  })
  return [
    ...(section ? [say(head?.title, section)] : [t('build.settings.title')]),
    ...(question ? [say(asked?.title, question)] : []),
    ...below,
  ].join(' › ')
}

function valueWords(work: Work, { path }: Clash, value: unknown): ClashValue {
  const { t, lang, questionnaire } = work
  const said = (words: string, tag = lang): ClashValue => ({ words, lang: tag, none: false })
  const last = path.at(-1) ?? ''
  if (value === undefined) return { words: t('build.conflict.none'), lang, none: true }
  if (typeof value === 'string') return said(value, isTag(last) && direction(last) ? last : lang)
  if (typeof value === 'boolean') return said(value ? t('build.yes') : t('build.no'))
  if (typeof value !== 'object' || value === null) return said(String(value))
  if (last === 'showIf') return said(conditionWords(work, value as Condition) || JSON.stringify(value))
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return said(value.join(', '))
  const { title, label, code } = value as { title?: Text; label?: Text; code?: string }
  const text = title ?? label ?? (code === undefined ? (value as Text) : {})
  const { words, lang: tag } = pick(text, lang, questionnaire.source)
  return said(words || code || JSON.stringify(value), words ? tag : lang)
}
