import type { District } from '../district/district.ts'
import type { Option, Question } from '../questionnaire/definition.ts'
import type { Answer } from '../questionnaire/kind.ts'
import type { Answers } from '../response/response.ts'
import { bell, happens, inOrder, oneOf, type Random, shuffled, weighted } from './chance.ts'
import { forGroup, type Shape } from './shapes.ts'

/** A sentence that anyone could have written, or one that only these stakeholder groups would. */
type Sentence = string | { words: string; from: string[] }
type Sentences = Record<string, Sentence[]>

/** The sentences in a language that someone of this group could have written. */
const spoken = (sentences: Sentences | undefined, language: string, group: string): string[] =>
  (sentences?.[language] ?? []).flatMap((sentence) => {
    if (typeof sentence === 'string') return [sentence]
    return sentence.from.includes(group) ? [sentence.words] : []
  })

/** Made-up sentences: by question, then by the option they explain (`*`: none), then by language; `also` may follow any. */
export type Comments = { note: string; questions: Record<string, Record<string, Sentences>>; also: Sentences }

/** Someone who never was, and on whom made-up answers hang. */
export type Someone = {
  group: string
  language: string
  /** How content this person is, as a shift of every rating, in points of a five-point scale. */
  mood: number
}

/** What one answer is drawn from. */
export type Draw = {
  someone: Someone
  answers: Answers
  shape: Shape
  district: District
  comments: Comments
  random: Random
}

/** How each kind of question is answered by someone who never was. */
export const samplers: Record<string, (question: Question, draw: Draw) => Answer | undefined> = {
  profile: sampleProfile,
  single: (question, draw) => weighted(draw.random, likings(question, draw)),
  multiple: sampleMultiple,
  ranking: sampleRanking,
  grid: sampleGrid,
  scale: (question, draw) => sampleNumber(question, draw, 2.2),
  number: (question, draw) => sampleNumber(question, draw, 0.9),
  text: sampleText,
}

const options = (question: Question) => (question.options ?? []) as Option[]

/** Every option of the question with its weight. */
function likings(question: Question, { shape, someone }: Draw): Record<string, number> {
  const liked = forGroup(shape.likings[question.code] ?? {}, someone.group)
  return Object.fromEntries(options(question).map(({ code }) => [code, liked[code] ?? 1]))
}

/** Grades that answer for themselves, by the level of a school. */
const gradesOf: Record<string, [from: number, to: number]> = {
  elementary: [3, 5],
  'elementary-middle': [3, 8],
  middle: [6, 8],
  'middle-high': [6, 12],
  high: [9, 12],
}

function sampleProfile(question: Question, { answers, district, someone, random }: Draw): Answer | undefined {
  const codes = options(question).map(({ code }) => code)
  if (question.attribute === 'grade') {
    const level = district.schools.find(({ code }) => code === answers.school)?.level ?? ''
    const [from, to] = gradesOf[level] ?? [3, 12]
    const grades = Array.from({ length: to - from + 1 }, (_, at) => `grade_${from + at}`)
    const taught = grades.filter((grade) => codes.includes(grade))
    return taught.length > 0 ? oneOf(random, taught) : undefined
  }
  if (question.attribute === 'language') {
    const own = someone.language.split('-')[0] ?? ''
    // Some who answer in English speak another language at home.
    return codes.includes(own) && happens(random, own === 'en' ? 0.8 : 0.95) ? own : oneOf(random, codes)
  }
  // Schools differ in size, and older students answer for themselves more often than younger ones.
  const older: Record<string, number> = { middle: 2, 'middle-high': 5, high: 6 }
  return weighted(
    random,
    Object.fromEntries(
      codes.map((code, at) => {
        const size = 4 - (3 * at) / codes.length
        const level = district.schools.find((school) => school.code === code)?.level ?? ''
        return [code, someone.group === 'student' ? size * (older[level] ?? 1) : size]
      }),
    ),
  )
}

function sampleMultiple(question: Question, draw: Draw): Answer | undefined {
  const order = inOrder(draw.random, likings(question, draw))
  const exclusive = new Set(options(question).flatMap(({ code, exclusive }) => (exclusive ? [code] : [])))
  const [first] = order
  if (first !== undefined && exclusive.has(first)) return [first]
  const most = typeof question.atMost === 'number' ? question.atMost : 3
  const chosen = order.filter((code) => !exclusive.has(code)).slice(0, 1 + Math.floor(draw.random() * most))
  return options(question).flatMap(({ code }) => (chosen.includes(code) ? [code] : []))
}

function sampleRanking(question: Question, draw: Draw): Answer | undefined {
  const { random } = draw
  const order = inOrder(random, likings(question, draw))
  const places = Math.min(Number(question.top ?? order.length), order.length)
  const ranked = happens(random, 0.9) ? places : 1 + Math.floor(random() * (places - 1))
  return {
    order: order.slice(0, ranked),
    ...(question.shuffle === true && { shown: shuffled(random, Object.keys(likings(question, draw))) }),
  }
}

type Rated = {
  items: { code: string; reversed?: boolean }[]
  scale: { code: string; value: number }[]
  notApplicable?: boolean
}

function sampleGrid(question: Question, { shape, someone, random }: Draw): Answer | undefined {
  const { items, scale, notApplicable } = question as unknown as Rated
  const answer: Record<string, string> = {}
  for (const { code, reversed } of items) {
    if (happens(random, 0.03)) continue
    if (notApplicable && happens(random, 0.04)) {
      answer[code] = 'na'
      continue
    }
    const mood = reversed ? -someone.mood : someone.mood
    const felt = (shape.middles[question.code]?.[code] ?? 3) + mood + bell(random) * 0.8
    const nearest = scale.toSorted((a, b) => Math.abs(a.value - felt) - Math.abs(b.value - felt))[0]
    if (nearest) answer[code] = nearest.code
  }
  return Object.keys(answer).length > 0 ? answer : undefined
}

/** A whole number around the middle of the question, within its limits. */
function sampleNumber(question: Question, { shape, someone, random }: Draw, spread: number): Answer {
  const { min, max } = question as unknown as { min?: number; max?: number }
  const middle = shape.middles[question.code]?.[question.code] ?? ((min ?? 0) + (max ?? 10)) / 2
  const felt = Math.round(middle + (question.kind === 'scale' ? someone.mood : 0) + bell(random) * spread)
  // People count the children that they have: a family that answers has at least one.
  const least = question.kind === 'number' ? Math.max(min ?? 1, 1) : (min ?? 0)
  return Math.min(Math.max(felt, least), max ?? 10)
}

function sampleText(
  question: Question,
  { shape, comments, answers, someone, random }: Draw,
): Answer | undefined {
  if (!happens(random, shape.writes[question.code] ?? 0)) return undefined
  const about = typeof question.about === 'string' ? String(answers[question.about]) : '*'
  const { language, group } = someone
  const sentences = spoken(comments.questions[question.code]?.[about], language, group)
  if (sentences.length === 0) return undefined
  const more = shape.addsMore === false ? [] : spoken(comments.also, language, group)
  const other = oneOf(random, [...sentences, ...more])
  const first = oneOf(random, sentences)
  const words = happens(random, 0.4) && other !== first ? `${first} ${other}` : first
  return { words, language }
}
