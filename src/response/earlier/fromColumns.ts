import type { Column } from './columns.ts'
import { listOf, type Part } from './lists.ts'
import { plain } from './plain.ts'
import type { FoundScale } from './rated.ts'
import type { ColumnUse } from './read.ts'
import { type ColumnKind, mostOptions } from './recognise.ts'
import { dateColumn, isYes, languageColumn, placeColumn } from './targets.ts'

/** Words that a made questionnaire needs and the file has not. */
export type Wording = {
  lang: string
  title: string
  section: string
  /** What a set of statements without a stem is headed by. */
  statements: string
  /** A point of a known scale that nobody in the file chose. */
  point: (place: number) => string
  /** The option of those who wrote an answer of their own. */
  other: string
  who: Record<'group' | 'school' | 'grade' | 'home', string>
}

/** A file, what its columns are, and the scales of those that are rated. */
export type Made = {
  columns: readonly Column[]
  body: readonly (readonly string[])[]
  kinds: readonly ColumnKind[]
  scales: readonly FoundScale[]
}

const attributes = { group: 'group', school: 'school', grade: 'grade', home: 'language' } as const
const isWho = (kind: ColumnKind): kind is keyof typeof attributes => Object.hasOwn(attributes, kind)
const places: readonly ColumnKind[] = ['rank', 'place']
/** Columns of these kinds make one question with others. */
const together: readonly ColumnKind[] = ['rating', 'tick', ...places]

/**
 * A questionnaire that asks what the columns of a file answer, as a definition that is still to be checked, and how the
 * file is read with it. Rated columns of one stem and one scale are rows of a grid; those of a ranking its options or
 * places, and ticks the options of one question. A kind of which there can be but one (time, language, who somebody is)
 * is taken from the first column.
 */
