import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { inDatabase } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import {
  field,
  hidden,
  openSite,
  respondent,
  rows,
  type Site,
  sampleDistrict,
  stored,
  wordsOf,
} from '../site.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await field(site.stores, { slug: `full-${++turn}`, definition: everyKind })
})

/**
 * Lets every COMMIT fail that writes to `table`, as a full disk does: the transaction was written, and cannot be kept.
 * (A constraint that is looked at only when it ends; test/store/commit.test.ts fills a real file.)
 */
async function whileFull(table: 'draft' | 'spent', work: () => Promise<void>): Promise<void> {
  await inDatabase(
    site.dataDir,
    `
    create table gone (id integer primary key);
    create table trap (id integer references gone (id) deferrable initially deferred);
    create trigger trap_in before insert on ${table} begin insert into trap values (1); end;
    create trigger trap_up before update on ${table} begin insert into trap values (1); end;`,
    `
    create table gone (id integer primary key);
    create table trap (id integer references gone (id) deferrable initially deferred);
    create function trapped() returns trigger language plpgsql as
      $$ begin insert into trap values (1); return new; end $$;
    create trigger trap_in before insert or update on ${table} for each row execute function trapped();`,
  )
  try {
    await work()
  } finally {
    await inDatabase(
      site.dataDir,
      'drop trigger trap_in; drop trigger trap_up; drop table trap; drop table gone;',
      `drop function trapped cascade; drop table trap; drop table gone;`,
    )
  }
}

const reader = (language = 'en') => respondent(site, survey.slug, { 'Accept-Language': language })
type Reader = ReturnType<typeof reader>
const form = (html: string) => /<form class="unsaved" method="post" action="([^"]+)"/.exec(html)?.[1] ?? ''
/** Presses the button of the page that says that it is not saved yet. */
const tryAgain = (someone: Reader, more = {}) =>
  someone.send(form(someone.seen().html), { ...hidden(someone.seen().html), ...more })
const answers = () =>
  rows(site, 'select answers from draft where survey = ?', survey.id).map((row) =>
    JSON.parse(String(row.answers)),
  )

describe('when a page cannot be saved', () => {
  test('it comes back whole, says that it is not saved yet, and one press later it is saved once', async () => {
    const someone = reader()
    await someone.start()
    const typed = { ride: 'bus', ride_why: 'It is <far>.\n"Very" far & dark', news: ['text', 'call'] }
    await whileFull('draft', async () => {
      const { status, html } = await someone.answer(typed)
      expect(status).toBe(503)
      expect(wordsOf(html)).toContain('Not saved yet')
      expect(wordsOf(html)).toContain('Everything you filled in is still here')
      expect(form(html)).toBe(`/s/${survey.slug}/choices`)
      expect(html.match(/name="news"/g)).toHaveLength(2)
      expect(answers()).toEqual([])
      // Pressed too early: still all there.
      expect((await tryAgain(someone, { ...typed })).status).toBe(503)
    })
    const { path } = await tryAgain(someone, { ...typed })
    expect(path).toBe(`/s/${survey.slug}/ratings`)
    expect(answers()).toMatchObject([
      { ride: 'bus', ride_why: { words: typed.ride_why }, news: ['text', 'call'] },
    ])
  })

  test('every field is there to be sent again, a comment of a million letters too', async () => {
    const someone = reader()
    await someone.start()
    const words = 'ab & '.repeat(200_000)
    await whileFull('draft', async () => {
      const { html } = await someone.answer({ ride: 'bus', ride_why: words })
      const kept = hidden(html)
      expect(kept.token).toBe(someone.token())
      expect(kept.ride).toBe('bus')
      expect(kept.ride_why === words).toBe(true)
    })
  })

  test('in the language that was asked for, which is asked for again', async () => {
    const someone = reader()
    await someone.start()
    await whileFull('draft', async () => {
      const { html } = await someone.switchLanguage('ar', { ride: 'bus' })
      expect(html).toContain('<html lang="ar" dir="rtl">')
      expect(html).toMatch(/<button class="primary" name="switch" value="ar">/)
      expect(hidden(html)).not.toHaveProperty('switch')
      // The list of languages is there as well, and is asked like any button.
      expect((await tryAgain(someone, { switch: 'es' })).html).toContain('<html lang="es"')
    })
    const page = await tryAgain(someone, { switch: 'es' })
    expect(page.path).toBe(`/s/${survey.slug}/choices`)
    expect(page.html).toMatch(/value="bus"[^>]* checked/)
  })

  test('a script is told so by status, and shows the page', async () => {
    const someone = reader()
    await someone.start()
    await whileFull('draft', async () => {
      const { status, html } = await someone.send(
        `/s/${survey.slug}/choices`,
        { token: someone.token(), ride: 'bus' },
        { 'Sent-By': 'script' },
      )
      expect([status, html.includes('class="unsaved"')]).toEqual([503, true])
    })
  })
})

describe('when the response cannot be saved', () => {
  test('it says that nothing is sent yet; sent again it counts once, pressed twice or not', async () => {
    const someone = reader()
    await someone.start()
    for (const fields of [{ ride: 'bus' }, {}, {}]) await someone.answer(fields)
    await whileFull('spent', async () => {
      const { status, html } = await someone.submit()
      expect(status).toBe(503)
      expect(wordsOf(html)).toContain('They are not sent yet, and they are still here')
      expect(await stored(site, survey)).toEqual([])
    })
    const page = someone.seen()
    const press = () => someone.send(form(page.html), hidden(page.html))
    const receipts = await Promise.all([press(), press()])
    for (const { path } of receipts) expect(path).toBe(`/s/${survey.slug}/thanks`)
    expect(await stored(site, survey)).toMatchObject([{ answers: { ride: 'bus' } }])
    await expect(site.heard('check')).resolves.toBeTruthy()
  })

  test('the answers before it are still there after the browser was closed', async () => {
    const someone = reader()
    await someone.start()
    for (const fields of [{ ride: 'walk' }, {}, {}]) await someone.answer(fields)
    await whileFull('spent', async () => {
      await someone.submit()
    })
    expect(wordsOf((await someone.open('review')).html)).toContain('On foot')
  })
})
