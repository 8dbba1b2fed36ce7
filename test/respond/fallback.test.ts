import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { districtSchema } from '../../src/district/district.ts'
import { field, openSite, respondent, type Site, sampleDistrict } from '../site.ts'
import { everyKind } from './surveys.ts'

/** The survey with a question of every kind, as if nobody had translated it yet. */
const untranslated = JSON.parse(JSON.stringify(everyKind), (_, value) =>
  value && typeof value === 'object' && 'ar' in value && 'en' in value ? { en: value.en } : value,
) as typeof everyKind

let site: Site
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    const district = await stores.settings.district()
    const names = Array.from({ length: 20 }, (_, at) => ({ code: `s${at}`, label: { en: `School ${at}` } }))
    const more = names.map((named) => ({ ...district.schools[0], ...named }))
    const schools = [...district.schools, ...more]
    await stores.settings.setDistrict(districtSchema.parse({ ...district, schools }))
    await field(stores, { slug: 'sample', definition: untranslated })
  })
})
afterAll(() => site.close())

/** Every text of the questionnaire that stands on the page, with the language that its element says. */
function found(html: string): { words: string; lang: string; dir: string }[] {
  const open: { name: string; lang: string; dir: string }[] = []
  const seen: { words: string; lang: string; dir: string }[] = []
  for (const [, tag = '', words = ''] of html.matchAll(/(<[^>]*>)([^<]*)/g)) {
    const name = /^<\/?([a-z0-9]+)/i.exec(tag)?.[1] ?? ''
    const around = open.at(-1) ?? { lang: '', dir: '' }
    if (tag.startsWith('</'))
      open.splice(
        open.findLastIndex((one) => one.name === name),
        1,
      )
    else if (!/^(meta|link|input|br|!doctype)$/i.test(name))
      open.push({
        name,
        lang: /\blang="([^"]*)"/.exec(tag)?.[1] ?? around.lang,
        dir: /\bdir="([^"]*)"/.exec(tag)?.[1] ?? around.dir,
      })
    const { lang = '', dir = '' } = open.at(-1) ?? {}
    if (words.trim()) seen.push({ words: words.trim(), lang, dir })
  }
  return seen
}

/** Words of the questionnaire, all of them English. */
const english = [...JSON.stringify(untranslated).matchAll(/"en":"([^"]+)"/g)].map(([, words = '']) => words)
const ofSurvey = (html: string) => found(html).filter(({ words }) => english.includes(words))

describe('a survey that is not translated into the language of its reader', () => {
  it('marks every text of its own as what it is, on every page, for screen readers', async () => {
    const parent = respondent(site, 'sample', { 'Accept-Language': 'ar' })
    const pages = [
      await parent.open(),
      await parent.start(),
      // A needed question is left out.
      await parent.answer({ ride_why: 'x'.repeat(2001), news: ['text', 'mail', 'call'] }),
      await parent.answer({ ride: 'bus', news: 'text' }),
      await parent.answer({ 'climate.safe': 'yes', rate: '4' }),
      await parent.answer({ 'first.a': '1', 'first.b': '1' }),
      await parent.answer({ 'first.a': '1', 'first.b': '2', word: 'مرحبا' }),
      await parent.submit(),
    ]
    expect(pages.map(({ path }) => path.replace('/s/sample', ''))).toEqual([
      '',
      '/choices',
      '/choices',
      '/ratings',
      '/order',
      '/order',
      '/review',
      '/thanks',
    ])
    for (const { html, path } of pages) {
      expect(html).toContain('<html lang="ar" dir="rtl">')
      const texts = ofSurvey(html)
      expect([path, texts.length > 0]).toEqual([path, true])
      expect(texts.filter(({ lang }) => lang !== 'en')).toEqual([])
      expect(texts.filter(({ dir }) => dir !== 'ltr' && dir !== 'auto')).toEqual([])
      // The rest of the page stays in the language of the reader.
      expect(found(html).some(({ lang }) => lang === 'ar')).toBe(true)
    }
    expect(pages[2]?.html).toContain('<span lang="en" dir="ltr">Which way?</span>:')
  })

  it('marks the options of a list, and the title of the window', async () => {
    const parent = respondent(site, 'sample', { 'Accept-Language': 'ar' })
    const { html } = await parent.start()
    expect(html).toContain('<title lang="en" dir="ltr">Sample survey</title>')
    await parent.answer({ ride: 'bus' })
    const order = await parent.answer()
    expect(order.html).toContain('<option value="s7" lang="en" dir="ltr">School 7</option>')
  })
})
