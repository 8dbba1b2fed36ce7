/**
 * What is filled in when a text is shown, by i18next's marks: {{count}}, {{- name}}, {{n, number}}, and other wordings
 * by $t(key). A translator moves them but does not touch what is in them. What cannot be seen is in none.
 */
const mark = /\{\{[^{}\p{C}]*\}\}|\$t\((?:[^()\p{C}]|\([^()\p{C}]*\))*\)/gu

/** A text as pieces: words, and the marks between them. */
export type Piece = { words: string } | { mark: string }

export function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const match of text.matchAll(mark)) {
    if (match.index > at) found.push({ words: text.slice(at, match.index) })
    found.push({ mark: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) found.push({ words: text.slice(at) })
  return found
}

/** The marks of a text in their order. */
export const placeholders = (text: string): string[] => text.match(mark) ?? []

const bare = (placeholder: string): string => placeholder.replace(/\s+/g, '')

/** What else is true of the marks of one text: those that it may have beside the source's, and those it may leave out. */
export type Leeway = { also?: readonly string[]; omit?: readonly string[] }

/**
 * What a translation did to the marks of its source: those that it lacks, and those that it has too many (a mark that
 * was changed is both). Undefined when all are intact; their order is free.
 */
export function placeholderFault(
  source: string,
  target: string,
  { also = [], omit = [] }: Leeway = {},
): { lacks: string[]; extra: string[] } | undefined {
  const has = placeholders(target)
  const [lacks, extra] = [[] as string[], [...has]]
  const mayOmit = new Set(omit.map(bare))
  for (const wanted of placeholders(source)) {
    const at = extra.findIndex((one) => bare(one) === bare(wanted))
    if (at >= 0) extra.splice(at, 1)
    else if (!mayOmit.has(bare(wanted))) lacks.push(wanted)
  }
  for (const known of also) {
    const at = extra.findIndex((one) => bare(one) === bare(known))
    if (at >= 0) extra.splice(at, 1)
  }
  return lacks.length + extra.length > 0 ? { lacks, extra } : undefined
}
