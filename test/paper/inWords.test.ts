import { expect, it } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import type { Condition } from '../../src/questionnaire/definition.ts'
import { conditionInWords } from '../../src/questionnaire/inWords.ts'
import { checked } from '../questionnaire/checked.ts'
import everyCondition from '../questionnaires/everyCondition.ts'

const sample = checked(everyCondition)
const order = ['one', 'several', 'order', 'rate', 'count', 'rows', 'said']
const t = wordings(readLocales('locales')).t('en')
const say = (condition: Condition) =>
  conditionInWords(condition, sample, {
    t: (key, values = {}) => t(key, values) as string,
    lang: 'en',
    number: (code) => String(order.indexOf(code) + 1),
  })

it.each<[Condition, string]>([
  [{ question: 'one', is: ['a'] }, 'you chose “A” in question 1'],
  [{ question: 'one', is: ['a', 'b'] }, 'you chose “A” or “B” in question 1'],
  [{ not: { question: 'one', is: ['a', 'b'] } }, 'you did not choose “A” or “B” in question 1'],
  [{ question: 'several', includes: ['a', 'b', 'c'] }, 'you chose “A”, “B”, or “C” in question 2'],
  [{ question: 'order', includes: ['b'] }, 'you gave a number to “B” in question 3'],
  [{ not: { question: 'order', includes: ['b'] } }, 'you gave no number to “B” in question 3'],
  [{ question: 'rate', atLeast: 7 }, 'your answer to question 4 is 7 or more'],
  [{ not: { question: 'rate', atMost: 3 } }, 'your answer to question 4 is not 3 or less'],
  [{ question: 'count', atLeast: 1, atMost: 1200 }, 'your answer to question 5 is from 1 to 1,200'],
  [
    { question: 'rows', item: 'safe', is: ['no', 'na'] },
    'you chose “No” or “Does not apply to me” for “Safe” in question 6',
  ],
  [{ question: 'rows', item: 'heard', atLeast: 2 }, 'you chose “Maybe” or “Yes” for “Heard” in question 6'],
  [{ question: 'rows', item: 'heard', answered: true }, 'you answered “Heard” in question 6'],
  [{ question: 'said' }, 'you answered question 7'],
  [{ question: 'said', answered: false }, 'you did not answer question 7'],
  [{ not: { question: 'said' } }, 'you did not answer question 7'],
  [{ not: { not: { question: 'said' } } }, 'you answered question 7'],
  [
    { all: [{ question: 'said' }, { question: 'one', is: ['a'] }] },
    'you answered question 7 and you chose “A” in question 1',
  ],
  [
    { not: { all: [{ question: 'said' }, { question: 'one', is: ['a'] }] } },
    'you did not answer question 7 or you did not choose “A” in question 1',
  ],
  [
    { not: { any: [{ question: 'said' }, { question: 'one', is: ['a'] }] } },
    'you did not answer question 7 and you did not choose “A” in question 1',
  ],
  [
    {
      any: [
        { question: 'said' },
        {
          all: [
            { question: 'one', is: ['a'] },
            { question: 'rate', atLeast: 7 },
          ],
        },
      ],
    },
    'you answered question 7 or (you chose “A” in question 1 and your answer to question 4 is 7 or more)',
  ],
  [{ any: [{ question: 'said' }] }, 'you answered question 7'],
  [
    { question: 'rate', is: ['3'], atMost: 5 },
    'you chose “3” in question 4 and your answer to question 4 is 5 or less',
  ],
])('%j reads: %s', (condition, words) => {
  expect(say(condition)).toBe(words)
})
