import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocaleFile } from '../../src/language/wording.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let folder: string
let house: House
let office: ReturnType<typeof visitor>

/** A language that the program has never heard of: begun by hand, its file put beside the others. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-locales-'))
  await cp('locales', folder, { recursive: true })
  const english = JSON.parse(await readFile('locales/en.json', 'utf8')) as LocaleFile & {
    common: Record<string, string>
    respond: Record<string, string>
  }
  const begun = {
    _about: { name: 'tlhIngan Hol', machine: ['respond.start'] },
    common: { ...english.common, language: 'Hol' },
    respond: { ...english.respond, start: 'yItagh', next: undefined, skippable: undefined },
  }
  await writeFile(join(folder, 'tlh.json'), JSON.stringify(begun))
  house = await openHouse({}, folder)
  const { stores } = house
  await add(stores, 'office')
  const { questionnaire } = publish(
    {
      source: 'en',
      languages: ['en', 'tlh', 'ksw'],
      title: { en: 'Sample survey', tlh: 'lut' },
      sections: [
        {
          code: 'one',
          title: { en: 'One', tlh: "wa'" },
          questions: [{ code: 'why', kind: 'text', title: { en: 'Why?', tlh: 'qatlh' } }],
        },
      ],
    },
    await stores.settings.district(),
  )
  if (!questionnaire) throw new Error('the survey is not sound')
  const survey = await stores.surveys.add({ slug: 'sample', questionnaire }, 0)
  await stores.surveys.setState(survey.id, 'open')
  office = visitor(house.app)
  await office.signIn('office@example.org')
})
afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true })
})

const rowOf = (html: string, tag: string) =>
  wordsOf(new RegExp(`<tr>\\s*<th scope="row"><bdi lang="${tag}".*?</tr>`, 's').exec(html)?.[0] ?? '')

describe('a language whose file is put beside the others', () => {
  it('stands in every list of languages, by its own name', async () => {
    for (const page of ['/', '/office', '/office/languages', '/s/sample', '/nowhere'])
      expect((await office.open(page)).text).toMatch(/lang="tlh" dir="ltr"[^>]*>tlhIngan Hol</)
  })

  it('is the language of pages for those who read it', async () => {
    const reader = visitor(house.app, { 'Accept-Language': 'tlh' })
    const start = await reader.open('/s/sample')
    expect(start.headers['content-language']).toBe('tlh')
    expect(start.text).toContain('<html lang="tlh" dir="ltr">')
    expect(start.text).toContain('>yItagh</a>')
    expect(start.text).toContain('>lut</h1>')
    expect((await reader.open('/sign-in')).text).toContain('aria-label="Hol"')
  })

  it('has its gaps filled from English, which is marked as English', async () => {
    const reader = visitor(house.app, { 'Accept-Language': 'tlh' })
    const { text } = await reader.open('/s/sample/one')
    expect(text).toContain('<button class="primary"><span lang="en" dir="ltr">Save and go on</span></button>')
    expect((await reader.open('/sign-in')).text).toContain('<title lang="en" dir="ltr">Sign in</title>')
    for (const page of ['/', '/sign-in', '/s/sample', '/plans', '/nowhere'])
      expect((await reader.open(page)).text).not.toMatch(/[\uE000\uE001]/)
  })

  it('is marked as English throughout where a survey is offered in a language without a file', async () => {
    const { text } = await visitor(house.app).open('/s/sample?lang=ksw')
    expect(text).toContain('<html lang="ksw" dir="ltr">')
    expect(text).toContain('<span lang="en" dir="ltr">You can skip any question')
    // What goes into an attribute cannot carry a language.
    expect(text).toContain('aria-label="Language"')
  })
})

describe('the page of languages', () => {
  it('says of each how much is translated, by whom, and what is missing', async () => {
    const { text, status } = await office.open('/office/languages')
    expect(status).toBe(200)
    const row = rowOf(text, 'tlh')
    expect(row).toMatch(
      /^tlhIngan Hol tlh left to right \d+ of [\d,]+ \(\d%\) 1 [\d,]+ texts are shown in English/,
    )
    expect(row).toMatch(/ respond\.skippable respond\.next /)
    expect(rowOf(text, 'ar')).toContain('right to left')
    expect(rowOf(text, 'en')).toContain('(100%) 0 Nothing is missing')
  })

  it('begins with the least complete, and is found from the first page of the office', async () => {
    const { text } = await office.open('/office/languages')
    expect(/<th scope="row"><bdi lang="([^"]+)"/.exec(text)?.[1]).toBe('tlh')
    expect((await office.open('/office')).text).toContain('href="/office/languages"')
  })

  it('is for the office', async () => {
    expect((await visitor(house.app).open('/office/languages')).status).toBe(303)
    await add(house.stores, 'leader')
    const leader = visitor(house.app)
    await leader.signIn('leader@example.org')
    expect((await leader.open('/office/languages')).status).toBe(403)
  })
})
