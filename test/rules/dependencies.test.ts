import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const pack = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
const listed = read('docs/dependencies.md')
const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((field) =>
  Object.entries(pack[field] ?? {}),
)

test.each(names.filter(([name]) => !name.startsWith('@types/')))('%s is listed with its reason', (name) => {
  expect(listed).toContain(name)
})

test.each(names)('%s has an exact version', (_, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})
