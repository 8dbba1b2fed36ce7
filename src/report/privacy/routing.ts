import { comparisons } from '../../questionnaire/condition.ts'
import { type Comparison, type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { type Verdict, verdictsOf } from '../../questionnaire/groupsAsked.ts'
import { unansweredCell } from '../../response/together.ts'
import { type Count, holds, placeKey, type Slice } from '../slice.ts'
import { survey, type Tally } from '../tally.ts'
import type { Audience } from './audiences.ts'
import type { Shown, WithAudiences } from './suppression.ts'
import { tell } from './told.ts'

type Place = { school: string; group: string }

/** Who comes to which question, as everybody can read in the questionnaire. */
export type Routing = {
  /** Whether people of a school and group come to a question. */
  verdict: (question: string, place: Place) => Verdict
  /** Other answers that it depends on. */
  looksAt: (question: string) => readonly Pick<Comparison, 'question' | 'item'>[]
}

export function routingOf(questionnaire: Questionnaire): Routing {
  const all = questions(questionnaire)
  const code = (attribute: string) => all.find((question) => question.attribute === attribute)?.code
  const [school, group] = [code('school'), code('group')]
  const decided = new Map<string, ReadonlyMap<string, Verdict>>()
  const conditions = new Map(
    questionnaire.sections.flatMap((section) =>
      section.questions.map(
        (question) =>
          [question.code, [section.showIf, question.showIf].filter((one) => one !== undefined)] as const,
      ),
    ),
  )
  return {
    verdict: (question, place) => {
      const key = placeKey(place)
      const known =
        decided.get(key) ??
        verdictsOf(
          questionnaire,
          new Map([
            ...(school === undefined ? [] : [[school, place.school] as const]),
            ...(group === undefined ? [] : [[group, place.group] as const]),
          ]),
        )
      decided.set(key, known)
      return known.get(question)
    },
    looksAt: (question) =>
      (conditions.get(question) ?? [])
        .flatMap(comparisons)
        .filter((one) => one.question !== school && one.question !== group),
  }
}

/** What is told of a question because of who comes to it. */
export type Reached = {
  /** Which groups are asked each question that not every group is, the same at all schools. */
  audiences: Audience[]
  /** Slices of which a question may be told, as far as who comes to it is concerned; undefined where everybody does. */
  openIn: (question: string, whole: WithAudiences) => ((slice: Slice) => boolean) | undefined
}

/**
 * How many answered a question is printed beside it, and who comes to it stands in the questionnaire. So of a question
 * to families, a school's answers would tell how many of its staff are in the survey, and of one to those who said yes
 * before, how many did. The survey is therefore hidden as if every audience's size were told (suppression.ts), and where
 * it may not be, neither is the question.
 */
export function reached(
  tally: Tally,
  routing: Routing,
  {
    minimum,
    mayTell,
  }: { minimum: number; mayTell: (question: string, item: string | undefined, slice: Slice) => boolean },
): Reached {
  const everybody = tally.people.get(survey) ?? []
  const cameTo = (question: string) =>
    (tally.cells.get(question) ?? []).filter(({ cell }) => cell === '' || cell === unansweredCell)
  /** Groups that came to it and of whom everybody can see that nobody answered: who left it out is then known. */
  const silentIn = (question: string, asked: readonly Count[]): Set<string> => {
    const people = Map.groupBy(asked, ({ group }) => group)
    const answered = new Set((tally.people.get(question) ?? []).map(({ group }) => group))
    const large = (list: readonly Count[]) => list.reduce((sum, { n }) => sum + n, 0) >= minimum
    return new Set(
      [...people].flatMap(([group, list]) =>
        group !== '' && !answered.has(group) && large(list) ? [group] : [],
      ),
    )
  }
  const verdictsIn = (question: string) => {
    const came = new Set(cameTo(question).map(placeKey))
    return everybody.map((one) => {
      const verdict = routing.verdict(question, one)
      // Answers of an earlier version may be of people who would not come to it now.
      return { ...one, verdict: verdict === false && came.has(placeKey(one)) ? undefined : verdict }
    })
  }
  const groups = [...new Set(everybody.map(({ group }) => group))].sort()
  /** The groups that come to it; undefined where that is not the same at all schools. */
  const audienceOf = (verdicts: ReturnType<typeof verdictsIn>): string[] | undefined => {
    const asked = (group: string) =>
      new Set(verdicts.filter((one) => one.group === group).map(({ verdict }) => verdict !== false))
    return groups.some((group) => asked(group).size > 1)
      ? undefined
      : groups.filter((group) => asked(group).has(true))
  }
  const read = new Map(
    [...tally.cells.keys()]
      .filter((question) => question !== survey)
      .map((question) => [question, verdictsIn(question)] as const),
  )
  const audiences = new Map([...read].map(([question, verdicts]) => [question, audienceOf(verdicts)]))
  const named = new Map(
    [...audiences.values()]
      .filter((asked) => asked !== undefined && asked.length < groups.length)
      .map((asked) => [String(asked), new Set(asked)]),
  )
  return {
    audiences: [...named.values()].map((asked) => (group) => asked.has(group)),
    openIn: (question, whole) => {
      const verdicts = read.get(question) ?? []
      const asked = verdicts.filter(({ verdict }) => verdict !== false)
      const silent = silentIn(question, asked)
      if (silent.size === 0 && verdicts.every(({ verdict }) => verdict === true)) return undefined
      const audience = [...named.keys()].indexOf(String(audiences.get(question)))
      const follows = followsFrom(everybody, new Set(asked.map(placeKey)), whole)
      const spoken = asked.filter(({ group }) => !silent.has(group))
      const left = silent.size > 0 ? followsFrom(everybody, new Set(spoken.map(placeKey)), whole) : () => true
      const open = (slice: Slice) =>
        (follows(slice) || (slice.group === null && whole.tells(slice.school, audience))) &&
        (slice.school === null || left(slice))
      if (verdicts.every(({ verdict }) => verdict !== undefined)) return open
      // Coming to it is then an answer like another.
      const told = tell(asked, [{ code: 'came', counts: cameTo(question) }], whole, {
        ...{ whole: false, minimum, everybody: asked },
      })
      const before = routing.looksAt(question)
      return (slice) =>
        open(slice) && told.exact(slice) && before.every((one) => mayTell(one.question, one.item, slice))
    },
  }
}

/**
 * Whether how many of some places are in a slice follows from what is shown: where it does, telling it adds nothing.
 * All that is known of the hidden places are sums of a(school) + b(group); schools that are hidden have one a, since
 * they are known only together, and so have groups.
 */
function followsFrom(
  everybody: readonly Count[],
  some: ReadonlySet<string>,
  whole: Shown,
): (slice: Slice) => boolean {
  const row = (school: string) => (whole.size({ school, group: null }) === null ? 'rest' : `school ${school}`)
  const column = (group: string) => (whole.size({ school: null, group }) === null ? 'rest' : `group ${group}`)
  const hidden = everybody
    .filter((place) => place.n > 0 && whole.size(place) === null)
    .map((place) => ({ place, row: row(place.school), column: column(place.group) }))
  const beside = [Map.groupBy(hidden, (one) => one.row), Map.groupBy(hidden, (one) => one.column)] as const
  return (slice) => {
    const counted = (place: Place) => Number(holds(slice, place) && some.has(placeKey(place)))
    const [a, b] = [new Map<string, number>(), new Map<string, number>()]
    for (const start of beside[0].keys()) {
      if (a.has(start)) continue
      a.set(start, 0)
      const rows = [start]
      for (let next = rows.pop(); next !== undefined; next = rows.pop())
        for (const one of beside[0].get(next) ?? []) {
          if (b.has(one.column)) continue
          b.set(one.column, counted(one.place) - (a.get(next) ?? 0))
          for (const other of beside[1].get(one.column) ?? []) {
            if (a.has(other.row)) continue
            a.set(other.row, counted(other.place) - (b.get(one.column) ?? 0))
            rows.push(other.row)
          }
        }
    }
    return hidden.every((one) => (a.get(one.row) ?? 0) + (b.get(one.column) ?? 0) === counted(one.place))
  }
}
