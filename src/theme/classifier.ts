import { platt, probability, type Sigmoid } from './calibration.ts'
import { type Counts, counted, type Measures, measures, thresholdFor } from './evaluate.ts'
import { features, hash } from './features.ts'
import { decide, fitLine, type Line, type Sparse } from './linear.ts'
import { type Columns, columnsOf, matrix } from './matrix.ts'
import { normal } from './prepare.ts'
import type { Memo } from './tokens.ts'

/** A comment with the themes that a person gave it. `around`: facts beside the words, such as `question:goal_why`. */
export type Example = { text: string; lang: string; themes: string[]; around?: string[] }

/** One theme's line, as it is kept. Weights are 16-bit steps of `scale`, base64 of little-endian numbers. */
export type ThemeModel = {
  theme: string
  weights: string
  scale: number
  bias: number
  sigmoid: Sigmoid
  /** The confidence from which on the theme is suggested: the best F1 of held-out comments. */
  threshold: number
  positives: number
  /** Held-out precision and recall when taken from a confidence on; at `steps`. */
  heldOut: { at: number; counts: Counts }[]
}

/** A trained model: plain JSON, to be kept with a survey. The same examples, seed and version give the same bytes. */
export type Model = {
  format: 'heard-linear-1'
  /** The name under which codings say that they are its. */
  version: string
  seed: number
  examples: number
  /** Columns: base64 of 32-bit hashes (ascending) and of 32-bit floats. */
  hashes: string
  idf: string
  themes: ThemeModel[]
  /** Themes with too few comments to learn from. */
  skipped: { theme: string; positives: number }[]
}

export type Training = {
  seed: number
  version: string
  /** Themes with fewer comments get no model. */
  least?: number
}

/** What a model thinks of a theme: `over` when the confidence (0 to 1) reaches the theme's threshold. */
export type Guess = { theme: string; confidence: number; threshold: number; over: boolean }

/** A model made ready for use. */
export type Classifier = {
  version: string
  columns: Columns
  lines: (Line & { theme: string; sigmoid: Sigmoid; threshold: number })[]
}

/** Folds whose comments are held out in turn, to calibrate confidence and choose thresholds on unseen comments. */
const folds = 3
/** Confidences at which precision and recall are kept. */
export const steps: number[] = Array.from({ length: 19 }, (_, at) => (at + 1) / 20)
/** A comment with a rare theme counts as much as all those without together, but never more than this many. */
const mostWeight = 40
const rounds = 15
const tolerance = 0.1

/**
 * Learns from people's codes: one logistic regression for each theme against the rest, so that a comment can have
 * several themes or none. Pure and in one go: run it in a worker thread. Ten thousand comments and a score of themes
 * take some seconds; see docs/theme-accuracy.md.
 */
export function train(examples: Example[], themes: string[], training: Training): Model {
  const { seed, version, least = 3 } = training
  const memo: Memo = new Map()
  const texts = examples.map(({ text, lang, around }) => features(text, lang, around, memo))
  const columns = columnsOf(texts, examples.length < 200 ? 1 : 2)
  const data = matrix(texts, columns)
  const groups = sameTexts(examples, seed)
  const made: ThemeModel[] = []
  const skipped: Model['skipped'] = []
  for (const [at, theme] of themes.entries()) {
    const signs = Int8Array.from(examples, (one) => (one.themes.includes(theme) ? 1 : -1))
    const positives = signs.reduce((sum, sign) => sum + (sign === 1 ? 1 : 0), 0)
    if (positives < least || positives === examples.length) skipped.push({ theme, positives })
    else made.push(learn(theme, data, signs, positives, groups, seed + at))
  }
  return {
    format: 'heard-linear-1',
    version,
    seed,
    examples: examples.length,
    hashes: base64(columns.hashes),
    idf: base64(columns.idf),
    themes: made,
    skipped,
  }
}

/** Rows by text, in an order that follows from the seed: the same words must not be learnt and held out at once. */
function sameTexts(examples: Example[], seed: number): number[][] {
  const groups = new Map<string, number[]>()
  for (const [row, { text }] of examples.entries()) {
    const key = normal(text.slice(0, 500)).replace(/\s+/g, ' ').trim()
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups]
    .map(([key, rows]) => ({ order: hash(key, seed), key, rows }))
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1))
    .map(({ rows }) => rows)
}

