import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { readPlan } from '../../src/plan/read.ts'
import { type Codebook, readCodebook } from '../../src/theme/codebook.ts'
import {
  type CodingRow,
  type CommentRow,
  tally,
  tallyBy,
  tallyByPriority,
  together,
} from '../../src/theme/tally.ts'

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as unknown
const comment = (comment: string, response: string, group = 'family', looked = true): CommentRow => ({
  comment,
  response,
  facets: { group },
  looked,
})
const by = (comment: string, theme: string, source: CodingRow['source'] = 'person', accepted = false) => ({
  comment,
  theme,
  source,
  accepted,
})

const comments = [
  comment('c1', 'r1'),
  comment('c2', 'r1'),
  comment('c3', 'r2', 'student'),
  comment('c4', 'r3', 'student'),
  comment('c5', 'r4', 'family', false),
]
const codings = [
  by('c1', 'a'),
  by('c2', 'a'),
  by('c2', 'b'),
  by('c3', 'a', 'model', true),
  by('c3', 'b', 'model'),
  by('c3', 'b', 'words'),
  by('c5', 'b'),
  by('c4', 'gone'),
]

describe('counting themes', () => {
  it('counts a person once for a theme, however many comments say it, and prints both bases', () => {
    const { themes, comments: looked, people, none, several } = tally(comments, codings, ['a', 'b'])
    expect([looked, people, none, several]).toEqual([4, 3, 1, true])
    expect(themes[0]).toEqual({ theme: 'a', comments: 3, people: 2, commentShare: 3 / 4, peopleShare: 2 / 3 })
  })

  it("counts a machine's code only when it was accepted", () => {
    const { themes } = tally(comments, codings, ['a', 'b'])
    expect(themes[1]).toMatchObject({ comments: 1, people: 1 })
  })

  it('parts by group', () => {
    const parts = tallyBy('group', comments, codings, ['a'])
    expect(parts.map(({ value, tally: { people } }) => [value, people])).toEqual([
      ['family', 1],
      ['student', 2],
    ])
    expect(tallyBy('constructor', comments, codings, ['a']).map(({ value }) => value)).toEqual([''])
  })

  it('counts themes that are said together', () => {
    expect(together(comments, codings, ['a', 'b'])).toEqual([{ a: 'a', b: 'b', comments: 1, people: 1 }])
  })

  it('counts a comment once for a priority, though two of its themes speak to it', () => {
    const codebook = readCodebook(json('templates/codebook.json')).codebook as Codebook
    const plan = readPlan(json('plans/hartford-2021-2024.json')).plan as Plan
    const rows = [by('c1', 'hiring'), by('c1', 'teacher-pipeline'), by('c3', 'tutoring')]
    const counts = tallyByPriority(comments, rows, codebook, plan)
    expect(counts.map(({ priority, count }) => [priority, count.comments])).toEqual([
      ['P1', 1],
      ['P2', 0],
      ['P3', 0],
      ['P4', 1],
    ])
  })

  it('never counts more people than comments, nor more than there are', () => {
    const rows = fc.array(
      fc.record({
        comment: fc.constantFrom('1', '2', '3', '4', '5', '6'),
        theme: fc.constantFrom('a', 'b', 'c'),
        source: fc.constantFrom<CodingRow['source']>('person', 'words', 'model'),
        accepted: fc.boolean(),
      }),
    )
    const written = ['1', '2', '3', '4', '5', '6'].map((one) => comment(one, `r${Number(one) % 4}`))
    fc.assert(
      fc.property(rows, (given) => {
        const counted = tally(written, given, ['a', 'b', 'c'])
        for (const { comments: n, people, commentShare } of counted.themes) {
          expect(people <= n && n <= counted.comments && people <= counted.people).toBe(true)
          expect(commentShare).toBe(n / 6)
        }
      }),
      { numRuns: 60 },
    )
    expect(tally([], [], ['a']).themes[0]?.commentShare).toBeNull()
  })
})
