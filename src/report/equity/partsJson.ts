import { gapsBetween, readTogether } from '../../climate/gaps.ts'
import { exactParts, type PartKind, type PartOfDistrict, partsOfItem } from '../byPart.ts'
import type { Report } from '../report.ts'
import type { ReportSource } from '../source.ts'
import type { Own, OwnParts } from './equityPage.ts'

type Kind = PartKind | Own
type OfItem = { question: string; item: string; parts: PartOfDistrict[] }

const kinds: readonly PartKind[] = ['school', 'level', 'zone']

/**
 * What the pages of statements and of gaps tell beside groups, in codes and numbers: of every statement the favorable
 * answers by school, level and zone, and with `own` by grade and home language; and of each of these the widest gap of
 * every statement, widest first, with p corrected (Holm) over all pairs of the list, as the page of gaps reads them.
 */
export function partsJson(
  report: Report,
  source: ReportSource,
  own: ReadonlyMap<Own, OwnParts> = new Map(),
): { parts: object; gaps: object } {
  const lists = new Map<Kind, OfItem[]>([
    ...kinds.map((kind): [Kind, OfItem[]] => [kind, byPlace(report, source, kind)]),
    ...[...own].map(([by, of]): [Kind, OfItem[]] => [by, byOwn(report, of)]),
  ])
  const told = [...lists].filter(([, list]) => list.length > 0)
  return {
    parts: Object.fromEntries(
      told.map(([kind, list]) => [
        kind,
        list.map(({ question, item, parts }) => ({ question, item, parts: parts.map(partJson) })),
      ]),
    ),
    gaps: Object.fromEntries(told.map(([kind, list]) => [kind, widest(list)])),
  }
}

const partJson = ({ code, figure: { n, count, share, low, high, suppressed, bound } }: PartOfDistrict) => ({
  ...{ code, n, count, share, low, high },
  ...(suppressed && { suppressed }),
  ...(bound && { bound }),
})

/** Statements with at least two parts. Within a school there are none; a reader of some schools has these alone. */
function byPlace({ filter, reach, sections }: Report, source: ReportSource, kind: PartKind): OfItem[] {
  if (filter.school !== null) return []
  return sections.flatMap(({ questions }) =>
    questions.flatMap(({ question, result }) =>
      result?.measure === 'points'
        ? result.items.flatMap(({ code }) => {
            const parts = partsOfItem(source, question, code, filter.group, reach)[kind]
            return parts.length > 1 ? [{ question: question.code, item: code, parts }] : []
          })
        : [],
    ),
  )
}

const byOwn = ({ sections }: Report, own: OwnParts): OfItem[] =>
  sections.flatMap(({ questions }) =>
    questions.flatMap(({ question, outline }) =>
      (outline.items ?? []).flatMap(({ code }) => {
        const parts = own.get(`${question.code} ${code}`) ?? []
        return parts.length > 0 ? [{ question: question.code, item: code, parts }] : []
      }),
    ),
  )

function widest(list: readonly OfItem[]): object[] {
  const pairs = list.flatMap(({ question, item, parts }) =>
    gapsBetween(exactParts(parts)).map((gap, rank) => ({ question, item, ...gap, rank })),
  )
  return readTogether(pairs)
    .filter(({ rank }) => rank === 0)
    .map(({ rank: _, ...row }) => ({ ...row, together: pairs.length }))
    .sort((a, b) => b.difference - a.difference)
}
