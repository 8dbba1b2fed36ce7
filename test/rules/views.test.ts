import { setImmediate as otherWork } from 'node:timers/promises'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reservedQuestions } from '../../src/questionnaire/check.ts'
import climate from '../../templates/surveys/climate.json' with { type: 'json' }
import { everyKind } from '../respond/surveys.ts'
import { openGallery, pageTemplates, type Sent, tags } from './pages.ts'
import { strict } from './strict.ts'
import { read, type Tag } from './wellFormed.ts'

/**
 * Somebody comes in English, from left to right, and in Arabic, and goes everywhere; what the first is shown is shown
 * in every other language too. With HEARD_LANGUAGES=all (`npm run test:languages`) somebody comes in each of them, with
 * HEARD_LANGUAGES=few (`npm run check`) in English alone, and Arabic is the only other.
 */
const asked = process.env.HEARD_LANGUAGES
const comeIn = asked === 'all' ? tags : asked === 'few' ? ['en'] : ['en', 'ar']
const looked = asked === 'few' ? ['en', 'ar'] : tags

let gallery: Awaited<ReturnType<typeof openGallery>>
const pages = await pageTemplates()
/** By language and rule: what is wrong, with the templates of the pages that have it. */
const wrong = new Map<string, Map<string, Set<string>>>()
const shown = new Map<string, Set<string>>(tags.map((tag) => [tag, new Set()]))
const assets = new Set<string>()
const fieldsOfSections = new Set<string>()

beforeAll(async () => {
  gallery = await openGallery(looked.filter((tag) => !comeIn.includes(tag)))
  for (const tag of comeIn) await gallery.visit(tag)
  // A page is read once, and every rule looks at what was read.
  for (const page of gallery.sent) {
    look(page)
    // A site that is kept from its work for seconds would turn away who asks next.
    await otherWork()
  }
}, 240_000)
afterAll(() => gallery?.close())

type Read = Sent & { tags: Tag[]; faults: string[] }

/** What people read of a page, on the screen or by ear. */
function said({ html, tags }: Read): string {
  const attributes = tags.flatMap(({ attributes }) =>
    [...attributes]
      .filter(([name]) => /^(aria-label|title|alt|placeholder|content|data-.*)$/.test(name))
      .map(([, value]) => value),
  )
  // The office reads names of wordings where it asks for them; there they stand as code.
  return [html.replace(/<code\b.*?<\/code>/gs, '').replace(/<[^>]*>/g, '\n'), ...attributes].join('\n')
}

const unsaid =
  /\b(undefined|NaN)\b|\[object \w+\]|\{\{|\}\}|\b(account|common|error|home|kind|language|office|paper|people|plan|problem|question|ranking|report|respond)\.[a-z][A-Za-z]+/g
