import { XMLParser } from 'fast-xml-parser'
import { Unusable } from './unit.ts'

/** An XML document as a tree that keeps the order of words and elements, for formats that mix them. */
export type Node = { name: string; attributes: Record<string, string>; children: (Node | string)[] }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are decoded below: the five that XML knows, and characters by number. Nobody defines others here.
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 60,
  jPath: false,
})

const mostElements = 200_000

/**
 * The root element. A document type is refused unread: it can define entities that multiply or that fetch. Throws
 * Unusable.
 */
export function parseTree(text: string): Node {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unusable('doctype')
  if ((text.match(/<\w/g)?.length ?? 0) > mostElements) throw new Unusable('tooLong', { limit: mostElements })
  let parsed: unknown
  try {
    parsed = parser.parse(text, true)
  } catch {
    throw new Unusable('damaged')
  }
  const root = nodes(parsed).find((one): one is Node => typeof one !== 'string')
  if (!root) throw new Unusable('damaged')
  return root
}

function nodes(list: unknown): (Node | string)[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: Record<string, unknown>): (Node | string)[] => {
    const [name, inner] = Object.entries(entry).find(([key]) => key !== ':@') ?? []
    if (name === undefined) return []
    if (name === '#text') return [decoded(String(inner))]
    if (name === '#cdata') return nodes(inner).map((one) => (typeof one === 'string' ? raw(inner) : one))
    const attributes = Object.entries((entry[':@'] ?? {}) as Record<string, unknown>)
    return [
      {
        name,
        attributes: Object.fromEntries(attributes.map(([key, value]) => [key, decoded(String(value))])),
        children: nodes(inner),
      },
    ]
  })
}

/** What stands in CDATA is meant as it stands. */
const raw = (inner: unknown): string =>
  Array.isArray(inner) ? inner.map((one: Record<string, unknown>) => String(one['#text'] ?? '')).join('') : ''

export const elements = (node: Node, name?: string): Node[] =>
  node.children.filter(
    (one): one is Node => typeof one !== 'string' && (name === undefined || one.name === name),
  )

export const first = (node: Node, name: string): Node | undefined => elements(node, name)[0]

/** Every element of these names below, in order, without looking into those that were found. */
export const below = (node: Node, names: ReadonlySet<string>): Node[] =>
  elements(node).flatMap((one) => (names.has(one.name) ? [one] : below(one, names)))

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
        if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text

const marks: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** Words as XML text. What no XML can hold is not for here: see unwritable. */
export const escaped = (words: string): string => words.replace(/[&<>"\r\t]/g, (one) => marks[one] ?? one)

/** As the value of an attribute, in which line breaks would become blanks. */
export const quoted = (words: string): string => escaped(words).replaceAll('\n', '&#10;')

/** Characters that XML 1.0 cannot hold, not even by number (section 2.2). */
export const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML has no way to write
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
