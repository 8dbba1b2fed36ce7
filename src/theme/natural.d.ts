/** Single files of natural, which type-check nowhere else: only what we call of them is declared. */
declare module 'natural/lib/natural/stemmers/*' {
  const stemmer: { stem(word: string): string }
  export default stemmer
}
declare module 'natural/lib/natural/util/*' {
  const list: { words: string[] }
  export default list
}
