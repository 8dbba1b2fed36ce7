/**
 * What two printed forms of the same words have in common: letters and digits only, small, "&" read as
 * "and". Forms that share it differ in capitals, spacing and punctuation alone.
 */
export const resembles = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{M}\p{N}#%]/gu, '')
