/** A text in many languages: BCP 47 tag to words. A tag that is missing means: not translated. */
export type Text = Record<string, string>

/** Words chosen for a reader, with the language that they are really in. */
export type Worded = { words: string; lang: string; fallback: boolean }

/**
 * The words of `text` for a reader of `tag`: the tag itself, then the same language in another region or
 * script, then `source` (the language the text was written in), then any language at all.
 * `fallback` is true when the words are in another language than the reader's, so that a page can mark them.
 */
export function pick(text: Text, tag: string, source = 'en'): Worded {
  const exact = text[tag]
  if (exact) return { words: exact, lang: tag, fallback: false }
  const language = tag.split('-')[0]
  const near = Object.keys(text).find((key) => key.split('-')[0] === language && text[key])
  if (near) return { words: text[near] ?? '', lang: near, fallback: false }
  const any = text[source] ? source : Object.keys(text).find((key) => text[key])
  return { words: (any && text[any]) || '', lang: any ?? source, fallback: true }
}

/** Just the words; for places where the language is already known to be right. */
export const words = (text: Text, tag: string, source = 'en'): string => pick(text, tag, source).words
