import type { Worded } from '../../language/text.ts'
import type { WavesPage } from '../../report/wavesPage.ts'
import type { FieldProblem } from './account.ts'

/** views/office/series-list.ejs: every series. */
export type SeriesListPage = {
  list: { id: number; name: Worded; waves: number }[]
  problems: FieldProblem[]
  done: string | undefined
}

/** Something that is asked in one wave: its code and its words. */
export type Asked = { code: string; words: Worded }

/** Two neighbours, and where their questions part. */
export type Neighbours = {
  before: { id: number; label: Worded }
  after: { id: number; label: Worded }
  alike: number
  broken: { code: string; reasons: string[]; before: Worded; after: Worded }[]
  onlyBefore: Asked[]
  onlyAfter: Asked[]
  said: { before: string; after: string; reason: string; by: string }[]
}

/** views/office/series.ejs: one series, its waves and what is the same in them. */
export type SeriesPage = {
  id: number
  name: Worded
  waves: { survey: number; slug: string; title: Worded; label: Worded; day: string; dayWords: string }[]
  /** Surveys that are no wave yet. */
  others: { slug: string; title: Worded; day: string }[]
  neighbours: Neighbours[]
  problems: FieldProblem[]
  done: string | undefined
}

export type WavesPages = {
  'office/series-list': SeriesListPage
  'office/series': SeriesPage
  'report/waves': WavesPage
}
