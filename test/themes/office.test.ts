import { afterAll, beforeAll, expect, test } from 'vitest'
import { readShippedCodebook } from '../../src/templates.ts'
import { codebookCsv } from '../../src/theme/codebookCsv.ts'
import { wordsOf } from '../site.ts'
import { openThemes, survey } from './house.ts'

let site: Awaited<ReturnType<typeof openThemes>>
let office: Awaited<ReturnType<typeof site.at>>
let coder: Awaited<ReturnType<typeof site.at>>
beforeAll(async () => {
  site = await openThemes()
  office = await site.at('office')
  coder = await site.at('coder')
})
afterAll(() => site.close())

const desk = (slug: string) => `/office/surveys/${slug}/comments`
const book = '/office/codebook'
const said = (n: number) =>
  n % 2 === 0 ? `The bus came late on day ${n} again` : `My child felt sad and alone on day ${n}`

test('what was learnt says how good it is, and counts only where the office accepts it', async () => {
  const made = await survey(
    site,
    'learn',
    Array.from({ length: 80 }, (_, n) => ({ words: said(n) })),
  )
  const page = `${desk('learn')}/learning`
  expect(wordsOf((await coder.look(page)).html)).toContain('So far it is 0.')
  const comments = await site.stores.comments.list(made.id)
  await site.stores.codings.read(
    made.id,
    { person: 'id-coder-example-org', version: 1, how: 'desk', at: 1 },
    comments.slice(0, 50).map(({ id, words }) => ({
      comment: id,
      themes: [words.includes('bus') ? 'student-need' : 'mental-health'],
    })),
  )
  expect((await coder.press(page, page)).to).toBe(`${page}?done=learning`)
  await expect.poll(() => site.stores.themeModels.list(made.id), { timeout: 20_000 }).toHaveLength(1)
  const shown = wordsOf((await office.look(`${page}?confidence=70`)).html)
  expect(shown).toContain('model-1 learnt from 50 comments')
  expect(shown).toContain('Does not count.')
  // A coder reads; only the office decides.
  expect((await coder.look(page)).html).not.toContain(`${desk('learn')}/accept`)
  const accepted = await office.press(`${page}?confidence=70`, `${desk('learn')}/accept`)
  expect(accepted.status).toBe(303)
  const [held] = await site.stores.acceptances.list(made.id)
  expect(held).toMatchObject({ model: 1, confidence: 0.7, by: 'id-office-example-org' })
  expect(held?.precision).toBeGreaterThan(0.8)
  expect(held?.recall).toBeGreaterThan(0.8)
  expect(wordsOf((await office.look(accepted.to)).html)).toMatch(/From 70% on: \d+% right, \d+% found\./)
  // Another lesson does not change what was accepted.
  await coder.press(page, page)
  await expect.poll(() => site.stores.themeModels.list(made.id), { timeout: 20_000 }).toHaveLength(2)
  expect(wordsOf((await office.look(page)).html)).toContain('By an earlier model.')
  await office.press(page, `${desk('learn')}/withdraw`)
  expect(await site.stores.acceptances.list(made.id)).toEqual([])
  const record = await site.stores.audit.list({ limit: 9, did: 'themes-accepted', about: 'learn' })
  expect(record.map(({ detail }) => detail.split(' ').at(-1))).toEqual(['withdrawn', '70%'])
  // The desk begins with what the model is least sure of, and says why.
  expect(wordsOf((await coder.look(desk('learn'))).html)).toMatch(/(Likely|Perhaps) \(\d+%\)/)
})

