import type { Text } from '../../language/text.ts'
import { present } from './extras.ts'
import { extras, type Reading, readParameters, tell } from './reading.ts'
import type { Line } from './table.ts'

/** More points than these are a number to type, not a row to choose from; the kind "scale" draws the same line. */
const mostSteps = 20

/** A `range` row: a scale when its steps are whole and few, else a number between its ends. */
export function readRange(reading: Reading, line: Line) {
  const parameters = readParameters(line.cell('parameters'))
  const value = (key: string, absent: number) => Number(parameters.get(key) ?? absent)
  const [start, end, step] = [value('start', 1), value('end', 10), value('step', 1)]
  for (const [key, words] of parameters)
    if (!['start', 'end', 'step', 'tick_labelset'].includes(key))
      tell(reading, 'parameterLost', line, { parameter: `${key}=${words}` }, 'parameters')
  const kept = ['parameters']
  if (![start, end, step].every(Number.isFinite) || start >= end || step <= 0) {
    tell(reading, 'rangeWrong', line, { parameters: line.cell('parameters') }, 'parameters')
    return { fields: { kind: 'number' as const }, whole: false, kept }
  }
  const whole = Number.isInteger(start) && Number.isInteger(step)
  if (!whole || !Number.isInteger(end) || step !== 1 || end - start > mostSteps) {
    const said = { parameters: line.cell('parameters'), low: start, high: end }
    if (step !== 1) tell(reading, 'rangeSteps', line, said, 'parameters')
    return { fields: { kind: 'number', min: start, max: end, ...(whole && { whole }) }, whole, kept }
  }
  const own = extras(reading, line)
  const [low, high] = [own.text('low'), own.text('high')]
  const labels = reading.lists.get(parameters.get('tick_labelset') ?? '')
  if (labels) reading.usedLists.add(labels.name)
  const tick = (point: number): Text | undefined =>
    labels?.choices.find(({ name }) => name === String(point))?.label
  const ends = { low: low ?? tick(start), high: high ?? tick(end) }
  if (!ends.low || !ends.high) tell(reading, 'rangeEnds', line, { low: start, high: end })
  const named = (text: Text | undefined, point: number): Text =>
    reading.wording.fill(text ?? { [reading.source]: String(point) }, String(point), line).text
  return {
    fields: {
      kind: 'scale',
      min: start,
      max: end,
      low: named(ends.low, start),
      high: named(ends.high, end),
      ...present({ favorableFrom: own.number('favorableFrom') }),
    },
    whole: true,
    kept,
  }
}