const loading = 'src srcset poster data background xlink:href action formaction ping manifest'.split(' ')
const ours = /^(\/(?!\/)|#|\?|data:image\/)/
const leadsOut = /^(\/(?!\/)|#|\?|https:\/\/|mailto:|tel:|http:\/\/127\.0\.0\.1:\d+\/s\/)/

/** What every page keeps to in every language: the rule, and what in a page is against it. */
const rules: Record<string, (page: Read) => string[]> = {
  'is well-formed': ({ faults }) => faults,
  'shows no name of a wording, nothing left to fill in and nothing undefined': (page) =>
    said(page).match(unsaid) ?? [],
  'says in which language and direction it is': ({ lang, html, template }) =>
    // It hangs on a wall, in the language of the families and not of the office.
    (template === 'kit/flyer' && !comeIn.includes(lang)) ||
    html.includes(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`)
      ? []
      : ['does not say so'],
  'has no script or style of its own: the policy would block it': ({ html, tags }) => [
    ...(html.match(/<style\b[^>]*>/gi) ?? []),
    ...(html.match(/<script\b(?![^>]*\bsrc=)[^>]*>/gi) ?? []),
    ...(html.match(/<script\b[^>]*>(?!<\/script>)/gi) ?? []),
    ...tags.flatMap(({ name, attributes }) =>
      [...attributes.keys()]
        .filter((attribute) => attribute === 'style' || attribute.startsWith('on'))
        .map((attribute) => `<${name} ${attribute}>`),
    ),
  ],
  'loads nothing from elsewhere, and sends nothing there': ({ tags }) =>
    tags.flatMap(({ name, attributes }) =>
      [...loading, ...(name === 'a' ? [] : ['href'])].flatMap((attribute) => {
        const value = attributes.get(attribute)
        return value === undefined || ours.test(value) ? [] : [`<${name} ${attribute}="${value}">`]
      }),
    ),
  'leads elsewhere by https alone': ({ tags }) =>
    tags.flatMap(({ name, attributes }) => {
      const href = name === 'a' ? attributes.get('href') : undefined
      return href === undefined || leadsOut.test(href) ? [] : [href]
    }),
}

/** Reads a page, and remembers what is wrong with it and what it asks for. */
function look(page: Sent): void {
  const against = (rule: string, faults: string[]) => {
    for (const fault of faults) {
      const found = wrong.get(`${page.lang} ${rule}`) ?? new Map<string, Set<string>>()
      wrong.set(`${page.lang} ${rule}`, found)
      found.set(fault, (found.get(fault) ?? new Set()).add(page.template))
    }
  }
  shown.get(page.lang)?.add(page.template)
  if (page.fault !== undefined) {
    against('is shown', [String(page.fault)])
    return
  }
  const whole = { ...page, ...read(page.html) }
  for (const [rule, found] of Object.entries(rules)) against(rule, found(whole))
  for (const { name, attributes } of whole.tags) {
    const address = name === 'a' ? undefined : (attributes.get('src') ?? attributes.get('href'))
    if (address?.startsWith('/assets/')) assets.add(address)
    const field = attributes.get('name')?.split('.')[0]
    if (field && page.template === 'respond/section') fieldsOfSections.add(field)
  }
}

const faultsOf = (tag: string, rule: string): Record<string, string[]> =>
  Object.fromEntries([...(wrong.get(`${tag} ${rule}`) ?? [])].map(([fault, pages]) => [fault, [...pages]]))

describe.each(looked)('every page in %s', (tag) => {
  test('is shown, with a model that throws on an unknown name', () => {
    expect(faultsOf(tag, 'is shown')).toEqual({})
    expect(pages.filter((page) => !shown.get(tag)?.has(page))).toEqual([])
  })

  test.each(Object.keys(rules))('%s', (rule) => {
    expect(faultsOf(tag, rule)).toEqual({})
  })
})

test('what pages ask for is there, kept for ever, and has the right type', async () => {
  expect(assets.size).toBeGreaterThan(3)
  for (const address of assets) {
    const { status, headers } = await request(gallery.app).get(address)
    expect([address, status]).toEqual([address, 200])
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).toMatch(/^(text\/(css|javascript)|image\/)/)
  }
})

test('every answer has the policy, and it lets nothing inline in', async () => {
  for (const path of ['/', '/s/here', '/s/here/choices', '/nowhere', '/sign-in', '/office', '/healthz']) {
    const policy = (await request(gallery.app).get(path)).headers['content-security-policy'] ?? ''
    expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
})

test('no field of the page of a section can be the code of a question', () => {
  const questions = new Set(
    [...everyKind.sections, ...climate.sections].flatMap((section) =>
      section.questions.map(({ code }) => code),
    ),
  )
  const names = [...fieldsOfSections].filter(
    (name) => !questions.has(name) && name !== 'viewport' && !name.includes('-'),
  )
  expect(names.filter((name) => !reservedQuestions.includes(name))).toEqual([])
})

test.each([
  ['an element that is not closed', '<div>'],
  ['elements closed in the wrong order', '<b><i>x</b></i>'],
  ['a list in a paragraph', '<p><ul><li>x</li></ul></p>'],
  ['a list of anything', '<ul><a href="#main">x</a></ul>'],
  ['a bare sign', 'fish & chips, 1 < 2'],
  ['an id twice', '<b id="a">x</b><b id="a">y</b>'],
  ['a label for nothing', '<label for="none">x</label>'],
  ['an attribute twice', '<b class="a" class="b">x</b>'],
  ['an attribute without its quotes', '<b class=a>x</b>'],
  ['a second main part', '<main></main>'],
])('HTML with %s is not well-formed', (_what, html) => {
  const page = (inside: string) =>
    `<!doctype html><html><body><main id="main"><h1>x</h1></main>${inside}</body></html>`
  expect(read(page('<p>x &amp; y</p>')).faults).toEqual([])
  expect(read(page(html)).faults).not.toEqual([])
})

test('a model throws on a name that it does not have, however deep', () => {
  const page = strict({ title: 'x', list: [{ words: 'y', gone: undefined }] })
  expect(page.list.map(({ words, gone }) => [words, gone])).toEqual([['y', undefined]])
  expect(() => Reflect.get(page, 'titel')).toThrow('page.titel')
  expect(() => page.list.map((entry) => Reflect.get(entry, 'word'))).toThrow('page.list[].word')
})