test('a second coder does not see the first, agreement is measured, and a disagreement is settled', async () => {
  const made = await survey(
    site,
    'agree',
    Array.from({ length: 4 }, (_, n) => ({ words: said(n) })),
  )
  const page = `${desk('agree')}/agreement`
  const comments = await site.stores.comments.list(made.id)
  await site.stores.codings.read(
    made.id,
    { person: 'id-office-example-org', version: 1, how: 'desk', at: 1 },
    comments.map(({ id }, n) => ({ comment: id, themes: [n % 2 === 0 ? 'student-need' : 'mental-health'] })),
  )
  expect((await coder.press(page, page, { size: '0' })).status).toBe(422)
  await coder.press(page, page, { size: '10' })
  const blind = `${desk('agree')}?state=sample`
  expect((await coder.look(blind)).html).not.toContain('office@example.org')
  for (let n = 0; n < 4; n++)
    await coder.press(blind, blind, {
      theme: n === 3 ? 'hiring' : n % 2 === 0 ? 'student-need' : 'mental-health',
    })
  const { html } = await coder.look(page)
  expect(wordsOf(html)).toContain('4 comments that two people coded, the second without seeing the first.')
  expect(wordsOf(html)).toMatch(/Mental health.*75%/)
  expect(html.match(/class="differ"/g)).toHaveLength(2)
  expect(wordsOf(html)).toContain('4 comments were drawn. You have coded them all.')
  expect(wordsOf((await coder.look(blind)).html)).toContain('You have coded all comments that were drawn')
  await coder.press(page, `${desk('agree')}/settle`, { fits: 'no' })
  expect((await coder.look(page)).html.match(/class="differ"/g)).toHaveLength(1)
  const settled = (await site.stores.codings.list(made.id)).filter(({ source }) => source === 'settled')
  expect(settled).toMatchObject([{ verdict: false, who: 'id-coder-example-org' }])
})

test('who has left leaves codes behind, and no name', async () => {
  const made = await survey(site, 'left', [{ words: 'Longer library hours' }])
  const [one] = await site.stores.comments.list(made.id)
  await site.stores.codings.read(made.id, { person: 'gone', version: 1, how: 'desk', at: 1 }, [
    { comment: one?.id ?? 0, themes: ['enrichment'] },
  ])
  const shown = wordsOf((await coder.look(`${desk('left')}?comment=${one?.id}`)).html)
  expect(shown).toContain('Someone who has left:')
})

test('ten thousand pasted comments come in, and are read one by one', async () => {
  const made = await survey(site, 'paste', [])
  const page = `${desk('paste')}/import`
  expect((await coder.look(page)).status).toBe(403)
  const words = Array.from({ length: 10_000 }, (_, n) => `"Comment ${n}, with a comma and a ""quote"""`).join(
    '\n',
  )
  const { html } = await office.look(page)
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const sent = await office.send(page, { _csrf, question: 'say', language: 'en', words })
  expect(sent.headers.location).toBe(`${page}?done=10000`)
  expect((await site.stores.comments.count(made.id)).n).toBe(10_000)
  expect(await site.stores.responses.count(made.id)).toBe(10_000)
  const first = await coder.look(desk('paste'))
  expect(wordsOf(first.html)).toContain('0 of 10,000 comments are read')
  expect(wordsOf(first.html)).toContain('Comment 0, with a comma and a "quote"')
  expect(wordsOf((await coder.look(`${desk('paste')}?find=9999`)).html)).toContain('Comment 9999')
})

test('a table whose rows are wrong brings in nothing and says which', async () => {
  const made = await survey(site, 'faults', [])
  const page = `${desk('faults')}/import`
  const { html } = await office.look(page)
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const words = `language,say\nes-MX,Bien\ntlh,Bad${'\ntlh,Worse'.repeat(9)}`
  const sent = await office.send(page, { _csrf, question: 'say', language: 'en', words })
  expect(sent.status).toBe(422)
  expect(wordsOf(sent.text)).toContain(
    'Rows 3, 4, 5, 6, 7, and 5 more: Column language: the survey is not offered in “tlh”',
  )
  const long = await office.send(page, {
    ...{ _csrf, question: 'say', language: 'en' },
    words: `Good\n${'Long '.repeat(5000)}`,
  })
  expect(wordsOf(long.text)).toMatch(/Row 2: Column say: it is longer than \d+ characters, the most/)
  expect((await site.stores.comments.count(made.id)).n).toBe(0)
})

