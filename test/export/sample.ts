import fc from 'fast-check'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'
import { type Question, type Questionnaire, questions } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import type { Answers, Channel, Settled } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'

const options = (...codes: string[]) => codes.map((code) => ({ code, label: { en: code, ar: `خ ${code}` } }))

const definition = {
  source: 'en',
  languages: ['en', 'ar', 'es'],
  title: { en: 'Every kind of question' },
  sections: [
    {
      code: 'you',
      title: { en: 'You' },
      questions: [
        {
          code: 'who',
          kind: 'profile',
          attribute: 'group',
          title: { en: 'Who are you?' },
          options: options('family', 'staff'),
        },
        {
          code: 'site',
          kind: 'profile',
          attribute: 'school',
          title: { en: 'Which school?' },
          options: options('north', 'south'),
        },
      ],
    },
    {
      code: 'rest',
      title: { en: 'The rest' },
      questions: [
        {
          code: 'goal',
          kind: 'single',
          title: { en: 'Which goal?' },
          options: [{ ...options('reading')[0], cites: ['P1'], bank: 'B-1' }, ...options('safety', 'other')],
        },
        {
          code: 'why',
          kind: 'text',
          long: true,
          about: 'goal',
          title: { en: '=Why?' },
          showIf: { question: 'goal', answered: true },
        },
        {
          code: 'ways',
          kind: 'multiple',
          title: { en: 'Which ways?' },
          options: [...options('post', 'phone', 'visit'), { ...options('none')[0], exclusive: true }],
        },
        {
          code: 'order',
          kind: 'ranking',
          shuffle: true,
          top: 3,
          title: { en: 'In which order?' },
          options: options('tl', 'fc', 'oe', 'cr'),
        },
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: { en: 'How much do you agree?' },
          items: options('safe', 'known'),
          scale: [
            { code: 'no', value: 1, label: { en: 'No' } },
            { code: 'yes', value: 2, label: { en: 'Yes' }, favorable: true },
          ],
        },
        {
          code: 'stars',
          kind: 'scale',
          min: -5,
          max: 5,
          low: { en: 'Bad' },
          high: { en: 'Good' },
          title: { en: 'How good?' },
        },
        { code: 'children', kind: 'number', min: -20, max: 20, title: { en: 'How many?' } },
      ],
    },
  ],
}

function sound(raw: unknown): Questionnaire {
  const { questionnaire, faults } = checkQuestionnaire(raw)
  if (!questionnaire) throw new Error(faults.join('\n'))
  return questionnaire
}

/** A questionnaire with a question of every kind, with skip logic and a shuffled ranking. */
export const everyKind = sound(definition)

/** The same survey later: "children" is no longer asked, "more" is new. */
export const nextVersion = sound({
  ...definition,
  sections: definition.sections.map((section) =>
    section.code === 'you'
      ? section
      : {
          ...section,
          questions: [
            ...section.questions.filter(({ code }) => code !== 'children'),
            { code: 'more', kind: 'text', title: { en: 'More?' } },
          ],
        },
  ),
})

/** What people type, spreadsheets misread and parsers trip over. */
export const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '=',
          '+',
          '-',
          '@',
          "'",
          '"',
          '""',
          ',',
          ';',
          '\t',
          '\r',
          '\n',
          '\r\n',
          ' ',
          '-5',
          '=1+1',
          "'=",
          '＝',
        ],
        ...[
          '👩‍👧‍👦',
          'é',
          'مرحبا',
          '\u200f',
          '\u202e',
          '\u2066',
          '\ufeff',
          '\u0000',
          '\u2028',
          'नमस्ते',
          '\ud800',
        ],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
)

/** A form body as a person, or a forger, could send it; the kind's own parse makes the answer of it. */
function body(question: Question) {
  const { options: offered = [], items = [], points = [] } = kindOf(question).outline(question)
  const codes = offered.map(({ code }) => code)
  switch (question.kind) {
    case 'single':
    case 'profile':
      return fc.constantFrom('', ...codes).map((code) => ({ [question.code]: code }))
    case 'multiple':
      return fc.subarray(codes).map((chosen) => ({ [question.code]: chosen }))
    case 'ranking':
      return fc
        .tuple(
          fc.shuffledSubarray(codes, { maxLength: 3 }),
          fc.shuffledSubarray(codes, { minLength: codes.length }),
        )
        .map(([order, shown]) => ({
          ...Object.fromEntries(order.map((code, index) => [`${question.code}.${code}`, String(index + 1)])),
          [`${question.code}.shown`]: shown.join(' '),
        }))
    case 'grid':
      return fc.record(
        Object.fromEntries(
          items.map(({ code }) => [
            `${question.code}.${code}`,
            fc.constantFrom('', 'na', ...points.map((point) => point.code)),
          ]),
        ),
      )
    case 'scale':
      return fc
        .integer({ min: -5, max: 6 })
        .map((point) => ({ [question.code]: point === 6 ? '' : String(point) }))
    case 'number':
      return fc
        .oneof(
          fc.constant(''),
          fc.integer({ min: -20, max: 20 }).map(String),
          fc.constantFrom('-0', '1,5', '٣'),
        )
        .map((number) => ({ [question.code]: number }))
    default:
      return typed.map((words) => ({ [question.code]: words }))
  }
}

/** A response to this version, as the forms would have made it; the language may change on the way. */
export const response = (questionnaire: Questionnaire, version: number): fc.Arbitrary<Settled> => {
  const language = fc.constantFrom(...questionnaire.languages)
  return fc
    .tuple(
      language,
      fc.constantFrom<Channel>('web', 'paper', 'kiosk', 'import'),
      fc.integer({ min: 0, max: 2_000_000_000_000 }),
      fc.tuple(...questions(questionnaire).map((question) => fc.tuple(body(question), language))),
    )
    .map(([spoken, channel, hour, bodies]) => {
      const answers: Answers = {}
      for (const [index, question] of questions(questionnaire).entries()) {
        const [filled, written] = bodies[index] ?? [{}, spoken]
        const { answer } = kindOf(question).parse(question, filled, written)
        if (answer !== undefined) answers[question.code] = answer
      }
      return settle(questionnaire, answers, { version, language: spoken, channel, hour })
    })
}

/** Rows of a stream, gathered. */
export async function gather<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

/** Settled responses as the store would read them back. */
export async function* stored(settled: readonly Settled[]) {
  for (const [index, { version, language, channel, hour, answers }] of settled.entries())
    yield { id: index + 1, version, language, channel, hour, answers }
}
