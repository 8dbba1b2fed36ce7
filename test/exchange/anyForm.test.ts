// biome-ignore-all lint/suspicious/noTemplateCurlyInString: XLSForm writes its references so
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'
import { readXlsform } from '../../src/questionnaire/xlsform/read.ts'

/** Rows such as people write, right and wrong, in any order. */
const type = fc.constantFrom(
  ...[
    'text',
    'integer',
    'decimal',
    'note',
    'date',
    'range',
    'calculate',
    'start',
    'image',
    'begin group',
    'end group',
  ],
  ...[
    'begin repeat',
    'end repeat',
    'select_one l',
    'select_multiple l',
    'rank l',
    'select_one l or_other',
    'select_one m',
  ],
)
const name = fc.constantFrom(
  ...['a', 'b', 'c', 'd', 'e', '_1', 'thanks', 'token', 'na', 'año', 'g.x', 'toString', 'response'],
)
const blank = (...values: string[]) => fc.constantFrom('', '', '', ...values)
const row = fc.tuple(
  type,
  name,
  blank('Words', 'Words ${a}', '<b>Bold</b>'),
  blank('Palabras'),
  blank('Help'),
  blank(
    "${a} = 'x'",
    '${b} > 2',
    "selected(${c}, '1')",
    "${d} != ''",
    'false()',
    "not(${g.x} = 'y')",
    '${e} = 1 or ${a} = 2',
  ),
  blank('. > 3', '. < 0 and . > 9', 'count-selected(.) <= 1', "regex(., 'x')"),
  blank('table-list', 'likert', 'label', 'list-nolabel', 'multiline', 'field-list'),
  blank('start=1 end=5', 'start=5 end=1', 'randomize=true', 'start=0 end=1 step=0.1'),
  blank('yes', 'no', "${a} = 'x'"),
  blank('P1 P2', '{"a":1}', '[', '7'),
)
/** Mostly rows whose names differ and whose groups close, so that there is something to take. */
const anyRows = fc.oneof(
  { weight: 1, arbitrary: fc.array(row, { minLength: 1, maxLength: 12 }) },
  {
    weight: 5,
    arbitrary: fc
      .uniqueArray(row, { selector: ([, name]) => name, minLength: 1, maxLength: 10 })
      .map((rows) => {
        const ends: typeof rows = []
        const kept = rows.map(([kind, ...rest]): (typeof rows)[number] => [
          kind.replace('end', 'begin'),
          ...rest,
        ])
        for (const [kind] of kept) {
          const end = kind.replace('begin', 'end')
          if (end !== kind) ends.unshift([end, '', '', '', '', '', '', '', '', '', ''])
        }
        return [...kept, ...ends]
      }),
  },
)
const heads = [
  'type',
  'name',
  'label::English (en)',
  'label::Español (es)',
  'hint::English (en)',
  'relevant',
  'constraint',
].concat(['appearance', 'parameters', 'required'])
const extra = fc.constantFrom(
  ...['heard::cites', 'heard::showIf', 'heard::top', 'heard::about', 'heard::more', 'heard::profile'],
)
const choices = [
  ['list_name', 'name', 'label::English (en)', 'heard::value'],
  ['l', 'x', 'X', ''],
  ['l', 'y', 'Y', '3'],
  ['l', 'na', '', ''],
  ['l', '1', 'One', ''],
  ['m', 'x', 'Only one', ''],
]

it('whatever stands in a form, it is refused with a reason, or what is taken is sound and every row is told or taken', () => {
  const seen = { taken: 0, all: 0 }
  fc.assert(
    fc.property(anyRows, extra, (rows, column) => {
      const sheets = [
        { name: 'survey', rows: [[...heads, column], ...rows] },
        { name: 'choices', rows: choices },
      ]
      const { questionnaire, faults, losses } = readXlsform(sheets, 'Form')
      seen.all += 1
      if (!questionnaire) {
        expect(faults.length).toBeGreaterThan(0)
        // Our own columns, edited by hand, and limits that contradict each other: told, with the row.
        for (const fault of faults.filter(({ code }) => code === 'unsound')) {
          expect(fault.row).toBeGreaterThan(1)
          expect(fault.message).toMatch(/Unrecognized key|about|more than "max"|"top"/)
        }
        return
      }
      seen.taken += 1
      const { faults: wrong } = checkQuestionnaire(questionnaire)
      expect(wrong.filter((fault) => !fault.includes('the district record'))).toEqual([])
      const told = new Set(losses.map((loss) => loss.row))
      const kept = JSON.stringify(questionnaire)
      for (const [at, [kind, _name, label]] of rows.entries())
        if (label && !/^(begin|end)/.test(kind) && !told.has(at + 2))
          expect(kept).toContain(JSON.stringify(label).slice(1, -1))
    }),
    { numRuns: 400 },
  )
  expect(seen.taken).toBeGreaterThan(seen.all / 4)
})
