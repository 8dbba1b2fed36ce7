import type { Text } from '../../language/text.ts'
import type { Condition, Question, Section } from '../definition.ts'
import { present } from './extras.ts'
import { groupGrid, labelGrid, readGrid } from './grid.ts'
import { codeFor, inWords } from './names.ts'
import { readQuestion } from './question.ts'
import { extras, label, type Reading, showIf, tell, tellLost, together } from './reading.ts'
import type { Node } from './tree.ts'

type Around = { intro: Text | undefined; thanks: Text | undefined }

/** A stretch of the form that becomes one section: a top-level group, or questions that stand in none. */
type Stretch = { group: Node | undefined; nodes: Node[] }

/**
 * Groups at the top become sections, and questions outside groups get one of their own. Notes without questions
 * before the first section are the introduction, after the last the thanks, between two the intro of the next.
 */
export function readSections(
  reading: Reading,
  nodes: Node[],
  title: Text,
  reserved: readonly string[],
): Around {
  const stretches: Stretch[] = []
  for (const node of nodes) {
    const last = stretches.at(-1)
    if (node.type.is === 'begin') stretches.push({ group: node, nodes: node.children })
    else if (!last || last.group) stretches.push({ group: undefined, nodes: [node] })
    else last.nodes.push(node)
  }
  let waiting: Text | undefined
  let intro: Text | undefined
  for (const stretch of stretches) {
    const read = readSection(reading, stretch, title, reserved)
    if (read.section) {
      const words = join(waiting, read.section.intro)
      if (words) read.section.intro = words
      waiting = undefined
    } else if (read.words && reading.sections.length === 0) {
      intro = join(intro, read.words)
      if (stretch.group) tell(reading, 'noteMoved', stretch.group.line, { place: 'introduction' })
    } else if (read.words) {
      waiting = join(waiting, read.words)
      const last = stretch === stretches.at(-1)
      const node = stretch.group ?? (last ? undefined : stretch.nodes[0])
      if (node) tell(reading, 'noteMoved', node.line, { place: last ? 'thanks' : 'next section' })
    }
  }
  return { intro, thanks: waiting }
}

/** Two texts one under the other, in each language that either has. */
function join(first: Text | undefined, second: Text | undefined): Text | undefined {
  if (!first || !second) return first ?? second
  const tags = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  return Object.fromEntries(tags.map((tag) => [tag, [first[tag], second[tag]].filter(Boolean).join('\n\n')]))
}

function readSection(
  reading: Reading,
  { group, nodes }: Stretch,
  title: Text,
  reserved: readonly string[],
): { section?: Section; words?: Text | undefined } {
  const line = group?.line
  const condition = line && showIf(reading, line)
  if (line && condition === 'never') {
    tell(reading, 'neverShown', line, { name: group.name }, 'relevant')
    leave(reading, nodes)
    return {}
  }
  const own = line && extras(reading, line)
  const taken = (code: string) =>
    reserved.includes(code.toLowerCase()) || reading.sections.some((section) => section.code === code)
  const name = own?.cell('code') || group?.name || 'questions'
  const code = codeFor(name, taken, 's')
  if (line && code !== name) tell(reading, 'renamed', line, { name, code }, 'name')
  const section: Section = {
    code,
    title: line ? label(reading, line, inWords(group.name)) : title,
    ...present({
      showIf: condition === 'never' ? undefined : condition,
      cites: own?.codes('cites'),
      bank: own?.cell('bank') || undefined,
    }),
    ...own?.more(),
    questions: [],
  }
  reading.sections.push(section)
  if (line) reading.sectionRows.set(code, line.row)
  const grid = group && groupGrid(reading, group)
  const filling: Filling = { section, before: undefined }
  if (grid) readGrid(reading, grid, undefined, (question) => section.questions.push(question))
  else if (group && isRepeat(group)) tell(reading, 'repeat', group.line, { name: group.name })
  if (line && !grid) tellLost(reading, line, ['appearance'])
  if (!grid) readNodes(reading, nodes, undefined, filling)
  settleNotes(reading, filling)
  if (section.questions.length > 0) return { section }
  reading.sections.splice(reading.sections.indexOf(section), 1)
  if (group) tell(reading, 'groupEmpty', group.line, { name: group.name })
  return { words: section.intro }
}

