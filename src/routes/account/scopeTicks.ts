import type { Scope } from '../../district/people.ts'
import { direction } from '../../language/tags.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'

/** One school or language to tick. */
export type Tick = {
  code: string
  label: { words: string; lang: string; dir: 'ltr' | 'rtl' }
  ticked: boolean
}

/**
 * What a person can be narrowed to: the district's schools, and the languages of the interface and of every survey.
 * What is ticked stays on offer, also when the school or survey is gone.
 */
export async function ticksFor(
  stores: Pick<Stores, 'settings' | 'surveys'>,
  messages: Messages,
  scope: Scope,
  lang: string,
): Promise<Record<keyof Scope, Tick[]>> {
  const [{ schools }, surveys] = await Promise.all([stores.settings.district(), stores.surveys.list()])
  const tags = [
    ...messages.tags,
    ...surveys.flatMap(({ questionnaire }) => questionnaire.languages),
    ...scope.languages,
  ]
  const known = new Set(schools.map(({ code }) => code))
  const gone = scope.schools.filter((code) => !known.has(code))
  return {
    schools: [
      ...schools.map(({ code, label }) => ({ code, label: pick(label, lang) })),
      ...gone.map((code) => ({ code, label: { words: code, lang: 'en' } })),
    ].map(({ code, label }) => ({
      code,
      label: { words: label.words, lang: label.lang, dir: direction(label.lang) },
      ticked: scope.schools.includes(code),
    })),
    languages: [...new Set(tags)].sort().map((tag) => ({
      code: tag,
      label: { words: messages.name(tag), lang: tag, dir: direction(tag) },
      ticked: scope.languages.includes(tag),
    })),
  }
}
