/** The same words however they were written: case, accents' encoding, spaces, quotation marks and end marks apart. */
export const plain = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .replace(/[\s*:.?]+$/u, '')
    .trim()
