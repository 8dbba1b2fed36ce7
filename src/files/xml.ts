import { XMLParser } from 'fast-xml-parser'
import { Unreadable } from './zip.ts'

/** An element as the parser gives it: attributes under `@name`, children by name, text under `#text`. */
export type Element = { [name: string]: unknown }

/** Elements that may stand several times: always given as a list. */
const several = new Set(['row', 'c', 'si', 'r', 'sheet', 'mergeCell', 'Relationship', 'numFmt', 'xf', 't'])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are decoded below: the five that XML knows, and characters by number. Nobody defines others here.
  processEntities: false,
  // Paths as strings are for callbacks, and there are none.
  jPath: false,
  isArray: (name) => several.has(name),
})

/** Parsing takes far longer than inflating: so many elements are a few seconds. No questionnaire comes near. */
const mostElements = 400_000

/**
 * The root element of an XML part of `name`. A document type is refused: it can hold entities and addresses.
 * Cells that are only coloured are passed over, since a sheet can have a hundred of them for each that says something.
 */
export function parseXml(bytes: Uint8Array, name: string): Element {
  const whole = decode(bytes, name)
  if (/<!(DOCTYPE|ENTITY)/i.test(whole)) throw new Unreadable('xmlDoctype', { part: name })
  const text = whole.replace(/<(?:\w+:)?c\b[^>]*\/>/g, '')
  if ((text.match(/<\w/g)?.length ?? 0) > mostElements)
    throw new Unreadable('tooManyElements', { part: name, limit: mostElements })
  try {
    const parsed = parser.parse(text) as Element
    const root = Object.entries(parsed).find(([key]) => !key.startsWith('?') && key !== '#text')?.[1]
    return element(root)
  } catch {
    throw new Unreadable('xmlDamaged', { part: name })
  }
}

function decode(bytes: Uint8Array, name: string): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : undefined
  const big = bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  try {
    return new TextDecoder(wide ?? big ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('xmlDamaged', { part: name })
  }
}

export const element = (value: unknown): Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Element) : {}

/** The child elements of this name; of children that are text alone, elements that hold it. */
export const children = (parent: Element, name: string): Element[] => {
  const found = parent[name]
  const list = found === undefined ? [] : Array.isArray(found) ? found : [found]
  return list.map((one) => (typeof one === 'string' ? { '#text': one } : element(one)))
}

export const child = (parent: Element, name: string): Element => children(parent, name)[0] ?? {}

export const attribute = (of: Element, name: string): string => {
  const value = of[`@${name}`]
  return typeof value === 'string' ? decodeEntities(value) : ''
}

export const textOf = (of: Element): string => {
  const text = of['#text']
  return typeof text === 'string' ? decodeEntities(text) : ''
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
        if (name !== undefined) return named[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Words as XML: marks escaped, what XML cannot hold as _xHHHH_ (ECMA-376 part 1, 22.9.2.19). */
export const asXml = (words: string): string =>
  words
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
      /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (mark) => marks[mark] ?? mark)

/** Undoes the _xHHHH_ of `asXml`. */
export const unmask = (words: string): string =>
  words.includes('_x')
    ? words.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : words
