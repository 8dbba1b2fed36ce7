import { describe, expect, it } from 'vitest'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'

/** A sound definition that each case spoils in one place. */
const single = (code: string, rest: object = {}) => ({
  code,
  kind: 'single',
  title: { en: 'Choose' },
  options: [
    { code: 'yes', label: { en: 'Yes' } },
    { code: 'no', label: { en: 'No' } },
  ],
  ...rest,
})
const text = (code: string, rest: object = {}) => ({ code, kind: 'text', title: { en: 'Say' }, ...rest })
const grid = (rest: object = {}) => ({
  code: 'rows',
  kind: 'grid',
  title: { en: 'Rate' },
  items: [{ code: 'safe', label: { en: 'Safe' } }],
  scale: [
    { code: 'low', value: 1, label: { en: 'Low' } },
    { code: 'high', value: 2, label: { en: 'High' }, favorable: true },
  ],
  ...rest,
})
const section = (code: string, questions: unknown[], rest: object = {}) => ({
  code,
  title: { en: 'Page' },
  questions,
  ...rest,
})
const sections = (...all: unknown[]) => ({
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: all,
})
const page = (...questions: unknown[]) => sections(section('page', questions))
const faults = (definition: unknown, plan?: Set<string>) => checkQuestionnaire(definition, plan).faults
const when = (condition: object) => page(single('a'), grid(), text('b', { showIf: condition }))

