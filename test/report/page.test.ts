import { describe, expect, it, test } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { questionRows } from '../../src/report/chartFile.ts'
import { shareBar } from '../../src/report/charts/bars.ts'
import { divergingBar, swatch } from '../../src/report/charts/likert.ts'
import { standalone } from '../../src/report/charts/standalone.ts'
import { manifestOf, sayManifest } from '../../src/report/manifest.ts'
import { summaryPage } from '../../src/report/page.ts'
import { readerOf, roundedPercent } from '../../src/report/reader.ts'
import { readAssets } from '../../src/web/assets.ts'
import { makeRenderer } from '../../src/web/render.ts'
import { district, hundred, reportOf } from './fixture.ts'

const messages = wordings(readLocales('locales'))
const renderer = makeRenderer('views', messages, readAssets('public'))
const base = {
  area: 'staff' as const,
  languages: [],
  path: '/reports/sample',
  query: '',
  person: undefined,
  doors: [],
  csrf: undefined,
  asset: (name: string) => `/assets/${name}`,
}
const attributions = new Map(district.groups.map(({ code, attribution }) => [code, attribution ?? {}]))
const voice = {
  question: 'why',
  about: 'attendance',
  words: '<b>لأن</b>',
  language: 'ar',
  group: 'family',
  school: '',
}

function show(lang: string, filter = {}) {
  const t = messages.t(lang)
  const reader = readerOf(lang, (key, values) => t(key, values ?? {}), 'en')
  const model = summaryPage(reportOf(hundred, filter), reader, {
    asOf: 'Counted on a day.',
    conversations: null,
    series: null,
    voices: [voice],
    attributions,
    manifest: manifestOf(
      [],
      { surveys: [], filter: { school: null, group: null }, minimumGroup: 10 },
      { hash: () => 'a hash', software: '0' },
    ),
  })
  return { model, html: renderer.html('report/summary', model, { lang, base }) }
}

test('a manifest names the codebook of its themes, by version and a fingerprint of its themes alone', () => {
  const made = (codebook: object) =>
    manifestOf(
      [],
      {
        surveys: [],
        filter: { school: null, group: null },
        minimumGroup: 10,
        codebook: { id: 'default', version: 2, language: 'en', name: {}, themes: [], ...codebook } as never,
      },
      { hash: (text) => text, software: '0' },
    ).codebook
  expect(made({})).toMatchObject({ id: 'default', version: 2 })
  expect(made({ history: [{ by: 'a@example.org' }] })).toEqual(made({}))
  expect(made({ themes: [{ code: 'a' }] })).not.toEqual(made({}))
})

test('a manifest of a survey with earlier versions says that their answers count too', () => {
  const t = messages.t('en')
  const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
  const lines = (version: number) =>
    sayManifest(
      manifestOf(
        [],
        {
          surveys: [{ slug: 'sample', version, responses: 300 }],
          ...{ filter: { school: null, group: null }, minimumGroup: 10 },
        },
        { hash: () => '', software: '0' },
      ),
      reader,
    ).map(({ words }) => words)
  expect(lines(1)).toContain('sample, version 1 (300)')
  expect(lines(2)).toContain('sample, all versions up to 2 (300)')
})

describe('the summary that leaders read', () => {
  const { html, model } = show('en')

  it('says what people said and who answered before anything else', () => {
    expect(html.indexOf('What people said')).toBeGreaterThan(0)
    expect(html.indexOf('What people said')).toBeLessThan(html.indexOf('Who answered'))
    expect(html.indexOf('Who answered')).toBeLessThan(html.indexOf('id="q-goal"'))
    expect(html.match(/<h1/g)).toHaveLength(1)
  })

  it('writes shares as the district does', () => {
    expect(html).toContain('58% (58)')
    expect(model.findings[0]?.words).toContain('58% (58)')
  })

  it('says of a statement that is turned round which answer is favorable, where a headline names it', () => {
    const climate = model.findings.find(({ href }) => href.includes('climate'))
    expect(climate?.words).toMatch(
      /^Highest: .*left out.*\. I feel left out: Disagreeing is the favorable answer\.$|^.*Lowest: I feel left out.*\. I feel left out: Disagreeing is the favorable answer\.$/,
    )
    expect(html).not.toContain('I feel safe: Disagreeing')
  })

  it('puts a table of the same numbers with each chart', () => {
    const goal = model.sections.flatMap(({ figures }) => figures).find(({ id }) => id === 'q-goal')
    expect(goal?.table?.rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ['58%', '58'],
      ['35%', '35'],
      ['7%', '7'],
    ])
    expect(goal?.rows.map(({ number }) => number)).toEqual(['58% (58)', '35% (35)', '7% (7)'])
  })

  it('says that the data are made up, and how they were counted', () => {
    expect(html).toContain('Sample data')
    expect(html).toContain('Groups of fewer than 10 people are not shown')
  })

  it('lists comments in their own language and direction, signed by group only, never as markup', () => {
    expect(html).toContain('<blockquote lang="ar" dir="rtl"><p>&lt;b&gt;لأن&lt;/b&gt;</p>')
    expect(html).toContain('<figcaption>sample family member</figcaption>')
  })

  it('leaves out what could point at a person', () => {
    expect(html).not.toContain('33% (33)')
    expect(html).not.toContain('7% (7)</td>')
    expect(show('en', { group: 'staff' }).html).toContain('These answers are not shown')
  })

  it('has no inline style or script', () => {
    expect(html).not.toMatch(/style=|<style|<script(?! src)|onclick/)
  })

  it('gives every drawing a title and a description of its own', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, both = ''] of html.matchAll(/aria-labelledby="([^"]+-title [^"]+-desc)"/g)) {
      for (const id of both.split(' ')) expect(ids).toContain(id)
    }
  })

  it('names the tones of ratings by their side where some statements are turned round and others are not', () => {
    const grid = model.sections.flatMap(({ figures }) => figures).find(({ id }) => id === 'q-climate')
    expect(grid?.key.map(({ words }) => words)).toEqual(['Unfavorable', 'In between', 'Favorable'])
    const scale = model.sections.flatMap(({ figures }) => figures).find(({ id }) => id === 'q-recommend')
    expect(scale?.key).toHaveLength(3)
  })

  it('reads in every language there is, with every wording present', () => {
    for (const { tag } of messages.locales) expect(show(tag).html).not.toMatch(/\breport\.(?!css)[a-z]/i)
  })
})