function learn(
  theme: string,
  data: Sparse,
  signs: Int8Array,
  positives: number,
  groups: number[][],
  seed: number,
): ThemeModel {
  const has = (rows: number[]) => rows.some((row) => signs[row] === 1)
  const dealt = [...groups.filter(has), ...groups.filter((rows) => !has(rows))]
  const fold = new Uint8Array(data.rows)
  for (const [at, rows] of dealt.entries()) for (const row of rows) fold[row] = at % folds
  const all = Int32Array.from(signs.keys())
  const said = new Float64Array(data.rows)
  for (let held = 0; held < folds; held++) {
    const line = fitOn(
      data,
      all.filter((row) => fold[row] !== held),
      signs,
      seed,
    )
    for (const row of all) if (fold[row] === held) said[row] = decide(data, row, line)
  }
  const isTheme = Array.from(signs, (sign) => sign === 1)
  const sigmoid = platt(said, isTheme)
  // What is stated of a theme comes from sigmoids that have not seen the comment either.
  const without = Array.from({ length: folds }, (_, held) => {
    const rest = all.filter((row) => fold[row] !== held)
    return platt(
      Array.from(rest, (row) => said[row] ?? 0),
      Array.from(rest, (row) => isTheme[row] ?? false),
    )
  })
  const unseen = Array.from(said, (one, row) => probability(one, without[fold[row] ?? 0] ?? sigmoid))
  const line = fitOn(data, all, signs, seed)
  const scale = line.weights.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / 32767 || 1
  // A threshold chosen on a few comments is luck: it is drawn towards a usual one, the more so the fewer they are.
  const drawn = 8
  const best = thresholdFor(
    Array.from(said, (one) => probability(one, sigmoid)),
    isTheme,
  )
  return {
    theme,
    weights: base64(Int16Array.from(line.weights, (one) => Math.round(one / scale))),
    scale,
    bias: line.bias,
    sigmoid,
    threshold: (best * positives + 0.35 * drawn) / (positives + drawn),
    positives,
    heldOut: steps.map((at) => ({
      at,
      counts: counted(
        unseen.map((one) => one >= at),
        isTheme,
      ),
    })),
  }
}

function fitOn(data: Sparse, rows: Int32Array, signs: Int8Array, seed: number): Line {
  let positives = 0
  for (const row of rows) if (signs[row] === 1) positives++
  const weight = Math.min(mostWeight, Math.max(1, (rows.length - positives) / Math.max(positives, 1)))
  return fitLine(data, rows, signs, { costs: { with: weight, without: 1 }, rounds, tolerance }, seed)
}

/** Makes a kept model ready; throws a RangeError when it is not one of this format. */
export function classifier(model: Model): Classifier {
  if (model.format !== 'heard-linear-1') throw new RangeError('this is no model of this format')
  const columns = { hashes: new Uint32Array(bytes(model.hashes)), idf: new Float32Array(bytes(model.idf)) }
  const lines = model.themes.map(({ theme, weights, scale, bias, sigmoid, threshold }) => ({
    theme,
    weights: Float64Array.from(new Int16Array(bytes(weights)), (one) => one * scale),
    bias,
    sigmoid,
    threshold,
  }))
  if (lines.some(({ weights }) => weights.length !== columns.hashes.length))
    throw new RangeError('this model is damaged: weights and columns differ in number')
  return { version: model.version, columns, lines }
}

/** What the model thinks of each comment, the surest theme (against its threshold) first. */
export function guess(ready: Classifier, comments: Omit<Example, 'themes'>[]): Guess[][] {
  const memo: Memo = new Map()
  const texts = comments.map(({ text, lang, around }) => features(text, lang, around, memo))
  const data = matrix(texts, ready.columns)
  return comments.map((_, row) =>
    ready.lines
      .map(({ theme, threshold, ...line }) => {
        const confidence = probability(decide(data, row, line), line.sigmoid)
        return { theme, confidence, threshold, over: confidence >= threshold }
      })
      .sort((a, b) => b.confidence / b.threshold - a.confidence / a.threshold),
  )
}

/**
 * How a model did on comments that it had not seen while learning, when its codes are taken from this confidence on
 * (rounded down to the next of `steps`); undefined for a theme without a model. What a report states.
 */
export function measuredAt(model: Model, theme: string, confidence: number): Measures | undefined {
  const found = model.themes.find((one) => one.theme === theme)
  if (!found) return undefined
  const step = found.heldOut.findLast(({ at }) => at <= confidence + 1e-9) ?? found.heldOut[0]
  return step && measures(step.counts)
}

const base64 = (numbers: Uint32Array | Float32Array | Int16Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64')

function bytes(kept: string): ArrayBuffer {
  const read = Buffer.from(kept, 'base64')
  const made = new ArrayBuffer(read.byteLength)
  new Uint8Array(made).set(read)
  return made
}
