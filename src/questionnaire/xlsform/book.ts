import { localTag, tagOf } from './languages.ts'
import { type Note, note } from './notes.ts'
import { type Column, readColumns, readTable, type Sheet, type Table } from './table.ts'

/** The three sheets of a form, their languages told apart. */
export type Book = {
  survey: Table
  choices: Table | undefined
  settings: Table | undefined
  /** The language that the form is written in, and all that have columns, the source first unless they say otherwise. */
  source: string
  languages: string[]
  faults: Note[]
  losses: Note[]
}

const known = ['survey', 'choices', 'settings']
/** Rows that a survey may have, and choices: enough for every school of a country. */
export const mostRows = { survey: 2000, choices: 10_000, settings: 1000 }

/** Finds the sheets and their columns; undefined when there is no survey to read. */
export function readBook(sheets: readonly Sheet[]): Book | { faults: Note[]; losses: Note[] } {
  const faults: Note[] = []
  const losses: Note[] = []
  const found = new Map<string, Sheet>()
  const [alone] = sheets
  for (const sheet of sheets) {
    const name = sheet.name.trim().toLowerCase()
    const filled = sheet.rows.some((row) => row.some((cell) => cell.trim() !== ''))
    // A workbook of a single sheet is read as its survey, whatever it is called, if it looks like one.
    const single = sheets.length === 1 && !known.includes(name) && looksLikeSurvey(sheet)
    const role = single ? 'survey' : name
    if (!known.includes(role)) {
      if (filled) losses.push(note('sheetIgnored', { sheet: sheet.name }, { name: sheet.name }))
    } else if (found.has(role)) faults.push(note('sheetTwice', { sheet: sheet.name }, { name: role }))
    else found.set(role, sheet)
  }
  const survey = found.get('survey')
  if (!alone || !survey) {
    faults.push(note('noSurveySheet', {}, { sheets: sheets.map(({ name }) => `"${name}"`).join(', ') }))
    return { faults, losses }
  }
  for (const [role, sheet] of found) {
    const limit = mostRows[role as keyof typeof mostRows]
    if (sheet.rows.length > limit + 1)
      faults.push(note('tooManyRows', { sheet: sheet.name, row: limit + 2 }, { limit }))
  }
  if (faults.some(({ code }) => code === 'tooManyRows')) return { faults, losses }
  const headings = new Map([...found].map(([role, sheet]) => [role, { sheet, ...readColumns(sheet) }]))
  for (const { faults: wrong, notes } of headings.values()) {
    faults.push(...wrong)
    losses.push(...notes)
  }
  if (faults.length > 0) return { faults, losses }
  const settings = headings.get('settings')
  const columns = [...headings.values()].flatMap((heading) => heading.columns)
  const spoken = languagesOf(
    columns,
    headings.get('survey')?.columns ?? [],
    firstCell(settings, 'default_language'),
    survey.name,
  )
  losses.push(...spoken.notes)
  const table = (role: string): Table | undefined => {
    const heading = headings.get(role)
    if (!heading) return undefined
    const read = readTable(heading.sheet, heading.columns, spoken.tagOf)
    faults.push(...read.faults)
    losses.push(...read.notes)
    return read
  }
  const first = table('survey')
  if (!first) return { faults, losses }
  for (const column of ['type', 'name'])
    if (!first.columns.some(({ name }) => name === column))
      faults.push(note('noColumn', { sheet: first.sheet, row: 1 }, { column }))
  const { source, languages } = spoken
  return {
    survey: first,
    choices: table('choices'),
    settings: table('settings'),
    source,
    languages,
    faults,
    losses,
  }
}

const looksLikeSurvey = (sheet: Sheet): boolean =>
  readColumns(sheet).columns.filter(({ name }) => name === 'type' || name === 'name').length === 2

const firstCell = (heading: { sheet: Sheet; columns: Column[] } | undefined, name: string): string => {
  const column = heading?.columns.find((one) => one.name === name)
  const row = heading?.sheet.rows.slice(1).find((cells) => cells.some((cell) => cell.trim() !== ''))
  return (column && row?.[column.at]?.trim()) || ''
}

/** Which languages the columns speak, and which of them a column without one does. */
function languagesOf(columns: Column[], survey: Column[], chosen: string, sheet: string) {
  const notes: Note[] = []
  const names = [...new Set(columns.map(({ language }) => language).filter(Boolean))]
  const tags = new Map<string, string>()
  const labels = survey.filter(({ name }) => name === 'label')
  const unlabelled = labels.some(({ language }) => language === '')
  const isDefault = (name: string) => name.toLowerCase() === 'default'
  let locals = 0
  for (const name of names.filter((one) => !isDefault(one))) {
    const tag = tagOf(name)
    tags.set(name, tag ?? localTag(locals))
    if (tag !== undefined) continue
    locals += 1
    const column = columns.find(({ language }) => language === name)?.header
    notes.push(note('languageUnknown', { sheet, row: 1, column }, { name, tag: tags.get(name) ?? '' }))
  }
  const said = chosen && !isDefault(chosen) ? (tags.get(chosen) ?? tagOf(chosen)) : undefined
  const spoken = [...new Set(tags.values())]
  const [first] = spoken
  const source = said ?? (unlabelled || names.some(isDefault) || !first ? guess(spoken) : first)
  if (said === undefined && (unlabelled || names.length === 0))
    notes.push(note('sourceGuessed', { sheet }, { language: source }))
  const plain = unlabelled || names.some(isDefault) || spoken.length === 0
  return {
    notes,
    source,
    languages: [...new Set([...(plain ? [source] : []), ...spoken, source])],
    tagOf: (language: string) => tags.get(language) ?? source,
  }
}

/** English, unless another column already speaks it. */
const guess = (spoken: string[]): string => (spoken.includes('en') ? localTag(25) : 'en')
