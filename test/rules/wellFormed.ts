/** Elements that hold nothing and are not closed. */
const empty = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
/** Elements that end a paragraph where they begin: a browser would tear the paragraph apart. */
const blocks = new Set(
  'address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul'.split(
    ' ',
  ),
)
/** What may stand inside these, and nothing else. */
const children: Record<string, string[]> = {
  ul: ['li'],
  ol: ['li'],
  dl: ['dt', 'dd', 'div'],
  select: ['option', 'optgroup'],
  table: ['caption', 'colgroup', 'thead', 'tbody', 'tfoot'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['th', 'td'],
}
const references = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers', 'list']

export type Tag = { name: string; attributes: Map<string, string> }

/** Tags of a page one after the other; attribute values as they stand. */
const tagShape =
  /<!--.*?-->|<!doctype html>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s"'<>=/]+(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*)\s*(\/?)>/gs
const attributeShape = /([^\s"'<>=/]+)(?:=(?:"([^"]*)"|'([^']*)'))?/g

/**
 * Reads a whole page: every tag with its attributes, and what is wrong with the HTML: signs that are not escaped,
 * elements not closed, or in places where they cannot be, names given twice, references that lead nowhere. Stricter
 * than HTML: everything is closed. At an element that is closed by another no more faults are looked for.
 */
export function read(html: string): { tags: Tag[]; faults: string[] } {
  const faults: string[] = []
  const open: string[] = []
  const tags: Tag[] = []
  let [torn, end] = [false, 0]
  for (const match of html.matchAll(tagShape)) {
    const [whole, closes, word, rest = '', slash] = match
    const bare = bareSign(html, end, match.index)
    if (bare && !torn) faults.push(bare)
    end = match.index + whole.length
    if (!word) continue
    const name = word.toLowerCase()
    if (closes) {
      if (torn) continue
      const last = open.pop()
      torn = last !== name
      if (torn) faults.push(`</${name}> closes <${last}> near ${near(html, match.index)}`)
      continue
    }
    const attributes = new Map<string, string>()
    for (const [, attribute = '', a, b] of rest.matchAll(attributeShape)) {
      if (attributes.has(attribute.toLowerCase())) faults.push(`an attribute twice: ${whole}`)
      attributes.set(attribute.toLowerCase(), a ?? b ?? '')
    }
    tags.push({ name, attributes })
    if (torn) continue
    const parent = open.at(-1) ?? ''
    if (blocks.has(name) && open.includes('p')) faults.push(`<${name}> in a paragraph: ${whole}`)
    if (children[parent] && !children[parent].includes(name))
      faults.push(`<${name}> in <${parent}>: ${whole}`)
    if (name === 'div' && (parent === 'span' || parent === 'label')) faults.push(`<div> in <${parent}>`)
    if (!empty.has(name) && !slash) open.push(name)
  }
  if (torn) return { tags, faults }
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`)
  const bare = bareSign(html, end, html.length)
  if (bare) faults.push(bare)
  return { tags, faults: [...faults, ...nameFaults(tags)] }
}

const sign = /[<>]|&(?!#?\w+;)/
/** A sign between two tags that should have been escaped. */
function bareSign(html: string, from: number, to: number): string | undefined {
  if (from === to) return
  const found = sign.exec(html.slice(from, to))
  return found ? `a bare "${found[0]}" near ${near(html, from + found.index)}` : undefined
}

const near = (html: string, at: number) => JSON.stringify(html.slice(Math.max(0, at - 60), at + 60))

function nameFaults(tags: Tag[]): string[] {
  const faults: string[] = []
  const ids = new Set<string>()
  for (const { attributes } of tags) {
    const id = attributes.get('id')
    if (id === undefined) continue
    if (id === '' || /\s/.test(id)) faults.push(`an id that is none: "${id}"`)
    if (ids.has(id)) faults.push(`id "${id}" twice`)
    ids.add(id)
  }
  for (const { name, attributes } of tags) {
    for (const reference of references)
      for (const id of attributes.get(reference)?.split(/\s+/) ?? [])
        if (!ids.has(id)) faults.push(`<${name} ${reference}="${id}"> leads nowhere`)
    const href = attributes.get('href')
    if (href?.startsWith('#') && !ids.has(decodeURIComponent(href.slice(1))))
      faults.push(`href="${href}" leads nowhere`)
  }
  const count = (wanted: string) => tags.filter(({ name }) => name === wanted).length
  if (count('h1') !== 1) faults.push(`${count('h1')} first headings`)
  if (count('main') !== 1) faults.push(`${count('main')} main parts`)
  return faults
}
