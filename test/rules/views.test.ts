import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reservedQuestions } from '../../src/questionnaire/check.ts'
import climate from '../../templates/surveys/climate.json' with { type: 'json' }
import { everyKind } from '../respond/surveys.ts'
import { openGallery, pageTemplates, type Sent, tags } from './pages.ts'
import { strict } from './strict.ts'
import { faultsOf, tagsOf } from './wellFormed.ts'

const climateCodes = new Set(climate.sections.flatMap(({ questions }) => questions.map(({ code }) => code)))

let gallery: Awaited<ReturnType<typeof openGallery>>
const pages = await pageTemplates()
beforeAll(async () => {
  gallery = await openGallery()
  for (const tag of tags) await gallery.visit(tag)
}, 240_000)
afterAll(() => gallery?.close())

const inLanguage = (tag: string): Sent[] => gallery.sent.filter(({ lang }) => lang === tag)

/** What people read of a page, on the screen or by ear. */
function said(html: string): string {
  const attributes = tagsOf(html).flatMap(({ attributes }) =>
    [...attributes]
      .filter(([name]) => /^(aria-label|title|alt|placeholder|content|data-.*)$/.test(name))
      .map(([, value]) => value),
  )
  // The office reads names of wordings where it asks for them; there they stand as code.
  return [html.replace(/<code\b.*?<\/code>/gs, '').replace(/<[^>]*>/g, '\n'), ...attributes].join('\n')
}

/** Reports each fault once, with the pages that have it. */
function gathered(found: (page: Sent) => string[], sent: Sent[]): Record<string, string[]> {
  const byFault: Record<string, Set<string>> = {}
  for (const page of sent)
    for (const fault of found(page)) {
      byFault[fault] ??= new Set()
      byFault[fault].add(page.template)
    }
  return Object.fromEntries(Object.entries(byFault).map(([fault, templates]) => [fault, [...templates]]))
}

describe.each(tags)('every page in %s', (tag) => {
  test('is shown, with a model that throws on an unknown name', () => {
    expect(gathered(({ fault }) => (fault === undefined ? [] : [String(fault)]), inLanguage(tag))).toEqual({})
    const shown = new Set(inLanguage(tag).map(({ template }) => template))
    expect(pages.filter((page) => !shown.has(page))).toEqual([])
  })

  test('is well-formed', () => {
    const whole = inLanguage(tag).filter(({ fault }) => fault === undefined)
    expect(gathered(({ html }) => faultsOf(html), whole)).toEqual({})
  })

  test('shows no name of a wording, nothing left to fill in and nothing undefined', () => {
    const wrong =
      /\b(undefined|NaN)\b|\[object \w+\]|\{\{|\}\}|\b(account|common|error|home|kind|language|office|paper|people|plan|problem|question|ranking|report|respond)\.[a-z][A-Za-z]+/g
    expect(gathered(({ html }) => said(html).match(wrong) ?? [], inLanguage(tag))).toEqual({})
  })

  test('says in which language and direction it is', () => {
    const wrong = inLanguage(tag).filter(
      ({ html }) => !new RegExp(`<html lang="${tag}" dir="${tag === 'ar' ? 'rtl' : 'ltr'}">`).test(html),
    )
    expect(wrong.map(({ template }) => template)).toEqual([])
  })
})

test('no field of the page of a section can be the code of a question', () => {
  const questions = new Set(
    everyKind.sections.flatMap((section) => section.questions.map(({ code }) => code)),
  )
  const names = gallery.sent
    .filter(({ template }) => template === 'respond/section')
    .flatMap(({ html }) =>
      tagsOf(html).flatMap(({ attributes }) => attributes.get('name')?.split('.')[0] ?? []),
    )
    .filter(
      (name) => !questions.has(name) && !climateCodes.has(name) && name !== 'viewport' && !name.includes('-'),
    )
  expect([...new Set(names)].filter((name) => !reservedQuestions.includes(name))).toEqual([])
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
  expect(faultsOf(page('<p>x &amp; y</p>'))).toEqual([])
  expect(faultsOf(page(html))).not.toEqual([])
})

test('a model throws on a name that it does not have, however deep', () => {
  const page = strict({ title: 'x', list: [{ words: 'y', gone: undefined }] })
  expect(page.list.map(({ words, gone }) => [words, gone])).toEqual([['y', undefined]])
  expect(() => Reflect.get(page, 'titel')).toThrow('page.titel')
  expect(() => page.list.map((entry) => Reflect.get(entry, 'word'))).toThrow('page.list[].word')
})
