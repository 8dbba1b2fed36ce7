import { describe, expect, it } from 'vitest'
import { type District, emptyDistrict } from '../../src/district/district.ts'
import { questions } from '../../src/questionnaire/definition.ts'
import { publish } from '../../src/questionnaire/publish.ts'

const district = (): District => ({
  ...emptyDistrict,
  groups: [
    { code: 'family', label: { en: 'Family' }, attribution: { en: 'a family member' } },
    { code: 'staff', label: { en: 'Staff' } },
  ],
  schools: [{ code: 'north', label: { es: 'Norte' }, level: 'high', zone: '1' }],
  grades: [{ code: 'g5', label: { en: '5' } }],
  homeLanguages: [{ code: 'karen', label: { en: 'Karen' } }],
})
const ask = (...all: object[]) => ({
  source: 'en',
  languages: ['en'],
  title: { en: 'Sample' },
  sections: [{ code: 'you', title: { en: 'You' }, questions: all }],
})
const about = (attribute: string, rest: object = {}) => ({
  code: attribute,
  kind: 'profile',
  title: { en: 'About you' },
  attribute,
  ...rest,
})

describe('publishing', () => {
  it('writes the district’s lists into its profile questions, codes and labels only', () => {
    const { questionnaire, faults } = publish(
      ask(about('group'), about('school'), about('grade'), about('language', { code: 'home' })),
      district(),
    )
    expect(faults).toEqual([])
    expect(questionnaire && questions(questionnaire).map(({ options }) => options)).toEqual([
      [
        { code: 'family', label: { en: 'Family' } },
        { code: 'staff', label: { en: 'Staff' } },
      ],
      [{ code: 'north', label: { es: 'Norte' } }],
      [{ code: 'g5', label: { en: '5' } }],
      [{ code: 'karen', label: { en: 'Karen' } }],
    ])
  })

  it('freezes them: a later change of the district or of the definition changes nothing that was asked', () => {
    const [record, definition] = [district(), ask(about('group'))]
    const { questionnaire } = publish(definition, record)
    const before = JSON.stringify(questionnaire)
    record.groups.push({ code: 'partner', label: { en: 'Partner' } })
    for (const group of record.groups) group.label.en = 'Changed'
    definition.title.en = 'Changed'
    expect(JSON.stringify(questionnaire)).toBe(before)
  })

  it('leaves the definition as it was', () => {
    const definition = ask(about('group'))
    const before = JSON.stringify(definition)
    publish(definition, district())
    expect(JSON.stringify(definition)).toBe(before)
  })

  it('keeps options that the questionnaire brings itself', () => {
    const own = [{ code: 'guardian', label: { en: 'Guardian' } }]
    const { questionnaire } = publish(ask(about('group', { options: own })), district())
    expect(questionnaire?.sections[0]?.questions[0]?.options).toEqual(own)
  })

  it('refuses a profile question when the district has no list for it', () => {
    expect(publish(ask(about('school')), emptyDistrict).faults).toEqual([
      'section you, question school: the district record has no options for it',
    ])
  })

  it.each([
    null,
    undefined,
    7,
    'text',
    [],
    {},
    { sections: 7 },
    { sections: [null, 7, 'text'] },
    { sections: [{ questions: 7 }, { questions: [null, 7, 'text', []] }] },
    ask(about('constructor')),
    ask(about('__proto__')),
    ask({ kind: 'profile' }),
  ])('tells the faults of %j and never throws', (definition) => {
    const { questionnaire, faults } = publish(definition, district())
    expect(questionnaire).toBeUndefined()
    expect(faults.length).toBeGreaterThan(0)
  })
})