test('a theme is added, changed, merged, split and brought back, each by a version of its own', async () => {
  const made = await survey(site, 'book', [{ words: 'Buses' }])
  const [one] = await site.stores.comments.list(made.id)
  const version = async () => (await site.stores.codebooks.find('default'))?.version ?? 0
  const began = await version()
  expect((await coder.look(`${book}/new`)).status).toBe(403)
  const added = await office.press(`${book}/new`, `${book}/new`, {
    ...{ 'name.en': 'Getting to school', 'words.en': 'bus*\nride', colour: '#123456', parent: '' },
  })
  expect(added.to).toBe(`${book}/getting-to-school?done=saved`)
  expect((await coder.look(desk('book'))).html).toContain('<mark>Buses</mark>')
  await coder.press(desk('book'), desk('book'), { theme: 'getting-to-school' })
  const page = `${book}/getting-to-school`
  await office.press(page, `${page}/merge`, { into: 'student-need' })
  const codes = async () => (await site.stores.codings.list(made.id)).map(({ theme }) => theme)
  expect(await codes()).toEqual(['student-need'])
  expect((await office.look(page)).status).toBe(404)
  expect(wordsOf((await office.look(book)).html)).toContain('Merged: Getting to school into')
  await office.press(book, `${book}/restore`)
  expect(await codes()).toEqual(['getting-to-school'])
  const wrong = await office.press(page, `${page}/split`, { parts: 'Bus\nWalk', rule: '' })
  expect(wrong.status).toBe(422)
  await office.press(page, `${page}/split`, { parts: 'Bus\nWalk', rule: 'By how they come' })
  expect(await codes()).toEqual([])
  const open = wordsOf((await coder.look(`${desk('book')}?state=open`)).html)
  expect(open).toContain('Please choose again. The rule: By how they come')
  // The theme is called what it was called, and nobody is said to have found that nothing fits.
  const shown = wordsOf((await office.look(`${desk('book')}?state=open`)).html)
  expect(shown).toContain('The theme Getting to school was split into')
  expect(shown).toContain('coder@example.org: Getting to school')
  await coder.press(`${desk('book')}?state=open`, `${desk('book')}?state=open`, { theme: 'bus' })
  expect(await codes()).toEqual(['bus'])
  expect(await site.stores.codings.readings(made.id, one?.id)).toHaveLength(1)
  expect(await version()).toBe(began + 4)
  const stale = await office.send(`${book}/bus/remove`, {
    ...{
      version: String(began),
      _csrf: /name="_csrf" value="([^"]+)"/.exec((await office.look(book)).html)?.[1] ?? '',
    },
  })
  expect(stale.status).toBe(409)
})

test('a codebook comes as a file, and a file says what it would change before it does', async () => {
  const file = (await coder.open(`${book}.csv`)).text
  expect(file.startsWith('\ufeffcode,parent,colour')).toBe(true)
  const upload = async (csv: string) => {
    const _csrf = /name="_csrf" value="([^"]+)"/.exec((await office.look(book)).html)?.[1] ?? ''
    return office.upload(`${book}/file`, { _csrf }, csv)
  }
  expect(wordsOf(await upload(file))).toContain('Nothing: it says what the codebook says.')
  const { themes, ...rest } = readShippedCodebook()
  const [first, ...others] = themes
  if (!first) throw new Error('no theme')
  const changed = codebookCsv({ ...rest, themes: [{ ...first, colour: '#000000' }, ...others.slice(1)] })
  const html = await upload(changed)
  expect(wordsOf(html)).toMatch(/Changes one theme:.*Takes out/)
  expect(wordsOf(await upload('code,colour,name:en\nx y,red,X'))).toMatch(
    /Row 2: Column code: this is not a code.*Row 2: Column colour/,
  )
  const before = await site.stores.codebooks.find('default')
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
  await office.send(`${book}/take`, { _csrf, version: String(before?.version), csv: changed })
  const after = await site.stores.codebooks.find('default')
  expect(after?.themes.find(({ code }) => code === first.code)?.colour).toBe('#000000')
  expect(after?.history.at(-1)?.kind).toBe('imported')
})
