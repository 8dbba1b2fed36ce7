import type { Text } from '../../language/text.ts'
import type { Questionnaire, Section } from '../definition.ts'
import { extraCells, moreCell, writeCodes, writeFlag } from './extras.ts'
import { columnLanguage } from './languages.ts'
import { inUse } from './names.ts'
import { type Cells, type Drawing, writeQuestion } from './rows.ts'
import { readsBack, writeRelevant } from './showIf.ts'
import type { Sheet } from './table.ts'

const surveyColumns = [
  'type',
  'name',
  'label',
  'hint',
  'required',
  'relevant',
  'constraint',
  'appearance',
].concat(['parameters'])
const choicesColumns = ['list_name', 'name', 'label']
const settingsColumns = ['form_title', 'default_language']
/** Columns that are written even when they are empty. */
const always = ['type', 'name', 'label', 'list_name', 'form_title', 'default_language']

/**
 * A questionnaire as the sheets of an XLSForm. Reading them gives the same questionnaire again: what XLSForm has no
 * column for stands in columns that begin with `heard::`, which other programs pass over.
 */
export function writeXlsformSheets(questionnaire: Questionnaire): Sheet[] {
  const { sections, intro, thanks, source } = questionnaire
  const drawing = start(questionnaire)
  if (intro) drawing.survey.push(noteRow(drawing, 'intro', intro))
  for (const section of sections) writeSection(drawing, section)
  if (thanks) drawing.survey.push(noteRow(drawing, 'thanks', thanks))
  // The order of the columns is the order in which the survey offers its languages.
  const written = [...drawing.survey, ...drawing.choices, settings(questionnaire, [])]
    .flatMap((row) => Object.values(row))
    .flatMap((cell) => (typeof cell === 'object' ? Object.keys(cell) : []))
  const languages = [...new Set([...questionnaire.languages, ...written])]
  return [
    table('survey', surveyColumns, drawing.survey, languages),
    table('choices', choicesColumns, drawing.choices, languages),
    table('settings', settingsColumns, [settings(questionnaire, languages)], [source, ...languages]),
  ]
}

/** Names in the file: a question keeps its code, a row of a grid is "grid.item". */
function start(questionnaire: Questionnaire): Drawing {
  const codes = questionnaire.sections.flatMap(({ questions }) => questions.map(({ code }) => code))
  const name = (question: string, item?: string) => (item === undefined ? question : `${question}.${item}`)
  return {
    questionnaire,
    survey: [],
    choices: [],
    names: inUse(codes),
    relevant: (condition) => (condition ? writeRelevant(condition, questionnaire, name) : ''),
  }
}

const noteRow = (drawing: Drawing, name: string, text: Text): Cells => ({
  type: 'note',
  name: drawing.names.free(name),
  label: text,
})

function writeSection(drawing: Drawing, section: Section): void {
  const { code, title, intro, showIf, cites, bank, questions } = section
  const name = drawing.names.free(code)
  drawing.survey.push({
    type: 'begin_group',
    name,
    label: title,
    ...conditionCells(drawing, showIf),
    appearance: 'field-list',
    ...extraCells({ code: name === code ? undefined : code, cites, bank }),
    ...moreCell(section, ['code', 'title', 'intro', 'showIf', 'cites', 'bank', 'questions']),
  })
  if (intro) drawing.survey.push(noteRow(drawing, `${code}_intro`, intro))
  for (const question of questions)
    writeQuestion(drawing, question, {
      label: question.title,
      hint: question.help,
      required: writeFlag(question.required),
      ...conditionCells(drawing, question.showIf),
      ...extraCells({ short: question.short, cites: question.cites, bank: question.bank }),
    })
  drawing.survey.push({ type: 'end_group', name })
}

/** Our own form of a condition stands beside its XPath, which can mean the same in another shape. */
const conditionCells = (drawing: Drawing, showIf: Section['showIf']): Cells =>
  showIf
    ? {
        relevant: drawing.relevant(showIf),
        'heard::showIf': readsBack(showIf, drawing.questionnaire) ? '' : JSON.stringify(showIf),
      }
    : {}

/** What stands in columns of the settings or on other sheets. */
const known = [
  'source',
  'languages',
  'title',
  'intro',
  'thanks',
  'sections',
  'minutes',
  'audience',
  'readers',
].concat(['assent', 'protectedAreas', 'notice', 'plan'])

function settings(questionnaire: Questionnaire, languages: string[]): Cells {
  const { title, source, minutes, audience, readers, assent, protectedAreas, notice, plan } = questionnaire
  const { [source]: formTitle = '', ...others } = title
  return {
    form_title: formTitle,
    default_language: columnLanguage(source),
    ...extraCells({
      title: Object.keys(others).length > 0 ? others : undefined,
      assent,
      notice,
      minutes,
      audience,
      readers,
      protectedAreas,
      plan,
    }),
    ...moreCell(questionnaire, known),
    // Texts may be in more languages than are offered.
    'heard::languages':
      languages.length > questionnaire.languages.length ? writeCodes(questionnaire.languages) : '',
  }
}

/** Rows as a sheet: a column for every field that any row has, and one per language where there are words. */
function table(name: string, order: string[], rows: Cells[], languages: string[]): Sheet {
  const used = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = [...order, ...used.filter((column) => !order.includes(column)).sort()].flatMap((column) => {
    const cells = rows.map((row) => row[column])
    if (column !== 'label' && !cells.some((cell) => typeof cell === 'object')) {
      const filled = always.includes(column) || cells.some((cell) => cell !== undefined && cell !== '')
      return filled ? [{ heading: column, cell: (row: Cells) => String(row[column] ?? '') }] : []
    }
    return [...new Set(languages)]
      .filter((tag) => column === 'label' || cells.some((cell) => typeof cell === 'object' && cell[tag]))
      .map((tag) => ({
        heading: `${column}::${columnLanguage(tag)}`,
        cell: (row: Cells) => {
          const cell = row[column]
          return typeof cell === 'object' ? (cell[tag] ?? '') : ''
        },
      }))
  })
  return {
    name,
    rows: [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ cell }) => cell(row)))],
  }
}
