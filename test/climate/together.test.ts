import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addScores, alphaOf, noMoments } from '../../src/climate/alpha.ts'
import { alphaFrom, jointOf } from '../../src/climate/together.ts'
import type { Question, Questionnaire } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import { citedPoint, citingCells, itemKey, scaleCells } from '../../src/response/together.ts'

const label = { en: 'Sample' }
const question: Question = {
  code: 'climate',
  kind: 'grid',
  title: label,
  notApplicable: true,
  items: [
    { code: 'safe', label, cites: ['SCC7.d', 'G6'] },
    { code: 'valued', label, cites: ['SCC7.d', 'G6'] },
    { code: 'respected', label, cites: ['SCC7.d'] },
    { code: 'left_out', label, reversed: true },
  ],
  scale: ['sd', 'd', 'n', 'a', 'sa'].map((code, at) => ({ code, value: at + 1, label, favorable: at > 2 })),
}
const kind = kindOf(question)
const outline = kind.outline(question)
const scale = { items: outline.items ?? [], points: outline.points ?? [] }

type Given = { [item: string]: string | undefined }
const anyAnswer = fc.record(
  Object.fromEntries(
    scale.items.map(({ code }) => [code, fc.constantFrom('sd', 'd', 'n', 'a', 'sa', 'a', 'sa', 'na')]),
  ),
  { requiredKeys: [] },
)

const questionnaire: Questionnaire = {
  source: 'en',
  languages: ['en'],
  title: label,
  sections: [{ code: 'page', title: label, questions: [question] }],
}

/** Sums of the question's cells, and of those under `&element`. */
function tally(answers: readonly Given[], element = ''): Map<string, number> {
  const cells = new Map<string, number>()
  const name = element ? `&${element}` : question.code
  for (const answer of answers) {
    const own = kind.cells(question, answer)
    const all = [...own, ...scaleCells(question, own)].map((cell) => ({ question: question.code, cell }))
    for (const cell of [...all, ...citingCells(questionnaire, all)])
      if (cell.question === name) cells.set(cell.cell, (cells.get(cell.cell) ?? 0) + 1)
  }
  return cells
}

describe('items that one person answered together', () => {
  it('are counted in few cells', () => {
    const own = kind.cells(question, { safe: 'a', valued: 'sa', respected: 'n', left_out: 'd' })
    expect(scaleCells(question, own)).toEqual(['#4=16'])
    const cells = own.map((cell) => ({ question: 'climate', cell }))
    expect(citingCells(questionnaire, cells)).toEqual([
      { question: '&SCC7.d', cell: 'climate.safe=a climate.valued=sa climate.respected=n' },
      { question: '&G6', cell: 'climate.safe=a climate.valued=sa' },
    ])
    expect(scaleCells(question, ['safe=a', 'respected=na'])).toEqual(['~safe=a'])
  })

  it('give from the counts the alpha that the answers give', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 40 }), (answers) => {
        const value = (answer: Given, code: string) => {
          const point = scale.points.find((one) => one.code === answer[code])?.value
          return point === undefined ? undefined : code === 'left_out' ? 6 - point : point
        }
        const moments = answers.reduce(
          (sum, answer) =>
            addScores(
              sum,
              scale.items.map(({ code }) => value(answer, code)),
            ),
          noMoments(4),
        )
        const [straight, counted] = [alphaOf(moments), alphaFrom(scale, tally(answers))]
        expect({ ...counted, value: null }).toEqual({ ...straight, value: null })
        if (straight.value === null) expect(counted.value).toBeNull()
        else expect(counted.value).toBeCloseTo(straight.value, 9)
      }),
    )
  })

  it('give the share that says yes to all, of those who answered all', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 40 }), (answers) => {
        const codes = ['safe', 'valued']
        const told = answers.filter((answer) => codes.every((code) => (answer[code] ?? 'na') !== 'na'))
        const good = (answer: Given, code: string) => ['a', 'sa'].includes(answer[code] ?? '')
        const items = codes.map((code) => ({
          key: itemKey('climate', code),
          points: scale.points,
          reversed: false,
        }))
        expect(jointOf(items, tally(answers, 'G6'))).toEqual({
          n: told.length,
          all: told.filter((answer) => codes.every((code) => good(answer, code))).length,
        })
      }),
    )
  })

  it('have no alpha where an earlier version asked other items', () => {
    expect(
      alphaFrom(
        scale,
        new Map([
          ['#4=12', 3],
          ['#3=9', 5],
        ]),
      ),
    ).toMatchObject({ value: null, why: 'mixed' })
  })
})

it('finds the point of one item in a cell, whatever items have its name at their end', () => {
  const code = fc.constantFrom('a', 'aa', 'b.a', 'a.b', 'ba')
  fc.assert(
    fc.property(fc.uniqueArray(code, { maxLength: 5 }), code, (keys, asked) => {
      const cell = keys.map((key, at) => `${key}=p${at}`).join(' ')
      const at = keys.indexOf(asked)
      expect(citedPoint(asked)(cell)).toBe(at < 0 ? '' : `p${at}`)
    }),
    { numRuns: 60 },
  )
})
