const prefixes = ['وال', 'بال', 'كال', 'فال', 'ال', 'لل']
const suffixes = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'يه', 'ه', 'ي']

/**
 * The light10 stemmer for Arabic: takes off the article with what is written to it, then endings, and never tries to
 * find a root. Wants the normalization of `prepare.ts`. Source: Larkey, Ballesteros and Connell, "Light Stemming
 * for Arabic Information Retrieval" (2007): و when three letters stay, an article when two stay, then each ending
 * in turn when two stay.
 */
export function light10(word: string): string {
  let stem = word
  if (stem.startsWith('و') && stem.length > 3) stem = stem.slice(1)
  const prefix = prefixes.find((one) => stem.startsWith(one) && stem.length - one.length >= 2)
  if (prefix) stem = stem.slice(prefix.length)
  for (const suffix of suffixes)
    if (stem.endsWith(suffix) && stem.length - suffix.length >= 2) stem = stem.slice(0, -suffix.length)
  return stem
}
