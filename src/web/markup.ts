import { direction } from '../language/tags.ts'
import { pick, type Text, type Worded } from '../language/text.ts'

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}
export const escaped = (words: string): string =>
  words.replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Words as safe HTML; in another language than the page's they carry their own `lang` and `dir`. */
export function marked({ words, lang }: Worded | { words: string; lang: string }, page: string): string {
  return lang === page
    ? escaped(words)
    : `<span lang="${escaped(lang)}" dir="${direction(lang)}">${escaped(words)}</span>`
}

/** A text picked for a reader, as safe HTML. */
export const word =
  (page: string, source: string) =>
  (text: Text | undefined): string =>
    text ? marked(pick(text, page, source), page) : ''

/** The `lang` and `dir` attributes of an element whose words are in another language than the page's; else nothing. */
export const markOf =
  (page: string) =>
  ({ lang }: { lang: string }): string =>
    lang === page ? '' : ` lang="${escaped(lang)}" dir="${direction(lang)}"`