export function fromColumns(
  { columns, body, kinds, scales }: Made,
  wording: Wording,
): { definition: object; columns: ColumnUse[] } {
  const { lang, title, section } = wording
  const uses = columns.map((): ColumnUse => ({ to: '', values: {} }))
  const text = (words: string) => ({ [lang]: words.slice(0, 500) })
  const set = (at: number, to: string, values: Record<string, string> = {}) => {
    uses[at] = { to, values }
  }
  const questions: object[] = []
  const profile: object[] = []
  const taken = new Set<ColumnKind>()
  const alone = (kind: ColumnKind): boolean => {
    const first = !taken.has(kind)
    taken.add(kind)
    return first
  }
  const kindAt = (at: number): ColumnKind => kinds[at] ?? 'skip'
  const scaleAt = (at: number) => scales.find((scale) => scale.columns.includes(at))
  const done = new Set<number>()

  for (const column of columns) {
    const { at, heading, values } = column
    const kind = kindAt(at)
    if (done.has(at) || kind === 'skip') continue
    const run = together.includes(kind)
      ? runOf(column, columns, (other) => kindAt(other) === kind && scaleAt(other) === scaleAt(at))
      : [column]
    for (const one of run) done.add(one.at)
    const code = `q${at + 1}`
    const words = heading.stem && run.length === 1 ? heading.whole : heading.row
    const label = heading.stem || words
    const add = (question: object) => questions.push({ code, title: text(label), ...question })
    const options = (labels: string[]) =>
      labels.map((one, place) => ({ code: `o${place + 1}`, label: text(one) }))

    if (kind === 'date') {
      if (alone(kind)) set(at, dateColumn)
    } else if (kind === 'language') {
      if (alone(kind)) set(at, languageColumn)
    } else if (isWho(kind)) {
      if (!alone(kind)) continue
      profile.push({
        code: kind,
        kind: 'profile',
        attribute: attributes[kind],
        title: text(wording.who[kind]),
      })
      // What values stand for is guessed by the words of the district's own list.
      set(at, kind)
    } else if (kind === 'comment') {
      add({ kind: 'text', title: text(words) })
      set(at, code)
    } else if (kind === 'choice' || kind === 'several' || kind === 'order') {
      const filled = body.map((row) => row[at] ?? '')
      const parts = kind === 'choice' ? values : (listOf(filled)?.parts ?? values)
      const { shown, folded } = optionsOf(parts, column.filled)
      if (shown.length < 2) continue
      const all = options(shown.map(({ value }) => value))
      const other = { code: 'other', label: text(wording.other), other: true }
      add({
        kind: kind === 'choice' ? 'single' : kind === 'several' ? 'multiple' : 'ranking',
        title: text(words),
        options: folded.length > 0 && kind !== 'order' ? [...all, other] : all,
      })
      set(at, code, {
        ...codesOf(shown),
        ...(kind !== 'order' && Object.fromEntries(folded.map(({ value }) => [plain(value), 'other']))),
      })
    } else if (kind === 'tick') {
      if (run.length < 2) continue
      add({
        kind: 'multiple',
        options: run.map((one, place) => ({
          code: `o${place + 1}`,
          label: text(one.heading.other ? wording.other : one.heading.row),
          ...(one.heading.other && { other: true }),
        })),
      })
      // A column may say its own words, or those of another language, where the option was chosen.
      run.forEach((one, place) => {
        const only = one.values.length === 1 ? one.values[0]?.value : undefined
        const chose = only !== undefined && (isYes(plain(only)) || plain(only) === plain(one.heading.row))
        set(one.at, `${code}.o${place + 1}`, chose ? { [plain(only)]: '1' } : {})
      })
    } else if (places.includes(kind)) {
      if (run.length < 2) continue
      const said = new Map(
        run.flatMap((one) => one.values.map(({ value }) => [plain(value), value] as const)),
      )
      const labels = kind === 'rank' ? run.map((one) => one.heading.row) : [...said.values()]
      if (labels.length < 2 || labels.length > mostOptions) continue
      add({ kind: 'ranking', options: options(labels) })
      run.forEach((one, place) => {
        if (kind === 'rank') set(one.at, `${code}.o${place + 1}`)
        else if (place < labels.length)
          set(one.at, placeColumn(code, place + 1), codesOf(labels.map((value) => ({ value, n: 0 }))))
      })
    } else if (kind === 'rating') {
      const scale = scaleAt(at)
      if (!scale || scale.points.length < 2) continue
      add({
        kind: 'grid',
        title: text(heading.stem || (run.length > 1 ? wording.statements : words)),
        items: run.map((one, place) => ({ code: `i${place + 1}`, label: text(one.heading.row) })),
        scale: scale.points.map(({ said: _, label: name, ...point }, place) => ({
          ...point,
          label: text(name || wording.point(place)),
        })),
        ...(scale.na.length > 0 && { notApplicable: true }),
      })
      run.forEach((one, place) => {
        set(one.at, `${code}.i${place + 1}`, pointsFor(one, scale))
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

const codesOf = (shown: readonly Part[]): Record<string, string> =>
  Object.fromEntries(shown.map(({ value }, at) => [plain(value), `o${at + 1}`]))

function pointsFor({ values }: Column, { points, na }: FoundScale): Record<string, string> {
  const out = new Set(na.map(plain))
  return Object.fromEntries(
    values.slice(0, 60).map(({ value }) => {
      const here = points.find((point) => point.said.some((one) => plain(one) === plain(value)))
      return [plain(value), out.has(plain(value)) ? 'na' : (here?.code ?? '')]
    }),
  )
}

/**
 * The options of a choice. What single people wrote beside the options of many tells too much to be one, and is folded
 * into "Other".
 */
function optionsOf(parts: readonly Part[], filled: number): { shown: Part[]; folded: Part[] } {
  const rare = (one: Part) => one.n <= Math.max(1, filled / 200)
  const [usual, few] = [parts.filter((one) => !rare(one)), parts.filter(rare)]
  const fold = usual.length >= 2 && (few.length >= 3 || parts.length > mostOptions)
  return fold
    ? { shown: usual.slice(0, mostOptions), folded: few }
    : { shown: parts.slice(0, mostOptions), folded: [] }
}

/**
 * The columns that make one question with this one: those of one stem, wherever what people wrote stands between; for
 * statements without a stem, neighbors on one scale.
 */
function runOf(first: Column, columns: readonly Column[], alike: (at: number) => boolean): Column[] {
  const run = [first]
  for (const next of columns.slice(first.at + 1)) {
    if (next.heading.stem !== first.heading.stem) break
    if (alike(next.at)) run.push(next)
    else if (!next.heading.stem) break
  }
  return run
}
