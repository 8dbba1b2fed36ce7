import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { planPage } from '../../src/plan/page.ts'
import { byMachine, type Plan } from '../../src/plan/plan.ts'
import { readTranslations, translatedPlan, withTranslations } from '../../src/plan/translations.ts'
import { readMeasures, readPlanParts } from '../../src/templates.ts'
import { shippedCrosswalk, shippedPlans } from './shipped.ts'

const folder = new URL('../../plans/translations/', import.meta.url)
const shipped = readdirSync(folder).map((file) =>
  readTranslations(basename(file, '.json'), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
)
const locales = readdirSync(new URL('../../locales/', import.meta.url)).map((file) => basename(file, '.json'))

/** Every text in English and every shown wording, wherever it stands. */
function* wordsIn(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return
  if ('wordings' in part && 'shown' in part)
    yield (part.wordings as { words: string }[])[part.shown as number]?.words ?? ''
  if ('en' in part && typeof part.en === 'string') yield part.en
  for (const one of Object.values(part)) yield* wordsIn(one)
}

describe('what the plans that come with Heard say in other languages', () => {
  const plans: Plan[] = shippedPlans()
  const known = new Set([
    ...wordsIn(plans),
    ...wordsIn(shippedCrosswalk()),
    ...wordsIn([...readMeasures(fileURLToPath(new URL('../../plans/indicators', import.meta.url))).values()]),
    ...wordsIn(readPlanParts(fileURLToPath(new URL('../../plans/parts', import.meta.url)))),
  ])

  test('every language of the pages has all of it, and all of it is still said so in English', () => {
    expect(shipped.map(({ tag }) => tag).toSorted()).toEqual(locales.filter((tag) => tag !== 'en').toSorted())
    for (const { tag, words } of shipped) {
      expect(
        [...words.keys()].filter((english) => !known.has(english)),
        tag,
      ).toEqual([])
      const printed = [...wordsIn(plans)].filter((english) => !words.has(english))
      expect(printed, tag).toEqual([])
    }
  })

  test('the parts of an indicator too', () => {
    const folder = fileURLToPath(new URL('../../plans/parts', import.meta.url))
    for (const { elements } of readPlanParts(folder, shipped))
      for (const { text } of Object.values(elements).flat())
        expect(Object.keys(text).toSorted(), text.en).toEqual(locales.toSorted())
  })

  test('years and targets stay what they are; smaller numbers may be words ("third grade")', () => {
    const numbers = (words: string) => (words.match(/\d{2,}/g) ?? []).toSorted()
    for (const { tag, words } of shipped)
      for (const [english, said] of words)
        expect(numbers(said), `${tag}: ${english}`).toEqual(numbers(english))
  })

  test('a reader of Spanish sees Spanish, is told that a machine wrote it, and can open what was printed', () => {
    const [plan] = plans.map((one) => translatedPlan(one, shipped)) as [Plan]
    const page = planPage(plan, { tag: 'es', plans: [plan], crosswalk: null })
    expect(page.priorities[0]?.name.lang).toBe('es')
    expect(page.heading).toMatchObject({ lang: 'es', translated: true })
    expect(page.heading.others[0]?.lang).toBe('en')
    expect(page.machine).toBe(true)
    expect(planPage(plan, { tag: 'en', plans: [plan], crosswalk: null })).toMatchObject({ machine: false })
  })
})

describe('translations of a plan', () => {
  const es = readTranslations('es', {
    _about: { machine: true },
    words: { Reading: 'Lectura', Other: 'Otro' },
  })
  const printed = (more: object = {}) => ({
    wordings: [{ words: 'READING' }, { words: 'Reading' }],
    shown: 1,
    ...more,
  })

  test('belong to the wording that is shown', () => {
    expect(withTranslations({ text: printed() }, 'en', [es])).toEqual({
      text: { ...printed(), translations: { es: 'Lectura' } },
    })
    expect(withTranslations({ text: { ...printed(), shown: 0 } }, 'en', [es]).text).not.toHaveProperty(
      'translations',
    )
  })

  test('that the district wrote itself stay', () => {
    const own = printed({ translations: { es: 'La lectura' } })
    expect(withTranslations(own, 'en', [es])).toEqual(own)
    expect(withTranslations({ en: 'Reading', es: 'La lectura' }, 'en', [es])).toEqual({
      en: 'Reading',
      es: 'La lectura',
    })
  })

  test('are never put over the language of the documents, and are told of where a machine made them', () => {
    const plan = translatedPlan(shippedPlans()[0] as Plan, [{ ...es, tag: 'en' }, es])
    expect(byMachine(plan, 'es')).toBe(true)
    expect(byMachine(plan, 'en')).toBe(false)
    const read = readTranslations('es', { _about: { machine: false }, words: {} })
    expect(byMachine(translatedPlan(shippedPlans()[0] as Plan, [read]), 'es')).toBe(false)
  })

  test('a file with an empty translation is not taken', () => {
    expect(() => readTranslations('es', { _about: { machine: true }, words: { Reading: ' ' } })).toThrow(
      'is empty',
    )
  })
})
