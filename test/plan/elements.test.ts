import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCodes, checkWords, elements, findElement, resolvePriority } from '../../src/plan/elements.ts'
import { shippedPlan, shippedPlans } from './shipped.ts'

const earlier = shippedPlan('hartford-2018-2022')
const later = shippedPlan('hartford-2021-2024')

test('every element is found by its code and has words to show', () => {
  for (const plan of shippedPlans())
    for (const element of elements(plan)) {
      expect(findElement(plan, element.code)).toEqual(element)
      expect(element.text.en).toMatch(/\S/)
    }
})

test('an element knows what it stands under', () => {
  expect(findElement(earlier, 'SCC7.d')).toMatchObject({
    kind: 'indicator',
    priority: 'SCC',
    strategy: 'SCC7',
  })
  expect(findElement(earlier, 'G6')).toMatchObject({ kind: 'goal', priority: 'SCC', strategy: null })
  expect(findElement(later, 'G1')).toMatchObject({ kind: 'goal', priority: null })
  expect(findElement(later, 'P3.S1.A1')).toMatchObject({ kind: 'action', strategy: 'P3.S1' })
})

describe('a priority is known in any printed form', () => {
  test.each([
    ['Teaching & Learning', 'TL'],
    ['teaching and  learning', 'TL'],
    ['Family and Community Partnerships', 'FCP'],
    ['School Climate & Culture', 'SCC'],
    ['SCHOOL CULTURE AND CLIMATE', 'SCC'],
    ['oe', 'OE'],
  ])('%s', (typed, code) => {
    expect(resolvePriority(earlier, typed)?.code).toBe(code)
  })
  test.each([
    ['Priority 2. Welcoming Culture & Nurturing Climate', 'P2'],
    ['Priority 3: Engaging Family & Community Partnerships', 'P3'],
    ['Engaging Family and Community Partnership', 'P3'],
    ['1.High Quality Teaching and Learning', 'P1'],
    ['priority 4', 'P4'],
  ])('%s', (typed, code) => {
    expect(resolvePriority(later, typed)?.code).toBe(code)
  })
  test('but not in another plan, nor from nothing', () => {
    expect(resolvePriority(later, 'School Culture & Climate')).toBeUndefined()
    expect(resolvePriority(later, ' & ')).toBeUndefined()
    expect(resolvePriority(later, '')).toBeUndefined()
  })
  test('however it is spaced and capitalized', () => {
    const names = earlier.priorities.flatMap(({ code, aliases }) =>
      aliases.map(({ words }) => [code, words] as const),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.boolean(),
        fc.array(fc.nat(3)),
        ([code, words], upper, gaps) => {
          const spaced = words
            .split(' ')
            .map((word, at) => ' '.repeat(1 + (gaps[at] ?? 0)) + word)
            .join('')
          expect(resolvePriority(earlier, upper ? spaced.toUpperCase() : spaced)?.code).toBe(code)
        },
      ),
    )
  })
})

describe('codes are checked, never corrected', () => {
  test('known codes pass', () => {
    expect(checkCodes(earlier, ['TL1.a', 'SCC7.f', 'G6'])).toEqual([])
    expect(checkCodes(later, ['P4.S4', 'MW3', 'EIG'])).toEqual([])
  })
  test('a misprint of the documents is flagged with the code that is meant', () => {
    const [fault] = checkCodes(earlier, ['OE7.b', 'OE6.b', 'OE7.b'])
    expect(fault).toMatchObject({ code: 'OE7.b', reading: 'OE6.b' })
    expect(fault?.message).toMatch(/^OE7\.b is not a code of hartford-2018-2022; perhaps OE6\.b is meant/)
  })
  test('another spelling is flagged with the right one, anything else without', () => {
    expect(checkCodes(earlier, ['tl1.A'])).toMatchObject([{ reading: 'TL1.a' }])
    expect(checkCodes(earlier, ['ZZ'])).toEqual([
      { code: 'ZZ', reading: null, message: 'ZZ is not a code of hartford-2018-2022' },
    ])
  })
  test('codes of one plan are not codes of the other', () => {
    expect(checkCodes(later, ['TL1.a'])).toHaveLength(1)
  })
})

describe('a code and the words beside it must agree', () => {
  const disabilities = findElement(earlier, 'TL1.ii')?.text.en ?? ''
  const growth = findElement(earlier, 'TL1.vi')?.text.en ?? ''
  test('the misprints that use an existing code', () => {
    expect(checkWords(earlier, 'TL1.iii', disabilities)).toMatchObject({ reading: 'TL1.ii' })
    expect(checkWords(earlier, 'TL1.v', growth)).toMatchObject({ reading: 'TL1.vi' })
  })
  test('any printed wording passes, capitals and punctuation aside', () => {
    for (const plan of shippedPlans())
      for (const { code, wordings } of elements(plan))
        for (const words of wordings) expect(checkWords(plan, code, words.toUpperCase())).toBeUndefined()
  })
  test('words of nothing', () => {
    expect(checkWords(earlier, 'TL1.a', 'Something else')).toMatchObject({ code: 'TL1.a', reading: null })
    expect(checkWords(earlier, 'OE7.b', 'Something else')).toMatchObject({ reading: 'OE6.b' })
  })
})
