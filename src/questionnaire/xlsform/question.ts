import type { Condition, Option, Question } from '../definition.ts'
import { attributes } from '../kinds/profile.ts'
import { type Limits, readConstraint } from './constraint.ts'
import { extrasOf, present } from './extras.ts'
import type { Choice, List } from './lists.ts'
import { inWords } from './names.ts'
import { note } from './notes.ts'
import { readRange } from './range.ts'
import {
  extras,
  hint,
  label,
  type Put,
  questionCode,
  type Reading,
  readParameters,
  showIf,
  tell,
  tellLost,
  together,
} from './reading.ts'
import type { Target } from './relevant.ts'
import type { Line } from './table.ts'
import { isNo, isYes, type Node } from './tree.ts'

/** Reads one row that asks something, with the condition of the groups around it. A row that cannot be asked is told. */
export function readQuestion(reading: Reading, node: Node, above: Condition | undefined, put: Put): void {
  const { line, type, name } = node
  if (type.is === 'lost') {
    tell(reading, type.code, line, { type: type.word, name: name || line.row })
    if (name) reading.targets.set(name, 'conditionNotTaken')
    return
  }
  const own = showIf(reading, line)
  const leave = () => reading.targets.set(name, 'conditionNotTaken')
  if (own === 'never') {
    tell(reading, 'neverShown', line, { name }, 'relevant')
    leave()
    return
  }
  const condition = together([above, own])
  if (type.is === 'select') {
    const list = listOf(reading, node)
    if (list) readSelect(reading, node, list, condition, put)
    else leave()
    return
  }
  const code = questionCode(reading, line, name)
  if (type.is === 'range') {
    const range = readRange(reading, line)
    finish(reading, node, code, condition, range.fields, range.kept, put)
    reading.targets.set(name, { question: code, answers: 'number', whole: range.whole })
  } else if (type.is === 'number') {
    const { min, max } = limits(reading, node, type.whole)
    const whole = type.whole || extras(reading, line).flag('whole')
    finish(
      reading,
      node,
      code,
      condition,
      { kind: 'number', ...present({ min, max, whole }) },
      ['constraint'],
      put,
    )
    reading.targets.set(name, { question: code, answers: 'number', whole: type.whole })
  } else {
    if (type.is === 'asText') tell(reading, 'typeDate', line, { type: type.word })
    finish(
      reading,
      node,
      code,
      condition,
      textFields(reading, node),
      ['constraint', 'appearance', 'parameters'],
      put,
    )
    reading.targets.set(name, { question: code, answers: 'words' })
  }
}

/** The list that a select offers, if it can be offered: two choices at least, unless the district gives them. */
function listOf(reading: Reading, { line, type, name }: Node): List | undefined {
  if (type.is !== 'select') return undefined
  const list = reading.lists.get(type.list)
  if (!list) return undefined
  reading.usedLists.add(type.list)
  const count = list.choices.length + (type.orOther ? 1 : 0)
  if (count >= 2 || attributeOf(line) !== undefined) return list
  tell(reading, 'tooFewChoices', line, { list: type.list, name })
  return undefined
}

/** What a question about the person asks, when it is one of ours. */
const attributeOf = (line: Line) => attributes.find((one) => one === line.cell('heard::profile'))

/** What is told once of each list that is offered. */
export function tellList(reading: Reading, list: List): void {
  reading.losses.push(...list.notes.splice(0))
}

export function readOption(reading: Reading, choice: Choice, sheet: string): Option {
  const { cell, text, flag, codes, more } = extrasOf(choice.line, (column, value) =>
    reading.losses.push(note('extraLost', { sheet, row: choice.line.row, column }, { column, value })),
  )
  return {
    code: choice.code,
    label: choice.label,
    ...present({
      short: text('short'),
      other: flag('other'),
      exclusive: flag('exclusive'),
      cites: codes('cites'),
      bank: cell('bank') || undefined,
    }),
    ...more(),
  }
}

