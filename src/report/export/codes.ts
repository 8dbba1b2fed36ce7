import { guardCell } from '../../response/formula.ts'
import { type Accepted, modelName, type Said, verdicts } from '../../theme/verdicts.ts'

/** A comment as it goes out with its codes. */
export type CodedComment = {
  id: number
  question: string
  about: string | null
  language: string
  words: string
  group: string
  school: string
}

/**
 * A theme that somebody or something put on a comment. `theme` is what was said then, by `version` of the codebook;
 * `now` what has become of it, null when it counts for nothing.
 */
export type GivenCode = Omit<Said, 'theme'> & { theme: string; now: string | null; version: number }

/** Everything of one survey, so many comments at a time. `sizes`: responses by group and school; `minimum`: the smallest group that is named. */
export type Codes = {
  pages: AsyncIterable<{ comments: readonly CodedComment[]; codings: readonly GivenCode[] }>
  readings: readonly { comment: number; version: number }[]
  acceptances: readonly Accepted[]
  sizes: readonly { group: string; school: string; n: number }[]
  minimum: number
}

const header = [
  ...['comment', 'question', 'about', 'language', 'group', 'school', 'words'],
  ...['theme', 'now', 'fits', 'source', 'by', 'confidence', 'codebook', 'counts'],
]

/**
 * What people wrote with the themes on it, as CSV rows: one for each code, and one without a theme for a comment that was
 * read and fits none. Who wrote stands there as at the coders' desk: a group and school of enough people, and no number
 * that leads to a response. `by`: "coder 1" for a person, numbered within this file, and the model or word lists by their
 * version. `counts`: whether reports count it. What was found to speak of danger is in no file.
 */
export async function* codes(of: Codes): AsyncGenerator<string[]> {
  yield header
  const readBy = new Map(of.readings.map(({ comment, version }) => [comment, version]))
  const coders = new Map<string, string>()
  for await (const page of of.pages) yield* rowsOf(page, of, readBy, coders)
}

function* rowsOf(
  page: { comments: readonly CodedComment[]; codings: readonly GivenCode[] },
  of: Codes,
  readBy: ReadonlyMap<number, number>,
  coders: Map<string, string>,
): Generator<string[]> {
  const today = page.codings.flatMap(({ now, theme: _, version: __, ...one }) =>
    now === null ? [] : [{ ...one, theme: now }],
  )
  const counted = new Map(
    verdicts(
      today,
      page.comments.flatMap(({ id }) => (readBy.has(id) ? [{ comment: id }] : [])),
      of.acceptances,
    ).codings.map(({ comment, theme, source }) => [`${comment} ${theme}`, source]),
  )
  const given = Map.groupBy(page.codings, ({ comment }) => comment)
  const nameOf = ({ source, who }: GivenCode) => {
    if (source === 'words' || source === 'model') return who
    const name = coders.get(who) ?? `coder ${coders.size + 1}`
    coders.set(who, name)
    return name
  }
  for (const comment of page.comments) {
    const about = [...placed(comment, of), guardCell(comment.words)]
    const here = given.get(comment.id) ?? []
    for (const code of here) {
      const { theme, now, verdict, source, confidence, version } = code
      const counts = counted.get(`${comment.id} ${now}`)
      const own = source === 'model' ? counts === 'model' && accepted(code, of) : counts === 'person'
      yield [
        ...[...about, theme, now ?? '', verdict ? '1' : '0', source, nameOf(code)],
        ...[confidence === null ? '' : String(confidence), String(version)],
        verdict && source !== 'words' && own ? '1' : '0',
      ]
    }
    const version = readBy.get(comment.id)
    if (version !== undefined && !here.some(({ source }) => source === 'person' || source === 'settled'))
      yield [...about, '', '', '', 'person', '', '', String(version), '1']
  }
}

const accepted = ({ who, now, confidence }: GivenCode, { acceptances }: Codes): boolean =>
  acceptances.some(
    (one) => one.theme === now && modelName(one.model) === who && (confidence ?? 0) >= one.confidence,
  )

function placed({ id, question, about, language, group, school }: CodedComment, of: Codes): string[] {
  const size = (inSchool: string) =>
    of.sizes.reduce(
      (sum, one) => sum + (one.group === group && (inSchool === '' || one.school === inSchool) ? one.n : 0),
      0,
    )
  const named = group !== '' && size('') >= of.minimum
  const there = named && school !== '' && size(school) >= of.minimum
  return [String(id), question, about ?? '', language, named ? group : '', there ? school : '']
}
