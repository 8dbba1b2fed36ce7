import { kindOf } from '../../questionnaire/kinds.ts'
import type { ManifestLine } from '../manifest.ts'
import type { SelectOption } from '../page.ts'
import type { Reader, Words } from '../reader.ts'
import { profileQuestion, type ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { type Attribute, type Cross, type CrossCell, dimensions, lookable } from './cross.ts'

/** views/report/cross.ejs */
export type CrossPage = {
  title: Words
  sample: boolean
  action: string
  back: string
  /** What can be chosen: who stands in the rows, who in the columns, what they said. */
  rows: SelectOption[]
  columns: SelectOption[]
  questions: SelectOption[]
  /** Asked for schools, which are the report's own filters. */
  filters: boolean
  chosen: boolean
  /** What was asked, where something was chosen. */
  question: Words | null
  /** Disagreeing is what counts as favorable. */
  hint: string | null
  /** None where not a single number may be shown. */
  tables: Table[]
  /** Whether something is not shown. */
  held: boolean
  minimum: string
  json: string | null
}
export type CrossPages = { 'report/cross': CrossPage & { manifest: ManifestLine[] } }

const none = '–'

/** A table of two profile questions in a reader's words. */
export function crossPage(
  source: ReportSource,
  reader: Reader,
  { cross, filters }: { cross: Cross | undefined; filters: boolean },
): CrossPage {
  const { survey, questionnaire } = source
  const address = `/reports/${survey.slug}`
  const asked = cross?.asked
  const by = cross?.asked.by
  const told = by && statement(by.question, by.item, reader)
  const tables = cross ? tablesOf(source, cross, reader) : []
  const shown = tables.some(({ rows }) => rows.some(({ cells }) => cells.some((cell) => cell !== none)))
  const offered = (chosen: Attribute | null | undefined): SelectOption[] =>
    dimensions(source).map((one) => ({
      code: one,
      label: nameOf(source, one, reader),
      selected: one === chosen,
      disabled: false,
    }))
  return {
    title: reader.words(questionnaire.title),
    sample: survey.sample,
    action: `${address}/cross`,
    back: address,
    rows: offered(asked?.rows),
    columns: offered(asked?.columns),
    questions: lookable(source).map(({ code, question, item }) => {
      return {
        code,
        label: statement(question, item, reader)?.label ?? reader.words(question.short ?? question.title),
        selected: code === asked?.by?.code,
        disabled: false,
      }
    }),
    filters,
    chosen: cross !== undefined,
    question: by ? (told?.label ?? reader.words(by.question.title)) : null,
    hint: told?.hint ?? null,
    tables: shown ? tables : [],
    held:
      cross !== undefined &&
      [...cross.cells.flat(), ...cross.rowTotals, ...cross.columnTotals].some(({ n }) => n === null),
    minimum: reader.number(survey.minimumGroup),
    json: cross ? `${address}/cross.json?${queryOf(cross)}` : null,
  }
}

function queryOf({ asked: { rows, columns, by } }: Cross): URLSearchParams {
  const query = new URLSearchParams({ rows })
  if (columns) query.set('columns', columns)
  if (by) query.set('question', by.code)
  return query
}

const nameOf = (source: ReportSource, attribute: Attribute, reader: Reader): Words => {
  const question = profileQuestion(source.questionnaire, attribute)
  return question ? reader.words(question.short ?? question.title) : reader.own(attribute)
}

function labels(question: Parameters<typeof kindOf>[0], reader: Reader): Map<string, Words> {
  const { options = [], items = [] } = kindOf(question).outline(question)
  return new Map([...options, ...items].map(({ code, short, label }) => [code, reader.words(short ?? label)]))
}

/** A row of a grid in the words that people read: a short label says neither who was asked nor what. */
function statement(
  question: Parameters<typeof kindOf>[0],
  code: string | undefined,
  reader: Reader,
): { label: Words; hint: string | null } | undefined {
  const item = kindOf(question)
    .outline(question)
    .items?.find((one) => one.code === code)
  return (
    item && {
      label: reader.words(item.label),
      hint: item.reversed === true ? reader.t('report.reversed') : null,
    }
  )
}

/** Rows that hold anybody, or may: options that nobody can be seen in stay, so that a gap is seen as one. */
function tablesOf(source: ReportSource, cross: Cross, reader: Reader): Table[] {
  const { asked } = cross
  const said = asked.by ? labels(asked.by.question, reader) : new Map<string, Words>()
  const heads = (attribute: Attribute, codes: readonly string[]) => {
    const question = profileQuestion(source.questionnaire, attribute)
    const known = question ? labels(question, reader) : new Map<string, Words>()
    return codes.map((code) => known.get(code) ?? reader.own(code || reader.t('report.didNotSay')))
  }
  const rowHeads = heads(asked.rows, cross.rows)
  const corner = nameOf(source, asked.rows, reader)
  const answered = reader.own(reader.t('report.column.answered'))
  const everyone = reader.own(reader.t('report.everyone'))
  if (!asked.columns) {
    const line = (head: Words, cell: CrossCell) => ({
      head,
      cells: [...cross.said.map((code) => sayShare(cell, code, reader)), sayPeople(cell, reader)],
    })
    return [
      {
        caption: reader.t('cross.caption.rows'),
        head: [
          corner,
          ...cross.said.map((code) => said.get(code) ?? reader.own(reader.t('report.column.favorable'))),
          answered,
        ],
        rows: [
          ...cross.rowTotals.map((cell, at) => line(rowHeads[at] ?? corner, cell)),
          line(everyone, cross.everyone),
        ],
      },
    ]
  }
  const columnHeads = heads(asked.columns, cross.columns)
  const table = (caption: string, say: (cell: CrossCell) => string): Table => ({
    caption,
    // Everyone first: of a wide table the rest may be out of sight, or all not shown.
    head: [corner, everyone, ...columnHeads],
    rows: [
      ...cross.cells.map((line, at) => {
        const total = cross.rowTotals[at]
        return {
          head: rowHeads[at] ?? corner,
          cells: [total ? say(total) : none, ...line.map(say)],
        }
      }),
      { head: everyone, cells: [say(cross.everyone), ...cross.columnTotals.map(say)] },
    ],
  })
  const people = table(reader.t('cross.caption.people'), (cell) => sayPeople(cell, reader))
  return [
    ...cross.said.map((code) =>
      table(
        said.has(code)
          ? reader.t('cross.caption.said', { answer: said.get(code)?.words })
          : reader.t('cross.caption.favorable'),
        (cell) => sayShare(cell, code, reader),
      ),
    ),
    people,
  ]
}

const sayPeople = ({ n }: CrossCell, reader: Reader): string => (n === null ? none : reader.number(n))

function sayShare({ said }: CrossCell, code: string, reader: Reader): string {
  const one = said?.find((each) => each.code === code)
  if (!one) return none
  if (one.bound) return reader.bound(one.bound)
  return one.share === null || one.n === null ? none : reader.figure(one.share, one.n)
}

/** The same as codes and numbers: shares as unrounded fractions, what may not be shown null with `suppressed`. */
export const crossJson = ({ survey }: ReportSource, cross: Cross): unknown => ({
  survey: survey.slug,
  version: survey.version,
  sample: survey.sample,
  minimumGroup: survey.minimumGroup,
  ...crossTable(cross),
})

/** A table alone. */
export function crossTable(cross: Cross): object {
  const cell = ({ n, said }: CrossCell) => ({
    n,
    ...(n === null && { suppressed: true }),
    ...(said && { said: said.map((one) => ({ ...one, ...(one.n === null && { suppressed: true }) })) }),
  })
  const { asked, rows, columns } = cross
  return {
    rows: { by: asked.rows, codes: rows },
    columns: asked.columns ? { by: asked.columns, codes: columns } : null,
    question: asked.by?.code ?? null,
    everyone: cell(cross.everyone),
    rowTotals: cross.rowTotals.map(cell),
    columnTotals: cross.columnTotals.map(cell),
    cells: cross.cells.map((line) => line.map(cell)),
  }
}
