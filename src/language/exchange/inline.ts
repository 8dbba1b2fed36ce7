import { type Piece, pieces } from './placeholders.ts'
import { escaped, type Node, unwritable } from './tree.ts'

/** How a format writes what is no words: a mark that is filled in, by its number in the unit, and a character by its code. */
export type Inline = { mark: (id: string, mark: string) => string; character: (hex: string) => string }

/**
 * Source and target as XML. Marks become elements that translation programs keep in one piece; a mark of the target has
 * the number of its like in the source.
 */
export function inlined(source: string, target: string, inline: Inline) {
  const marks: { id: string; mark: string }[] = []
  const write = (text: string, number: (mark: string) => string): string =>
    pieces(text)
      .map((piece: Piece) =>
        'mark' in piece ? inline.mark(number(piece.mark), piece.mark) : characters(piece.words, inline),
      )
      .join('')
  const numbered = (mark: string): string => {
    const id = String(marks.length + 1)
    marks.push({ id, mark })
    return id
  }
  const said = write(source, numbered)
  const left = [...marks]
  const meant = write(target, (mark) => {
    const at = left.findIndex((one) => one.mark === mark)
    return at >= 0 ? (left.splice(at, 1)[0]?.id ?? '') : numbered(mark)
  })
  return { source: said, target: meant, marks }
}

function characters(words: string, { character }: Inline): string {
  let written = ''
  let at = 0
  for (const match of words.matchAll(unwritable)) {
    written += escaped(words.slice(at, match.index))
    written += character(match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'))
    at = match.index + 1
  }
  return written + escaped(words.slice(at))
}

/** The text of a source or target; `code` says what an element stands for, undefined for one that only encloses words. */
export const wordsIn = (node: Node, code: (inner: Node) => string | undefined): string =>
  node.children.map((one) => (typeof one === 'string' ? one : (code(one) ?? wordsIn(one, code)))).join('')

export const fromHex = (hex: string): string =>
  /^[0-9A-Fa-f]{1,4}$/.test(hex) ? String.fromCharCode(Number.parseInt(hex, 16)) : ''
