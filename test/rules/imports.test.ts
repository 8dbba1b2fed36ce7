import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { circles, importsOf, trespasses, words } from './imports.ts'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const house = Object.fromEntries(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.[cm]?ts$/.test(file))
    .sort()
    .map((file) => [file, readFileSync(src + file, 'utf8')]),
)

describe('the house', () => {
  it('is the one that the rules are about', () => {
    expect(Object.keys(house).length).toBeGreaterThan(20)
    for (const word of ['language', 'plan', 'district', 'questionnaire', 'response'])
      expect(Object.keys(house).some((file) => file.startsWith(`${word}/`))).toBe(true)
    expect(Object.values(house).flatMap(importsOf).length).toBeGreaterThan(50)
  })

  it('keeps its import rules: words use words to their left, and each room what its row allows', () => {
    expect(trespasses(house)).toEqual([])
  })

  it('has no file that needs itself to load', () => {
    expect(circles(house)).toEqual([])
  })
})

describe('the check of the rules', () => {
  /** A small house in order, with one file more. */
  const told = (file: string, source: string) =>
    trespasses({
      'language/text.ts': 'export const pick = 1',
      'plan/plan.ts': "import { pick } from '../language/text.ts'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
      'questionnaire/kinds.ts': "import { readdirSync } from 'node:fs'\nawait import(`./kinds/${name}.ts`)",
      'response/walk.ts': "import { z } from 'zod'",
      'ranking/borda.ts': '',
      'climate/favorable.ts': '',
      'report/report.ts':
        "import { pick } from '../language/text.ts'\nimport { borda } from '../ranking/borda.ts'",
      'web/guard.ts': "import express from 'express'",
      'routes/home.ts': "import type { Stores } from '../store/stores.ts'\nimport '../web/guard.ts'",
      'store/stores.ts': "import Database from 'better-sqlite3'",
      'app.ts': "import { home } from './routes/home.ts'",
      'server.ts': "import { createApp } from './app.ts'",
      [file]: source,
    })

  it('has nothing to say of a house in order', () => {
    expect(told('response/settle.ts', "import { walk } from './walk.ts'")).toEqual([])
    expect(told('routes/more.ts', "import { type Stores, type Survey } from '../store/stores.ts'")).toEqual(
      [],
    )
  })

  it.each<[string, string, string, string]>([
    [
      'a word using one to its right',
      'language/tags.ts',
      "import { plan } from '../plan/plan.ts'",
      'language may not use plan',
    ],
    [
      'even a type of it',
      'plan/x.ts',
      "import type { Step } from '../response/walk.ts'",
      'plan may not use response',
    ],
    [
      'even by handing it on',
      'plan/x.ts',
      "export * from '../response/walk.ts'",
      'plan may not use response',
    ],
    [
      'even later',
      'plan/x.ts',
      "const walk = () => import('../response/walk.ts')",
      'plan may not use response',
    ],
    [
      'even over many lines',
      'plan/x.ts',
      "import {\n  a,\n  b as c,\n} from '../response/walk.ts'",
      'plan may not use response',
    ],
    [
      'a word using its neighbour in the row',
      'climate/x.ts',
      "import { borda } from '../ranking/borda.ts'",
      'climate may not use ranking',
    ],
    [
      'a word using the web',
      'report/x.ts',
      "import { guard } from '../web/guard.ts'",
      'report may not use web',
    ],
    [
      'a word using types of the store',
      'report/x.ts',
      "import type { Stores } from '../store/stores.ts'",
      'report may not use store',
    ],
    [
      'a word using Express',
      'report/x.ts',
      "import type { Request } from 'express'",
      'a word is pure, but express is imported',
    ],
    [
      'a word using SQL',
      'response/x.ts',
      "import Database from 'better-sqlite3'",
      'but better-sqlite3 is imported',
    ],
    ['a word using Kysely', 'response/x.ts', "import { sql } from 'kysely'", 'but kysely is imported'],
    [
      'a word reading files',
      'response/x.ts',
      "import { readFileSync } from 'node:fs'",
      'but node:fs is imported',
    ],
    ['a word reading files by another name', 'response/x.ts', "import fs from 'fs'", 'but fs is imported'],
    [
      'the excepted file reading otherwise',
      'questionnaire/kinds.ts',
      "import { readFile } from 'node:fs/promises'",
      'but node:fs/promises is imported',
    ],
    [
      'a word asking the time',
      'response/x.ts',
      'export const now = () => Date.now()',
      'touches the clock (Date.now)',
    ],
    [
      'a word asking the time otherwise',
      'response/x.ts',
      'export const now = () => new Date()',
      'touches the clock (new Date())',
    ],
    [
      'a word throwing dice',
      'response/x.ts',
      'export const die = () => Math.random()',
      'touches chance (Math.random)',
    ],
    [
      'a word making ids',
      'response/x.ts',
      'export const id = () => crypto.randomUUID()',
      'touches chance (crypto)',
    ],
    [
      'a word reading the environment',
      'response/x.ts',
      'export const port = process.env.PORT',
      'touches the environment (process)',
    ],
    [
      'the web using the store',
      'web/x.ts',
      "import type { Stores } from '../store/stores.ts'",
      'web may not use store',
    ],
    [
      'the web using a word of later',
      'web/x.ts',
      "import { report } from '../report/report.ts'",
      'web may not use report',
    ],
    [
      'a route opening the store',
      'routes/x.ts',
      "import { open } from '../store/stores.ts'",
      'of store only types may be used',
    ],
    [
      'a route half typed',
      'routes/x.ts',
      "import { type Stores, open } from '../store/stores.ts'",
      'of store only types may be used',
    ],
    ['a route with SQL', 'routes/x.ts', "import { sql } from 'kysely'", 'kysely may be used in store only'],
    [
      'the store using Express',
      'store/x.ts',
      "import express from 'express'",
      'express may be used in web, routes, app.ts only',
    ],
    [
      'the store using the web',
      'store/x.ts',
      "import { guard } from '../web/guard.ts'",
      'store may not use web',
    ],
    ['anyone using the server', 'routes/x.ts', "import '../server.ts'", 'routes may not use server.ts'],
    [
      'the configuration using anything',
      'config.ts',
      "import { pick } from './language/text.ts'",
      'config.ts may not use language',
    ],
    ['a file that is not there', 'routes/x.ts', "import './missing.ts'", './missing.ts is not there'],
    ['a file outside src', 'routes/x.ts', "import '../../test/x.ts'", 'lies outside src'],
    ['a room that nobody planned', 'utils/x.ts', '', 'no rule knows the room "utils"'],
  ])('tells of %s', (_, file, source, fault) => {
    const faults = told(file, source)
    expect(faults.join('\n')).toContain(fault)
    expect(faults).toHaveLength(1)
  })

  it('takes no comment and no text for an import', () => {
    expect(
      told(
        'response/x.ts',
        "// import x from 'express'\n/** Date.now() is not ours; see import('express'). */",
      ),
    ).toEqual([])
    expect(told('response/x.ts', "const text = 'https://example.org' // Math.random()")).toEqual([])
    expect(told('response/x.ts', 'const day = new Date(hour)\nconst date = readDate(cell)')).toEqual([])
  })

  it('sees a circle of files, and none where only types go round', () => {
    const circle = (kind: string) => ({
      'a.ts': "import { b } from './b.ts'",
      'b.ts': `import ${kind}{ c } from './c.ts'`,
      'c.ts': "import { a } from './a.ts'",
    })
    expect(circles(circle(''))).toEqual(['a.ts → b.ts → c.ts → a.ts'])
    expect(circles(circle('type '))).toEqual([])
  })

  it('knows every word of the design once', () => {
    expect(new Set(words).size).toBe(10)
  })
})
