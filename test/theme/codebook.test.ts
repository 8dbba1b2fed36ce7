import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlan } from '../../src/plan/read.ts'
import { type Codebook, readCodebook, type Theme, themesOf } from '../../src/theme/codebook.ts'
import { codebookCsv, readCodebookCsv } from '../../src/theme/codebookCsv.ts'
import {
  addTheme,
  editTheme,
  mergeThemes,
  recode,
  removeTheme,
  renameTheme,
  splitTheme,
} from '../../src/theme/codebookEdits.ts'

const root = new URL('../../', import.meta.url)
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as unknown
const plans = readdirSync(new URL('plans/', root))
  .filter((file) => file.startsWith('hartford'))
  .flatMap((file) => readPlan(json(`plans/${file}`)).plan ?? [])
const languages = ['en', 'es', 'pt-BR', 'ar', 'ht', 'vi', 'zh-Hans', 'sq', 'so', 'sw', 'my', 'ne']

const read = readCodebook(json('templates/codebook.json'), plans)
const codebook = read.codebook as Codebook
const editor = { at: 1_700_000_000_000, by: 'office' }
const theme = (code: string, more: Partial<Theme> = {}): Theme => ({
  code,
  name: { en: code },
  definition: {},
  include: {},
  exclude: {},
  examples: {},
  colour: '#123456',
  cites: {},
  words: {},
  machine: [],
  ...more,
})
const small: Codebook = {
  id: 'small',
  name: { en: 'Small' },
  language: 'en',
  version: 3,
  themes: [
    theme('a', { words: { en: ['one'] } }),
    theme('b', { words: { en: ['two'] } }),
    theme('c', { parent: 'a' }),
  ],
  history: [],
}

describe('the codebook that a district begins with', () => {
  it('is sound, and every plan element that it cites is in the plan', () => {
    expect(read.problems ?? []).toEqual([])
    expect(plans).toHaveLength(2)
  })

  it('has the thirteen themes of the deck, in every language of the families here', () => {
    expect(codebook.themes).toHaveLength(13)
    for (const { code, name, definition, words, machine } of codebook.themes) {
      expect([code, Object.keys(name)]).toEqual([code, languages])
      expect(Object.keys(definition)).toEqual(['en', 'es'])
      expect([code, Object.keys(words)]).toEqual([code, languages])
      for (const list of Object.values(words)) {
        expect(list.length).toBeGreaterThanOrEqual(6)
        expect([code, list.length]).toEqual([code, new Set(list).size])
      }
      expect(machine).not.toContain('en')
    }
  })

  it('speaks to every priority of both plan versions', () => {
    for (const plan of plans)
      for (const { code } of plan.priorities)
        expect([plan.id, code, themesOf(codebook, plan, code).length > 0]).toEqual([plan.id, code, true])
  })

  it('tells of a plan element that is not there', () => {
    const [first, ...rest] = codebook.themes
    const wrong = { ...codebook, themes: [{ ...first, cites: { 'hartford-2018-2022': ['P1'] } }, ...rest] }
    expect(readCodebook(wrong, plans).problems).toEqual([
      'theme flexible-learning: cites P1, which hartford-2018-2022 does not have',
    ])
  })
})

