import { match } from './tags.ts'

/** A text in many languages: BCP 47 tag to words. A tag that is missing means: not translated. */
export type Text = Record<string, string>

/** Words chosen for a reader, with the language that they are really in. */
export type Worded = { words: string; lang: string; fallback: boolean }

/** Words under this very tag. A tag comes from addresses and headers: `constructor` must not find anything. */
const under = (text: Text, tag: string): string | undefined =>
  Object.hasOwn(text, tag) && text[tag]?.trim() ? text[tag] : undefined

/**
 * The words of `text` for a reader of `tag`: the tag itself, then the same language in the reader's script, then in
 * any region or script, then `source` (the language the text was written in), then any language at all.
 * `fallback` is true when the words are in another language than the reader's, so that a page can mark them.
 */
export function pick(text: Text, tag: string, source = 'en'): Worded {
  const exact = under(text, tag)
  if (exact) return { words: exact, lang: tag, fallback: false }
  const written = Object.keys(text).filter((key) => under(text, key))
  const language = tag.split('-')[0]
  const near = match([tag], written) ?? written.find((key) => key.split('-')[0] === language)
  if (near) return { words: text[near] ?? '', lang: near, fallback: false }
  const any = under(text, source) ? source : written[0]
  return { words: (any && text[any]) || '', lang: any ?? source, fallback: true }
}

/** Just the words; for places where the language is already known to be right. */
export const words = (text: Text, tag: string, source = 'en'): string => pick(text, tag, source).words
