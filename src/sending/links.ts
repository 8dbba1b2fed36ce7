import type { Questionnaire } from '../questionnaire/definition.ts'
import { readKnown } from '../questionnaire/known.ts'

/** What a link says of whoever opens it; '' or nothing where it says nothing. */
export type LinkTo = { lang?: string; school?: string; group?: string; code?: string }

/**
 * The address of a survey for some of its readers. Only what the questionnaire asks and offers goes into it: such a
 * link fills an answer in, and opens nothing.
 */
export function linkTo(
  { slug, questionnaire }: { slug: string; questionnaire: Questionnaire },
  { lang, school, group, code }: LinkTo,
  address: string,
): string {
  const given: Record<string, string | undefined> = { school, group }
  const query = new URLSearchParams({
    ...(lang && questionnaire.languages.includes(lang) ? { lang } : {}),
    ...(readKnown(questionnaire, (name) => given[name]) as Record<string, string>),
    ...(code ? { code } : {}),
  })
  return `${address}/s/${slug}${query.size > 0 ? `?${query}` : ''}`
}