describe('a codebook as CSV', () => {
  it('comes back as the same themes and the same bytes', () => {
    const csv = codebookCsv(codebook)
    const back = readCodebookCsv(csv)
    expect(back.faults).toBeUndefined()
    expect(back.themes).toEqual(codebook.themes)
    expect(codebookCsv({ ...codebook, themes: back.themes ?? [] })).toBe(csv)
  })

  it('comes back whatever a text holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (words) => {
        fc.pre(words.trim() !== '')
        const made = { ...small, themes: [theme('a', { definition: { en: words } })] }
        const csv = codebookCsv(made)
        const { themes = [] } = readCodebookCsv(csv)
        expect(themes[0]?.definition.en).toBe(words)
        expect(codebookCsv({ ...made, themes })).toBe(csv)
      }),
      { numRuns: 60 },
    )
  })

  it('tells every fault with its row and column', () => {
    const csv = 'code,colour,parent,name:en\na,#123456,,A\nB!,red,,\nc,#123456,zz,C\na,#123456,,A\n'
    const { faults = [] } = readCodebookCsv(csv)
    expect(faults.map(({ row, column, key }) => [row, column, key])).toEqual([
      [3, 'code', 'code'],
      [3, 'name', 'missing'],
      [3, 'colour', 'colour'],
    ])
    const more = readCodebookCsv('code,colour,parent,name:en\na,#123456,,A\nc,#123456,zz,C\na,#123456,,A\n')
    expect(more.faults).toEqual([
      { row: 3, column: 'parent', key: 'noParent', value: 'zz' },
      { row: 4, column: 'code', key: 'doubleCode', value: 'a' },
    ])
    expect(readCodebookCsv('name,x\n1,2').faults?.map(({ row }) => row)).toEqual([1, 1, 1, 1])
    expect(readCodebookCsv('"').faults).toHaveLength(1)
    expect(readCodebookCsv('code,colour,name:__proto__\na,#123456,x').faults).toHaveLength(1)
  })
})

describe('changing the codebook', () => {
  it('merging takes words and children along and re-codes', () => {
    const { codebook: merged, recoding = [] } = mergeThemes(small, 'a', 'b', editor)
    expect(merged?.version).toBe(4)
    expect(merged?.themes.map(({ code, parent }) => [code, parent])).toEqual([
      ['b', undefined],
      ['c', 'b'],
    ])
    expect(merged?.themes[0]?.words.en).toEqual(['two', 'one'])
    expect(merged?.history.at(-1)).toMatchObject({ kind: 'merged', from: ['a'], to: ['b'], version: 4 })
    expect(recode(['a', 'b', 'c'], recoding)).toEqual({ codes: ['b', 'c'], open: [] })
  })

  it('merging a theme into its own part leaves no theme below itself', () => {
    const { codebook: merged } = mergeThemes(small, 'a', 'c', editor)
    expect(merged?.themes.find(({ code }) => code === 'c')?.parent).toBeUndefined()
  })

  it('splitting leaves old codings open until a person decides by the rule', () => {
    const { codebook: split, recoding = [] } = splitTheme(
      small,
      'b',
      [theme('b1'), theme('b2')],
      'b1 when it is about time',
      editor,
    )
    expect(split?.themes.map(({ code }) => code)).toEqual(['a', 'b1', 'b2', 'c'])
    expect(split?.history.at(-1)?.note).toBe('b1 when it is about time')
    expect(recode(['a', 'b'], recoding)).toEqual({ codes: ['a'], open: ['b'] })
    expect(recode(['a', 'b'], recoding, { b: ['b2', 'zz'] })).toEqual({ codes: ['a', 'b2'], open: [] })
  })

  it('renaming moves children and codings; removing keeps codings and lets children stand alone', () => {
    const renamed = renameTheme(small, 'a', 'z', editor)
    expect(renamed.codebook?.themes.map(({ code, parent }) => [code, parent])).toEqual([
      ['z', undefined],
      ['b', undefined],
      ['c', 'z'],
    ])
    expect(recode(['a'], renamed.recoding ?? []).codes).toEqual(['z'])
    const removed = removeTheme(small, 'a', editor)
    expect(removed.codebook?.themes.map(({ code, parent }) => [code, parent])).toEqual([
      ['b', undefined],
      ['c', undefined],
    ])
    expect(removed.recoding).toEqual([])
  })

  it('says why a change cannot be made', () => {
    expect(renameTheme(small, 'a', 'b', editor).problem).toBe('theme b: stands twice')
    expect(mergeThemes(small, 'x', 'b', editor).problem).toContain('not there')
    expect(mergeThemes(small, 'b', 'b', editor).problem).toContain('itself')
    expect(splitTheme(small, 'a', [theme('q')], 'rule', editor).problem).toContain('two or more')
    expect(splitTheme(small, 'a', [theme('q'), theme('r')], ' ', editor).problem).toContain('rule')
    expect(editTheme(small, theme('x'), editor).problem).toContain('not there')
    expect(addTheme(small, theme('d', { parent: 'c' }), editor).problem).toContain('has a parent itself')
  })
})
