/** Digits of any script (Arabic-Indic, Devanagari, Burmese ...) as 0-9; everything else stays as it is. */
export const westernDigits = (typed: string): string =>
  typed.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)))

/** Unicode keeps the decimal digits of a script in runs of ten from nought to nine; two runs may touch (Karen). */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 48
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return (code - first) % 10
}
