import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordsOf } from '../site.ts'
import { openThemes, survey } from './house.ts'

let site: Awaited<ReturnType<typeof openThemes>>
beforeAll(async () => {
  site = await openThemes()
})
afterAll(() => site.close())

const desk = (slug: string) => `/office/surveys/${slug}/comments`
const given = async (id: number) =>
  (await site.stores.codings.list(id)).map(({ comment, theme, who }) => `${comment} ${theme} ${who}`).sort()

test('a coder reads one comment after the other, and every look is written down once', async () => {
  const made = await survey(site, 'one', [
    { words: 'We need a tutor after school' },
    { words: 'The bus is late' },
  ])
  const [first, second] = await site.stores.comments.list(made.id)
  const coder = await site.at('coder')
  const { html } = await coder.look(desk('one'))
  expect(html).toContain('<mark>tutor</mark>')
  expect(wordsOf(html)).toContain('0 of 2 comments are read, 2 to go.')
  const saved = await coder.press(desk('one'), desk('one'), { theme: ['tutoring', 'enrichment'], do: 'save' })
  expect(saved.status).toBe(303)
  // The next comment stands where this one stood, also on a phone.
  expect(saved.to.endsWith('#read')).toBe(true)
  expect(html).toContain('id="read"')
  const next = await coder.look(saved.to)
  expect(wordsOf(next.html)).toContain('The bus is late')
  expect(wordsOf(next.html)).toContain('1 of 2 comments are read, 1 to go.')
  const who = 'id-coder-example-org'
  expect(await given(made.id)).toEqual([`${first?.id} enrichment ${who}`, `${first?.id} tutoring ${who}`])
  await coder.press(desk('one'), desk('one'), { do: 'none', theme: 'tutoring' })
  expect((await site.stores.codings.readings(made.id)).map(({ comment }) => comment)).toEqual([
    first?.id,
    second?.id,
  ])
  expect(wordsOf((await coder.look(desk('one'))).html)).toMatch(
    /Every comment is read \(2\)\..*You have come to the end: every comment is read\./,
  )
  const looks = await site.stores.audit.list({ limit: 50, did: 'looked-at-comments', about: 'one' })
  expect(looks.map(({ who }) => who)).toEqual(['coder@example.org'])
})

test('a saving is undone, and the comment stands there again', async () => {
  const made = await survey(site, 'undone', [{ words: 'More art classes' }])
  const coder = await site.at('coder')
  const { to } = await coder.press(desk('undone'), desk('undone'), { theme: 'enrichment' })
  const back = await coder.press(to, `${desk('undone')}/undo`)
  expect(wordsOf((await coder.look(back.to)).html)).toContain('Your last saving is taken back.')
  expect(await given(made.id)).toEqual([])
  expect(await site.stores.codings.readings(made.id)).toEqual([])
})

