import { namesFavorable, stances } from '../../climate/favorable.ts'
import { readTogether } from '../../climate/gaps.ts'
import {
  type Coded,
  changeOfPairs,
  matchPairs,
  type PairedChange,
  type SideCount,
} from '../../climate/pairs.ts'
import { findQuestion, type Questionnaire } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { matchingParts } from '../../questionnaire/matching.ts'
import type { Answers } from '../../response/response.ts'
import { readPoint } from '../../response/together.ts'
import { boundOf } from '../privacy/bounded.ts'
import { lineUp } from './meaning.ts'

/** One response with the version that it answered. */
export type Answered = { questionnaire: Questionnaire; answers: Answers }

/** One asking: the questionnaire that is asked now, and everybody's answers. */
export type Asking = { questionnaire: Questionnaire; responses: readonly Answered[] }

export type PairedRead = NonNullable<PairedChange['change']> & { holm: number; beyondChance: boolean }

/**
 * How matched people changed in one item. `why`: nothing is told, since too few gave a point both times (`few`), since
 * the others could be worked out by subtraction (`rest`), or since nearly all said alike (`alike`); or it is not told
 * how many turned, nor what is made of that, since nearly all or nearly none of few people did (`turned`).
 */
export type PairedItem = { asked: string } & (
  | { n: number; before: number; after: number; gained: number; lost: number; change: PairedRead; why: null }
  | { n: number; before: number; after: number; gained: null; lost: null; change: null; why: 'turned' }
  | {
      n: null
      before: null
      after: null
      gained: null
      lost: null
      change: null
      why: 'few' | 'rest' | 'alike'
    }
)

export type PairedReport = { before: SideCount; after: SideCount; items: PairedItem[] }

/** The code of a person as its parts were answered; null when one is missing. Letters part them, so that 1 12 is not 11 2. */
export const personCode = (answers: Answers, parts: readonly string[]): string | null => {
  const given = parts.map((part) => answers[part])
  return given.some((one) => one === undefined || one === null) ? null : given.map(String).join('X')
}

/**
 * The same people before and after, matched by the code that each made up: who could be matched, and how what they say
 * changed in everything that both ask alike. Undefined where the two do not ask for the same code. Nothing is told of
 * fewer than `minimum` people, nor of those who are left when the matched are taken from all, and of both no share near
 * an end where they are few. `told`: whether the reader is told what everyone said to it, both times; where not, the
 * matched could be everyone.
 */
export function pairedOf(
  before: Asking,
  after: Asking,
  minimum: number,
  told: (asked: string) => boolean = () => true,
): PairedReport | undefined {
  const parts = matchingParts(before.questionnaire, after.questionnaire)
  if (parts.length === 0) return undefined
  const coded = ({ responses }: Asking, codes: string[]): Coded<Answered>[] =>
    responses.map((one) => ({ code: personCode(one.answers, codes), value: one }))
  const matching = matchPairs(
    coded(
      before,
      parts.map((part) => part.before),
    ),
    coded(
      after,
      parts.map((part) => part.after),
    ),
  )
  const items = lineUp(before.questionnaire, after.questionnaire).alike.flatMap((asked) => {
    const question = findQuestion(before.questionnaire, asked.split('.')[0] ?? '')
    if (!question) return []
    const { measure, outline } = kindOf(question)
    return measure === 'points' && namesFavorable(outline(question).points ?? []) ? [asked] : []
  })
  const read = items
    .filter(told)
    .map((asked): { item: PairedItem; change?: NonNullable<PairedChange['change']> } => {
      const paired = changeOfPairs(
        matching.pairs.map((pair) => ({
          before: favors(pair.before, asked),
          after: favors(pair.after, asked),
        })),
      )
      const [first, then] = [paired.both + paired.lost, paired.both + paired.gained]
      const others = [before, after].map(({ responses }, at) => {
        const given = responses.map((one) => favors(one, asked)).filter((one) => one !== null)
        return {
          n: given.length - paired.n,
          favorable: given.filter(Boolean).length - (at === 0 ? first : then),
        }
      })
      const nothing = { n: null, before: null, after: null, gained: null, lost: null, change: null }
      if (paired.n < minimum || !paired.change) return { item: { asked, ...nothing, why: 'few' } }
      if (others.some(({ n, favorable }) => n > 0 && (n < minimum || boundOf(favorable, n))))
        return { item: { asked, ...nothing, why: 'rest' } }
      if (boundOf(first, paired.n) || boundOf(then, paired.n))
        return { item: { asked, ...nothing, why: 'alike' } }
      const { n, gained, lost, change } = paired
      if (boundOf(gained, n) || boundOf(lost, n)) {
        const shares = { n, before: first / n, after: then / n }
        return { item: { asked, ...shares, gained: null, lost: null, change: null, why: 'turned' } }
      }
      return {
        item: {
          asked,
          n,
          before: first / n,
          after: then / n,
          gained,
          lost,
          change: { ...change, holm: 1, beyondChance: false },
          why: null,
        },
        change,
      }
    })
  const changes = readTogether(read.flatMap(({ change }) => change ?? []))
  let next = 0
  return {
    before: matching.before,
    after: matching.after,
    items: read.map(({ item }): PairedItem => {
      const change = item.why === null ? changes[next++] : undefined
      return item.why === null && change ? { ...item, change } : item
    }),
  }
}

/** Whether a person favors an item; null when they gave it no point, or it does not apply to them. */
function favors({ questionnaire, answers }: Answered, asked: string): boolean | null {
  const [code = '', row = code] = asked.split('.')
  const question = findQuestion(questionnaire, code)
  const answer = answers[code]
  if (!question || answer === undefined) return null
  const kind = kindOf(question)
  const { points = [], items = [] } = kind.outline(question)
  const given = kind
    .cells(question, answer)
    .map(readPoint)
    .find(({ item }) => item === row)
  const reversed = items.find((one) => one.code === row)?.reversed === true
  const stance = given && stances(points, reversed).get(given.point)
  return stance === undefined ? null : stance === 'favorable'
}
