import { stances } from '../../climate/favorable.ts'
import { readPoint } from '../../response/together.ts'
import { countsWithin } from '../privacy/bounded.ts'
import type { QuestionReport } from '../report.ts'
import type { Count } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import { item as itemThing } from '../tally.ts'
import type { Layer } from './open.ts'
import { key } from './weights.ts'

type Asked = Pick<QuestionReport, 'question' | 'outline' | 'result'>

/** Everything that can be said to a question, or to an item of it, and how many of each place did, as leavesOpen takes it. */
export function layersOf(
  { question, outline, result }: Asked,
  source: ReportSource,
  item: string | null,
): Layer[] {
  const byCell = Map.groupBy(source.tally.cells.get(question.code) ?? [], ({ cell }) => cell)
  const counts = (cell: string) => byPlace(byCell.get(cell) ?? [])
  if (result?.measure === 'ranking') {
    const codes = new Set(result.options.map(({ code }) => code))
    const first = (ballot: string) => ballot.split('>')[0] ?? ''
    const ballots = [...byCell.keys()].filter((cell) => codes.has(first(cell)))
    return ballots.map((ballot) => ({ shares: [first(ballot)], counts: counts(ballot) }))
  }
  const within = withinOf(question.code, item ?? undefined, source)
  if (item === null) {
    const answered = byPlace(source.tally.people.get(question.code) ?? [])
    return (outline.options ?? []).map(({ code }): Layer => {
      const own = counts(code)
      const wrote = explained(source, code)
      const range = (place: string) => {
        const { least = 0, most = Number.POSITIVE_INFINITY } = within(place, code, own, own) ?? {}
        // Whoever explained it chose it.
        const fewest = Math.max(least, ...wrote.map((those) => those.get(place) ?? 0))
        return { least: fewest, most: Math.min(most, answered.get(place) ?? 0) }
      }
      return { shares: [code], counts: own, range }
    })
  }
  const reversed = outline.items?.find(({ code }) => code === item)?.reversed === true
  const stance = stances(outline.points ?? [], reversed)
  const rated = [...byCell].filter(([cell]) => {
    const read = readPoint(cell)
    return read.item === item && stance.get(read.point) === 'favorable'
  })
  const favorable = byPlace(rated.flatMap(([, rows]) => rows))
  return [...stance].map(([point, is]): Layer => {
    const own = counts(`${item}=${point}`)
    if (is !== 'favorable') return { shares: [point], counts: own }
    return { shares: [point, '+'], counts: own, range: (place) => within(place, 'favorable', favorable, own) }
  })
}

/** How many explained an option in words, by place, for every question that asks why. */
const explained = ({ comments }: ReportSource, option: string): Map<string, number>[] =>
  [
    ...Map.groupBy(
      comments.filter(({ about }) => about === option),
      ({ question }) => question,
    ).values(),
  ].map(byPlace)

/** How many can have said a thing at a place, where a bound is told of `all` that it is one of. */
function withinOf(question: string, item: string | undefined, source: ReportSource) {
  const thing = item === undefined ? question : itemThing(question, item)
  return (
    place: string,
    code: string,
    all: ReadonlyMap<string, number>,
    own: ReadonlyMap<string, number>,
  ) => {
    const [group = '', school = ''] = place.split('|')
    const n = source.veil(thing, { school, group })
    const bound = n === null ? undefined : source.told(question, item).bound({ school, group }, code)
    if (n === null || !bound) return undefined
    const others = (all.get(place) ?? 0) - (own.get(place) ?? 0)
    const { least, most } = countsWithin(bound, n)
    return { least: Math.max(0, least - others), most: most - others }
  }
}

function byPlace(counts: readonly Count[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { school, group, n } of counts) {
    const place = key(school, group)
    found.set(place, n + (found.get(place) ?? 0))
  }
  return found
}
