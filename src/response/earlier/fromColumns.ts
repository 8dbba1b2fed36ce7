import { type ColumnUse, valuesOf } from './read.ts'
import {
  type ColumnKind,
  type MadePoint,
  mostOptions,
  pointsOf,
  type Recognised,
  severalBy,
  stemOf,
} from './recognise.ts'
import { isNotApplicable } from './scales.ts'
import { dateColumn, languageColumn, plain } from './targets.ts'

/** Words that a made questionnaire needs and the file has not. */
export type Wording = {
  lang: string
  title: string
  section: string
  /** What a set of statements without a stem is headed by. */
  statements: string
  /** A point of a known scale that nobody in the file chose. */
  point: (scale: string, place: number) => string
  who: Record<'group' | 'school' | 'grade' | 'home', string>
}

type Rows = readonly (readonly string[])[]
type Column = Recognised & { heading: string; stem: string; row: string }

const attributes = { group: 'group', school: 'school', grade: 'grade', home: 'language' } as const
const isWho = (kind: ColumnKind): kind is keyof typeof attributes => Object.hasOwn(attributes, kind)

/**
 * A questionnaire that asks what the columns of a file answer, as a definition that is still to be checked, and how the
 * file is read with it. Neighbouring rated columns of one stem and one scale are rows of a grid; those of a ranking its
 * options. A kind of which there can be but one (time, language, who somebody is) is taken from the first column.
 */
export function fromColumns(
  headings: readonly string[],
  rows: Rows,
  kinds: readonly ColumnKind[],
  { lang, title, section, statements, point, who }: Wording,
): { definition: object; columns: ColumnUse[] } {
  const uses = headings.map((): ColumnUse => ({ to: '', values: {} }))
  const text = (words: string) => ({ [lang]: words.slice(0, 500) })
  const questions: object[] = []
  const profile: object[] = []
  const taken = new Set<ColumnKind>()
  const columns = headings.map((heading, at): Column => {
    const kind = kinds[at] ?? 'skip'
    return { at, kind, different: 0, heading: heading.trim() || `${at + 1}`, ...stemOf(heading) }
  })
  const said = (at: number, most = mostOptions) =>
    valuesOf(rows, at)
      .map(({ value }) => value)
      .slice(0, most)
  const set = (at: number, to: string, values: Record<string, string> = {}) => {
    uses[at] = { to, values }
  }
  const alone = (kind: ColumnKind): boolean => {
    if (taken.has(kind)) return false
    taken.add(kind)
    return true
  }
  const valuesFor = (at: number, points: readonly MadePoint[]) =>
    Object.fromEntries(
      said(at, 60).map((value) => [
        plain(value),
        isNotApplicable(value)
          ? 'na'
          : (points.find((one) => one.said.some((each) => plain(each) === plain(value)))?.code ?? ''),
      ]),
    )

  for (let from = 0; from < columns.length; ) {
    const column = columns[from] as Column
    const run = runOf(columns, from, said)
    const code = `q${column.at + 1}`
    const label = column.stem || column.heading
    from += run.length
    if (column.kind === 'date' && alone('date')) set(column.at, dateColumn)
    else if (column.kind === 'language' && alone('language')) set(column.at, languageColumn)
    else if (isWho(column.kind) && alone(column.kind)) {
      profile.push({
        code: column.kind,
        kind: 'profile',
        attribute: attributes[column.kind],
        title: text(who[column.kind]),
      })
      // What values stand for is guessed by the words of the district's own list.
      set(column.at, column.kind)
    } else if (column.kind === 'comment') {
      questions.push({ code, kind: 'text', title: text(column.heading) })
      set(column.at, code)
    } else if (column.kind === 'choice') {
      const options = said(column.at).map((value, at) => ({ code: `o${at + 1}`, label: text(value) }))
      if (options.length < 2) continue
      questions.push({ code, kind: 'single', title: text(column.heading), options })
      set(
        column.at,
        code,
        Object.fromEntries(said(column.at).map((value, at) => [plain(value), `o${at + 1}`])),
      )
    } else if (column.kind === 'several') {
      const by = severalBy(rows, column.at) ?? ';'
      const parts = new Map<string, string>()
      for (const row of rows)
        for (const part of (row[column.at] ?? '').split(by)) {
          const key = plain(part)
          if (key && !parts.has(key) && parts.size < mostOptions) parts.set(key, part.trim())
        }
      if (parts.size < 2) continue
      const options = [...parts.values()].map((value, at) => ({ code: `o${at + 1}`, label: text(value) }))
      questions.push({ code, kind: 'multiple', title: text(column.heading), options })
      set(column.at, code, Object.fromEntries([...parts.keys()].map((key, at) => [key, `o${at + 1}`])))
    } else if (column.kind === 'rank' && run.length > 1) {
      const options = run.map(({ row }, at) => ({ code: `o${at + 1}`, label: text(row) }))
      questions.push({ code, kind: 'ranking', title: text(label), options })
      run.forEach(({ at }, place) => {
        set(at, `${code}.o${place + 1}`)
      })
    } else if (column.kind === 'rating') {
      const all = [
        ...new Map(run.flatMap(({ at }) => said(at, 60)).map((value) => [plain(value), value])).values(),
      ]
      const points = pointsOf(all, point)
      if (points.length < 2) continue
      questions.push({
        code,
        kind: 'grid',
        title: text(column.stem || (run.length > 1 ? statements : column.heading)),
        items: run.map(({ row }, at) => ({ code: `i${at + 1}`, label: text(row) })),
        scale: points.map(({ said: _, label: words, ...one }) => ({ ...one, label: text(words) })),
        ...(all.some(isNotApplicable) && { notApplicable: true }),
      })
      run.forEach(({ at }, place) => {
        set(at, `${code}.i${place + 1}`, valuesFor(at, points))
      })
    }
  }
  return {
    definition: {
      source: lang,
      languages: [lang],
      title: text(title),
      sections: [{ code: 'all', title: text(section), questions: [...profile, ...questions] }],
    },
    columns: uses,
  }
}

/** Neighbours that make one question: the options of a ranking, or statements of one stem on one scale. */
function runOf(columns: readonly Column[], from: number, said: (at: number) => string[]): Column[] {
  const first = columns[from] as Column
  if (first.kind !== 'rank' && first.kind !== 'rating') return [first]
  const points = (at: number) => pointsOf(said(at), (code, place) => `${code} ${place}`)
  const own = points(first.at)
  // "Quite safe" and "quite important" stand at one place of a scale, and are not the same words.
  const fits = (other: readonly MadePoint[]) =>
    other.length === own.length &&
    other.every((point, at) => {
      const mine = own[at]
      if (!mine || mine.code !== point.code || mine.favorable !== point.favorable) return false
      const [a, b] = [mine.said[0], point.said[0]]
      return a === undefined || b === undefined || plain(a) === plain(b)
    })
  const run = [first]
  for (const next of columns.slice(from + 1)) {
    if (next.kind !== first.kind || next.stem !== first.stem) break
    if (first.kind === 'rating' && !fits(points(next.at))) break
    run.push(next)
  }
  return run
}
