import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import {
  classifier,
  type Example,
  type Guess,
  guess,
  type Model,
  measuredAt,
  train,
} from '../src/theme/classifier.ts'
import { type Evaluation, evaluate } from '../src/theme/evaluate.ts'
import { dice, shuffle } from '../src/theme/linear.ts'

/**
 * How well themes are learnt, on a file of comments that people coded: `node bench/themes.ts FILE.csv`. Wanted
 * columns: `feedback`, `row_index` and each of the fields coded (by default `label` and `subcategory`), one code in
 * each; `--with question` gives a further column beside the words, `--lang es` another language than English. Rows are
 * sorted by `row_index`; every fifth is test, the rest is training; themes with fewer than 50 training comments are
 * left out of the second field. `--curve` learns from 50, 100, 200 … training comments instead, drawn by chance five
 * times each. Times are of the processor, not of the clock, so that neighbours do not count.
 */
type Row = Record<string, string>

const args = process.argv.slice(2)
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const file = args.find((one, at) => !one.startsWith('--') && !args[at - 1]?.startsWith('--'))
if (!file) {
  console.error('Say which file: node bench/themes.ts FILE.csv')
  process.exit(1)
}
const around = option('--with')
const lang = option('--lang') ?? 'en'
const rows = (parse(readFileSync(file), { columns: true, bom: true }) as Row[]).sort(
  (a, b) => Number(a.row_index) - Number(b.row_index),
)
const isTest = (at: number) => at % 5 === 4

const percent = (share: number | undefined) => (share === undefined ? '–' : (share * 100).toFixed(1))
const example = (row: Row, field: string): Example => ({
  text: row.feedback ?? '',
  lang,
  themes: [row[field] ?? ''],
  ...(around ? { around: [`${around}:${row[around]}`] } : {}),
})

function told(title: string, result: Evaluation): void {
  console.log(
    `\n${title}: macro F1 ${percent(result.macroF1)}, micro F1 ${percent(result.microF1)}, mean recall ${percent(result.macroRecall)}, comments wholly right ${percent(result.exact)} (${result.n})\n`,
  )
  console.log('| theme | n | precision | recall | F1 |\n|---|--:|--:|--:|--:|')
  for (const { theme, n, precision, recall, f1 } of result.byTheme)
    console.log(`| ${theme} | ${n} | ${percent(precision)} | ${percent(recall)} | ${percent(f1)} |`)
}

/** Seconds of the processor since the process began. */
const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * How far confidence can be trusted, over every comment and theme: Brier's score (the mean square of confidence less
 * truth), and the mean distance of confidence from the share that was right, over ten bins of confidence.
 */
function calibration(guesses: Guess[][], given: string[][]) {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, said: 0, right: 0 }))
  let [squares, n] = [0, 0]
  for (const [at, all] of guesses.entries())
    for (const { theme, confidence } of all) {
      const right = given[at]?.includes(theme) ? 1 : 0
      squares += (confidence - right) ** 2
      n++
      const bin = bins[Math.min(9, Math.floor(confidence * 10))]
      if (!bin) continue
      bin.n++
      bin.said += confidence
      bin.right += right
    }
  const distance = bins.reduce((sum, { said, right }) => sum + Math.abs(said - right), 0)
  return { brier: squares / n, distance: distance / n, bins }
}

/** Precision and recall as the model itself states them at each theme's threshold, beside those of the test part. */
function stated(model: Model, real: Evaluation) {
  const mean = (values: (number | undefined)[]) =>
    values.reduce((sum: number, one) => sum + (one ?? 0), 0) / Math.max(values.length, 1)
  const told = model.themes.map(({ theme, threshold }) => measuredAt(model, theme, threshold))
  const met = model.themes.map(({ theme }) => real.byTheme.find((one) => one.theme === theme))
  return {
    precision: {
      stated: mean(told.map((one) => one?.precision)),
      met: mean(met.map((one) => one?.precision)),
    },
    recall: { stated: mean(told.map((one) => one?.recall)), met: mean(met.map((one) => one?.recall)) },
  }
}

