import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreement, cohensKappa, krippendorffsAlpha, percentAgreement } from '../../src/theme/agreement.ts'
import { platt, probability } from '../../src/theme/calibration.ts'
import { classifier, type Example, guess, measuredAt, train } from '../../src/theme/classifier.ts'
import { counted, evaluate, kFolds, measures, thresholdFor } from '../../src/theme/evaluate.ts'
import { explain } from '../../src/theme/explain.ts'
import { dice } from '../../src/theme/linear.ts'
import { nearDuplicates, saysNothing, signature, similarity } from '../../src/theme/nearDuplicates.ts'
import { nextToCode, unsureOf } from '../../src/theme/uncertainty.ts'
import { anyLanguage, anyText, familyLanguages, oddTexts, within } from './anyText.ts'

/** Made-up comments of two subjects, some of both and some of neither, by chance from a seed. */
function madeUp(n: number, seed: number): Example[] {
  const roll = dice(seed)
  const from = (words: string) => words.split('|')[Math.floor(roll() * words.split('|').length)] ?? ''
  return Array.from({ length: n }, () => {
    const themes: string[] = []
    const parts = [from('I think|In my view|Well|As a parent I say|Please note')]
    if (roll() < 0.4) {
      themes.push('tutoring')
      parts.push(
        from('we need a tutor|tutoring would help|tutors for reading|small tutoring groups for math'),
      )
    }
    if (roll() < 0.25) {
      themes.push('bus')
      parts.push(from('the bus is late|our bus never comes|buses are crowded|the bus driver is kind'))
    }
    if (themes.length === 0) parts.push(from('all is well|the food is cold|thank you|the office is open'))
    return { text: parts.join(' '), lang: 'en', themes }
  })
}
const training = { seed: 7, version: 'test-1' }
const learnt = madeUp(400, 1)
const model = train(learnt, ['tutoring', 'bus', 'rare'], training)
const ready = classifier(model)

