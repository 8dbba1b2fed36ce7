import type { District } from '../district/district.ts'
import type { Plan } from '../plan/plan.ts'
import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { type Citations, citations } from './citations.ts'
import { routingOf } from './privacy/routing.ts'
import { type Tellings, tellings } from './privacy/tellings.ts'
import { type Veil, veil } from './privacy/veil.ts'
import type { Slice } from './slice.ts'
import { type CommentCount, type Row, readTally, type Tally } from './tally.ts'
import { type ThemeInput, type ThemeSource, themeSource } from './themes/source.ts'

export type ReportSurvey = { slug: string; version: number; minimumGroup: number; sample: boolean }

export type ReportInput = {
  survey: ReportSurvey
  /** Of the version that is answered now; earlier versions' answers count under the same codes. */
  questionnaire: Questionnaire
  /** Questions that an earlier version asked otherwise, by code; absent where there is none. */
  otherwise?: readonly string[]
  plan: Plan | undefined
  district: District
  /** Every kept count of the survey, whatever the filter: what may be shown depends on all of them. */
  rows: Iterable<Row>
  comments: readonly CommentCount[]
  /** What comments were found to be about; absent while nobody has read any. */
  themes?: ThemeInput | undefined
}

/** A survey's counts made ready once; any filter is then quick to read. */
export type ReportSource = Omit<ReportInput, 'rows' | 'themes'> & {
  tally: Tally
  veil: Veil
  told: Tellings
  cites: Citations
  themes: ThemeSource | undefined
}

export function readSource({ rows, themes, ...input }: ReportInput): ReportSource {
  const tally = readTally(input.questionnaire, rows)
  const { minimumGroup } = input.survey
  // What may be shown of a question can depend on what is told of an earlier one, which its skip logic looks at.
  const shown: Veil = veil(tally, minimumGroup, routingOf(input.questionnaire), () => told)
  const told: Tellings = tellings(input.questionnaire, tally, shown, minimumGroup)
  return {
    ...input,
    tally,
    veil: shown,
    told,
    cites: citations(input.plan),
    themes: themes && themeSource(themes, shown, minimumGroup),
  }
}

/** The profile question about this attribute, if the survey asks it. */
export const profileQuestion = (questionnaire: Questionnaire, attribute: string): Question | undefined =>
  questions(questionnaire).find((question) => question.attribute === attribute)

/** Groups or schools with their names: as the survey offered them, or else as the district lists them. */
export function named(source: Pick<ReportInput, 'questionnaire' | 'district'>, by: 'group' | 'school') {
  const question = profileQuestion(source.questionnaire, by)
  const offered = question ? (kindOf(question).outline(question).options ?? []) : []
  if (offered.length > 0) return offered
  if (by === 'school') return source.district.schools
  // A survey for some groups alone says nothing of the others, not even that they are too few.
  const { audience } = source.questionnaire
  return source.district.groups.filter(({ code }) => audience?.includes(code) ?? true)
}

/**
 * Schools that one reader may read about, by code; undefined: every one. The whole district may always be read, to
 * compare with, but in numbers alone: its comments come from other schools too.
 */
export type Reach = readonly string[] | undefined

/** Whether the comments of a filter are within a reader's reach. */
export const mayQuote = (reach: Reach, { school }: Slice): boolean =>
  reach === undefined || (school !== null && reach.includes(school))

/**
 * The filter of a reader whose reach may be narrower than the survey. Who asks for no school at all (not even for
 * '', all of them) gets the first of their own that the survey knows. 'elsewhere' is a school out of reach, and
 * everything for who has no school; undefined is a code that the survey does not know.
 */
export function filterWithin(
  source: Pick<ReportInput, 'questionnaire' | 'district'>,
  typed: { group?: unknown; school?: unknown },
  reach: Reach,
): Slice | 'elsewhere' | undefined {
  if (reach === undefined) return readFilter(source, typed)
  if (reach.length === 0) return 'elsewhere'
  const own = named(source, 'school').find(({ code }) => reach.includes(code))?.code
  const filter = readFilter(source, { ...typed, school: typed.school === undefined ? own : typed.school })
  return filter?.school != null && !reach.includes(filter.school) ? 'elsewhere' : filter
}

/**
 * A filter from codes as they stand in an address or on the command line; '' or absent filters by nothing.
 * Undefined when a code is not one that this survey knows.
 */
export function readFilter(
  source: Pick<ReportInput, 'questionnaire' | 'district'>,
  typed: { group?: unknown; school?: unknown },
): Slice | undefined {
  const read = (by: 'group' | 'school') => {
    const code = typed[by]
    if (code === undefined || code === '') return null
    return named(source, by).find((one) => one.code === code)?.code
  }
  const [group, school] = [read('group'), read('school')]
  return group === undefined || school === undefined ? undefined : { school, group }
}
