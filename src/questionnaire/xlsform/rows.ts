import type { Text } from '../../language/text.ts'
import type { Condition, Item, Option, Question, Questionnaire } from '../definition.ts'
import { writeConstraint } from './constraint.ts'
import { extraCells, moreCell, writeFlag } from './extras.ts'
import type { inUse } from './names.ts'

/** A row by heading; a text has a column for each language. */
export type Cells = Record<string, string | Text | undefined>

/** The file while it is written. */
export type Drawing = {
  questionnaire: Questionnaire
  survey: Cells[]
  choices: Cells[]
  names: ReturnType<typeof inUse>
  relevant: (condition: Condition | undefined) => string
}

const common = ['code', 'kind', 'title', 'help', 'short', 'required', 'showIf', 'cites', 'bank']
const more = (question: Question, known: string[]): Cells => moreCell(question, [...common, ...known])

/** How each kind is asked in XLSForm. A kind that is not here is written as text, with its definition beside it. */
type Fields = Question & {
  options?: Option[]
  items?: Item[]
  scale?: Point[]
  [field: string]: unknown
}
type Point = { code: string; value: number; label: Text; favorable?: boolean | undefined }
type Writer = (drawing: Drawing, question: Fields, common: Cells) => void

const writers: Record<string, Writer> = {
  single: choice('select_one'),
  multiple: choice('select_multiple'),
  ranking: choice('rank'),
  profile(drawing, question, common) {
    if (!question.options?.length)
      drawing.choices.push({
        list_name: question.code,
        name: 'placeholder',
        label: { [drawing.questionnaire.source]: `List of the district: ${String(question.attribute)}` },
        'heard::placeholder': 'yes',
      })
    choice('select_one')(drawing, question, {
      ...common,
      ...extraCells({ profile: String(question.attribute) }),
    })
  },
  scale(drawing, question, common) {
    const { code, min = 0, max = 10, low, high, favorableFrom } = question as Fields & Scale
    drawing.survey.push({
      type: 'range',
      name: code,
      ...common,
      parameters: `start=${min} end=${max} step=1`,
      ...extraCells({ low, high, favorableFrom }),
      ...more(question, ['min', 'max', 'low', 'high', 'favorableFrom']),
    })
  },
  number(drawing, question, common) {
    const { code, min, max, whole } = question as Fields & { min?: number; max?: number; whole?: boolean }
    drawing.survey.push({
      type: whole ? 'integer' : 'decimal',
      name: code,
      ...common,
      constraint: writeConstraint({ ...(min !== undefined && { min }), ...(max !== undefined && { max }) }),
      ...extraCells({ whole: whole === false ? false : undefined }),
      ...more(question, ['min', 'max', 'whole']),
    })
  },
  text(drawing, question, common) {
    const { code, long, maxLength, about } = question as Fields & Words
    drawing.survey.push({
      type: 'text',
      name: code,
      ...common,
      constraint: writeConstraint({ ...(maxLength !== undefined && { maxLength }) }),
      appearance: long ? 'multiline' : '',
      ...extraCells({ long: long === false ? false : undefined, about }),
      ...more(question, ['long', 'maxLength', 'about']),
    })
  },
  grid: writeGrid,
}
type Scale = { min?: number; max?: number; low: Text; high: Text; favorableFrom?: number }
type Words = { long?: boolean; maxLength?: number; about?: string }

/** Puts the rows of a question into the file. `common`: what every question has. */
export function writeQuestion(drawing: Drawing, question: Question, common: Cells): void {
  const write = writers[question.kind]
  if (write) {
    write(drawing, question as Fields, common)
    return
  }
  const { code, kind, title, help, short, required, showIf, cites, bank, ...definition } = question
  drawing.survey.push({
    type: 'text',
    name: code,
    ...common,
    ...extraCells({ kind, definition: JSON.stringify(definition) }),
  })
}

function choice(type: string): Writer {
  return (drawing, question, common) => {
    const { code, options = [], shuffle, atMost, top } = question as Fields & Choice
    const alone = type === 'select_multiple' ? options.filter(({ exclusive }) => exclusive) : []
    drawing.survey.push({
      type: `${type} ${code}`,
      name: code,
      ...common,
      constraint: writeConstraint({
        ...(atMost !== undefined && { atMost }),
        exclusive: alone.map((option) => option.code),
      }),
      parameters: shuffle === undefined ? '' : `randomize=${shuffle}`,
      ...extraCells({ top }),
      ...more(question, [
        'options',
        'attribute',
        ...(type === 'rank' ? ['top', 'shuffle'] : []),
        ...(type === 'select_multiple' ? ['atMost', 'shuffle'] : []),
        ...(type === 'select_one' ? ['shuffle'] : []),
      ]),
    })
    for (const option of options) drawing.choices.push({ list_name: code, ...choiceCells(option) })
  }
}
const choiceCells = (option: Option): Cells => {
  const { code, label, short, other, exclusive, cites, bank } = option
  return {
    name: code,
    label,
    ...extraCells({ short, other, exclusive, cites, bank }),
    ...moreCell(option, ['code', 'label', 'short', 'other', 'exclusive', 'cites', 'bank']),
  }
}
type Choice = { shuffle?: boolean; atMost?: number; top?: number }

/** A group of appearance table-list: its rows are the items, its list the points of the scale. */
function writeGrid(drawing: Drawing, question: Fields, { required, ...common }: Cells): void {
  const { code, items = [], scale = [], notApplicable } = question as Fields & { notApplicable?: boolean }
  drawing.survey.push({
    type: 'begin_group',
    name: code,
    ...common,
    appearance: 'table-list',
    ...extraCells({ notApplicable: notApplicable === false ? false : undefined }),
    ...more(question, ['items', 'scale', 'notApplicable']),
  })
  for (const item of items) {
    const { label, short, reversed, cites, bank } = item
    drawing.survey.push({
      type: `select_one ${code}`,
      name: `${code}.${item.code}`,
      label,
      required: writeFlag(question.required),
      ...extraCells({ short, reversed, cites, bank }),
      ...moreCell(item, ['code', 'label', 'short', 'reversed', 'cites', 'bank']),
    })
  }
  drawing.survey.push({ type: 'end_group', name: code })
  for (const point of scale)
    drawing.choices.push({
      list_name: code,
      name: point.code,
      label: point.label,
      'heard::value': String(point.value),
      'heard::favorable': writeFlag(point.favorable),
      ...moreCell(point, ['code', 'label', 'value', 'favorable']),
    })
  if (notApplicable)
    drawing.choices.push({
      list_name: code,
      name: 'na',
      label: { [drawing.questionnaire.source]: 'Not applicable' },
      'heard::value': 'na',
    })
}