describe('what is learnt from codes', () => {
  it('is found again in comments not seen before, several themes at once', () => {
    const unseen = madeUp(200, 2)
    const guesses = guess(ready, unseen).map((all) =>
      all.filter(({ over }) => over).map(({ theme }) => theme),
    )
    const result = evaluate(
      guesses,
      unseen.map(({ themes }) => themes),
      ['tutoring', 'bus'],
    )
    expect(result.macroF1).toBeGreaterThan(0.97)
    expect(result.exact).toBeGreaterThan(0.95)
  })

  it('says which words spoke for a theme', () => {
    const text = 'Please, the bus is always late, thanks'
    const spoke = explain(ready, { text, lang: 'en' }, 'bus')
    expect(spoke[0]?.words).toBe('bus')
    for (const { start, end, words } of spoke) expect(text.slice(start, end)).toBe(words)
    expect(explain(ready, { text, lang: 'en' }, 'nosuch')).toEqual([])
  })

  it('does not pretend to know a theme with too few comments', () => {
    expect(model.skipped).toEqual([{ theme: 'rare', positives: 0 }])
    expect(guess(ready, [{ text: 'bus', lang: 'en' }])[0]?.map(({ theme }) => theme)).not.toContain('rare')
    expect(measuredAt(model, 'rare', 0.5)).toBeUndefined()
  })

  it('states precision and recall on comments that were held out', () => {
    const measured = measuredAt(model, 'bus', 0.5)
    expect(measured?.precision).toBeGreaterThan(0.95)
    expect(measured?.recall).toBeGreaterThan(0.95)
    expect(measured?.n).toBe(learnt.filter(({ themes }) => themes.includes('bus')).length)
  })

  it('does not state more than there is to learn: codes given by chance', () => {
    const stated = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const roll = dice(seed)
      const words = madeUp(80, seed).map(({ text, lang }) => ({
        text,
        lang,
        themes: roll() < 0.2 ? ['luck'] : [],
      }))
      const made = train(words, ['luck'], { seed, version: 'luck' })
      const [{ threshold } = { threshold: 0.5 }] = made.themes
      return measuredAt(made, 'luck', threshold)?.precision ?? []
    })
    expect(stated.reduce((sum, one) => sum + one, 0) / stated.length).toBeLessThan(0.35)
  })

  it('learns a theme from three comments, and none from two', () => {
    const few = [...madeUp(40, 3).map((one) => ({ ...one, themes: [] as string[] }))]
    for (const at of [0, 15, 30])
      few[at] = { text: `The playground is broken, ${at}`, lang: 'en', themes: ['play'] }
    const made = train(few, ['play'], training)
    const [guesses] = guess(classifier(made), [{ text: 'Our playground is old', lang: 'en' }])
    expect(guesses?.[0]?.over).toBe(true)
    few[30] = { text: 'All is well', lang: 'en', themes: [] }
    expect(train(few, ['play'], training).skipped).toEqual([{ theme: 'play', positives: 2 }])
  })

  it('is the same each time, as plain data that can be kept', () => {
    expect(JSON.stringify(train(learnt, ['tutoring', 'bus', 'rare'], training))).toBe(JSON.stringify(model))
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
    const kept = classifier(JSON.parse(JSON.stringify(model)))
    expect(guess(kept, learnt.slice(0, 5))).toEqual(guess(ready, learnt.slice(0, 5)))
    expect(() => classifier({ ...model, hashes: '' })).toThrow(RangeError)
  })

  it('can be learnt in a thread of its own', async () => {
    const module = new URL('../../src/theme/classifier.ts', import.meta.url).href
    const code = `const { parentPort, workerData } = require('node:worker_threads')
      import(${JSON.stringify(module)}).then(({ train }) => parentPort.postMessage(train(...workerData)))`
    const worker = new Worker(code, {
      eval: true,
      workerData: [learnt, ['tutoring', 'bus', 'rare'], training],
    })
    const made = await new Promise((done, fail) => worker.once('message', done).once('error', fail))
    expect(made).toEqual(model)
  })

  it('learns from very little without a fault', () => {
    for (const examples of [[], learnt.slice(0, 1), learnt.slice(0, 12)])
      expect(
        guess(classifier(train(examples, ['tutoring', 'bus'], training)), learnt.slice(0, 1)),
      ).toHaveLength(1)
    const same = Array.from({ length: 20 }, (): Example => ({ text: '', lang: 'en', themes: ['bus'] }))
    expect(train(same, ['bus'], training).skipped).toHaveLength(1)
    const odd = oddTexts.map((text, at): Example => ({ text, lang: 'my', themes: at % 2 ? ['bus'] : [] }))
    for (const { confidence } of guess(classifier(train(odd, ['bus'], training)), odd).flat())
      expect(confidence >= 0 && confidence <= 1).toBe(true)
  })

  it('guesses any text in any language, with spans inside it', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, (text, lang) => {
        for (const { confidence } of guess(ready, [{ text, lang }])[0] ?? [])
          expect(confidence >= 0 && confidence <= 1).toBe(true)
        expect(within(text, explain(ready, { text, lang }, 'bus'))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('confidence', () => {
  it('is near the share that is right', () => {
    const roll = dice(3)
    const said = Array.from({ length: 4000 }, () => roll() * 6 - 3)
    const truth = said.map((one) => roll() < 1 / (1 + Math.exp(-2 * one - 0.5)))
    const sigmoid = platt(said, truth)
    expect(sigmoid.a).toBeCloseTo(-2, 0)
    expect(probability(0, sigmoid)).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 1)
  })

  it('never reaches certainty on a few comments', () => {
    const sigmoid = platt([-1, -1, 1, 1], [false, false, true, true])
    expect(probability(1, sigmoid)).toBeLessThan(0.9)
    expect(probability(5000, sigmoid)).toBeLessThanOrEqual(1)
  })
})

describe('which comment to code next', () => {
  const at = (confidence: number) => [{ theme: 'a', confidence, threshold: 0.4, over: confidence >= 0.4 }]

  it('is the one the model is least sure of, and not a copy of one already offered', () => {
    expect(unsureOf(at(0.4))).toBe(1)
    expect(unsureOf(at(0))).toBe(0)
    expect(unsureOf(at(1))).toBeCloseTo(0)
    const order = nextToCode([
      { id: 'sure', text: 'Everything about the bus is wrong', guesses: at(0.95) },
      { id: 'unsure', text: 'We would like more time with the teacher', guesses: at(0.42) },
      { id: 'copy', text: 'We would like more time with the teacher.', guesses: at(0.43) },
    ])
    expect(order.map(({ id }) => id)).toEqual(['unsure', 'sure', 'copy'])
    expect(unsureOf([])).toBe(1)
  })
})

describe('measures', () => {
  it('are those of a case worked by hand', () => {
    const counts = counted([true, true, true, false, false], [true, true, false, true, false])
    expect(counts).toEqual({ hits: 2, alarms: 1, misses: 1, rest: 1 })
    expect(measures(counts)).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, n: 3 })
    const result = evaluate([['a'], ['a', 'b'], []], [['a'], ['b'], ['b']], ['a', 'b'])
    expect(result.byTheme.map(({ f1 }) => f1)).toEqual([2 / 3, 2 / 3])
    expect(result.microF1).toBeCloseTo(2 / 3)
    expect(result.exact).toBeCloseTo(1 / 3)
    expect(measures({ hits: 0, alarms: 0, misses: 0, rest: 4 })).toEqual({ f1: 0, n: 0 })
  })

  it('the best threshold is the one with the best F1', () => {
    expect(thresholdFor([0.9, 0.8, 0.3, 0.2], [true, true, false, false])).toBeCloseTo(0.55)
    expect(thresholdFor([], [])).toBe(0.5)
    expect(kFolds(5, 2)).toEqual([
      [0, 2, 4],
      [1, 3],
    ])
  })
})

