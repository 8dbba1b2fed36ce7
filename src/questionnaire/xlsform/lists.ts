import type { Text } from '../../language/text.ts'
import { codeFor, inWords } from './names.ts'
import { type Note, note } from './notes.ts'
import { type Line, type Table, unknownColumns } from './table.ts'

/** A choice of a list. `name` is the file's, `code` ours. */
export type Choice = { name: string; code: string; label: Text; line: Line }
export type List = { name: string; choices: Choice[]; notes: Note[] }

const knownColumns = ['list_name', 'name', 'label', 'order', 'sortby', 'parameters', 'disabled']
const heardColumns = [
  'short',
  'other',
  'exclusive',
  'cites',
  'bank',
  'value',
  'favorable',
  'placeholder',
  'more',
]

export type Lists = { lists: Map<string, List>; faults: Note[]; losses: Note[] }

/** The lists of the sheet "choices". Notes about single choices are kept with their list, for those that are used. */
export function readLists(
  table: Table | undefined,
  wording: { fill: (text: Text | undefined, stand: string, line: Line) => { text: Text; notes: Note[] } },
  mayRepeat: boolean,
): Lists {
  const lists = new Map<string, List>()
  const faults: Note[] = []
  if (!table) return { lists, faults, losses: [] }
  const { sheet } = table
  for (const column of ['list_name', 'name'])
    if (!table.columns.some(({ name }) => name === column))
      faults.push(note('noColumn', { sheet, row: 1 }, { column }))
  if (faults.length > 0) return { lists, faults, losses: [] }
  const rows = new Map<string, number>()
  for (const line of table.lines) {
    const [listName, name] = [line.cell('list_name'), line.cell('name')]
    const at = { sheet, row: line.row }
    if (listName === '' && name === '' && line.cell('label') === '') continue
    if (listName === '') faults.push(note('choiceNoList', at))
    else if (name === '') faults.push(note('choiceNoName', at))
    if (listName === '' || name === '') continue
    const list = lists.get(listName) ?? { name: listName, choices: [], notes: [] }
    lists.set(listName, list)
    const key = `${listName} ${name}`
    const before = rows.get(key)
    if (before !== undefined && !mayRepeat) {
      faults.push(note('duplicateChoice', at, { name, list: listName, other: before }))
      continue
    }
    rows.set(key, line.row)
    const code = codeFor(name, (one) => list.choices.some((choice) => choice.code === one), 'o')
    if (before !== undefined)
      list.notes.push(note('duplicateChoiceRenamed', at, { name, list: listName, code }))
    else if (code !== name) list.notes.push(note('renamed', at, { name, code }))
    const { text, notes } = wording.fill(line.text('label'), inWords(name), line)
    list.notes.push(...notes)
    for (const { column, words } of line.filled())
      if (column.name.startsWith('media::'))
        list.notes.push(
          note('columnLost', { ...at, column: column.header }, { column: column.header, value: words }),
        )
    list.choices.push({ name, code, label: text, line })
  }
  return { lists, faults, losses: unknownColumns(table, isKnown) }
}

const isKnown = (name: string): boolean =>
  knownColumns.includes(name) ||
  name.startsWith('media::') ||
  heardColumns.some((column) => name === `heard::${column}`)
