/**
 * What reading a questionnaire file has to tell, in English; `exchange.<code>` in the locale files says the same.
 * Faults stop the reading; losses are what was left out, changed or guessed.
 */
export const english = {
  fileSize: 'The file is larger than {{limit}} MB.',
  isEmpty: 'The file is empty.',
  isOldExcel:
    'This is an old .xls workbook, or one with a password. Open it in your spreadsheet program, take the password off, and save it as .xlsx.',
  isImage: 'This is a picture, not a workbook. Choose the .xlsx file with the questions.',
  isPdf: 'This is a PDF, not a workbook. Choose the .xlsx file with the questions.',
  isJson: 'This is a JSON file, not a workbook.',
  isLss: 'This is a LimeSurvey file. Only XLSForm workbooks (.xlsx) and our own JSON can be read.',
  isMarkup: 'This is a web page or an XML file, not a workbook. Choose the .xlsx file with the questions.',
  isText:
    'This is a text or CSV file, which can hold one sheet only. Open it in your spreadsheet program, put "survey" and "choices" on sheets of their own, and save it as .xlsx.',
  isUnknown: 'This is no file that we know. Choose an XLSForm workbook (.xlsx) or our own JSON.',
  isOds: 'This is an .ods workbook. Open it in your spreadsheet program and save it as .xlsx.',
  isXlsb: 'This is an .xlsb workbook. Open it in your spreadsheet program and save it as .xlsx.',
  isOffice: 'This is a text document or a presentation, not a workbook.',
  isZip: 'This is an archive without a workbook in it.',
  encrypted: 'The file has a password. Take it off, and save the file again.',
  zipDamaged: 'The file is damaged or cut short. Save or download it again.',
  zipEntries: 'The file is made of more than {{limit}} parts, which no questionnaire needs.',
  zipSize: 'The file unpacks to more than {{limit}} MB, which no questionnaire needs.',
  xmlDamaged:
    'The part "{{part}}" of the file is damaged. Open it in your spreadsheet program and save it again.',
  tooManyElements:
    'The part "{{part}}" of the file has more than {{limit}} elements, which no questionnaire needs.',
  xmlDoctype: 'The part "{{part}}" of the file defines entities of its own, which is not allowed.',
  tooManyRows: 'The sheet has more than {{limit}} rows.',
  tooManyColumns: 'The sheet has more than {{limit}} columns.',
  tooManyCells: 'The workbook has more than {{limit}} cells with something in them.',
  notUtf8: 'The file is not written in UTF-8. Save it again with that encoding.',
  badJson: 'The file is not JSON: {{reason}}',
  noQuestionnaire: 'The file holds no questionnaire: there are no sections in it.',
  cellTooLong: 'The cell {{cell}} has more than {{limit}} characters.',
  formula: 'A formula stands here. The value that was saved with it was taken.',
  formulaEmpty: 'The formula in {{cell}} has no saved value. Type the words in its place.',
  cellError: 'The cell {{cell}} holds an error of a formula. It was read as empty.',
  merged: 'The cells {{cell}} are merged. What they say was taken for the first of them only.',

  noSurveySheet: 'There is no sheet called "survey". There are: {{sheets}}.',
  sheetTwice: 'There are two sheets called "{{name}}".',
  sheetIgnored: 'The sheet "{{name}}" is no part of a questionnaire here and was not read.',
  noColumn: 'The sheet has no column "{{column}}".',
  duplicateColumn:
    'The column "{{column}}" stands twice: "{{first}}" in column {{at}} and "{{second}}" in column {{again}}. Keep one of them.',
  columnAgain:
    'Both "{{first}}" and "{{second}}" hold "{{column}}" in one language. Where both have words, "{{second}}" was taken.',
  columnUnknown: 'The column "{{column}}" is not known and was not read.',
  columnLost: '"{{column}}" has no counterpart here and was not taken: {{value}}',
  noHeader: 'This column has cells but no heading, and was not read.',
  noType: 'The row has no type.',
  unknownType: 'No question type is called "{{type}}".',
  unknownTypeNear: 'No question type is called "{{type}}". Did you mean "{{near}}"?',
  noName: 'The row has no name.',
  duplicateName: 'The name "{{name}}" stands twice, also in row {{other}}.',
  renamed: '"{{name}}" is now called "{{code}}".',
  noEnd: 'The group "{{name}}" is begun here and never ended.',
  noBegin: 'A group is ended here that was not begun.',
  wrongEnd: 'A {{what}} is ended here, but what was begun in row {{other}} is a {{begun}}.',
  tooDeep: 'Groups stand inside each other more than {{limit}} deep.',
  noList: 'There is no list "{{list}}" on the sheet "choices".',
  noListName: 'The type does not say which list of choices it offers.',
  choiceNoList: 'The choice does not say which list it belongs to.',
  choiceNoName: 'The choice has no name.',
  duplicateChoice: 'The choice "{{name}}" stands twice in the list "{{list}}", also in row {{other}}.',
  noQuestions: 'There is no question in the file that can be asked here.',
  circle: 'The conditions go round in a circle: {{names}}.',
  unsound: 'The questionnaire does not hold together: {{fault}}',
  more: 'There is more to tell: {{count}} notes are not listed.',

  sourceGuessed: 'The file does not say which language it is written in. It was taken to be {{language}}.',
  languageUnknown:
    'The language "{{name}}" is not known; write it as in "label::Español (es)". It was kept under the tag "{{tag}}".',
  sourceMissing:
    'There are no words in the main language, {{language}}; those in another language stand in for them.',
  noTitle: 'The settings have no form_title. The survey was called "{{title}}".',
  settingLost: 'The setting "{{setting}}" has no counterpart here and was not taken: {{value}}',
  noLabel: 'There is no label. "{{words}}" stands in for it.',
  piping:
    'The words show an earlier answer ({{placeholder}}), which cannot be done here. They were kept as they stand.',
  markup: 'The words are formatted with HTML or Markdown, which is shown as typed here.',
  commentRow: 'The row has no type, name or label, and was not read.',
  disabled: 'The row is switched off ("disabled") and was not read.',
  groupFlattened:
    'The group "{{name}}" stands inside another. Its questions were taken into the outer group; its heading was not: {{label}}',
  repeat: 'The questions of "{{name}}" are to be asked several times. They are asked once here.',
  groupEmpty: 'The group "{{name}}" has no question that can be asked here, and was left out.',
  noteMoved: 'The words of a group without questions were moved to: {{place}}.',
  noteAsHelp: 'The note was put into the help of the question "{{name}}".',
  noteConditional: 'A note that is shown to some people only cannot be kept: {{words}}',
  typeDate: 'An answer of the type "{{type}}" is typed as text here.',
  typeCalculate:
    'A value that is calculated ("{{name}}") was left out: answers are not reckoned with while they are given.',
  typeMetadata: '"{{type}}" was left out: nothing is kept about devices, times or people.',
  typeMedia: 'Nothing of the type "{{type}}" can be handed in here. "{{name}}" was left out.',
  typePlace: 'Places on a map ({{type}}) are not asked here. "{{name}}" was left out.',
  typeHidden: '"{{name}}" is never shown ({{type}}) and was left out.',
  typeAcknowledge: 'A box to confirm ("{{name}}") was left out: a choice needs two options.',
  typeExternal: 'The choices of "{{name}}" come from elsewhere ({{type}}). The question was left out.',
  tooFewChoices: 'The list "{{list}}" has fewer than two choices. The question "{{name}}" was left out.',
  neverShown: 'The condition of "{{name}}" is never met. It was left out.',
  orOther: '"Or other" became an option and a question, worded in English: "{{option}}", "{{question}}".',
  choiceFilter: 'The choices depend on earlier answers ({{value}}). All of them are offered here.',
  listUnused: 'No question offers the list "{{list}}". It was left out.',
  duplicateChoiceRenamed:
    'The choice "{{name}}" stands twice in the list "{{list}}"; the second is now called "{{code}}".',
  appearanceLost: 'The appearance "{{appearance}}" has no counterpart here.',
  parameterLost: 'The parameter "{{parameter}}" has no counterpart here.',
  requiredLost: 'Required only sometimes ({{value}}) cannot be kept. The question may be left unanswered.',
  itemsRequired: 'Some rows of the grid are required and others are not. None is required here.',
  itemHint: 'The hint of a row of a grid has no place here: {{words}}',
  rangeEnds: 'The ends of the scale have no names; {{low}} and {{high}} stand in for them.',
  rangeSteps:
    'The steps of the range ({{parameters}}) cannot be kept. A number from {{low}} to {{high}} is asked instead.',
  rangeWrong: 'The parameters of the range are no numbers from low to high: {{parameters}}',
  gridGuessed: 'Reports count {{points}} as favorable. Check that, and the order of the points.',
  gridTurned: 'The points of the list "{{list}}" were turned round, so that the best stands last.',
  notApplicable: 'The choice "{{name}}" became "not applicable" and is worded by us.',
  constraintLost: 'The constraint cannot be kept, so answers are not held to it: {{value}}',
  constraintPartly: 'A part of the constraint cannot be kept: {{value}}',
  conditionParse: 'The condition cannot be read, so this is always shown: {{value}}',
  conditionLost: 'The condition cannot be kept, so this is always shown: {{value}}',
  conditionLater:
    'The condition looks at "{{name}}", which is asked later, so this is always shown: {{value}}',
  conditionUnknown:
    'The condition looks at "{{name}}", which does not exist, so this is always shown: {{value}}',
  conditionNotTaken:
    'The condition looks at "{{name}}", which could not be taken over, so this is always shown: {{value}}',
  conditionChoice:
    'The condition waits for "{{choice}}", which "{{name}}" does not offer, so this is always shown: {{value}}',
  extraLost: '"{{column}}" cannot be read and was not taken: {{value}}',
} as const

