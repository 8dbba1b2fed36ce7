import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import { pick, type Text, type Worded } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { type Condition, questions } from '../../questionnaire/definition.ts'
import { type Change, changes } from '../../questionnaire/edit/changes.ts'
import { known } from '../../questionnaire/edit/conditions.ts'
import { conditionInWords } from '../../questionnaire/inWords.ts'
import { kinds } from '../../questionnaire/kinds.ts'
import type { Definition } from '../../store/stores.ts'
import type { BuildHead, ChangeLine, News, Tongue } from '../models/build.ts'
import type { Moment } from '../models/office.ts'
import type { Shop, Work } from './work.ts'

/** How the builder words what it shows: titles, times, people, changes, conditions. */

export const tongue = (messages: Messages, tag: string): Tongue => ({
  tag,
  name: messages.name(tag),
  dir: direction(tag),
})

/** A text for the person who builds: in their language where there is one, else in the questionnaire's own. */
export const worded = ({ lang, questionnaire }: Pick<Work, 'lang' | 'questionnaire'>, text: Text): Worded =>
  pick(text, lang, questionnaire.source)

/** A title; something without one is called by its code. */
export function titled(
  work: Pick<Work, 'lang' | 'questionnaire'>,
  part: { code: string; title: Text },
): Worded {
  const said = worded(work, part.title)
  return said.words ? said : { words: part.code, lang: 'en', fallback: true }
}

export const moment = ({ lang, district }: Pick<Work, 'lang' | 'district'>, at: number): Moment => ({
  words: sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone: district.timeZone }),
  iso: new Date(at).toISOString(),
})

/**
 * Whoever saved a revision, by e-mail; people who have left are not told by name. The address is isolated (U+2068,
 * U+2069), so that it does not turn a sentence that runs from right to left around.
 */
export async function personOf({ stores }: Shop, id: string, t: Work['t']): Promise<string> {
  const email = (await stores.people.findById(id))?.email
  return email ? `\u2068${email}\u2069` : t('build.somebody')
}

export const changeLines = (work: Pick<Work, 'lang' | 'questionnaire'>, list: Change[]): ChangeLine[] =>
  list.map(({ what, of, code, words, lost }) => ({
    what,
    of,
    words: titled(work, { code, title: words }),
    lost: lost.map((text) => worded(work, text)),
  }))

/** Skip logic in words, for the person who builds; '' for always. */
export function conditionWords(work: Work, condition: Condition | undefined): string {
  const { questionnaire, t, lang } = work
  const asked = questions(questionnaire)
  if (!condition || !asked.every(({ kind }) => kinds.has(kind))) return ''
  if (!known(questionnaire, condition)) return t('build.condition.lost')
  return conditionInWords(condition, questionnaire, {
    t: (key, values) => t(key.replace('paper.if.', 'build.if.'), values ?? {}) as string,
    lang,
    number: (code) => String(asked.findIndex((question) => question.code === code) + 1),
  })
}

const done = ['saved', 'added', 'undone', 'restored', 'begun', 'discarded']

/** What the address says was just done: only what can be looked up again is believed. */
export async function newsOf(shop: Shop, work: Work, query: Record<string, unknown>): Promise<News> {
  const { definitions } = shop.stores
  const at = async (name: string): Promise<Definition | undefined> => {
    const number = String(query[name] ?? '')
    return /^\d{1,9}$/.test(number) ? definitions.find(work.slug, Number(number)) : undefined
  }
  const removal = await at('undo')
  const before = removal && (await definitions.find(work.slug, removal.revision - 1))
  const [since, until] = [await at('since'), await at('until')]
  const lost = removal && before ? changes(before.questionnaire, removal.questionnaire) : []
  return {
    done: done.includes(String(query.done)) ? `build.done.${query.done}` : undefined,
    undo: removal && before ? { revision: removal.revision, lost: changeLines(work, lost) } : undefined,
    meanwhile:
      since && until
        ? {
            who: await personOf(shop, until.by, work.t),
            when: moment(work, until.at),
            what: changeLines(work, changes(since.questionnaire, until.questionnaire)),
          }
        : undefined,
  }
}

export const noNews: News = { done: undefined, undo: undefined, meanwhile: undefined }

export function headOf({ messages }: Shop, work: Work, news: News = noNews): BuildHead {
  const { questionnaire, definition, slug, survey, beside, tags } = work
  const { source, languages } = questionnaire
  return {
    slug,
    title: titled(work, { code: slug, title: questionnaire.title }),
    revision: definition.revision,
    source,
    languages: [source, ...languages.filter((tag) => tag !== source)].map((tag) => tongue(messages, tag)),
    tongues: tags.map((tag) => tongue(messages, tag)),
    beside,
    published: survey !== undefined,
    news,
  }
}
