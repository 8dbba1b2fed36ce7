import { checkQuestionnaire, reservedSections } from '../check.ts'
import { comparisons } from '../condition.ts'
import type { Question, Section } from '../definition.ts'
import { readBook } from './book.ts'
import { type List, readLists } from './lists.ts'
import { listed, type Note, note } from './notes.ts'
import { isSurveyColumn, type Reading, startReading } from './reading.ts'
import { readSections } from './sections.ts'
import { readSettings } from './settings.ts'
import { type Sheet, unknownColumns } from './table.ts'
import { isYes, type Node, readTree } from './tree.ts'
import { wordingOf } from './wording.ts'

/**
 * What a file gave. With faults there is no questionnaire: nothing is half taken. `losses`: everything that was left
 * out, changed or guessed, by row.
 */
export type ReadFile = { questionnaire?: Record<string, unknown>; faults: Note[]; losses: Note[] }

/** Reads the sheets of an XLSForm. `title`: what the survey is called when the settings do not say. */
export function readXlsform(sheets: readonly Sheet[], title: string): ReadFile {
  const book = readBook(sheets)
  const failed = (faults: Note[], losses: Note[]): ReadFile => ({
    faults: listed(faults),
    losses: listed(losses),
  })
  if (!('survey' in book) || book.faults.length > 0) return failed(book.faults, book.losses)
  const { survey, choices, settings, source } = book
  const tree = readTree(survey)
  const mayRepeat = isYes(settings?.lines[0]?.cell('allow_choice_duplicates') ?? '')
  const lists = readLists(choices, wordingOf(choices?.sheet ?? '', source), mayRepeat)
  const faults = [...tree.faults, ...missingLists(tree.nodes, lists.lists, survey.sheet), ...lists.faults]
  const losses = [...book.losses, ...unknownColumns(survey, isSurveyColumn), ...tree.losses, ...lists.losses]
  if (faults.length > 0) return failed(faults, losses)

  const stated = readSettings(settings, book, title)
  losses.push(...stated.losses)
  const names = new Set(
    everyNode(tree.nodes)
      .map(({ name }) => name)
      .filter(Boolean),
  )
  const reading = startReading({
    sheet: survey.sheet,
    source,
    languages: book.languages,
    lists: lists.lists,
    names,
    losses: [],
  })
  const { intro, thanks } = readSections(reading, tree.nodes, stated.fields.title, reservedSections)
  losses.push(...reading.losses)
  if (choices)
    for (const {
      name,
      choices: [first],
    } of lists.lists.values())
      if (!reading.usedLists.has(name))
        losses.push(note('listUnused', { sheet: choices.sheet, row: first?.line.row ?? 0 }, { list: name }))
  if (reading.sections.length === 0) return failed([note('noQuestions', { sheet: survey.sheet })], losses)
  const questionnaire = {
    source,
    ...stated.fields,
    ...(intro && { intro }),
    ...(thanks && { thanks }),
    sections: reading.sections,
  }
  const unsound = soundness(questionnaire, reading)
  return unsound.length > 0 ? failed(unsound, losses) : { questionnaire, faults: [], losses: listed(losses) }
}

const everyNode = (nodes: Node[]): Node[] => nodes.flatMap((node) => [node, ...everyNode(node.children)])

function missingLists(nodes: Node[], lists: ReadonlyMap<string, List>, sheet: string): Note[] {
  return everyNode(nodes).flatMap(({ line, type }) => {
    const at = { sheet, row: line.row, column: line.header('type') }
    if (type.is !== 'select') return []
    if (type.list === '') return [note('noListName', at)]
    return lists.has(type.list) ? [] : [note('noList', at, { list: type.list })]
  })
}

/** The rules that every questionnaire keeps, told by row. The district's lists are not known here: any code will do. */
function soundness(
  questionnaire: { source: string; sections: Section[] },
  { rows, sectionRows, sheet }: Pick<Reading, 'rows' | 'sectionRows' | 'sheet'>,
): Note[] {
  const conditions = questionnaire.sections.flatMap(({ showIf, questions }) => [
    showIf,
    ...questions.map((question) => question.showIf),
  ])
  const waited = conditions.flatMap((condition) => (condition ? comparisons(condition) : []))
  const standIn = (question: Question): Question => {
    if (question.kind !== 'profile' || question.options !== undefined) return question
    const codes = waited
      .filter((comparison) => comparison.question === question.code)
      .flatMap(({ is = [], includes = [] }) => [...is, ...includes])
    const options = [...new Set([...codes, 'any', 'other'])]
    return {
      ...question,
      options: options.map((code) => ({ code, label: { [questionnaire.source]: code } })),
    }
  }
  const sections = questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.map(standIn),
  }))
  return checkQuestionnaire({ ...questionnaire, sections }).faults.map((fault) => {
    const question = /question ([\w-]+)/.exec(fault)?.[1] ?? ''
    const index = /^sections\.(\d+)/.exec(fault)?.[1]
    const section = index === undefined ? /^section ([\w-]+)/.exec(fault)?.[1] : sections[Number(index)]?.code
    const row = rows.get(question) ?? sectionRows.get(section ?? '') ?? 0
    return note('unsound', { sheet, row }, { fault })
  })
}
