import type { Worded } from '../../language/text.ts'
import type { ManifestLine } from '../../report/manifest.ts'
import type { WavesPage } from '../../report/waves/wavesPage.ts'
import type { WeightsPage } from '../../report/weights/weightsPage.ts'
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

/** views/office/earlier.ejs: results from another program, on their way in. `columns` empty: no file is being looked at. */
export type EarlierPage = {
  name: string
  windows: boolean
  /** Rows that somebody only sent to try the form. */
  tests: number
  surveys: { slug: string; title: Worded }[]
  series: { id: number; name: Worded }[]
  base: Worded | undefined
  remembered: boolean
  targets: { to: string; words: string; code: string }[]
  columns: {
    at: number
    letter: string
    heading: string
    sample: string[]
    to: string
    values: { value: string; n: number; code: string }[]
    more: number
    choices: { code: string; words: string }[]
  }[]
  order: 'mdy' | 'dmy'
  dated: boolean
  counts: {
    good: number
    bad: number
    dropped: number
    leftOut: number
    problems: { row: number; code: string; value: string }[]
  }
  typed: { base: string; slug: string; title: string; day: string; label: string; series: string }
  problems: FieldProblem[]
}

/** views/office/earlier-columns.ejs: what the columns of a file seem to be, where no survey asks the same. */
export type EarlierColumnsPage = {
  name: string
  windows: boolean
  tests: number
  remembered: boolean
  kinds: { code: string; words: string }[]
  columns: {
    at: number
    letter: string
    heading: string
    kind: string
    different: number
    sample: string[]
    favorable: string[]
  }[]
  /** The scales of the rated columns (`columns`: their letters). `places`: whether the office says the order. */
  scales: {
    id: string
    columns: string
    places: number
    points: { at: number; words: string; is: 'favorable' | 'other' | 'na'; place: number }[]
  }[]
  problems: FieldProblem[]
}

export type WavesPages = {
  'office/earlier-columns': EarlierColumnsPage
  'office/earlier': EarlierPage
  'office/series-list': SeriesListPage
  'office/series': SeriesPage
  'report/waves': WavesPage & { manifest: ManifestLine[] }
  'report/weights': WeightsPage & { manifest: ManifestLine[] }
}
