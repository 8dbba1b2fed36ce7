import fc from 'fast-check'
import type { Condition, Item, Option, Question, Questionnaire } from '../../src/questionnaire/definition.ts'
import { kinds } from '../../src/questionnaire/kinds.ts'

/** Sound questionnaires of every kind, shape and language, for round trips. */

const tags = ['en', 'es', 'pt-BR', 'ar', 'zh-Hans', 'ht', 'ksw', 'my']
const codeWord = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/).filter((code) => !(code in {}) && code !== 'na')
/** Words that spreadsheets and XML make trouble of, without white space around them. */
const words = fc
  .oneof(
    fc.constantFrom(
      'Yes & no',
      '<b',
      '=SUM(A1)',
      'a\nb',
      "it's “so”",
      'أهلا',
      '_x0041_',
      '1',
      'TRUE',
      'line\r\nend',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .map((text) => text.toWellFormed().replaceAll('\u00A0', ' ').trim())
  // What is told of: formatting, and words of earlier answers.
  .filter((text) => text !== '' && !/[<$*_[]/.test(text.replace('_x0041_', '').replace('<b', '')))
const flag = fc.option(fc.boolean(), { nil: undefined })
const cites = fc.option(fc.array(fc.constantFrom('P1', 'P2.S1', 'G 3'), { maxLength: 2 }), { nil: undefined })
const bank = fc.option(codeWord, { nil: undefined })

const text = (languages: string[], source: string) =>
  fc
    .tuple(
      words,
      fc.subarray(languages.filter((tag) => tag !== source)),
      fc.array(words, { minLength: 8, maxLength: 8 }),
    )
    .map(([own, others, translated]) => ({
      [source]: own,
      ...Object.fromEntries(others.map((tag, at) => [tag, translated[at] ?? own])),
    }))

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const clean = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T

type Texts = ReturnType<typeof text>

function coded<T extends { code: string }>(part: fc.Arbitrary<T>, least: number, most: number) {
  return fc.uniqueArray(part, { selector: ({ code }) => code, minLength: least, maxLength: most })
}

const option = (texts: Texts): fc.Arbitrary<Option> =>
  fc
    .record({ code: codeWord, label: texts, short: maybe(texts), other: flag, exclusive: flag, cites, bank })
    .map(clean)
const item = (texts: Texts): fc.Arbitrary<Item> =>
  fc.record({ code: codeWord, label: texts, short: maybe(texts), reversed: flag, cites, bank }).map(clean)

/** The fields of each kind beyond those that every question has. */
const fields = (texts: Texts): Record<string, fc.Arbitrary<Record<string, unknown>>> => ({
  single: fc.record({ options: coded(option(texts), 2, 4), shuffle: flag }),
  multiple: fc.record({
    options: coded(option(texts), 2, 4),
    shuffle: flag,
    atMost: maybe(fc.integer({ min: 1, max: 9 })),
  }),
  ranking: fc.record({
    options: coded(option(texts), 2, 4),
    shuffle: flag,
    top: maybe(fc.integer({ min: 1, max: 2 })),
  }),
  profile: fc.record({
    attribute: fc.constantFrom('group', 'school', 'grade', 'language'),
    options: coded(option(texts), 1, 3),
  }),
  grid: fc.record({
    items: coded(item(texts), 1, 3),
    scale: coded(fc.record({ code: codeWord, label: texts, favorable: flag }).map(clean), 2, 5).map(
      (points) =>
        points.map((point, at) => ({ ...point, value: at - 1.5, ...(at === 0 && { favorable: true }) })),
    ),
    notApplicable: flag,
  }),
  scale: fc
    .record({
      min: fc.integer({ min: -3, max: 2 }),
      span: fc.integer({ min: 1, max: 20 }),
      low: texts,
      high: texts,
      up: flag,
    })
    .map(({ min, span, low, high, up }) => ({
      min,
      max: min + span,
      low,
      high,
      favorableFrom: up ? min + 1 : undefined,
    })),
  number: fc.record({
    min: maybe(fc.integer({ min: -9, max: 3 })),
    max: maybe(fc.double({ min: 4, max: 99, noNaN: true })),
    whole: flag,
  }),
  text: fc.record({ long: flag, maxLength: maybe(fc.integer({ min: 1, max: 20_000 })) }),
})

type Shape = { question: Question; wish: number[] }

const question = (texts: Texts): fc.Arbitrary<Shape> => {
  const own = fields(texts)
  return fc.constantFrom(...[...kinds.keys()].filter((name) => own[name])).chain((kind) =>
    fc
      .record({
        code: codeWord.filter(
          (code) =>
            !['token', 'go', 'from', 'see', 'switch', 'id', 'response', 'hour'].includes(code) &&
            !['language', 'channel', 'version'].includes(code),
        ),
        title: texts,
        help: maybe(texts),
        short: maybe(texts),
        required: flag,
        cites,
        bank,
        more: own[kind] ?? fc.constant({}),
        wish: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
      })
      .map(({ more, wish, ...base }) => ({
        question: clean({ ...base, kind, ...clean(more) }) as Question,
        wish,
      })),
  )
}

/** A comparison that the question can meet, in a shape that `wish` picks. */
function compare(question: Question, [a = 0, b = 0, c = 0]: number[]): Condition {
  const at = { question: question.code }
  const { options, items, scale } = question as {
    options?: Option[]
    items?: Item[]
    scale?: { code: string }[]
  }
  if (a % 5 === 0) return { ...at, answered: b % 2 === 0 }
  if (a % 11 === 0 || items?.some(({ code }) => code === question.code)) return at
  if (options) {
    const codes = options.slice(0, 1 + (b % 2)).map(({ code }) => code)
    return c % 2 ? { ...at, is: codes } : { ...at, includes: codes }
  }
  if (items && scale) {
    const row = { ...at, item: items[b % items.length]?.code ?? '' }
    if (c % 3 === 0) return { ...row, atLeast: 0 }
    return c % 3 === 1 ? { ...row, answered: true } : { ...row, is: [scale[0]?.code ?? ''] }
  }
  if (question.kind === 'text') return { ...at, answered: true }
  return b % 3 === 0
    ? { ...at, atLeast: c % 4 }
    : b % 3 === 1
      ? { ...at, atMost: 2.5 }
      : { ...at, atLeast: 1, atMost: 3 }
}

function condition(earlier: Question[], wish: number[]): Condition | undefined {
  const [first = 0, second = 0, shape = 0, ...rest] = wish
  const [a, b] = [earlier[first % earlier.length], earlier[second % earlier.length]]
  if (!a || !b || shape % 3 === 0) return undefined
  const [one, other] = [compare(a, rest), compare(b, rest.toReversed())]
  if (shape % 7 === 1) return { all: [one, other] }
  if (shape % 7 === 2) return { any: [one, { not: other }] }
  if (shape % 7 === 3) return { not: { any: [one, { all: [other, one] }] } }
  return shape % 7 === 4 ? { all: [one] } : one
}

const notReserved = (code: string) =>
  !/^(review|thanks|start|send|language|later|resume|code|kiosk|no|paper|notice)$/.test(code)

export const anyQuestionnaire: fc.Arbitrary<Questionnaire> = fc
  .tuple(fc.subarray(tags, { minLength: 1 }), fc.nat(100), fc.subarray(['vi', 'sq']))
  .chain(([languages, pick, more]) => {
    const source = languages[pick % languages.length] ?? 'en'
    const texts = text([...languages, ...more], source)
    const section = fc.record({
      code: codeWord.filter(notReserved),
      title: texts,
      intro: maybe(texts),
      cites,
      bank,
      asked: fc.array(question(texts), { minLength: 1, maxLength: 3 }),
      wish: fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }),
    })
    return fc
      .record({
        title: texts,
        intro: maybe(texts),
        thanks: maybe(texts),
        assent: maybe(texts),
        notice: maybe(texts),
        minutes: maybe(fc.integer({ min: 1, max: 30 })),
        audience: maybe(fc.array(codeWord, { minLength: 1, maxLength: 2 })),
        readers: maybe(fc.constantFrom('grades-3-5' as const, 'grades-6-12' as const)),
        protectedAreas: maybe(fc.subarray(['political' as const, 'income' as const])),
        plan: maybe(codeWord),
        parts: fc.uniqueArray(section, { selector: ({ code }) => code, minLength: 1, maxLength: 3 }),
      })
      .map(({ parts, ...rest }) => {
        const earlier: Question[] = []
        const sections = parts.flatMap(({ asked, wish, ...part }) => {
          const showIf = condition(earlier, wish)
          const questions = asked.flatMap(({ question, wish }) => {
            if (earlier.some(({ code }) => code === question.code)) return []
            const shown = condition(earlier, wish)
            earlier.push(question)
            return [clean({ ...question, showIf: shown })]
          })
          return questions.length > 0 ? [clean({ ...part, showIf, questions })] : []
        })
        return clean({ source, languages, ...rest, sections }) as Questionnaire
      })
  })
