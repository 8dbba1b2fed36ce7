import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flat } from '../../src/language/completeness.ts'
import { type Question, questions } from '../../src/questionnaire/definition.ts'
import type { Answer, FormBody, Kind, Problem } from '../../src/questionnaire/kind.ts'
import { kindOf, kinds } from '../../src/questionnaire/kinds.ts'
import { askable, blanks } from '../rules/locales.ts'
import { checked } from './checked.ts'

/**
 * What every kind of question must keep, whatever it asks. A new kind brings `test/questionnaires/<kind>.ts` with a
 * few questions of its own and is held to all of this without a line here.
 */
const here = new URL('../../', import.meta.url)
const names = [...kinds.keys()].sort()
const samples = new Map<string, Question[]>()
for (const name of names) {
  const { default: definition } = await import(`../questionnaires/${name}.ts`)
  samples.set(name, questions(checked(definition)))
}
const cases = names.flatMap((name) =>
  (samples.get(name) ?? []).map((question) => ({
    name,
    code: question.code,
    question,
    kind: kindOf(question),
  })),
)

/** Values that a form of this question could send, and some that it could not. */
function sendable(question: Question, kind: Kind): fc.Arbitrary<string> {
  const { options = [], items = [], points = [] } = kind.outline(question)
  const codes = [...options, ...items, ...points].map(({ code }) => code)
  const likely = [...codes, 'na', '1', '2', '3', '-1', '2.5', '2020', '']
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...likely) },
    { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'grapheme' }) },
    {
      weight: 1,
      arbitrary: fc.shuffledSubarray(codes, { minLength: codes.length }).map((all) => all.join(' ')),
    },
  )
}

/** Bodies with fields of this question; mostly one option or rank each, so that many are sound answers. */
function bodies(question: Question, kind: Kind): fc.Arbitrary<FormBody> {
  const value = sendable(question, kind)
  const fields = kind.fields(question)
  const several = fc.shuffledSubarray((kind.outline(question).options ?? []).map(({ code }) => code))
  const ranks = fc
    .shuffledSubarray(fields)
    .map((ranked) => Object.fromEntries(ranked.map((name, index) => [name, String(index + 1)])))
  const free = fc.record(
    Object.fromEntries(
      fields.map((name) => [name, fc.oneof(value, fc.array(value, { maxLength: 4 }), several)]),
    ),
    { requiredKeys: [] },
  )
  return fc.oneof(free, ranks) as fc.Arbitrary<FormBody>
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.string({ unit: 'binary' })),
  fc.constantFrom(
    'x'.repeat(300_000),
    '9'.repeat(50_000),
    '__proto__',
    'constructor',
    '\0',
    '\uD800',
    ' ',
    '-0',
    '1e3',
  ),
  fc.constant(Array.from({ length: 5000 }, () => 'a')),
  fc.anything(),
)

/** What must hold of any answer that a kind gave or took. */
function sound(kind: Kind, question: Question, answer: Answer): void {
  expect(kind.fits(question, answer)).toBe(true)
  expect(kind.fits(question, JSON.parse(JSON.stringify(answer)))).toBe(true)
  const cells = kind.cells(question, answer)
  expect(new Set(cells).size, 'one answer adds one to a cell').toBe(cells.length)
  expect(kind.cells(question, JSON.parse(JSON.stringify(answer)))).toEqual(cells)
  for (const cell of cells) expect(readable(kind, question, cell), `the cell "${cell}"`).toBe(true)
  for (const { words, lang } of kind.say(question, answer, 'es', 'en')) {
    expect(words).not.toBe('')
    expect(Intl.getCanonicalLocales(lang)).toHaveLength(1)
  }
  expect(kind.say(question, answer, 'es', 'en').length).toBeGreaterThan(0)
  expect(kind.codes(question, answer)).toEqual(expect.any(Array))
}

const english = JSON.parse(readFileSync(new URL('locales/en.json', here), 'utf8'))
const wordings = flat(english)

/** A problem points into its own question, has a wording, and brings what that wording fills in. */
function told(
  kind: Kind,
  question: Question,
  { question: code, field, code: what, values = {} }: Problem,
): void {
  expect(code).toBe(question.code)
  expect(kind.fields(question)).toContain(field)
  expect(askable(english)).toContain(`problem.${what}`)
  const forms = [...wordings].filter(
    ([key]) => key === `problem.${what}` || key.startsWith(`problem.${what}_`),
  )
  for (const [, wording] of forms)
    expect(Object.keys(values)).toEqual(expect.arrayContaining([...blanks(String(wording))]))
}

/** Whether reports can read a tally cell by the kind's measure alone. */
function readable(kind: Kind, question: Question, cell: string): boolean {
  const { options = [], items = [], points = [] } = kind.outline(question)
  const is = (things: { code: string }[], wanted: string | undefined) =>
    things.some(({ code }) => code === wanted)
  const [item, point, ...more] = cell.split('=')
  switch (kind.measure) {
    case 'choice':
      return is(options, cell)
    case 'ranking':
      return cell.split('>').every((code) => is(options, code))
    case 'points':
      return more.length === 0 && is(items, item) && (point === 'na' || is(points, point))
    case 'number':
      return Number.isFinite(Number(cell)) && cell !== ''
    case 'words':
      return false
  }
}

