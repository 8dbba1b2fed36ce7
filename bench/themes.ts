import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { classifier, type Example, guess, type Model, train } from '../src/theme/classifier.ts'
import { type Evaluation, evaluate } from '../src/theme/evaluate.ts'

/**
 * How well themes are learnt, on a file of comments that people coded: `node bench/themes.ts FILE.csv`. Wanted
 * columns: `feedback`, `row_index` and each of the fields coded (by default `label` and `subcategory`), one code in
 * each; `--with question` gives a further column beside the words, `--lang es` another language than English. Rows are
 * sorted by `row_index`; every fifth is test, the rest is training; themes with fewer than 50 training comments are
 * left out of the second field.
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

for (const [field, least] of [
  ['label', 5],
  ['subcategory', 50],
] as const) {
  const training = rows.filter((_, at) => !isTest(at)).map((row) => example(row, field))
  const test = rows.filter((_, at) => isTest(at)).map((row) => example(row, field))
  const counts = new Map<string, number>()
  for (const { themes } of training) for (const one of themes) counts.set(one, (counts.get(one) ?? 0) + 1)
  const themes = [...counts].filter(([, n]) => n >= least).map(([theme]) => theme)
  const started = performance.now()
  const model: Model = train(training, themes, { seed: 1, version: 'bench' })
  const trained = performance.now()
  const ready = classifier(model)
  const guesses = guess(ready, test)
  const done = performance.now()
  const given = test.map((one) => one.themes)
  console.log(
    `\n# ${field}: ${themes.length} themes, ${training.length} comments to learn from, ${test.length} to try`,
  )
  console.log(
    `training ${((trained - started) / 1000).toFixed(1)} s; ${Math.round(test.length / ((done - trained) / 1000))} comments/s read and guessed; model ${Math.round(JSON.stringify(model).length / 1024)} kB`,
  )
  const best = guesses.map((all) => all.slice(0, 1).map(({ theme }) => theme))
  told('One theme a comment (as these were coded)', evaluate(best, given, themes))
  const several = guesses.map((all) => all.filter(({ over }) => over).map(({ theme }) => theme))
  told('Any number of themes a comment, by threshold', evaluate(several, given, themes))
}
