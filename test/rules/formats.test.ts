import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const files = ['src', 'views'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|ejs)$/.test(file))
    .map((file) => `${folder}/${file}`),
)

/** Formats of our own, not for readers: a machine's clock. */
const ours = ['src/language/format.ts', 'src/district/clock.ts']

test('numbers, dates and lists are worded in one place, which knows what the engine does not', () => {
  const makers = /new Intl\.(NumberFormat|DateTimeFormat|ListFormat)\b|\.toLocale(Date|Time)?String\(/
  const elsewhere = files.filter(
    (file) => !ours.includes(file) && makers.test(readFileSync(new URL(file, root), 'utf8')),
  )
  expect(elsewhere).toEqual([])
})
