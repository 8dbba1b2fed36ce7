import { references } from './expression.ts'
import { type Note, note } from './notes.ts'
import type { Line, Table } from './table.ts'
import { type RowType, readType } from './types.ts'

/** A row with its type; a group with the rows between its begin and its end. */
export type Node = { line: Line; type: RowType; name: string; children: Node[] }

const deepest = 20

/** The rows of the survey as groups within groups, and every fault of their order and names. */
export function readTree(table: Table): { nodes: Node[]; faults: Note[]; losses: Note[] } {
  const { sheet } = table
  const faults: Note[] = []
  const losses: Note[] = []
  const nodes: Node[] = []
  const open: Node[] = []
  const types = new Map<string, RowType>()
  for (const line of table.lines) {
    const at = { sheet, row: line.row }
    const [cell, name] = [line.cell('type'), line.cell('name')]
    if (isYes(line.cell('disabled'))) {
      losses.push(note('disabled', at))
      continue
    }
    if (cell === '') {
      if (name === '' && !line.text('label')) losses.push(note('commentRow', at))
      else faults.push(note('noType', at))
      continue
    }
    const type = types.get(cell) ?? readType(cell)
    types.set(cell, type)
    if (type.is === 'unknown') {
      const { near } = type
      faults.push(
        near === undefined
          ? note('unknownType', { ...at, column: line.header('type') }, { type: cell })
          : note('unknownTypeNear', { ...at, column: line.header('type') }, { type: cell, near }),
      )
      continue
    }
    if (type.is === 'end') {
      const begun = open.pop()
      if (!begun) faults.push(note('noBegin', at))
      else if ('what' in begun.type && begun.type.what !== type.what)
        faults.push(note('wrongEnd', at, { what: type.what, other: begun.line.row, begun: begun.type.what }))
      continue
    }
    // Names of rows that are left out anyway do not matter; a note needs none.
    if (name === '' && type.is !== 'note' && type.is !== 'lost') faults.push(note('noName', at))
    const siblings = open.at(-1)?.children ?? nodes
    const twin = name === '' ? undefined : siblings.find((other) => other.name === name)
    if (twin)
      faults.push(
        note('duplicateName', { ...at, column: line.header('name') }, { name, other: twin.line.row }),
      )
    const node = { line, type, name, children: [] }
    siblings.push(node)
    if (type.is !== 'begin') continue
    if (open.length >= deepest) {
      faults.push(note('tooDeep', at, { limit: deepest }))
      break
    }
    open.push(node)
  }
  if (!faults.some(({ code }) => code === 'tooDeep'))
    for (const { line, name } of open) faults.push(note('noEnd', { sheet, row: line.row }, { name }))
  faults.push(...circles(nodes, sheet))
  return { nodes, faults, losses }
}

export const isYes = (cell: string): boolean => /^(yes|true|true\(\)|1)$/i.test(cell)
export const isNo = (cell: string): boolean => /^(no|false|false\(\)|0)$/i.test(cell)

/** Questions whose being shown hangs, over others, on their own answers. */
function circles(nodes: Node[], sheet: string): Note[] {
  const needs = new Map<string, string[]>()
  const rows = new Map<string, number>()
  const gather = (list: Node[], above: string[]) => {
    for (const { line, name, type, children } of list) {
      const shown = [...above, ...references(line.cell('relevant'))]
      if (type.is === 'begin') gather(children, shown)
      else if (name !== '') {
        // A calculation may look at its own last value.
        const reckoned = references(line.cell('calculation')).filter((other) => other !== name)
        needs.set(name, [...(needs.get(name) ?? []), ...shown, ...reckoned])
        rows.set(name, line.row)
      }
    }
  }
  gather(nodes, [])
  const done = new Set<string>()
  const found: string[][] = []
  const visit = (name: string, trail: string[]) => {
    const at = trail.indexOf(name)
    if (at >= 0) found.push([...trail.slice(at), name])
    if (at >= 0 || done.has(name)) return
    for (const next of needs.get(name) ?? []) visit(next, [...trail, name])
    done.add(name)
  }
  for (const name of needs.keys()) visit(name, [])
  return found.map((names) =>
    note(
      'circle',
      { sheet, row: rows.get(names[0] ?? '') ?? 0, column: 'relevant' },
      { names: names.join(' → ') },
    ),
  )
}