describe('the register of kinds', () => {
  it('is the folder: every file in kinds/ is a kind of that name', () => {
    const files = readdirSync(new URL('src/questionnaire/kinds/', here))
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(names)
  })

  it('refuses a question of a kind that no file has', () => {
    expect(() => kindOf({ code: 'q', kind: 'constructor', title: {} })).toThrow(
      'no question kind is called "constructor"',
    )
  })
})

describe.each(names)('every %s question', (name) => {
  it('has a partial that shows it', () => {
    expect(existsSync(new URL(`views/kinds/${name}.ejs`, here))).toBe(true)
  })
})

describe.each(cases)('$name question "$code"', ({ question, kind }) => {
  it('reads what it wrote into its own form: parse, fill and parse again is the same answer', () => {
    let answered = 0
    fc.assert(
      fc.property(bodies(question, kind), fc.constantFrom('en', 'es', 'ar'), (body, language) => {
        const { answer, problems } = kind.parse(question, body, language)
        for (const problem of problems) told(kind, question, problem)
        if (answer === undefined) return
        if (problems.length === 0) answered++
        sound(kind, question, answer)
        const again = kind.parse(question, kind.fill(question, answer), language)
        expect(again).toStrictEqual({ answer, problems: [] })
        expect(kind.fields(question)).toEqual(
          expect.arrayContaining(Object.keys(kind.fill(question, answer))),
        )
      }),
      { numRuns: 300 },
    )
    expect(answered, 'bodies that were an answer').toBeGreaterThan(10)
  })

  it('comes back from a CSV as it went: columns and fromCells are each other’s undoing', () => {
    const names = kind.columns(question).map((column) => column.name)
    expect(new Set(names).size).toBe(names.length)
    fc.assert(
      fc.property(bodies(question, kind), (body) => {
        const { answer } = kind.parse(question, body, 'es')
        if (answer === undefined) return
        const cells = Object.fromEntries(kind.columns(question).map(({ name, cell }) => [name, cell(answer)]))
        expect(kind.fromCells(question, cells, 'es')).toStrictEqual({ answer })
      }),
      { numRuns: 300 },
    )
    expect(kind.fromCells(question, {}, 'es').answer).toBeUndefined()
    expect(kind.fromCells(question, {}, 'es').problem).toBeUndefined()
  })

  it('explains every column of its export', () => {
    const explained = new Set(kind.codebook(question).map(({ column }) => column))
    expect([...explained].sort()).toEqual(
      kind
        .columns(question)
        .map(({ name }) => name)
        .sort(),
    )
  })

  it('answers a forged code with a problem that points to a field of it', () => {
    const fields = kind.fields(question)
    const [first = ''] = fields
    const { answer, problems } = kind.parse(question, { [first]: 'forged' }, 'en')
    if (kind.measure === 'words') return expect(answer).toMatchObject({ words: 'forged' })
    expect(answer).toBeUndefined()
    expect(problems).toHaveLength(1)
    expect(fields).toContain(problems[0]?.field)
    expect(problems[0]?.question).toBe(question.code)
    const [column] = kind.columns(question)
    expect(kind.fromCells(question, { [column?.name ?? '']: 'forged' }, 'en').problem).toContain('forged')
  })

  it('takes an empty form, and one of spaces, for no answer', () => {
    for (const blank of ['', ' ', '\r\n\t']) {
      const body = Object.fromEntries(kind.fields(question).map((field) => [field, blank]))
      expect(kind.parse(question, body, 'en').answer).toBeUndefined()
      expect(kind.parse(question, body, 'en').problems).toEqual([])
    }
    expect(kind.parse(question, {}, 'en')).toEqual({ problems: [] })
  })

  it('never throws at a forged body, and what it makes of one is sound', () => {
    const fields = kind.fields(question)
    const named = fc.constantFrom(...fields, 'constructor', 'toString', 'other')
    const body = fc.oneof(
      fc.dictionary(named, hostile, { noNullPrototype: true }),
      fc.dictionary(named, hostile, { noNullPrototype: false }),
      fc
        .json()
        .map((json) => JSON.parse(`{"__proto__": {"${fields[0]}": ${json}}, "${fields[0]}": ${json}}`)),
    )
    fc.assert(
      fc.property(body, (forged) => {
        const { answer, problems } = kind.parse(question, forged as FormBody, 'en')
        for (const problem of problems) told(kind, question, problem)
        if (answer !== undefined) sound(kind, question, answer)
      }),
      { numRuns: 200 },
    )
  })

  it('never throws at a stored value of any shape', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json().map((json) => JSON.parse(json)),
        ),
        (value) => {
          if (kind.fits(question, value)) sound(kind, question, value)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('names each of its texts by one path', () => {
    const paths = kind.texts(question).map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
  })

  it('says which field is still open when it is answered in part', () => {
    fc.assert(
      fc.property(bodies(question, kind), (body) => {
        const { answer } = kind.parse(question, body, 'en')
        const open = answer === undefined ? undefined : kind.lacks?.(question, answer)
        if (open !== undefined) {
          expect(kind.fields(question)).toContain(open)
          expect(kind.fill(question, answer)[open]).toBeUndefined()
        }
      }),
    )
  })
})
