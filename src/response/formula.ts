/**
 * Cells of an export that a spreadsheet must not take for a formula. A cell in question gets one ' before it, and
 * reading takes exactly that one away, so every text comes back as it was: a text that itself begins with '= gets
 * another '. (csv-stringify's escape_formulas adds the ' too, but not to such texts, so it cannot be undone.)
 * What opens a formula: OWASP, "CSV Injection", and the full-width forms that some programs read alike.
 */
const opening = /^['\s]*[=+\-@\t\r＝＋－＠]/

/** A plain negative number is a number in every program, and stays one. */
const number = /^-\d+(\.\d+)?$/

/** Nearly every cell is a code or a number: those need no closer look. */
const harmless = (cell: string): boolean => {
  const first = cell.charCodeAt(0)
  return (first >= 97 && first <= 122) || (first >= 48 && first <= 57) || cell === ''
}

const opensFormula = (cell: string): boolean => opening.test(cell) && !number.test(cell)

/** The cell as it is written into a file. */
export const guardCell = (cell: string): string => (!harmless(cell) && opensFormula(cell) ? `'${cell}` : cell)

/** The cell that was written; undoes guardCell for every text, and leaves any other cell alone. */
export const unguardCell = (cell: string): string =>
  cell.startsWith("'") && opensFormula(cell.slice(1)) ? cell.slice(1) : cell
