import type { State } from '../translating.ts'
import { fromHex, type Inline, inlined, wordsIn } from './inline.ts'
import { below, first, type Node, quoted, unwritable } from './tree.ts'
import { type Bundle, mostUnits, type Returned, type ReturnedBundle, Unusable } from './unit.ts'

/** XLIFF 1.2 (OASIS, 2008): what most translation programs take and give. */

/** State of a target, and its qualifier (section 2.3, "state", "state-qualifier"). */
const written: Record<Exclude<State, 'missing'>, string> = {
  machine: ' state="needs-review-translation" state-qualifier="mt-suggestion"',
  translated: ' state="translated"',
  reviewed: ' state="signed-off"',
  outdated: ' state="needs-review-translation"',
}

/** Type of the placeholder that stands for a character which XML cannot hold. */
const characterType = 'x-character'

const inline: Inline = {
  mark: (id, mark) => `<ph id="${id}">${quoted(mark)}</ph>`,
  character: (hex) => `<ph id="c${hex}" ctype="${characterType}">${hex}</ph>`,
}

export function writeXliff12({ of, from, to, units }: Bundle): string {
  const body = units.map(({ id, source, target, state, note }) => {
    const said = inlined(source, target, inline)
    return [
      `      <trans-unit id="${quoted(id)}" xml:space="preserve"${state === 'reviewed' ? ' approved="yes"' : ''}>\n`,
      `        <source>${said.source}</source>\n`,
      state === 'missing' ? '' : `        <target${written[state]}>${said.target}</target>\n`,
      note ? `        <note>${quoted(note.replace(unwritable, ''))}</note>\n` : '',
      '      </trans-unit>\n',
    ].join('')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
  <file original="${quoted(of)}" source-language="${quoted(from)}" target-language="${quoted(to)}" datatype="plaintext">
    <body>
${body.join('')}    </body>
  </file>
</xliff>
`
}

function stateOf(unit: Node, target: Node | undefined, words: string): State | undefined {
  if (words.trim() === '') return 'missing'
  const { state = '', 'state-qualifier': qualifier = '' } = target?.attributes ?? {}
  if (unit.attributes.approved === 'yes' || state === 'signed-off' || state === 'final') return 'reviewed'
  if (/^(mt-suggestion|leveraged-mt)$/.test(qualifier)) return 'machine'
  if (state === 'translated') return 'translated'
  return state.startsWith('needs-review') ? 'outdated' : undefined
}

const code = ({ name, attributes, children }: Node): string | undefined => {
  const inside = children.filter((one) => typeof one === 'string').join('')
  if (attributes.ctype === characterType) return fromHex(inside)
  if (name === 'x' || name === 'bx' || name === 'ex') return attributes['equiv-text'] ?? ''
  return undefined
}

/** Reads a tree whose root is xliff, version 1.x. Throws Unusable. */
export function readXliff12(root: Node): ReturnedBundle {
  const files = below(root, new Set(['file']))
  const all = files.flatMap((file) => below(file, new Set(['trans-unit'])))
  if (all.length > mostUnits) throw new Unusable('tooMany', { limit: mostUnits })
  const units = all.map((unit, at): Returned => {
    const [source, target] = [first(unit, 'source'), first(unit, 'target')]
    const words = target ? wordsIn(target, code) : ''
    return {
      id: unit.attributes.id ?? '',
      source: source && wordsIn(source, code),
      target: words,
      state: stateOf(unit, target, words),
      row: at + 1,
    }
  })
  const said = (name: string) => [...new Set(files.flatMap(({ attributes }) => attributes[name] ?? []))]
  return { of: said('original'), from: said('source-language'), to: said('target-language'), units }
}
