import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeSchema, questions } from '../../src/questionnaire/definition.ts'
import { changes } from '../../src/questionnaire/edit/changes.ts'
import { codedLists, codeFrom, frozenBy } from '../../src/questionnaire/edit/codes.ts'
import { merge } from '../../src/questionnaire/edit/merge.ts'
import { editQuestion } from '../../src/questionnaire/edit/question.ts'
import {
  addQuestion,
  changeQuestion,
  moveQuestion,
  removeQuestion,
} from '../../src/questionnaire/edit/questions.ts'
import { duplicateSection, removeSection } from '../../src/questionnaire/edit/sections.ts'
import { tidy } from '../../src/questionnaire/edit/tidy.ts'
import { anyStep, done, preset, start } from './steps.ts'

const codes = (list: { code: string }[]) => list.map(({ code }) => code)
const anySteps = fc.array(anyStep, { maxLength: 12 })

describe('whatever is done to a questionnaire', () => {
  it('sections, questions and their parts never share a code', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const made = done(steps)
        const lists = [
          codes(made.sections),
          codes(questions(made)),
          ...questions(made).flatMap((question) => codedLists(question).map(([, list]) => codes(list))),
        ]
        for (const list of lists) {
          expect(new Set(list).size).toBe(list.length)
          for (const code of list) expect(codeSchema.safeParse(code).success).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a step is taken back by merging what was before it, also when others have gone on since', () => {
    fc.assert(
      fc.property(anySteps, anyStep, (steps, step) => {
        const before = done(steps)
        const made = step(before)
        expect(merge(made, before, made)).toEqual({ questionnaire: tidy(before), clashes: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('what one person did alone is the whole of the merged questionnaire', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const made = tidy(done(steps))
        expect(merge(start, made, start)).toEqual({ questionnaire: made, clashes: [] })
        expect(merge(start, start, made)).toEqual({ questionnaire: made, clashes: [] })
        expect(merge(start, made, made)).toEqual({ questionnaire: made, clashes: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('no question of either person is lost without somebody being asked', () => {
    fc.assert(
      fc.property(anySteps, anySteps, (mine, theirs) => {
        const [my, their] = [tidy(done(mine)), tidy(done(theirs))]
        const { questionnaire, clashes } = merge(start, my, their)
        const kept = codes(questions(questionnaire))
        expect(new Set(kept).size).toBe(kept.length)
        expect(new Set(codes(questionnaire.sections)).size).toBe(questionnaire.sections.length)
        for (const { code } of questions(start)) {
          const both = codes(questions(my)).includes(code) && codes(questions(their)).includes(code)
          if (both) expect(kept).toContain(code)
        }
        // What both added counts twice, unless it is the very same.
        const added = (made: typeof start) =>
          questions(made).filter(({ code }) => !codes(questions(start)).includes(code))
        for (const one of [...added(my), ...added(their)])
          expect(
            questions(questionnaire).some(
              ({ title, kind }) => kind === one.kind && title.en === one.title.en,
            ),
          ).toBe(true)
        for (const { mine: a, theirs: b } of clashes) expect(a).not.toEqual(b)
      }),
      { numRuns: 300 },
    )
  })
})

describe('merging two people’s work', () => {
  const retitled = (code: string, en: string) =>
    changeQuestion(start, code, (question) => ({ ...question, title: { ...question.title, en } }))

  it('takes both when they changed different questions, and both words of one question in two languages', () => {
    const mine = retitled('ride', 'Mine')
    const theirs = changeQuestion(retitled('rate', 'Theirs'), 'ride', (question) => ({
      ...question,
      title: { ...question.title, es: 'Suyo' },
    }))
    const { questionnaire, clashes } = merge(start, mine, theirs)
    expect(clashes).toEqual([])
    const titled = (code: string) => questions(questionnaire).find((one) => one.code === code)?.title
    expect(titled('ride')).toMatchObject({ en: 'Mine', es: 'Suyo' })
    expect(titled('rate')).toMatchObject({ en: 'Theirs' })
  })

  it('tells what both changed, and takes what a person decides', () => {
    const [mine, theirs] = [retitled('ride', 'Mine'), retitled('ride', 'Theirs')]
    const { clashes } = merge(start, mine, theirs)
    expect(clashes).toMatchObject([
      { key: 'choices/ride/title/en', base: 'Which way?', mine: 'Mine', theirs: 'Theirs' },
    ])
    const settled = merge(start, mine, theirs, new Map([['choices/ride/title/en', 'theirs']]))
    expect(settled).toEqual({ questionnaire: tidy(theirs), clashes: [] })
  })

  it('asks before a question goes that the other has worked on', () => {
    const { clashes } = merge(start, removeQuestion(start, 'ride'), retitled('ride', 'Theirs'))
    expect(clashes).toMatchObject([{ key: 'choices/ride', mine: undefined }])
  })

  it('keeps a section that one took out while the other put a question into it', () => {
    const theirs = addQuestion(start, 'order', { kind: 'text', title: { en: 'New' } }, preset)
    const { questionnaire, clashes } = merge(start, removeSection(start, 'order'), theirs.questionnaire)
    expect(clashes).toEqual([])
    expect(questionnaire.sections.map(({ code, questions }) => [code, codes(questions)])).toContainEqual([
      'order',
      ['new'],
    ])
  })

  it('keeps a move of one and a change of the other', () => {
    const { questionnaire, clashes } = merge(
      start,
      moveQuestion(start, 'climate', -1),
      retitled('climate', 'New'),
    )
    expect(clashes).toEqual([])
    expect(codes(questionnaire.sections[0]?.questions ?? [])).toEqual(['ride', 'ride_why', 'news', 'climate'])
    expect(questions(questionnaire).find(({ code }) => code === 'climate')?.title.en).toBe('New')
  })
})

describe('codes', () => {
  it.each([
    ['Do you feel safe at school?', 'do_you_feel_safe_at_school'],
    ['¿Cómo es su escuela?', 'como_es_su_escuela'],
    ['2nd choice', 'nd_choice'],
    ['هل تشعر بالأمان؟', 'question'],
    ['constructor', 'question'],
  ])('"%s" gives %s', (words, code) => {
    expect(codeFrom(words, [], 'question')).toBe(code)
  })

  it('a code is not used again for something else once it was published', () => {
    const frozen = frozenBy([start])
    const emptied = removeQuestion(start, 'news')
    const added = addQuestion(emptied, 'choices', { kind: 'text', title: { en: 'News' } }, preset, frozen)
    expect(added.code).toBe('news_2')
  })

  it('a copied section looks at its own questions', () => {
    const { questionnaire, code } = duplicateSection(start, 'choices')
    const copy = questionnaire.sections.find((section) => section.code === code)
    expect(copy?.questions.map(({ code, about }) => [code, about])).toEqual([
      ['ride_2', undefined],
      ['ride_why_2', 'ride_2'],
      ['news_2', undefined],
    ])
  })
})

describe('the form of a question', () => {
  const edited = (code: string, body: Record<string, string | string[]>, frozen = frozenBy([])) =>
    editQuestion(start, code, body, { tags: ['en'], frozen, preset })
  const rows = {
    'title.en': 'Which way?',
    'options.rows': '3',
    'options.0.was': 'bus',
    'options.0.label.en': 'By bus',
    'options.1.was': 'walk',
    'options.1.label.en': 'On foot',
    'options.2.was': '',
    'options.2.label.en': 'No way',
    'options.3.was': '',
    'options.3.label.en': '',
  }
  const options = (questionnaire: typeof start) =>
    codedLists(questions(questionnaire)[0] as never).find(([name]) => name === 'options')?.[1]

  it('adds a row with words, leaves blank ones out, and keeps the words of other languages', () => {
    const { questionnaire } = edited('ride', rows)
    expect(options(questionnaire)).toMatchObject([
      { code: 'bus', label: { en: 'By bus', es: 'En autobús' } },
      { code: 'walk' },
      { code: 'no_way', label: { en: 'No way' } },
    ])
  })

  it('moves and takes out what was typed in the same breath', () => {
    const moved = edited('ride', { ...rows, do: 'row.up.options.2' })
    expect(codes(options(moved.questionnaire) ?? [])).toEqual(['bus', 'no_way', 'walk'])
    const removed = edited('ride', { ...rows, do: 'row.remove.options.0' })
    expect([codes(options(removed.questionnaire) ?? []), removed.removed]).toEqual([['walk', 'no_way'], true])
  })

  it('a new code goes wherever the old one stood, until it was published', () => {
    const { questionnaire, code } = edited('ride', { ...rows, code: 'way', 'options.0.code': 'coach' })
    expect(code).toBe('way')
    expect(questions(questionnaire)[1]?.about).toBe('way')
    expect(options(questionnaire)?.[0]?.code).toBe('coach')
    const kept = edited('ride', { ...rows, code: 'way', 'options.0.code': 'coach' }, frozenBy([start]))
    expect([kept.code, options(kept.questionnaire)?.[0]?.code]).toEqual(['ride', 'bus'])
  })

  it('tells of a number that is none and a code that is taken, and changes neither', () => {
    const { faults } = edited('ride', { ...rows, code: 'news', 'options.0.code': 'walk' })
    expect(faults.map(({ field, code }) => [field, code])).toEqual([
      ['options.0.code', 'codeTaken'],
      ['code', 'codeTaken'],
    ])
    expect(edited('children', { 'title.en': 'x', max: 'many' }).faults).toMatchObject([{ field: 'max' }])
  })
})

it('what was done is told by what it was done to', () => {
  const made = changeQuestion(removeQuestion(start, 'news'), 'ride', (question) => ({
    ...question,
    options: [],
  }))
  expect(
    changes(start, made).map(({ what, of, code, lost }) => [what, of, code, lost.map(({ en }) => en)]),
  ).toEqual([
    ['changed', 'question', 'ride', ['By bus', 'On foot']],
    ['removed', 'question', 'news', []],
  ])
})
