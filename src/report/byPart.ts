import { namesFavorable, summarizeItem } from '../climate/favorable.ts'
import type { GroupPart } from '../climate/gaps.ts'
import type { Text } from '../language/text.ts'
import type { Question } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { readPoint } from '../response/together.ts'
import { type Figured, figured } from './plan/indicator.ts'
import type { Slice } from './slice.ts'
import { named, type Reach, type ReportSource } from './source.ts'
import { item as itemThing, survey } from './tally.ts'

/** Schools, or what schools have in common. */
export type PartKind = 'school' | 'level' | 'zone'

/** One school, level or zone, and how many people of it found an item favorable. */
export type PartOfDistrict = { code: string; label: Text | null; figure: Figured }

const hidden: Figured = { n: null, count: null, share: null, low: null, high: null, suppressed: true }

/** Counts of an item by school, in one pass over what was counted. */
function bySchool({ tally }: ReportSource, question: Question, group: string | null) {
  const found = new Map<string, Map<string, Map<string, number>>>()
  for (const { cell, school, group: of, n } of tally.cells.get(question.code) ?? []) {
    if (group !== null && of !== group) continue
    const { item, point } = readPoint(cell)
    if (!item || /^[#~]/.test(item)) continue
    const items = found.get(school) ?? new Map<string, Map<string, number>>()
    const points = items.get(item) ?? new Map<string, number>()
    points.set(point, (points.get(point) ?? 0) + n)
    found.set(school, items.set(item, points))
  }
  return (school: string, item: string) => found.get(school)?.get(item) ?? new Map<string, number>()
}

/**
 * Favorable answers to an item by school, level and zone, of everyone or of one group. A school stands there as the
 * report of that school would tell it. A level or a zone is told only where each of its schools that answered is told
 * exactly, for then it says nothing new: else it could give away a school that is hidden. None of a scale that names no
 * favorable points.
 */
export function partsOfItem(
  source: ReportSource,
  question: Question,
  item: string,
  group: string | null = null,
  reach?: Reach,
): Record<PartKind, PartOfDistrict[]> {
  const outline = kindOf(question).outline(question)
  if (!namesFavorable(outline.points ?? [])) return { school: [], level: [], zone: [] }
  const asked = outline.items?.find(({ code }) => code === item)
  const known = named(source, 'school')
  const counts = bySchool(source, question, group)
  const told = source.told(question.code, item)
  const present = (of: string | null) =>
    new Set(
      (source.tally.people.get(survey) ?? [])
        .filter((one) => one.n > 0 && (of === null || one.group === of))
        .map(({ school }) => school),
    )
  // Listed is a school of which anybody is in the survey, of whichever group: one that is left out would say that nobody
  // of it answered this, or that none of the group is there, and so of the others that somebody is.
  const listed = present(null)
  const answering = present(group)
  const schools = known.map(({ code, label }) => {
    const slice: Slice = { school: code, group }
    const { n, favorable } = summarizeItem(outline.points ?? [], counts(code, item), asked?.reversed === true)
    return {
      code,
      label,
      n,
      figure: figureOf(source, itemThing(question.code, item), told, slice, favorable ?? 0, n),
    }
  })
  const together = (by: 'level' | 'zone'): PartOfDistrict[] => {
    if (reach !== undefined) return []
    const of = new Map(source.district.schools.map((school) => [school.code, school[by]]))
    const codes = [...new Set(source.district.schools.flatMap((school) => school[by] ?? []))].sort()
    return codes.flatMap((code) => {
      const own = schools.filter((one) => of.get(one.code) === code && answering.has(one.code))
      if (own.length === 0) return []
      const sum = (which: 'n' | 'count') => own.reduce((all, { figure }) => all + (figure[which] ?? 0), 0)
      const open = own.every(({ figure }) => !figure.suppressed)
      return [{ code, label: null, figure: open ? figured(sum('count'), sum('n')) : hidden }]
    })
  }
  return {
    school: schools
      .filter(({ code }) => listed.has(code) && (reach?.includes(code) ?? true))
      .map(({ code, label, figure }) => ({ code, label, figure })),
    level: together('level'),
    zone: together('zone'),
  }
}

/** A part of which nobody gave a point is told to be empty only where the part itself may be shown. */
function figureOf(
  source: ReportSource,
  thing: string,
  told: ReturnType<ReportSource['told']>,
  slice: Slice,
  favorable: number,
  n: number,
): Figured {
  if (n === 0) return source.veil(survey, slice) === null ? hidden : figured(0, 0)
  if (source.veil(thing, slice) === null) return hidden
  if (told.exact(slice)) return figured(favorable, n)
  const bound = told.bound(slice, 'favorable')
  return { ...hidden, ...(bound && { n, bound }) }
}

/** Parts that are told exactly, as gaps are reckoned with. */
export const exactParts = (parts: readonly PartOfDistrict[]): GroupPart[] =>
  parts.flatMap(({ code, figure: { count, n } }) =>
    count !== null && n !== null && n > 0 ? [{ group: code, count, n }] : [],
  )
