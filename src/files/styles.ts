import { attribute, child, children, type Element } from './xml.ts'

/** Formats that every workbook knows without saying so: dates and times (ECMA-376 part 1, 18.8.30). */
const isBuiltIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Which cell styles show a number as a date or a time. */
export function readDateStyles(styles: Element): (style: number) => boolean {
  const own = new Map(
    children(child(styles, 'numFmts'), 'numFmt').map((format) => [
      Number(attribute(format, 'numFmtId')),
      isDateFormat(attribute(format, 'formatCode')),
    ]),
  )
  const dates = children(child(styles, 'cellXfs'), 'xf').map((style) => {
    const id = Number(attribute(style, 'numFmtId'))
    return own.get(id) ?? isBuiltIn(id)
  })
  return (style) => dates[style] === true
}

/** Letters of date and time outside quotes, escapes, [colours] and conditions; "General" has none that count. */
function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|_.|\*.|\[(?!(h|m|s)+\])[^\]]*\]/gi, '')
  return !/general/i.test(bare) && /[ymdhs]/i.test(bare)
}