test('two people code the same comment at once: both are kept, and the second sees both', async () => {
  const made = await survey(site, 'twice', [{ words: 'Smaller classes please' }, { words: 'Thank you' }])
  const [coder, office] = [await site.at('coder'), await site.at('office')]
  const page = await coder.look(desk('twice'))
  await office.press(desk('twice'), desk('twice'), { theme: 'hiring' })
  const fields = Object.fromEntries(
    [...page.html.matchAll(/name="(_csrf|comment|version|seen|skip)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  const saved = await coder.send(desk('twice'), { ...fields, theme: 'mtss' })
  const { html } = await coder.look(String(saved.headers.location))
  expect(wordsOf(html)).toContain(
    'office@example.org coded the same comment at the same time. Both are kept.',
  )
  const both = await coder.look(/href="([^"]*comment=[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '')
  expect(wordsOf(both.html)).toContain('You do not agree on all themes.')
  expect((await given(made.id)).map((one) => one.split(' ')[1])).toEqual(['hiring', 'mtss'])
})

test('a theme that is taken out while somebody codes is told kindly, and the rest is saved', async () => {
  const made = await survey(site, 'gone', [{ words: 'Hire more nurses' }])
  const [coder, office] = [await site.at('coder'), await site.at('office')]
  const page = await coder.look(desk('gone'))
  const fields = Object.fromEntries(
    [...page.html.matchAll(/name="(_csrf|comment|version|seen|skip)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  const code = '/office/codebook/reconnect'
  expect((await office.press(code, `${code}/remove`)).to).toBe('/office/codebook?done=removed')
  const body = new URLSearchParams([
    ...Object.entries(fields),
    ['theme', 'reconnect'],
    ['theme', 'hiring'],
  ]).toString()
  const saved = await coder.send(desk('gone'), body as unknown as Record<string, string>)
  const told = wordsOf((await coder.look(String(saved.headers.location))).html)
  expect(told).toMatch(/was taken out while you were coding\. All the rest is saved\./)
  expect((await given(made.id)).map((one) => one.split(' ')[1])).toEqual(['hiring'])
  await office.press('/office/codebook', '/office/codebook/restore')
  expect((await site.stores.codebooks.find('default'))?.themes.some((one) => one.code === 'reconnect')).toBe(
    true,
  )
})

test('whatever a comment holds is shown as words: markup, emoji, mixed scripts, twenty thousand bytes', async () => {
  const words = [
    '<script>alert("x")</script><b>bold</b>',
    '👍🏽👍🏽',
    'The bus الباص متأخر is late 校车 <img src=x onerror=y>',
    `${'long words '.repeat(1_850)}end`,
  ]
  const made = await survey(
    site,
    'wild',
    words.map((one) => ({ words: one })),
  )
  const coder = await site.at('coder')
  for (const { id } of await site.stores.comments.list(made.id)) {
    const { status, html } = await coder.look(`${desk('wild')}?comment=${id}`)
    expect(status).toBe(200)
    expect(html).not.toMatch(/<script>alert|<b>bold|<img src=x/)
    expect(html).toContain('dir="auto"')
  }
  expect(wordsOf((await coder.look(`${desk('wild')}?find=BOLD`)).html)).toContain('1 comment fits')
})

test('a group that is too small to hide in is not looked at by itself', async () => {
  await survey(site, 'few', [
    { words: 'I am the only one here', group: 'board', school: 'school_a' },
    ...Array.from({ length: 12 }, (_, n) => ({
      words: `A family says ${n}`,
      group: 'family',
      school: 'school_a',
    })),
  ])
  const coder = await site.at('coder')
  const alone = wordsOf((await coder.look(`${desk('few')}?group=board`)).html)
  expect(alone).toContain('Too few people')
  expect(alone).not.toContain('I am the only one here')
  const first = wordsOf((await coder.look(`${desk('few')}?find=only+one`)).html)
  expect(first).toContain('I am the only one here')
  expect(first).not.toMatch(/English · (board|Board)/)
  expect(wordsOf((await coder.look(`${desk('few')}?group=family`)).html)).toContain('A family says 0')
})

test("a coder's own words for a comment are kept for those who do not read its language", async () => {
  const made = await survey(site, 'gloss', [{ words: 'Mi hijo necesita más ayuda', language: 'es' }])
  const coder = await site.at('coder')
  await coder.press(desk('gloss'), desk('gloss'), { theme: 'tutoring', gloss: 'My son needs more help' })
  const [one] = await site.stores.codings.glosses(made.id)
  expect(one).toMatchObject({ tag: 'en', words: 'My son needs more help' })
  const spanish = await coder.look(`${desk('gloss')}?state=all&lang=es`)
  expect(spanish.html).toContain('My son needs more help')
})

test('many comments that say nothing, or nearly the same, are coded in one step', async () => {
  const made = await survey(site, 'many', [
    ...['n/a', 'N/A', 'none', '👍'].map((words) => ({ words })),
    ...[1, 2, 3].map((n) => ({
      words: `Please bring back the summer music program at our school ${'!'.repeat(n)}`,
    })),
  ])
  const coder = await site.at('coder')
  const page = `${desk('many')}/alike`
  expect(wordsOf((await coder.look(page)).html)).toContain('4 answers that say nothing')
  expect((await coder.press(page, page)).to).toMatch(/done=4&at=\d+#saved$/)
  // Without a theme, nothing is saved; with one, all are, and it can be taken back.
  const group = `${page}#g0`
  const refused = await coder.press(page, group)
  expect([refused.status, wordsOf(refused.html).includes('Tick a theme, or press')]).toEqual([422, true])
  expect(await given(made.id)).toEqual([])
  const saved = await coder.press(page, group, { theme: 'enrichment' })
  expect((await given(made.id)).length).toBe(3)
  const undone = await coder.press(saved.to.replace(/#.*/, ''), page, { do: 'undo' })
  expect(undone.to).toBe(`${page}?undone=3#saved`)
  expect(await given(made.id)).toEqual([])
  expect(await site.stores.codings.readings(made.id)).toHaveLength(4)
  expect((await coder.press(page, group, { theme: 'enrichment' })).to).toContain('done=3')
  expect((await given(made.id)).length).toBe(3)
  expect(wordsOf((await coder.look(page)).html)).toContain('No comments are left')
})
