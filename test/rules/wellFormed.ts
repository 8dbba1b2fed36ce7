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

type Tag = { name: string; attributes: Map<string, string> }

/** Tags of a page one after the other; attribute values as they stand. */
const tagShape =
  /<!--.*?-->|<!doctype html>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s"'<>=/]+(?:=(?:"[^"<>]*"|'[^'<>]*'))?)*)\s*(\/?)>/gs
const attributeShape = /([^\s"'<>=/]+)(?:=(?:"([^"]*)"|'([^']*)'))?/g

/** Every tag with its attributes. */
export const tagsOf = (html: string): Tag[] =>
  [...html.matchAll(tagShape)].flatMap(([, end, name, rest = '']) =>
    name && !end ? [{ name: name.toLowerCase(), attributes: attributesOf(rest) }] : [],
  )

const attributesOf = (rest: string) =>
  new Map([...rest.matchAll(attributeShape)].map(([, name = '', a, b]) => [name.toLowerCase(), a ?? b ?? '']))

/**
 * What is wrong with the HTML of a whole page: signs that are not escaped, elements not closed, or in places where
 * they cannot be, names given twice, references that lead nowhere. Stricter than HTML: everything is closed.
 */
export function faultsOf(html: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  for (const match of html.matchAll(tagShape)) {
    const [whole, end, word, rest = '', slash] = match
    if (!word) continue
    const name = word.toLowerCase()
    if (end) {
      const last = open.pop()
      if (last !== name) return [...faults, `</${name}> closes <${last}> near ${near(html, match.index)}`]
      continue
    }
    const parent = open.at(-1) ?? ''
    if (open.includes('p') && blocks.has(name)) faults.push(`<${name}> in a paragraph: ${whole}`)
    if (children[parent] && !children[parent].includes(name))
      faults.push(`<${name}> in <${parent}>: ${whole}`)
    if (name === 'div' && (parent === 'span' || parent === 'label')) faults.push(`<div> in <${parent}>`)
    const names = [...rest.matchAll(attributeShape)].map(([, attribute]) => attribute)
    if (new Set(names).size !== names.length) faults.push(`an attribute twice: ${whole}`)
    if (!empty.has(name) && !slash) open.push(name)
  }
  if (open.length > 0) faults.push(`not closed: ${open.join(' ')}`)
  const left = html.replace(tagShape, '')
  const sign = /[<>]|&(?!#?\w+;)/.exec(left)
  if (sign) faults.push(`a bare "${sign[0]}" near ${near(left, sign.index)}`)
  return [...faults, ...nameFaults(tagsOf(html))]
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