function readSelect(
  reading: Reading,
  node: Node,
  list: List,
  condition: Condition | undefined,
  put: Put,
): void {
  const { line, type, name } = node
  if (type.is !== 'select') return
  const code = questionCode(reading, line, name)
  tellList(reading, list)
  const own = extras(reading, line)
  const attribute = attributeOf(line)
  const choices = list.choices.filter(({ line }) => line.cell('heard::placeholder') === '')
  const { atMost, exclusive } = limits(reading, node, true)
  const options = choices.map((choice): Option => {
    const option = readOption(reading, choice, 'choices')
    return exclusive.includes(choice.name) ? { ...option, exclusive: true } : option
  })
  const names = new Map(choices.map((choice) => [choice.name, choice.code]))
  if (type.orOther && !names.has('other')) {
    options.push({ code: 'other', label: inEnglish(reading, 'Other'), other: true })
    names.set('other', 'other')
  }
  const parameters = readParameters(line.cell('parameters'))
  const random = parameters.get('randomize')
  for (const [key, value] of parameters)
    if (key !== 'randomize')
      tell(reading, 'parameterLost', line, { parameter: `${key}=${value}` }, 'parameters')
  const shuffle = random === undefined ? undefined : isYes(random)
  const kept = ['parameters', ...(type.how === 'many' ? ['constraint'] : [])]
  const kind = attribute ? 'profile' : { one: 'single', many: 'multiple', rank: 'ranking' }[type.how]
  const fields =
    kind === 'profile'
      ? { kind, attribute, ...(options.length > 0 && { options }) }
      : {
          kind,
          options,
          ...present({
            shuffle,
            atMost: kind === 'multiple' ? atMost : undefined,
            top: kind === 'ranking' ? own.number('top') : undefined,
          }),
        }
  finish(reading, node, code, condition, fields, kept, put)
  const answers = ({ one: 'one', many: 'many', rank: 'ranked' } as const)[type.how]
  const target: Target = { question: code, answers, choices: names, open: options.length === 0 }
  reading.targets.set(name, target)
  if (type.orOther) askOther(reading, node, target, put)
}

const inEnglish = (reading: Reading, words: string) => ({ [reading.source]: words, en: words })

/** XLSForm makes the option and the question itself, in English; here they are made once, to be translated. */
function askOther(reading: Reading, { line, name }: Node, target: Target, put: Put): void {
  const code = questionCode(reading, line, `${name}_other`)
  const title = inEnglish(reading, 'Which other?')
  const comparison = target.answers === 'one' ? { is: ['other'] } : { includes: ['other'] }
  put({ code, kind: 'text', title, showIf: { question: target.question, ...comparison } })
  reading.targets.set(`${name}_other`, { question: code, answers: 'words' })
  tell(reading, 'orOther', line, { option: 'Other', question: 'Which other?' }, 'type')
}

function limits(reading: Reading, { line, type }: Node, whole: boolean): Limits {
  const cell = line.cell('constraint')
  const none: Limits = { exclusive: [], partly: false }
  if (cell === '' || (type.is === 'select' && type.how !== 'many')) return none
  const found = readConstraint(cell, whole)
  if (!found) tell(reading, 'constraintLost', line, { value: cell }, 'constraint')
  else if (found.partly) tell(reading, 'constraintPartly', line, { value: cell }, 'constraint')
  return found ?? none
}

function textFields(reading: Reading, node: Node) {
  const { line } = node
  const own = extras(reading, line)
  const definition = own.json('definition')
  if (typeof definition === 'object' && definition !== null) return { ...definition, kind: own.cell('kind') }
  const appearance = line.cell('appearance')
  const rest = appearance.split(/\s+/).filter((word) => word && word !== 'multiline')
  if (rest.length > 0) tell(reading, 'appearanceLost', line, { appearance: rest.join(' ') }, 'appearance')
  const rows = readParameters(line.cell('parameters')).get('rows')
  const long = /\bmultiline\b/.test(appearance) || rows !== undefined || own.flag('long')
  const { maxLength } = limits(reading, node, true)
  const about = own.cell('about') || undefined
  return {
    kind: 'text',
    ...present({ long, about, maxLength: maxLength && Math.min(maxLength, 20_000) }),
  }
}

/** What every question has, whatever its kind; then it is put in its place. */
function finish(
  reading: Reading,
  { line, name }: Node,
  code: string,
  condition: Condition | undefined,
  fields: Record<string, unknown> & { kind: string },
  kept: readonly string[],
  put: Put,
): void {
  const title = label(reading, line, inWords(name))
  put({
    code,
    title,
    ...present({
      help: hint(reading, line),
      required: required(reading, line),
      ...ofAny(reading, line),
      showIf: condition,
    }),
    ...fields,
    ...extras(reading, line).more(),
  } as Question)
  tellLost(reading, line, ['hint', 'required', ...kept])
}

/** Our own columns that any question may have. */
export function ofAny(reading: Reading, line: Line) {
  const { cell, text, codes } = extras(reading, line)
  return { short: text('short'), cites: codes('cites'), bank: cell('bank') || undefined }
}

export function required(reading: Reading, line: Line): boolean | undefined {
  const cell = line.cell('required')
  if (cell === '') return undefined
  if (isYes(cell)) return true
  if (!isNo(cell)) tell(reading, 'requiredLost', line, { value: cell }, 'required')
  return isNo(cell) ? false : undefined
}
