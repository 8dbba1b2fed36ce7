import type { Condition, Item, Question } from '../definition.ts'
import { extrasOf, present } from './extras.ts'
import type { Choice, List } from './lists.ts'
import { codeFor, inWords } from './names.ts'
import { note } from './notes.ts'
import { ofAny, required, tellList } from './question.ts'
import { extras, hint, label, type Put, questionCode, type Reading, tell, tellLost } from './reading.ts'
import type { Line } from './table.ts'
import type { Node } from './tree.ts'

/** Rows that together are one grid: where its words stand, and its items. */
export type GridRows = { head: Node; items: Node[]; list: List }

const has = ({ line }: Node, appearance: string): boolean =>
  line.cell('appearance').toLowerCase().split(/\s+/).includes(appearance)

const listName = ({ type }: Node): string | undefined =>
  type.is === 'select' && type.how === 'one' && !type.orOther ? type.list : undefined

/** A row can be an item when nothing is asked of it alone. */
const plain = ({ line }: Node): boolean =>
  ['relevant', 'constraint', 'choice_filter', 'heard::profile'].every((column) => line.cell(column) === '')

function alike(reading: Reading, nodes: Node[]): List | undefined {
  const names = new Set(nodes.map(listName))
  const [name] = names
  const list = names.size === 1 && name !== undefined ? reading.lists.get(name) : undefined
  return list && nodes.every(plain) && points(list).length >= 2 ? list : undefined
}

/** A group that is one grid: of appearance table-list, or all of its questions likert over the same list. */
export function groupGrid(reading: Reading, group: Node): GridRows | undefined {
  const items = group.children.filter(({ type }) => type.is !== 'note')
  if (items.length === 0 || items.length < group.children.length) return undefined
  if (!has(group, 'table-list') && (items.length < 2 || !items.every((item) => has(item, 'likert'))))
    return undefined
  const list = alike(reading, items)
  return list && { head: group, items, list }
}

/** A row of appearance `label` and the `list-nolabel` rows after it, which are its items; from `nodes[at]` on. */
export function labelGrid(reading: Reading, nodes: Node[], at: number): GridRows | undefined {
  const head = nodes[at]
  if (!head || !has(head, 'label')) return undefined
  const rest = nodes.slice(at + 1)
  const end = rest.findIndex((node) => !has(node, 'list-nolabel'))
  const items = end < 0 ? rest : rest.slice(0, end)
  const list = items.length > 0 ? alike(reading, [head, ...items]) : undefined
  return list && { head, items, list }
}

const notApplicableNames = ['na', 'n_a', 'n/a', 'not_applicable']
const isNotApplicable = ({ name }: Choice): boolean => notApplicableNames.includes(name.toLowerCase())
const points = (list: List): Choice[] => list.choices.filter((choice) => !isNotApplicable(choice))

/** Reads the rows as one question with items. */
export function readGrid(reading: Reading, rows: GridRows, showIf: Condition | undefined, put: Put): void {
  const { head, list } = rows
  const { line, name } = head
  reading.usedLists.add(list.name)
  tellList(reading, list)
  const code = questionCode(reading, line, name)
  const title = label(reading, line, inWords(name))
  const help = hint(reading, line)
  const scale = readScale(reading, line, list)
  const none = list.choices.find(isNotApplicable)
  if (none && none.line.cell('heard::value') !== 'na')
    tell(reading, 'notApplicable', line, { name: none.name })
  const items = readItems(reading, rows, code)
  const notApplicable = none ? true : extras(reading, line).flag('notApplicable')
  const asked = rows.items.map((item) => required(reading, item.line))
  const all = asked.every((one) => one === asked[0])
  if (!all) tell(reading, 'itemsRequired', line)
  put({
    code,
    kind: 'grid',
    title,
    ...present({ help, required: all ? asked[0] : undefined, ...ofAny(reading, line), showIf }),
    items,
    scale,
    ...present({ notApplicable }),
    ...extras(reading, line).more(),
  } as Question)
  tellLost(reading, line, ['hint', 'appearance'])
  const choices = new Map(
    list.choices.map((choice) => [choice.name, isNotApplicable(choice) ? 'na' : choice.code]),
  )
  for (const [at, item] of rows.items.entries()) {
    const itemCode = items[at]?.code ?? ''
    reading.targets.set(item.name, { question: code, item: itemCode, answers: 'one', choices })
    reading.nameOf.set(`${code}.${itemCode}`, item.name)
  }
}

function readItems(reading: Reading, { head, items }: GridRows, grid: string): Item[] {
  const taken: string[] = []
  return items.map(({ line, name }) => {
    const own = name.startsWith(`${head.name}.`) ? name.slice(head.name.length + 1) : name
    // A condition on a row that is called like its grid would be taken for one on the grid.
    const code = codeFor(own, (one) => taken.includes(one) || (own === name && one === grid), 'i')
    taken.push(code)
    if (code !== own) tell(reading, 'renamed', line, { name, code: `${grid}.${code}` }, 'name')
    const words = hint(reading, line)
    if (words) tell(reading, 'itemHint', line, { words: words[reading.source] ?? '' }, 'hint')
    tellLost(reading, line, ['hint', 'required', 'appearance'])
    return {
      code,
      label: label(reading, line, inWords(own)),
      ...present({ ...ofAny(reading, line), reversed: extras(reading, line).flag('reversed') }),
      ...extras(reading, line).more(),
    }
  })
}

const negative =
  /\b(no|disagree|dissatisfied|unsatisfied|never|poor|bad|unlikely|not at all|unsafe|worst|unimportant|useless)\b/i

/** The points from the least to the most, with their values and which count as favorable. */
function readScale(reading: Reading, line: Line, list: List) {
  const choices = points(list)
  const read = choices.map((choice) => {
    const wrong = (column: string, value: string) => {
      reading.losses.push(
        note('extraLost', { sheet: 'choices', row: choice.line.row, column }, { column, value }),
      )
    }
    const { number, flag, more } = extrasOf(choice.line, wrong)
    return { choice, value: number('value'), favorable: flag('favorable'), more }
  })
  const ours = read.every(({ value }) => value !== undefined) && read.some(({ favorable }) => favorable)
  if (ours)
    return read.map(({ choice, value, favorable, more }) => ({
      code: choice.code,
      value,
      label: choice.label,
      ...present({ favorable }),
      ...more(),
    }))
  const numbers = choices.map(({ name }) => Number(name))
  const rises = (list: number[]) => list.every((value, at) => at === 0 || value > (list[at - 1] ?? Infinity))
  const falls = rises(numbers.toReversed())
  const [first, last] = [choices[0], choices.at(-1)]
  const says = (choice: Choice | undefined) =>
    negative.test(`${choice?.name} ${Object.values(choice?.label ?? {})}`)
  const turned = falls || (!rises(numbers) && says(last) && !says(first))
  if (turned) tell(reading, 'gridTurned', line, { list: list.name })
  const ordered = turned ? choices.toReversed() : choices
  const values = turned ? numbers.toReversed() : numbers
  const scale = ordered.map(({ code, label }, at) => ({
    code,
    value: rises(values) ? (values[at] ?? at) : at + 1,
    label,
    // The points above the middle.
    ...(at > (ordered.length - 1) / 2 && { favorable: true }),
  }))
  const favorable = scale
    .filter((point) => point.favorable)
    .map((point) => point.label[reading.source] ?? point.code)
  tell(reading, 'gridGuessed', line, { points: favorable.map((words) => `“${words}”`).join(', ') })
  return scale
}
