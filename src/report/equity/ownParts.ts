import type { Outline } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { PartOfDistrict } from '../byPart.ts'
import { type CrossCount, crossOf, type Looked, lookable } from '../cross/cross.ts'
import { figured } from '../plan/indicator.ts'
import { profileQuestion, type ReportSource } from '../source.ts'
import type { Own, OwnParts } from './equityPage.ts'

/** Every statement that is rated. */
export const ratedIn = (source: ReportSource): Looked[] =>
  lookable(source).filter(({ item }) => item !== undefined)

/**
 * Favorable answers to every statement by grade or home language, as the page that sets groups side by side tells them
 * (see crossOf): so the two never differ in what is hidden. `counts`: by profile, of what is looked at by its code.
 */
export function ownParts(
  source: ReportSource,
  by: Own,
  counts: ReadonlyMap<string, readonly CrossCount[]>,
): OwnParts {
  const question = profileQuestion(source.questionnaire, by)
  const outline: Outline = question ? kindOf(question).outline(question) : {}
  const labels = new Map((outline.options ?? []).map(({ code, short, label }) => [code, short ?? label]))
  return new Map(
    ratedIn(source).map((looked): [string, PartOfDistrict[]] => {
      const cross = crossOf(source, { rows: by, columns: null, by: looked }, counts.get(looked.code) ?? [])
      const parts = cross.rows.flatMap((code, at): PartOfDistrict[] => {
        const cell = cross.rowTotals[at]
        const favorable = cell?.said?.[0]?.n
        // Who did not say is no group of people.
        if (code === '' || typeof cell?.n !== 'number' || cell.n === 0 || typeof favorable !== 'number')
          return []
        return [{ code, label: labels.get(code) ?? null, figure: figured(favorable, cell.n) }]
      })
      return [`${looked.question.code} ${looked.item}`, parts]
    }),
  )
}