function tried(training: Example[], test: Example[], themes: string[], seed = 1) {
  const began = spent()
  const model = train(training, themes, { seed, version: 'bench' })
  const trained = spent()
  const guesses = guess(classifier(model), test)
  const done = spent()
  const given = test.map((one) => one.themes)
  const best = guesses.map((all) => all.slice(0, 1).map(({ theme }) => theme))
  const over = guesses.map((all) => all.filter((one) => one.over).map(({ theme }) => theme))
  return {
    ...{ model, training: trained - began, guessing: done - trained },
    ...{ one: evaluate(best, given, themes), several: evaluate(over, given, themes) },
    sure: calibration(guesses, given),
  }
}

function curve(training: Example[], test: Example[], themes: string[]): void {
  console.log(
    '\n| learnt from | themes learnt | macro F1, one | accuracy | macro F1, several | precision stated | met | recall stated | met | Brier | off by |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  )
  const sizes = [50, 100, 200, 500, 1000, 2000].filter((size) => size < training.length)
  for (const size of sizes) {
    const runs = [1, 2, 3, 4, 5].map((seed) => {
      const order = Int32Array.from(training.keys())
      shuffle(order, dice(seed))
      const drawn = [...order.subarray(0, size)].flatMap((at) => training[at] ?? [])
      const { model, one, several, sure } = tried(drawn, test, themes, seed)
      const { precision, recall } = stated(model, several)
      return [
        ...[model.themes.length / 100, one.macroF1, one.exact, several.macroF1],
        ...[precision.stated, precision.met, recall.stated, recall.met, sure.brier, sure.distance],
      ]
    })
    const means = (runs[0] ?? []).map(
      (_, at) => runs.reduce((sum, run) => sum + (run[at] ?? 0), 0) / runs.length,
    )
    console.log(`| ${size} | ${means.map(percent).join(' | ')} |`)
  }
}

for (const [field, least] of [
  ['label', 5],
  ['subcategory', 50],
] as const) {
  const training = rows.filter((_, at) => !isTest(at)).map((row) => example(row, field))
  const test = rows.filter((_, at) => isTest(at)).map((row) => example(row, field))
  const counts = new Map<string, number>()
  for (const { themes } of training) for (const one of themes) counts.set(one, (counts.get(one) ?? 0) + 1)
  const themes = [...counts].filter(([, n]) => n >= least).map(([theme]) => theme)
  console.log(
    `\n# ${field}: ${themes.length} themes, ${training.length} comments to learn from, ${test.length} to try`,
  )
  if (args.includes('--curve')) {
    curve(training, test, themes)
    continue
  }
  const { model, one, several, sure, ...took } = tried(training, test, themes)
  console.log(
    `training ${took.training.toFixed(1)} s of the processor; ${Math.round(test.length / took.guessing)} comments read and guessed for each second of it; model ${Math.round(JSON.stringify(model).length / 1024)} kB; most memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
  told('One theme a comment (as these were coded)', one)
  told('Any number of themes a comment, by threshold', several)
  const { precision, recall } = stated(model, several)
  console.log(
    `\nStated on held-out folds and met on the test part, mean of themes: precision ${percent(precision.stated)} and ${percent(precision.met)}, recall ${percent(recall.stated)} and ${percent(recall.met)}`,
  )
  console.log(`Brier ${percent(sure.brier)}, confidence off by ${percent(sure.distance)} in the mean\n`)
  console.log('| confidence | comments and themes | mean confidence | share right |\n|---|--:|--:|--:|')
  for (const [at, { n, said, right }] of sure.bins.entries())
    console.log(
      `| ${at * 10} to ${at * 10 + 10} | ${n} | ${percent(n ? said / n : undefined)} | ${percent(n ? right / n : undefined)} |`,
    )
}