describe('charts', () => {
  const caption = { id: 'x', title: 'A & "B" <c>', desc: '50%', lang: 'en' }
  const segments = [
    { share: 0.2, stance: 'unfavorable' as const, level: 1 as const },
    { share: 0.4, stance: 'neutral' as const, level: 1 as const },
    { share: 0.4, stance: 'favorable' as const, level: 1 as const },
  ]
  const room = { before: 1, after: 1 }
  const xs = (svg: string) =>
    [...svg.matchAll(/x="([\d.]+)" y="0" width="([\d.]+)"/g)].map(([, x, width]) => [
      Number(x),
      Number(width),
    ])

  it('are well formed', () => {
    for (const svg of [
      shareBar(caption, { share: 0.5, longest: 0.5, strong: true, dir: 'ltr' }),
      divergingBar(caption, segments, { room, dir: 'ltr' }),
    ]) {
      expect(svg).toContain('<title id="x-title">A &amp; &quot;B&quot; &lt;c&gt;</title>')
      const open = [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)]
      const stack: string[] = []
      for (const [, close, name = '', self] of open) {
        if (self) continue
        if (close) expect(stack.pop()).toBe(name)
        else stack.push(name)
      }
      expect(stack).toEqual([])
    }
  })

  it('put the neutral answers astride the middle', () => {
    expect(xs(divergingBar(caption, segments, { room, dir: 'ltr' }))).toEqual([
      [300, 100],
      [400, 200],
      [600, 200],
    ])
  })

  it('are mirrored for readers from right to left', () => {
    expect(xs(divergingBar(caption, segments, { room, dir: 'rtl' }))).toEqual([
      [600, 100],
      [400, 200],
      [200, 200],
    ])
    expect(xs(shareBar(caption, { share: 0.25, longest: 0.5, strong: false, dir: 'rtl' }))).toEqual([
      [500, 500],
    ])
  })

  it('stripes the unfavorable side, in the bar and its key, so that it shows without colour', () => {
    const striped = (stance: 'favorable' | 'neutral' | 'unfavorable') =>
      [
        divergingBar(caption, [{ share: 1, stance, level: 2 }], {
          room: { before: 1, after: 1 },
          dir: 'rtl',
        }),
        swatch({ stance, level: 2 }),
      ].map((svg) => svg.split('class="stripe"').length - 1)
    expect(striped('unfavorable')).toEqual([3, 3])
    expect(striped('neutral')).toEqual([0, 0])
    expect(striped('favorable')).toEqual([0, 0])
  })
})

describe('numbers', () => {
  const t = messages.t('en')
  const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
  it('never round something to nothing, nor nearly all to all', () => {
    expect(reader.percent(0.001)).toBe('<1%')
    expect(reader.percent(0.999)).toBe('>99%')
    expect(reader.percent(0)).toBe('0%')
    expect(reader.percent(1)).toBe('100%')
    expect(reader.figure(0.1800475, 379)).toBe('18% (379)')
  })
})

test('no two columns of a chart’s numbers have one name, whatever the points of a scale are called', () => {
  const one = reportOf(hundred)
    .sections.flatMap(({ questions }) => questions)
    .find(({ question }) => question.code === 'climate')
  if (!one) throw new Error('the fixture asks climate')
  const [first, ...others] = one.outline.points ?? []
  const points = first ? [{ ...first, code: 'low' }, ...others] : []
  const t = messages.t('en')
  const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
  const [heads = []] = questionRows({ ...one, outline: { ...one.outline, points } }, reader)
  expect(heads).toContain('point_low')
  expect(new Set(heads).size).toBe(heads.length)
})

test('whether percentages add up is told by those that are printed', () => {
  const t = messages.t('en')
  const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
  for (const [count, n] of [
    [23, 40],
    [29, 200],
    [57, 200],
    [1, 3],
  ] as const)
    expect(reader.percent(count / n)).toBe(`${roundedPercent(count / n)}%`)
})

test('a picture breaks a word that no line holds, and no other', () => {
  const [address, spoken] = ['x'.repeat(100), 'What families say of the school and of its hours']
  const svg = standalone({
    ...{ title: spoken, under: '', lang: 'en', dir: 'ltr' },
    rows: [{ label: `${address} it is`, number: '1%', svg: '' }],
  })
  const lines = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = '']) => words)
  expect(lines).toContain(spoken)
  expect(lines.filter((line) => line.includes('xxx')).map((line) => line.length)).toEqual([34, 34, 32])
})