describe('agreement of coders', () => {
  const repeat = (value: string, n: number) => Array.from({ length: n }, () => value)

  it('kappa: the textbook case of 50 proposals, 20 and 15 alike, 5 and 10 not, is 0.4', () => {
    // The worked example of many textbooks and of Wikipedia, "Cohen's kappa".
    const a = [...repeat('yes', 25), ...repeat('no', 25)]
    const b = [...repeat('yes', 20), ...repeat('no', 5), ...repeat('yes', 10), ...repeat('no', 15)]
    expect(percentAgreement(a, b)).toBeCloseTo(0.7)
    expect(cohensKappa(a, b)).toBeCloseTo(0.4)
  })

  it('alpha: the four observers with missing data of Krippendorff 2011 (nominal) is 0.743', () => {
    const m = undefined
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, m, m, m],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, m, 3],
      [m, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, m],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, m],
    ]
    const units = (observers[0] ?? []).map((_, unit) => observers.map((one) => one[unit]))
    expect(krippendorffsAlpha(units)).toBeCloseTo(0.743, 3)
  })

  it('alpha: the two observers with binary data of Krippendorff 2011 is 0.095', () => {
    const a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    const b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    expect(krippendorffsAlpha(a.map((one, at) => [one, b[at]]))).toBeCloseTo(0.095, 3)
  })

  it('says nothing where there is nothing to say', () => {
    expect(percentAgreement([true], [undefined])).toBeUndefined()
    expect(cohensKappa([true, true], [true, true])).toBeUndefined()
    expect(krippendorffsAlpha([[true], [false]])).toBeUndefined()
    expect(krippendorffsAlpha([[true, true]])).toBeUndefined()
  })

  it('is told theme by theme with the disagreements side by side', () => {
    const { byTheme, disagreements } = agreement(
      [
        { coder: 'one', comment: 'c1', themes: ['a'] },
        { coder: 'two', comment: 'c1', themes: ['a', 'b'] },
        { coder: 'one', comment: 'c2', themes: [] },
        { coder: 'two', comment: 'c2', themes: [] },
        { coder: 'one', comment: 'alone', themes: ['b'] },
      ],
      ['a', 'b'],
    )
    expect(byTheme).toEqual([
      { theme: 'a', n: 2, given: 1, percent: 1, kappa: 1, alpha: 1 },
      { theme: 'b', n: 2, given: 1, percent: 0.5, kappa: 0, alpha: 0 },
    ])
    expect(disagreements).toEqual([{ comment: 'c1', theme: 'b', with: ['two'], without: ['one'] }])
  })
})

describe('comments that say the same, or nothing', () => {
  it('near duplicates are found whatever their case, stops and a word more', () => {
    const comments = [
      { id: '1', text: 'Please fix the heating in the gym before the winter comes again' },
      { id: '2', text: 'please FIX the heating in the gym, before the winter comes again!!' },
      { id: '3', text: 'The buses are late' },
      { id: '4', text: 'Please fix the heating in the gym before winter comes again' },
      { id: '5', text: '' },
    ]
    expect(nearDuplicates(comments)).toEqual([['1', '2', '4']])
    expect(similarity(signature('We need tutors'), signature('The food is cold'))).toBeLessThan(0.2)
    const many = Array.from({ length: 3000 }, (_, at) => ({ id: String(at), text: `None at all ${at % 3}` }))
    expect(nearDuplicates(many).flat()).toHaveLength(3000)
  })

  it.each(
    'n/a|N.A.|None|nothing!|nada.|Ninguno|nenhum|لا شيء|لا يوجد|anyen|pa genyen|không có|没有|无。|asgjë|waxba|maya|hakuna|hapana|မရှိပါ|ဘာမှမရှိပါ|छैन|केही छैन|x|I don’t know|Pa gen anyen.'.split(
      '|',
    ),
  )('%s says nothing', (text) => {
    expect(saysNothing(text)).toBe('nothing')
  })

  it('emoji alone and marks alone are told apart from words', () => {
    expect(saysNothing('😀👍🏽 ❤️ 👨‍👩‍👧')).toBe('emoji')
    expect(saysNothing(' --- ')).toBe('empty')
    expect(saysNothing('')).toBe('empty')
    for (const text of ['Nothing works here', 'No bus', '好', 'Everything is good', '5', 'nada funciona'])
      expect(saysNothing(text)).toBeUndefined()
  })

  it('any text is taken', () => {
    for (const text of oddTexts) {
      saysNothing(text)
      expect(similarity(signature(text), signature(text))).toBe(1)
    }
    expect(familyLanguages).toHaveLength(12)
  })
})
