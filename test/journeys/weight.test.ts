import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostBytes, mostRequests, visit } from '../../bench/measures/firstVisit.ts'
import { readTemplates } from '../../src/demo/files.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { pagesOf } from '../../src/response/pages.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, type Site, sampleDistrict } from '../site.ts'
import { translated } from './states.ts'

const { surveys } = await readTemplates()
const definitions: Record<string, unknown> = { ...surveys, 'every-kind': translated(everyKind) }

let site: Site
let pages: { slug: string; first: string; languages: string[] }[]
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    const district = await stores.settings.district()
    pages = []
    for (const [slug, definition] of Object.entries(definitions)) {
      await field(stores, { slug, definition })
      const { questionnaire } = publish(definition, district)
      const [section] = questionnaire?.sections ?? []
      const first = (section && pagesOf(section, questionnaire?.readers)[0]?.code) ?? ''
      pages.push({ slug, first, languages: questionnaire?.languages ?? [] })
    }
  })
})
afterAll(() => site.close())

describe('a first visit with an empty browser', () => {
  test.each(Object.keys(definitions))(
    `to the survey %s weighs at most ${mostBytes} bytes in ${mostRequests} requests, in every language`,
    async (slug) => {
      const { first, languages } = pages.find((page) => page.slug === slug) ?? { first: '', languages: [] }
      expect(languages.length).toBeGreaterThanOrEqual(12)
      const rows: string[] = []
      const faults: string[] = []
      for (const language of languages)
        for (const path of [`/s/${slug}`, `/s/${slug}/${first}?part=yes`]) {
          const { bytes, requests, html } = await visit(site.url, path, language)
          rows.push(`${path} ${language}: ${bytes} bytes (page ${html}) in ${requests} requests`)
          if (bytes > mostBytes || requests > mostRequests) faults.push(rows.at(-1) ?? '')
        }
      console.log(rows.join('\n'))
      expect(faults).toEqual([])
    },
  )

  test('asks nobody else, and for no font; what it asks for can be kept for ever', async () => {
    const { asked } = await visit(site.url, '/s/every-kind/choices', 'ar')
    expect(asked.length).toBeGreaterThan(0)
    for (const path of asked) {
      const answer = await fetch(site.url + path, { headers: { 'Accept-Encoding': 'br' } })
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('content-encoding')).toBe('br')
      expect(await answer.text()).not.toMatch(/@font-face|@import|https?:\/\/(?!www\.w3\.org)/)
      const gzipped = await fetch(site.url + path, { headers: { 'Accept-Encoding': 'gzip' } })
      expect(gzipped.headers.get('content-encoding')).toBe('gzip')
    }
    const html = await (await fetch(`${site.url}/s/every-kind/choices`)).text()
    expect(html).not.toMatch(/https?:\/\//)
  })
})
