import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { readBlt } from '../ranking/blt.ts'
import { field, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { district } from './fixture.ts'

const en = (words: string) => ({ en: words })
type Ballot = { order: string[]; n: number }
const cells = (html: string): string[][] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell),
  )
const count = (n: number) => n.toLocaleString('en')

/** The textbook case of a capital for Tennessee: Memphis leads, Knoxville wins the runoff, Nashville beats each other one. */
const capital: Ballot[] = [
  { order: ['memphis', 'nashville', 'chattanooga', 'knoxville'], n: 42 },
  { order: ['nashville', 'chattanooga', 'knoxville', 'memphis'], n: 26 },
  { order: ['chattanooga', 'knoxville', 'nashville', 'memphis'], n: 15 },
  { order: ['knoxville', 'chattanooga', 'nashville', 'memphis'], n: 17 },
]
const many = Array.from({ length: 16 }, (_, at) => `o${at + 1}`)
const aspen = new URL('../../../shared/samples/ballots/2009-Aspen-Mayor.blt', import.meta.url)

describe('a leader who reads a ranking', () => {
  let house: House
  let leader: ReturnType<typeof visitor>

  beforeAll(async () => {
    house = await openHouse()
    await house.stores.settings.setDistrict(district)
    await add(house.stores, 'leader')
    leader = visitor(house.app, { 'Accept-Language': 'en' })
    await leader.signIn('leader@example.org')
  })
  afterAll(() => house.close())

  async function ranked(slug: string, options: string[], ballots: Ballot[]) {
    const definition = {
      source: 'en',
      languages: ['en'],
      title: en(slug),
      sections: [
        {
          code: 'all',
          title: en('All'),
          questions: [
            { code: 'group', kind: 'profile', attribute: 'group', title: en('Who are you?'), options: [] },
            { code: 'school', kind: 'profile', attribute: 'school', title: en('Which?'), options: [] },
            {
              code: 'order',
              kind: 'ranking',
              title: en('In which order?'),
              options: options.map((code) => ({ code, label: en(`City ${code}`) })),
            },
          ],
        },
      ],
    }
    const survey = await field(house.stores, { slug, definition })
    const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
    await house.stores.responses.addMany(
      survey.id,
      ballots.flatMap(({ order, n }) =>
        Array.from({ length: n }, () =>
          settle(
            survey.questionnaire,
            { group: 'student', school: 'north', order: { order } },
            circumstances,
          ),
        ),
      ),
    )
    const { text: html } = await leader.open(`/reports/${slug}`)
    const { body } = await leader.open(`/reports/${slug}/data.json`)
    const [pairs = '', rounds = ''] = [...html.matchAll(/<details class="way">.*?<\/details>/gs)].map(
      ([one]) => one,
    )
    const json = body.questions.find(({ code }: { code: string }) => code === 'order')
    return { html, pairs, rounds, json }
  }

  /** What the page's tables must say, from the JSON alone. */
  function expected({ json }: Awaited<ReturnType<typeof ranked>>) {
    const { pairwise, irv, runoff } = json
    const mark = (n: number, other: number) => (n > other ? ' ✓' : n === other ? ' =' : '')
    return {
      pair: (a: string, b: string) =>
        a === b ? '–' : `${count(pairwise[a][b])}${mark(pairwise[a][b], pairwise[b][a])}`,
      counting: runoff.counting.map(count) as string[],
      rounds: irv.rounds as Record<string, number>[],
    }
  }

  function agree(read: Awaited<ReturnType<typeof ranked>>, codes: string[]) {
    const said = expected(read)
    const [head = [], ...rows] = cells(read.pairs)
    const order = head.slice(1).map((words) => words.replace('City ', ''))
    expect(order.toSorted()).toEqual(codes.toSorted())
    expect(rows).toEqual(order.map((a) => [`City ${a}`, ...order.map((b) => said.pair(a, b))]))
    const [, ...lines] = cells(read.rounds)
    expect(lines.at(-1)).toEqual(['Ballots that still count', ...said.counting])
    for (const [name = '', ...told] of lines.slice(0, -1)) {
      const n = said.rounds.map((totals) => totals[name.replace('City ', '')])
      expect(told.map((cell) => /\(([\d,]+)\)/.exec(cell)?.[1])).toEqual(
        n.map((one) => (one === undefined ? undefined : count(one))),
      )
    }
    expect(lines).toHaveLength(codes.length + 1)
  }

  it('sees each pair, who wins it, and the rounds of the runoff with their bases', async () => {
    const codes = ['memphis', 'nashville', 'chattanooga', 'knoxville']
    const read = await ranked('capital', codes, capital)
    agree(read, codes)
    expect(cells(read.pairs)[1]).toEqual(['City nashville', '–', '68 ✓', '68 ✓', '58 ✓'])
    expect(wordsOf(read.pairs)).toContain('City nashville wins against each other answer. 100 people ranked')
    expect(cells(read.rounds).slice(1, 4)).toEqual([
      ['City knoxville', '17% (17)', '32% (32)', '58% (58), wins'],
      ['City memphis', '42% (42)', '42% (42)', '42% (42)'],
      ['City nashville', '26% (26)', '26% (26), drops out', '–'],
    ])
    expect(wordsOf(read.rounds)).toContain('City knoxville has more than half in round 3: 58% (58).')
    const board = wordsOf((await leader.open('/reports/capital/board')).text)
    expect(board).toContain('68 ✓')
    expect(board).toContain('58% (58), wins')
  })

  it('gets both as files, and no others', async () => {
    const file = (table: string) => leader.open(`/reports/capital/charts/order.csv?table=${table}`)
    expect((await file('pairs')).text).toContain('nashville,City nashville,memphis,City memphis,58,42,100')
    expect((await file('rounds')).text).toMatch(/2,nashville,City nashville,26,100,1,0\r?\n/)
    expect((await file('other')).status).toBe(404)
  })

  it('is told where ballots stop counting, and where a tie was decided, and how', async () => {
    const read = await ranked(
      'level',
      ['a', 'b', 'c', 'd'],
      [
        { order: ['a'], n: 20 },
        { order: ['b'], n: 12 },
        { order: ['c'], n: 9 },
        { order: ['d', 'c'], n: 3 },
      ],
    )
    agree(read, ['a', 'b', 'c', 'd'])
    const said = wordsOf(read.rounds)
    expect(said).toContain(
      'Round 2: City b and City c were level. City c dropped out, since it was lowest in an earlier round.',
    )
    expect(said).toContain('Ballots that still count 44 44 32')
    const even = await ranked(
      'even',
      ['a', 'b'],
      [
        { order: ['a'], n: 20 },
        { order: ['b'], n: 20 },
      ],
    )
    agree(even, ['a', 'b'])
    expect(wordsOf(even.pairs)).toContain('No answer wins against each other answer.')
    expect(wordsOf(even.rounds)).toContain(
      'Round 1: City a and City b were level in this and all earlier rounds. City b is listed last of them, so it dropped out, by rule.',
    )
  })

  it('is led to the file where there are too many answers for a page, and sees the last rounds', async () => {
    const ballots = many.map((code, at) => ({ order: [code], n: 16 - Math.floor(at / 2) }))
    const { pairs, rounds, json } = await ranked('many', many, ballots)
    expect(pairs).not.toContain('<table')
    expect(wordsOf(pairs)).toContain('With 16 answers this table is too large for a page.')
    expect(json.irv.rounds.length).toBeGreaterThan(12)
    expect(wordsOf(rounds)).toContain(`The last 12 of ${json.irv.rounds.length} rounds are shown.`)
    expect(cells(rounds)[0]).toHaveLength(13)
    const csv = (await leader.open('/reports/many/charts/order.csv?table=pairs')).text
    expect(csv.trim().split('\n')).toHaveLength(1 + 16 * 15)
  })

  test.skipIf(!existsSync(aspen))('sees a real election as it was counted', async () => {
    const { options, ballots } = readBlt(readFileSync(aspen, 'utf8'))
    const codes = options.map((code) => `c${code}`)
    const read = await ranked(
      'aspen',
      codes,
      ballots.map(({ order, n }) => ({ order: order.map((code) => `c${code}`), n })),
    )
    agree(read, codes)
    expect(wordsOf(read.pairs)).toContain(`City ${read.json.condorcet} wins against each other answer.`)
  })
})
