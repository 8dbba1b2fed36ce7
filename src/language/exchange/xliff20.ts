import type { State } from '../translating.ts'
import { fromHex, type Inline, inlined, wordsIn } from './inline.ts'
import { below, elements, first, type Node, quoted, unwritable } from './tree.ts'
import { type Bundle, mostUnits, type Returned, type ReturnedBundle, Unusable } from './unit.ts'

/** XLIFF 2.0 (OASIS, 2014; ISO 21720:2017). */

/** State of a segment, and our finer one (section 4.3.1, "state", "subState"). */
const written: Record<State, string> = {
  missing: ' state="initial"',
  machine: ' state="initial" subState="heard:machine"',
  translated: ' state="translated"',
  reviewed: ' state="reviewed"',
  outdated: ' state="initial" subState="heard:outdated"',
}

const inline: Inline = {
  mark: (id, mark) => `<ph id="${id}" dataRef="d${id}" disp="${quoted(mark)}"/>`,
  character: (hex) => `<cp hex="${hex}"/>`,
}

export function writeXliff20({ of, from, to, units }: Bundle): string {
  const body = units.map(({ id, source, target, state, note }) => {
    const said = inlined(source, target, inline)
    const data = said.marks.map(({ id, mark }) => `<data id="d${id}">${quoted(mark)}</data>`)
    return [
      `    <unit id="${quoted(id)}">\n`,
      note ? `      <notes><note>${quoted(note.replace(unwritable, ''))}</note></notes>\n` : '',
      data.length > 0 ? `      <originalData>${data.join('')}</originalData>\n` : '',
      `      <segment${written[state]}>\n`,
      `        <source xml:space="preserve">${said.source}</source>\n`,
      state === 'missing' ? '' : `        <target xml:space="preserve">${said.target}</target>\n`,
      '      </segment>\n    </unit>\n',
    ].join('')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="${quoted(from)}" trgLang="${quoted(to)}">
  <file id="f1" original="${quoted(of)}">
${body.join('')}  </file>
</xliff>
`
}

/** A program that changes the state of a segment takes our finer one away, as the standard asks. */
function stateOf(segment: Node | undefined, words: string): State | undefined {
  if (words.trim() === '') return 'missing'
  const { state = 'initial', subState = '' } = segment?.attributes ?? {}
  if (state === 'reviewed' || state === 'final') return 'reviewed'
  if (state === 'translated') return 'translated'
  if (subState === 'heard:machine') return 'machine'
  return subState === 'heard:outdated' ? 'outdated' : undefined
}

/** Reads a tree whose root is xliff, version 2.x. Throws Unusable. */
export function readXliff20(root: Node): ReturnedBundle {
  const files = below(root, new Set(['file']))
  const all = files.flatMap((file) => below(file, new Set(['unit'])))
  if (all.length > mostUnits) throw new Unusable('tooMany', { limit: mostUnits })
  const units = all.map((unit, at): Returned => {
    const data = new Map(
      elements(first(unit, 'originalData') ?? unit, 'data').map((one) => [
        one.attributes.id,
        wordsIn(one, code(new Map())),
      ]),
    )
    // A program may cut a unit into several segments, with what is not translated between them.
    const parts = elements(unit).filter(({ name }) => name === 'segment' || name === 'ignorable')
    const text = (name: 'source' | 'target') =>
      parts
        .map((part) => first(part, name) ?? (part.name === 'ignorable' ? first(part, 'source') : undefined))
        .map((part) => (part ? wordsIn(part, code(data)) : ''))
        .join('')
    const segments = parts.filter(({ name }) => name === 'segment')
    const target = segments.some((part) => first(part, 'target')) ? text('target') : ''
    const states = new Set(segments.map((segment) => stateOf(segment, target)))
    return {
      id: unit.attributes.id ?? '',
      source: text('source'),
      target,
      state: states.size === 1 ? [...states][0] : undefined,
      row: at + 1,
    }
  })
  const given = (value: string | undefined) => (value ? [value] : [])
  return {
    of: [...new Set(files.flatMap(({ attributes }) => given(attributes.original)))],
    from: given(root.attributes.srcLang),
    to: given(root.attributes.trgLang),
    units,
  }
}

const code =
  (data: ReadonlyMap<string | undefined, string>) =>
  ({ name, attributes }: Node): string | undefined => {
    if (name === 'cp') return fromHex(attributes.hex ?? '')
    if (name !== 'ph') return undefined
    return data.get(attributes.dataRef) ?? attributes.disp ?? attributes.equiv ?? ''
  }