export type Code = keyof typeof english

/** Where something stands: the sheet, the row as spreadsheets number it, the heading of the column. 0: the whole file. */
export type Place = { sheet?: string; row?: number; column?: string | undefined }

/** One thing to tell about a file. `message` is English; `code` and `values` word it in any language. */
export type Note = {
  sheet: string
  row: number
  column?: string
  code: Code
  values: Record<string, string | number>
  message: string
}

/** Cells of others can be long; a note quotes their beginning. */
const quoted = (value: string | number): string | number =>
  typeof value === 'string' && value.length > 200 ? `${value.slice(0, 200)}…` : value

export function note(code: Code, place: Place, values: Record<string, string | number> = {}): Note {
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, quoted(value)]))
  const message = english[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(shown[name] ?? ''))
  const { sheet = '', row = 0, column } = place
  return { sheet, row, ...(column !== undefined && { column }), code, values: shown, message }
}

/** A list that a person can take in: sheet by sheet, from top to bottom, and how many more there were. */
const most = 500
export function listed(notes: Note[]): Note[] {
  const sheets = [...new Set(notes.map(({ sheet }) => sheet))]
  const sorted = notes.toSorted((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row)
  return sorted.length <= most
    ? sorted
    : [...sorted.slice(0, most), note('more', {}, { count: sorted.length - most })]
}

/** A note as one line: "survey, row 5, relevant: ...". */
export function sayNote({ sheet, row, column, message }: Note): string {
  const place = [sheet, row > 0 ? `row ${row}` : '', column ?? ''].filter(Boolean).join(', ')
  return place ? `${place}: ${message}` : message
}
