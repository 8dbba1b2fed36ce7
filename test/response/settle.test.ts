import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import type { Answers } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import { citingCells, scaleCells } from '../../src/response/together.ts'
import { walk } from '../../src/response/walk.ts'
import { checked } from '../questionnaire/checked.ts'
import commentAbout from '../questionnaires/commentAbout.ts'
import hiddenChain from '../questionnaires/hiddenChain.ts'
import { anyVisit } from './anyAnswers.ts'

const sent = { version: 3, language: 'es', channel: 'web', hour: Date.UTC(2021, 4, 12, 19, 47, 12) } as const
const why = { words: 'Because', language: 'es' }

describe('a response that is sent', () => {
  it('keeps version, language and channel, and of the time only the hour', () => {
    const settled = settle(checked(commentAbout), {}, sent)
    expect(settled).toMatchObject({
      version: 3,
      language: 'es',
      channel: 'web',
      hour: Date.UTC(2021, 4, 12, 19),
    })
    expect(JSON.stringify(settled)).not.toContain(String(sent.hour))
  })

  it('counts itself even when nothing was answered, and what was left out', () => {
    expect(settle(checked(commentAbout), {}, sent)).toMatchObject({
      answers: {},
      cells: [
        { question: '', cell: '' },
        { question: 'goal', cell: '-' },
        { question: 'why', cell: '-' },
        { question: 'who', cell: '-' },
        { question: 'school', cell: '-' },
      ],
      comments: [],
      group: '',
      school: '',
    })
  })

  it('keeps a comment with the option that its writer chose, or with none', () => {
    const comments = (answers: Answers) => settle(checked(commentAbout), answers, sent).comments
    expect(comments({ goal: 'arts', why })).toEqual([{ question: 'why', about: 'arts', ...why }])
    expect(comments({ why })).toEqual([{ question: 'why', about: null, ...why }])
    expect(comments({ goal: 'forged', why })).toEqual([{ question: 'why', about: null, ...why }])
  })

  it('knows the group and school by which reports filter', () => {
    expect(settle(checked(commentAbout), { who: 'family', school: 'north' }, sent)).toMatchObject({
      group: 'family',
      school: 'north',
    })
    expect(settle(checked(commentAbout), { who: 'superintendent' }, sent).group).toBe('')
  })

  it('drops what a changed answer took off the path, down the whole chain', () => {
    const given = { a: 'no', b: 'yes', c: 'yes', why }
    const { answers, cells, comments } = settle(checked(hiddenChain), given, sent)
    expect(answers).toEqual({ a: 'no' })
    expect(cells.filter(({ cell }) => cell !== '-').map(({ question }) => question)).toEqual(['', 'a', 'a'])
    expect(comments).toEqual([])
  })
})

describe('whatever was answered', () => {
  const always = (
    check: (
      settled: ReturnType<typeof settle>,
      visit: { questionnaire: ReturnType<typeof checked>; answers: Answers },
    ) => void,
  ) =>
    fc.assert(
      fc.property(anyVisit, (visit) => {
        check(settle(visit.questionnaire, visit.answers, sent), visit)
      }),
      { numRuns: 300 },
    )

  it('settling what was settled changes nothing', () => {
    always((settled, { questionnaire }) =>
      expect(settle(questionnaire, settled.answers, sent)).toEqual(settled),
    )
  })

  it('what was given is kept as it was or dropped, never changed', () => {
    always((settled, { answers }) => {
      for (const [code, answer] of Object.entries(settled.answers)) expect(answer).toBe(answers[code])
    })
  })

  it('the counts are those of the answers kept: one for the response, one for each answer or question left out, and the answer’s cells', () => {
    always(({ answers, cells }, { questionnaire }) => {
      const expected = Object.entries(answers).flatMap(([code, answer]) => {
        const question = findQuestion(questionnaire, code) as Question
        const own = kindOf(question).cells(question, answer)
        return ['', ...own, ...scaleCells(question, own)].map((cell) => `${code} ${cell}`)
      })
      const cited = citingCells(questionnaire, cells).map(({ question, cell }) => `${question} ${cell}`)
      const left = walk(questionnaire, answers, [])
        .steps.flatMap(({ questions }) => questions.map(({ code }) => code))
        .filter((code) => answers[code] === undefined)
        .map((code) => `${code} -`)
      expect(cells.map(({ question, cell }) => `${question} ${cell}`).sort()).toEqual(
        [' ', ...expected, ...new Set(left), ...cited].sort(),
      )
      expect(new Set(cells.map(({ question, cell }) => `${question} ${cell}`)).size).toBe(cells.length)
    })
  })

  it('there are as many comments as answers in words', () => {
    always(({ answers, comments }, { questionnaire }) => {
      const inWords = Object.keys(answers).filter(
        (code) => findQuestion(questionnaire, code)?.kind === 'text',
      )
      expect(comments.map(({ question }) => question).sort()).toEqual(inWords.sort())
    })
  })
})
