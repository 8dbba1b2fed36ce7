import { z } from 'zod'
import { pick } from '../../language/text.ts'
import { doubles, labelTexts, one } from '../choices.ts'
import { codeSchema, itemSchema, questionBase, textSchema } from '../definition.ts'
import { linesToParts, type Preset, typedFlag, typedItems, typedRows } from '../edit/form.ts'
import { mostFaces, tooManyFaces } from '../faces.ts'
import type { Build, Kind, Problem } from '../kind.ts'
import { numbersTyped, wrongCount, wrongNumber } from '../typing.ts'

const notApplicable = 'na'

/** Items rated on one scale (Likert), each with its own "not applicable" where the grid allows it. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('grid'),
  items: z.array(itemSchema).min(1),
  /** Points from the least to the most; `favorable` says which count as such, the rule that reports print. */
  scale: z
    .array(
      z.strictObject({
        code: codeSchema,
        value: z.number(),
        label: textSchema,
        favorable: z.boolean().optional(),
      }),
    )
    .min(2),
  notApplicable: z.boolean().optional(),
  /** The points say how somebody feels: young readers see them as faces, from sad to glad. */
  faces: z.boolean().optional(),
})
type Grid = z.infer<typeof schema>
type Rated = Record<string, string>

const field = (question: Grid, item: string): string => `${question.code}.${item}`
const offered = (question: Grid, point: string): boolean =>
  question.scale.some(({ code }) => code === point) ||
  (question.notApplicable === true && point === notApplicable)

const isRecord = (answer: unknown): answer is Rated =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)

/** Values that rise along the list: those there were, in order, and then one more for each point that is new. */
function rising(scale: Grid['scale'], before: Grid['scale']): Grid['scale'] {
  const values = before.map(({ value }) => value).sort((a, b) => a - b)
  while (values.length < scale.length) values.push((values.at(-1) ?? 0) + 1)
  return scale.map((point, at) => ({ ...point, value: values[at] ?? at + 1 }))
}

/** Scales that suit most grids, worst first; the points from `good` on are favorable. */
const ready: Record<string, { points: string[]; good: number }> = {
  agree: { points: ['stronglyDisagree', 'disagree', 'neither', 'agree', 'stronglyAgree'], good: 3 },
  often: { points: ['never', 'rarely', 'sometimes', 'often', 'always'], good: 3 },
  good: { points: ['veryPoor', 'poor', 'fair', 'good', 'veryGood'], good: 3 },
}

const readyScale = ({ points, good }: { points: string[]; good: number }, preset: Preset): Grid['scale'] =>
  points.map((key, at) => ({
    code: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value: at + 1,
    label: preset(key),
    ...(at >= good && { favorable: true }),
  }))

const build: Build<Grid> = {
  blank: (code, preset) => ({
    code,
    kind: 'grid',
    title: {},
    items: [],
    scale: ready.agree ? readyScale(ready.agree, preset) : [],
  }),
  edited: (question, form) => ({
    ...question,
    items: typedItems(form, question.items),
    scale: rising(
      typedRows(form, 'scale', question.scale, (row, point) => ({
        value: 0,
        ...point,
        favorable: typedFlag(form, `${row}.favorable`),
      })),
      question.scale,
    ),
    notApplicable: typedFlag(form, 'notApplicable'),
    faces: typedFlag(form, 'faces'),
  }),
  lines: (question, lines, source) => ({
    ...question,
    items: [...question.items, ...linesToParts(lines, question.items, source, 'item')],
  }),
  ready: Object.fromEntries(
    Object.entries(ready).map(([name, shape]) => [
      name,
      (question, preset) => ({ ...question, scale: readyScale(shape, preset) }),
    ]),
  ),
}