const isRepeat = ({ type }: Node): boolean => type.is === 'begin' && type.what === 'repeat'

/** Rows that are left out with their group: each is told, and a condition on them cannot be kept. */
function leave(reading: Reading, nodes: Node[]): void {
  for (const { line, name, children } of nodes) {
    tell(reading, 'neverShown', line, { name: name || line.row })
    if (name) reading.targets.set(name, 'conditionNotTaken')
    leave(reading, children)
  }
}

/** The section that is being filled, and the notes that wait for the next question. */
type Filling = { section: Section; before: { node: Node; text: Text }[] | undefined }

function readNodes(reading: Reading, nodes: Node[], above: Condition | undefined, filling: Filling): void {
  const put = (question: Question) => {
    filling.section.questions.push(withNotes(reading, question, filling))
  }
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]
    if (!node) continue
    const labelled = labelGrid(reading, nodes, at)
    if (labelled) {
      readGrid(reading, labelled, above, put)
      at += labelled.items.length
    } else if (node.type.is === 'begin') readGroup(reading, node, above, filling, put)
    else if (node.type.is === 'note') readNote(reading, node, filling)
    else readQuestion(reading, node, above, put)
  }
}

/** A group inside a section: one grid, or its questions as if they stood outside, under its condition. */
function readGroup(
  reading: Reading,
  group: Node,
  above: Condition | undefined,
  filling: Filling,
  put: (question: Question) => void,
): void {
  const { line, name } = group
  const own = showIf(reading, line)
  if (own === 'never') {
    tell(reading, 'neverShown', line, { name }, 'relevant')
    leave(reading, group.children)
    return
  }
  const condition = together([above, own])
  const grid = groupGrid(reading, group)
  if (grid) {
    readGrid(reading, grid, condition, put)
    return
  }
  const heading = line.text('label')
  const words = heading ? (heading[reading.source] ?? Object.values(heading)[0] ?? '') : '-'
  tell(reading, 'groupFlattened', line, { name, label: words })
  if (isRepeat(group)) tell(reading, 'repeat', line, { name })
  tellLost(reading, line, ['appearance'])
  readNodes(reading, group.children, condition, filling)
}

/** A note before the first question is the intro of the section; later ones wait for the question after them. */
function readNote(reading: Reading, node: Node, filling: Filling): void {
  const { line, name } = node
  const given = line.text('label')
  if (name) reading.targets.set(name, 'conditionNotTaken')
  tellLost(reading, line, ['required'])
  if (!given) return
  if (line.cell('relevant') !== '') {
    tell(reading, 'noteConditional', line, { words: given[reading.source] ?? Object.values(given)[0] ?? '' })
    return
  }
  const text = label(reading, line, '')
  const { section } = filling
  if (section.questions.length === 0) {
    const intro = join(section.intro, text)
    if (intro) section.intro = intro
  } else filling.before = [...(filling.before ?? []), { node, text }]
}

function withNotes(reading: Reading, question: Question, filling: Filling): Question {
  const notes = filling.before ?? []
  filling.before = undefined
  for (const { node } of notes) tell(reading, 'noteAsHelp', node.line, { name: question.code })
  const help = notes.reduce<Text | undefined>((all, { text }) => join(all, text), undefined)
  return help ? { ...question, help: join(help, question.help) } : question
}

/** Notes after the last question go to that question. */
function settleNotes(reading: Reading, { section, before = [] }: Filling): void {
  const last = section.questions.at(-1)
  if (!last) return
  for (const { node, text } of before) {
    last.help = join(last.help, text)
    tell(reading, 'noteAsHelp', node.line, { name: last.code })
  }
}