describe('a definition with a fault says where and what', () => {
  it.each<[string, unknown, string]>([
    ['nothing at all', undefined, 'definition: Invalid input: expected object, received undefined'],
    ['no page', sections(), 'sections: '],
    ['a page without a question', page(), 'sections.0.questions: '],
    ['an unknown field', { ...page(text('b')), colour: 'red' }, 'definition: Unrecognized key: "colour"'],
    ['a code that is none', page(text('1 b')), 'sections.0.questions.0.code: a code starts with a letter'],
    [
      'a code that every record has',
      page(text('constructor')),
      'sections.0.questions.0.code: this code is a word',
    ],
    [
      'an unknown kind',
      page(text('b', { kind: 'slider' })),
      'section page, question b: no question kind is called "slider" (there are grid, multiple, ',
    ],
    [
      'a kind that every record has',
      page(text('b', { kind: 'constructor' })),
      'no question kind is called "constructor"',
    ],
    [
      'a field that the kind lacks',
      page(text('b', { options: [] })),
      'section page, question b: Unrecognized key: "options"',
    ],
    [
      'one option only',
      page(single('a', { options: [{ code: 'x', label: { en: 'X' } }] })),
      'section page, question a: options: ',
    ],
    [
      'an option twice',
      page(
        single('a', {
          options: [
            { code: 'x', label: { en: 'X' } },
            { code: 'x', label: { en: 'Y' } },
          ],
        }),
      ),
      'section page, question a: option "x" stands twice',
    ],
    ['a question twice', page(text('b'), text('b')), 'section page, question b: this code stands twice'],
    [
      'a question twice on two pages',
      sections(section('one', [text('b')]), section('two', [text('b')])),
      'section two, question b: this code stands twice',
    ],
    [
      'a section twice',
      sections(section('one', [text('b')]), section('one', [text('c')])),
      'section one stands twice',
    ],
    [
      'a section with an address’s name',
      sections(section('review', [text('b')])),
      'section review: this code is kept for an address',
    ],
    [
      'the same in capitals',
      sections(section('Thanks', [text('b')])),
      'section Thanks: this code is kept for an address',
    ],
    [
      'a question with a form field’s name',
      page(text('token')),
      'section page, question token: this code is kept for the form of the page',
    ],
    [
      'a question with an own column’s name',
      page(text('language')),
      'section page, question language: its export column "language" stands twice',
    ],
    [
      'a question with the column of others',
      page(text('id')),
      'section page, question id: its export column "id" stands twice',
    ],
    [
      'a condition looking forward',
      page(text('b', { showIf: { question: 'a', is: ['yes'] } }), single('a')),
      'section page, question b: the condition looks at "a", which is not asked before it',
    ],
    [
      'a condition looking at itself',
      page(single('a', { showIf: { question: 'a', answered: false } })),
      'question a: the condition looks at "a", which is not asked before it',
    ],
    [
      'a section looking into itself',
      sections(section('one', [single('a')], { showIf: { question: 'a', is: ['yes'] } })),
      'section one: the condition looks at "a", which is not asked before it',
    ],
    [
      'a forward look deep inside',
      when({ not: { any: [{ all: [{ question: 'later', answered: true }] }] } }),
      'the condition looks at "later", which is not asked before it',
    ],
    [
      'a condition with two meanings',
      when({ question: 'a', not: { question: 'a' } }),
      'sections.0.questions.2.showIf',
    ],
    [
      'a condition on an option that is not there',
      when({ question: 'a', is: ['yse'] }),
      'section page, question b: the condition waits for "yse", which "a" does not offer',
    ],
    [
      'a condition on a point that is not there',
      when({ question: 'rows', item: 'safe', is: ['middle'] }),
      'the condition waits for "middle", which "rows" does not offer',
    ],
    [
      'a condition on an item that is not there',
      when({ question: 'rows', item: 'heard', is: ['low'] }),
      'the condition looks at the item "heard", which "rows" does not have',
    ],
    [
      'a condition on a grid as a whole',
      when({ question: 'rows', atLeast: 2 }),
      'the condition compares "rows" without saying which item of it',
    ],
    [
      'a condition on an item of a choice',
      when({ question: 'a', item: 'safe', is: ['yes'] }),
      'names the item "safe" of "a", which has no items',
    ],
    [
      'a number compared with a choice',
      when({ question: 'a', atLeast: 2 }),
      'the condition compares "a" with a number, but its answers are none',
    ],
    [
      'a comment about a later question',
      page(text('b', { about: 'a' }), single('a')),
      'section page, question b: it is about "a", which is not asked before it',
    ],
    [
      'a comment about a comment',
      page(text('a'), text('b', { about: 'a' })),
      'section page, question b: it is about "a", which is not a choice of one option',
    ],
    [
      'a comment about a grid',
      page(grid(), text('b', { about: 'rows' })),
      'question b: it is about "rows", which is not a choice of one option',
    ],
    [
      'a grid without a favorable point',
      page(
        grid({
          scale: [
            { code: 'x', value: 1, label: { en: 'X' } },
            { code: 'y', value: 2, label: { en: 'Y' } },
          ],
        }),
      ),
      'section page, question rows: no point of the scale counts as favorable',
    ],
    [
      'a grid whose points fall',
      page(
        grid({
          scale: [
            { code: 'x', value: 2, label: { en: 'X' }, favorable: true },
            { code: 'y', value: 1, label: { en: 'Y' } },
          ],
        }),
      ),
      'question rows: the points of the scale do not rise in value',
    ],
    [
      'a point called na',
      page(
        grid({
          scale: [
            { code: 'na', value: 1, label: { en: 'X' }, favorable: true },
            { code: 'y', value: 2, label: { en: 'Y' } },
          ],
        }),
      ),
      '"na" is kept for "not applicable"',
    ],
    [
      'a ranking of more than there are',
      page(single('a', { kind: 'ranking', top: 3 })),
      'section page, question a: "top" is more than there are options',
    ],
    [
      'a ranking with an option called shown',
      page(
        single('a', {
          kind: 'ranking',
          options: [
            { code: 'shown', label: { en: 'X' } },
            { code: 'y', label: { en: 'Y' } },
          ],
        }),
      ),
      'an option of a ranking cannot be called "shown"',
    ],
    [
      'limits the wrong way round',
      page(text('n', { kind: 'number', min: 3, max: 1 })),
      'section page, question n: "min" is more than "max"',
    ],
    [
      'a scale of one point',
      page(text('s', { kind: 'scale', min: 1, max: 1, low: { en: 'L' }, high: { en: 'H' } })),
      '"max" is more than "min"',
    ],
    [
      'a scale of a million points',
      page(text('s', { kind: 'scale', max: 1_000_000, low: { en: 'L' }, high: { en: 'H' } })),
      'at most 20 steps',
    ],
    [
      'a favorable point off the scale',
      page(text('s', { kind: 'scale', favorableFrom: 11, low: { en: 'L' }, high: { en: 'H' } })),
      '"favorableFrom" is not a point of the scale',
    ],
    [
      'a profile question without options',
      page(text('p', { kind: 'profile', attribute: 'group' })),
      'section page, question p: the district record has no options for it',
    ],
    [
      'a source that is not offered',
      { ...page(text('b')), source: 'vi' },
      'languages: the source language "vi" is not among them',
    ],
    [
      'a language twice',
      { ...page(text('b')), languages: ['en', 'es', 'es'] },
      'languages: "es" stands twice',
    ],
    [
      'a language that is none',
      { ...page(text('b')), languages: ['en', 'Spanish please'] },
      'languages.1: this is not a language tag',
    ],
    [
      'a text in a language that is none',
      page(text('b', { title: { en: 'Say', 'not a tag': 'x' } })),
      'sections.0.questions.0.title',
    ],
    [
      'a title without words',
      page(text('b', { title: { es: 'Diga' } })),
      'section page, question b: title has no words in the source language "en"',
    ],
    [
      'an option without words',
      page(
        single('a', {
          options: [
            { code: 'x', label: { en: ' ' } },
            { code: 'y', label: { en: 'Y' } },
          ],
        }),
      ),
      'section page, question a: options.x.label has no words in the source language "en"',
    ],
  ])('%s', (_, definition, fault) => {
    const found = faults(definition)
    expect(found.join('\n')).toContain(fault)
    expect(checkQuestionnaire(definition).questionnaire).toBeUndefined()
  })

  it('tells every fault of a kind together with those of the order', () => {
    const found = faults(
      sections(
        section('review', [text('b', { kind: 'slider' }), single('a', { options: [] })]),
        section('two', [text('b', { showIf: { question: 'later' } })]),
      ),
    )
    expect(found).toHaveLength(5)
  })

  it('names a plan element that the plan has not, wherever it is cited', () => {
    const definition = sections(
      section(
        'page',
        [
          single('a', {
            cites: ['P1', 'X2'],
            options: [
              { code: 'yes', label: { en: 'Yes' }, cites: ['X3'] },
              { code: 'no', label: { en: 'No' }, cites: ['P1'] },
            ],
          }),
          grid({ items: [{ code: 'safe', label: { en: 'Safe' }, cites: ['X4'] }] }),
        ],
        { cites: ['X1'] },
      ),
    )
    expect(faults(definition)).toEqual([])
    expect(faults(definition, new Set(['P1']))).toEqual([
      'section page: the plan  has no element "X1"',
      'section page, question a: the plan  has no element "X2"',
      'section page, question a, yes: the plan  has no element "X3"',
      'section page, question rows, safe: the plan  has no element "X4"',
    ])
  })
})

describe('a definition from anyone', () => {
  it('that nests a hundred thousand deep is a fault, not a crash', () => {
    let condition: object = { question: 'a' }
    for (let deep = 0; deep < 100_000; deep++) condition = { not: condition }
    expect(faults(when(condition))).toEqual(['definition: it nests more than 60 levels deep'])
  })

  it('cannot give every record a new prototype', () => {
    const poisoned = JSON.parse(
      `{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}`,
    )
    expect(faults(poisoned)).not.toEqual([])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('is read with the defaults of its kinds', () => {
    const { questionnaire } = checkQuestionnaire(
      page(text('s', { kind: 'scale', low: { en: 'L' }, high: { en: 'H' } })),
    )
    expect(questionnaire?.sections[0]?.questions[0]).toMatchObject({ min: 0, max: 10 })
  })

  it('is the same when it is checked again', () => {
    const once = checkQuestionnaire(when({ question: 'a', is: ['yes'] })).questionnaire
    expect(checkQuestionnaire(once).questionnaire).toEqual(once)
  })
})