const grid: Kind<Grid, Rated> = {
  name: 'grid',
  measure: 'points',
  schema,
  check: (question) => [
    ...doubles(question.items, 'item'),
    ...doubles(question.scale, 'point'),
    ...(question.scale.some(({ code }) => code === notApplicable)
      ? ['"na" is kept for "not applicable"']
      : []),
    ...(question.scale.some(({ favorable }) => favorable)
      ? []
      : ['no point of the scale counts as favorable']),
    ...(question.scale.some(({ value }, index) => value <= (question.scale[index - 1]?.value ?? -Infinity))
      ? ['the points of the scale do not rise in value from the first to the last']
      : []),
    ...(question.faces && question.scale.length > mostFaces ? [tooManyFaces] : []),
    // A glad face beside "I am left out" would say the opposite of what it means.
    ...(question.faces && question.items.some(({ reversed }) => reversed)
      ? ['"faces" and a reversed item do not go together: the glad face would mean that something is bad']
      : []),
  ],
  fields: (question) => question.items.map(({ code }) => field(question, code)),
  parse(question, body) {
    const answer: Rated = {}
    const problems: Problem[] = []
    for (const { code } of question.items) {
      const point = one(body[field(question, code)])
      if (!point) continue
      if (offered(question, point)) answer[code] = point
      else problems.push({ question: question.code, field: field(question, code), code: 'notOffered' })
    }
    return { answer: Object.keys(answer).length > 0 ? answer : undefined, problems }
  },
  fill: (question, answer) =>
    Object.fromEntries(Object.entries(answer).map(([item, point]) => [field(question, item), point])),
  fits(question, answer): answer is Rated {
    if (!isRecord(answer)) return false
    const entries = Object.entries(answer)
    return (
      entries.length > 0 &&
      entries.every(
        ([item, point]) => question.items.some(({ code }) => code === item) && offered(question, point),
      )
    )
  },
  lacks(question, answer) {
    const open = question.items.find(({ code }) => answer[code] === undefined)
    return open && field(question, open.code)
  },
  codes(question, answer, item) {
    const point = item === undefined ? undefined : answer[item]
    if (point === undefined) return []
    const value = question.scale.find(({ code }) => code === point)?.value
    return value === undefined ? [point] : [point, value]
  },
  say: (question, answer, language, source) =>
    question.items
      .filter(({ code }) => answer[code] !== undefined)
      .flatMap((item) => {
        const label = pick(item.short ?? item.label, language, source)
        const point = question.scale.find(({ code }) => code === answer[item.code])
        const rated = point ? pick(point.label, language, source) : { words: '–', lang: language }
        return [{ words: `${label.words}: ${rated.words}`, lang: label.lang }]
      }),
  columns: (question) =>
    question.items.map(({ code }) => ({ name: field(question, code), cell: (answer) => answer[code] ?? '' })),
  codebook: (question) =>
    question.items.flatMap((item) => [
      { column: field(question, item.code), value: '', label: item.label },
      ...question.scale.map(({ code, label }) => ({
        column: field(question, item.code),
        value: code,
        label,
      })),
      ...(question.notApplicable
        ? [{ column: field(question, item.code), value: notApplicable, label: { en: 'Not applicable' } }]
        : []),
    ]),
  fromCells(question, cells) {
    const answer: Rated = {}
    for (const { code } of question.items) {
      const point = cells[field(question, code)] ?? ''
      if (!point) continue
      if (!offered(question, point))
        return { problem: `"${point}" in ${field(question, code)} is not a point of the scale` }
      answer[code] = point
    }
    return Object.keys(answer).length > 0 ? { answer } : {}
  },
  cells: (_, answer) => Object.entries(answer).map(([item, point]) => `${item}=${point}`),
  outline: (question) => ({
    items: question.items,
    points: question.scale.map(({ code, value, label, favorable }) => ({
      code,
      value,
      label,
      favorable: favorable === true,
    })),
  }),
  texts: (question) => [
    ...labelTexts(question.items, 'items'),
    ...question.scale.map(({ code, label }) => ({ path: `scale.${code}.label`, text: label })),
  ],
  parts: {
    of: (question) =>
      question.items.map((item) => ({
        code: item.code,
        title: item.label,
        question: { ...question, items: [item] },
      })),
    join(part, before, now) {
      const kept = Object.entries(isRecord(before) ? before : {}).filter(
        ([item]) => !part.items.some(({ code }) => code === item),
      )
      const joined = Object.fromEntries([...kept, ...Object.entries(now ?? {})])
      return Object.keys(joined).length > 0 ? joined : undefined
    },
  },
  typing: {
    how: ({ items, scale, notApplicable }) => ({
      code: notApplicable ? 'gridOrNot' : 'grid',
      values: { count: items.length, last: scale.length },
    }),
    read(question, typed) {
      const numbers = numbersTyped(typed, question.scale.length)
      if (numbers?.length !== question.items.length) return wrongCount(question.items.length)
      const points = numbers.map((number) => {
        if (number === undefined) return ''
        return number === 0 && question.notApplicable ? notApplicable : question.scale[number - 1]?.code
      })
      if (points.includes(undefined)) return wrongNumber(question.scale.length)
      return {
        body: Object.fromEntries(question.items.map(({ code }, at) => [field(question, code), points[at]])),
      }
    },
  },
  build,
}

export default grid
