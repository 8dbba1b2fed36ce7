import type { TFunction } from 'i18next'
import { remembered } from '../language/remembered.ts'

/**
 * Strings that a locale file lacks are shown in English. t() gives plain strings, which cannot carry a language, so
 * on a page of an incomplete language the English ones travel through the template between two private characters,
 * which then become markup: readers, and screen readers, are told that these words are English.
 */
const [opens, closes] = ['\uE000', '\uE001']

/** Made once for each t(). */
const made = new WeakMap<TFunction, TFunction>()

/** A t() whose strings are enclosed where they are English for want of a translation. */
export function enclosing(t: TFunction): TFunction {
  const known = made.get(t)
  if (known) return known
  const enclosed = remembered(((key: string, values?: Record<string, unknown>) => {
    const { res, usedLng } = t(key, { ...values, returnDetails: true })
    return usedLng === 'en' ? `${opens}${res}${closes}` : res
  }) as unknown as TFunction)
  made.set(t, enclosed)
  return enclosed
}

const tags = /<[^>]*>/g
const wordsOnly = /<(title|option|textarea)\b([^>]*)>([^<]*)/g
const enclosed = /\uE000([^\uE000\uE001]*)\uE001/g
const bare = (html: string): string => html.replace(/[\uE000\uE001]/g, '')

/** The page with what was enclosed marked as English: by a span in running words, by nothing inside a tag. */
export function unenclosed(html: string): string {
  return html
    .replace(tags, bare)
    .replace(wordsOnly, (whole, name: string, attributes: string, words: string) => {
      if (!words.includes(opens)) return whole
      const own = /\blang=/.test(attributes) || !words.trimStart().startsWith(opens)
      return `<${name}${attributes}${own ? '' : ' lang="en" dir="ltr"'}>${bare(words)}`
    })
    .replace(enclosed, '<span lang="en" dir="ltr">$1</span>')
}
