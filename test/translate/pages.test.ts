import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import { readSurveyTemplates } from '../../src/templates.ts'
import { fieldsOf } from '../build/office.ts'
import { start } from '../build/steps.ts'
import { frozen, sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let office: ReturnType<typeof visitor>
let rosa: ReturnType<typeof visitor>
const survey: Questionnaire = withDefaults({
  ...start,
  languages: ['en', 'es', 'ar'],
  title: { en: 'Spring {{year}}' },
})

/** The office, and Rosa, who translates into Spanish. */
beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await sampleDistrict(stores)
  const id = await add(stores, 'office')
  await add(stores, 'translator', 'rosa@example.org')
  await stores.people.setRole('id-rosa-example-org', 'translator', { schools: [], languages: ['es', 'ksw'] })
  await stores.definitions.add('spring', survey, id, Date.UTC(2026, 0, 15))
  office = visitor(house.app, { 'Accept-Language': 'en' })
  await office.signIn('office@example.org')
  rosa = visitor(house.app, { 'Accept-Language': 'en' })
  await rosa.signIn('rosa@example.org')
})
afterAll(() => house.close())

const desk = '/office/translate/surveys/spring/es'
const now = async () => (await house.stores.definitions.find('spring'))?.questionnaire as Questionnaire
type Fields = Record<string, string>

/** The number of a text's fields on a page. */
const at = (fields: Fields, id: string) =>
  Object.entries(fields)
    .find(([name, value]) => name.startsWith('id.') && value === id)?.[0]
    .slice(3) ?? ''
/** The form of texts; the one that narrows the list has the same address. */
const textsOn = (html: string, page = desk) =>
  fieldsOf(html.slice(html.indexOf('<form class="desk"')), page.replaceAll('&', '&amp;')) as Fields
const formOf = async (who: typeof office, page = desk) => textsOn((await who.open(page)).text, page)
async function type(who: typeof office, id: string, words: string, more: Fields = {}, page = desk) {
  const fields = await formOf(who, page)
  return who.send(page, { ...fields, [`words.${at(fields, id)}`]: words, ...more })
}
async function act(who: typeof office, what: string, id: string) {
  const fields = await formOf(who)
  return who.send(desk, { ...fields, do: `${what}.${at(fields, id)}` })
}
const stateOf = (html: string, id: string) => {
  const item = html.split('<li class="desk-text"').find((part) => part.includes(`value="${id}"`)) ?? ''
  return /data-state>([^<]*)</.exec(item)?.[1]
}

describe('a translator', () => {
  it('lands on the translations, and sees own languages alone', async () => {
    const home = await rosa.open('/office/translate')
    expect(home.status).toBe(200)
    expect(home.text).toContain(desk)
    expect(home.text).not.toContain('/spring/ar')
    expect(home.text).not.toContain('/interface/ar')
    expect(home.text).not.toContain('action="/office/translate/languages"')
    for (const page of ['/office', '/office/build', '/office/surveys/spring', '/reports', '/office/people'])
      expect((await rosa.open(page)).status).toBe(403)
  })

  it('can neither see nor save another language, nor add one', async () => {
    const other = desk.replace('/es', '/ar')
    expect((await rosa.open(other)).status).toBe(403)
    expect((await rosa.open(`${other}/file/csv`)).status).toBe(403)
    const token = await rosa.token(desk)
    const sent = { _csrf: token, 'id.0': 'survey:title', 'was.0': '', 'words.0': 'x {{year}}' }
    expect((await rosa.send(other, sent)).status).toBe(403)
    expect((await rosa.send(`${other}/take`, { _csrf: token, changes: '[]' })).status).toBe(403)
    expect(
      (await rosa.send('/office/translate/languages', { _csrf: token, tag: 'fj', name: 'x' })).status,
    ).toBe(403)
    expect((await rosa.send('/office/translate/languages/ksw', { _csrf: token, shown: 'yes' })).status).toBe(
      403,
    )
    expect((await now()).title.ar).toBeUndefined()
  })

  it('writes texts beside their source, and the builder’s work of the same time stays', async () => {
    const fields = await formOf(rosa)
    const before = await house.stores.definitions.find('spring')
    await house.stores.definitions.save(
      'spring',
      before?.revision ?? 0,
      { ...(before?.questionnaire as Questionnaire), minutes: 7 },
      'builder',
      1,
    )
    const answer = await rosa.send(desk, {
      ...fields,
      [`words.${at(fields, 'survey:title')}`]: 'Primavera {{year}}',
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toContain('done=saved&n=1')
    expect(await now()).toMatchObject({
      minutes: 7,
      title: { en: 'Spring {{year}}', es: 'Primavera {{year}}' },
    })
    const { text } = await rosa.open(desk)
    expect(stateOf(text, 'survey:title')).toBe('Translated')
    expect(wordsOf(text)).toContain('rosa@example.org')
    expect(text).not.toContain(`value="review.${at(fields, 'survey:title')}"`)
  })

  it('is told of a mark that was broken, and keeps what was typed', async () => {
    const answer = await type(rosa, 'survey:title', 'Primavera {{año}}')
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.text)).toContain('Missing: {{year}} Too many: {{año}}')
    expect(answer.text).toContain('Primavera {{año}}</textarea>')
    expect((await now()).title.es).toBe('Primavera {{year}}')
  })

  it('is told when somebody else was quicker with the same text, and sees both', async () => {
    const fields = await formOf(rosa)
    await type(office, 'survey:title', 'La primavera {{year}}')
    const words = `words.${at(fields, 'survey:title')}`
    const answer = await rosa.send(desk, { ...fields, [words]: 'Encuesta {{year}}' })
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.text)).toContain('Somebody else wrote meanwhile: La primavera {{year}}')
    expect((await now()).title.es).toBe('La primavera {{year}}')
    const again = textsOn(answer.text)
    expect((await rosa.send(desk, again)).status).toBe(303)
    expect((await now()).title.es).toBe('Encuesta {{year}}')
  })

  it('reads and writes notes', async () => {
    const fields = await formOf(office)
    const n = at(fields, 'survey:title')
    await office.send(desk, { ...fields, [`note.${n}`]: 'Which spring?', do: `say.${n}` })
    expect(wordsOf((await rosa.open(desk)).text)).toContain('Which spring?')
  })
})

describe('a translation', () => {
  it('is reviewed by somebody else', async () => {
    expect((await act(rosa, 'review', 'survey:title')).headers.location).toContain('n=0')
    expect((await act(office, 'review', 'survey:title')).headers.location).toContain('n=1')
    const { text } = await rosa.open(desk)
    expect(stateOf(text, 'survey:title')).toBe('Reviewed')
    expect(wordsOf(text)).toMatch(/Read by .office@example.org/)
  })

  it('is outdated once its source was changed, with the difference, also in the check before publishing', async () => {
    const last = await house.stores.definitions.find('spring')
    await house.stores.definitions.save(
      'spring',
      last?.revision ?? 0,
      {
        ...(last?.questionnaire as Questionnaire),
        title: { ...last?.questionnaire.title, en: 'Spring survey {{year}}' },
      },
      'builder',
      2,
    )
    const { text } = await rosa.open(`${desk}?state=outdated`)
    expect(stateOf(text, 'survey:title')).toBe('Outdated')
    expect(text).toMatch(/<ins>.*survey /)
    expect(wordsOf((await office.open('/office/build/spring/check')).text)).toContain('Title › español')
    await act(rosa, 'keep', 'survey:title')
    expect(stateOf((await rosa.open(desk)).text, 'survey:title')).toBe('Translated')
  })

  it('that was made in the builder, and whose source was changed there, is outdated too', async () => {
    const last = await house.stores.definitions.find('spring')
    const put = async (revision: number, title: Record<string, string>) =>
      (
        await house.stores.definitions.save(
          'spring',
          revision,
          {
            ...(await now()),
            sections: (await now()).sections.map((section, i) => (i === 0 ? { ...section, title } : section)),
          },
          'builder',
          revision,
        )
      ).definition.revision
    const code = last?.questionnaire.sections[0]?.code
    const next = await put(last?.revision ?? 0, { en: 'First', es: 'Primero' })
    expect(stateOf((await rosa.open(desk)).text, `section:${code}:title`)).toBe('Translated')
    await put(next, { en: 'First part', es: 'Primero' })
    expect(stateOf((await rosa.open(desk)).text, `section:${code}:title`)).toBe('Outdated')
  }) // prettier-ignore

  it('of a survey that was published without the builder begins a questionnaire under work', async () => {
    const { stores, app } = house
    void app
    const published = await stores.surveys.add(
      { slug: 'plain', questionnaire: await frozen(stores, { ...survey, title: { en: 'Plain', ar: 'x' } }) },
      1,
    )
    const page = '/office/translate/surveys/plain/es'
    expect((await type(rosa, 'survey:title', 'Sencillo', {}, page)).status).toBe(303)
    expect((await stores.definitions.find('plain'))?.questionnaire.title.es).toBe('Sencillo')
    expect((await stores.surveys.version(published.id, 1)).title.es).toBeUndefined()
    expect(wordsOf((await office.open(page)).text)).toContain('when the office publishes version 2')
    expect((await office.open(page)).text).toContain('/office/build/plain/check')
    expect((await rosa.open(page)).text).not.toContain('/office/build/plain/check')
  }) // prettier-ignore
})

describe('what comes with Heard', () => {
  it('was translated by a machine, until somebody reads it; a person who began with it made no translation', async () => {
    const { stores } = house
    const { questionnaire } =
      readSurveyTemplates('templates/surveys').find(({ name }) => name === 'climate') ?? {}
    if (!questionnaire) throw new Error('there is no such template')
    await stores.definitions.add('climate', withDefaults(questionnaire), 'id-office-example-org', 5)
    const page = '/office/translate/surveys/climate/es'
    const before = await rosa.open(page)
    expect(stateOf(before.text, 'survey:title')).toBe('By a machine')
    expect(before.text).not.toContain('office@example.org')
    const fields = await formOf(rosa, page)
    await rosa.send(page, { ...fields, do: `keep.${at(fields, 'survey:title')}` })
    expect(stateOf((await rosa.open(page)).text, 'survey:title')).toBe('Translated')
    expect((await stores.definitions.find('climate'))?.revision).toBe(1)
  })
})

describe('a file for translators', () => {
  const download = async (who: typeof office, format: string, page = desk): Promise<Buffer> =>
    (
      await who
        .open(`${page}/file/${format}`)
        .buffer(true)
        .parse((res, done) => {
          const parts: Buffer[] = []
          res.on('data', (part: Buffer) => parts.push(part))
          res.on('end', () => done(null, Buffer.concat(parts)))
        })
    ).body // prettier-ignore
  const upload = async (who: typeof office, bytes: Buffer, page = desk, name = 'x') =>
    who
      .post(`${page}/file`)
      .field('_csrf', await who.token(page))
      .attach('file', bytes, name)

  it.each(['xliff-1.2', 'xliff-2.0', 'csv', 'xlsx'])('%s comes back without a change', async (format) => {
    const bytes = await download(rosa, format)
    const { status, text } = await upload(rosa, bytes)
    expect(status).toBe(200)
    expect(text).toContain('The file changes nothing.')
    expect(await download(rosa, format)).toEqual(bytes)
  })

  it('shows what it would change before it does, then changes exactly that', async () => {
    const csv = (await download(rosa, 'csv')).toString()
    const changed = csv
      .replace('Encuesta {{year}}', 'Encuesta de {{year}}')
      .replace(/\r\n$/, '\r\nnothing,,x,y,,\r\n')
    const before = await now()
    const shown = await upload(rosa, Buffer.from(changed))
    expect(wordsOf(shown.text)).toMatch(/Encuesta \{\{year\}\} Encuesta de \{\{year\}\}/)
    expect(wordsOf(shown.text)).toMatch(/1 row cannot be used .*nothing There is no text with this id here/)
    expect(await now()).toEqual(before)
    const form = fieldsOf(shown.text, `${desk}/take`) as Fields
    // Somebody changes the text meanwhile: it is shown again, and nothing is changed.
    await type(office, 'survey:title', 'Otra {{year}}')
    const again = await rosa.send(`${desk}/take`, form)
    expect(again.status).toBe(409)
    expect((await now()).title.es).toBe('Otra {{year}}')
    const taken = await rosa.send(`${desk}/take`, fieldsOf(again.text, `${desk}/take`) as Fields)
    expect(taken.headers.location).toContain('done=taken&n=1')
    expect((await now()).title.es).toBe('Encuesta de {{year}}')
  })

  it('that was made from an older source is taken only when asked, and stands as outdated', async () => {
    const csv = (await download(rosa, 'csv')).toString()
    const old = csv.replace('Spring survey {{year}},Encuesta de {{year}}', 'Spring {{year}},Vieja {{year}}')
    const shown = await upload(rosa, Buffer.from(old))
    expect(wordsOf(shown.text)).toContain('1 text was made from an older first text')
    const form = fieldsOf(shown.text, `${desk}/take`) as Fields
    await rosa.send(`${desk}/take`, form)
    expect((await now()).title.es).toBe('Encuesta de {{year}}')
    await rosa.send(`${desk}/take`, { ...form, stale: 'yes' })
    expect((await now()).title.es).toBe('Vieja {{year}}')
    expect(stateOf((await rosa.open(desk)).text, 'survey:title')).toBe('Outdated')
  })

  it('of another survey, of another language, or of something else is refused with the reason', async () => {
    const said = async (bytes: Buffer) => {
      const answer = await upload(rosa, bytes)
      expect(answer.status).toBe(422)
      return wordsOf(answer.text)
    }
    expect(await said(await download(rosa, 'xlsx', '/office/translate/surveys/plain/es'))).toContain(
      'This file belongs to “plain”. Here are the texts of “spring”.',
    )
    expect(await said(await download(office, 'xliff-2.0', desk.replace('/es', '/ar')))).toContain(
      'a translation into “ar”',
    )
    expect(await said(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toContain(
      'This is no file for translators',
    )
    expect(await said(Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>'))).toContain('not safe')
    expect(await said(Buffer.from(`id,target [es]\r\n${'a,b\r\n'.repeat(20_000)}`))).toContain(
      'more than 10000 texts',
    )
  }) // prettier-ignore
})

describe('a language that the district adds', () => {
  const interfaceDesk = '/office/translate/interface/ksw'
  const offer = async (shown: string) =>
    office.send('/office/translate/languages/ksw', { _csrf: await office.token('/office/translate'), shown })

  it('needs a code, a name and the direction of its letters', async () => {
    const page = '/office/translate'
    const send = (typed: Fields) => office.fill(page, typed, `${page}/languages`)
    expect((await send({ tag: 'no_tag', name: '', dir: '' })).status).toBe(422)
    expect(wordsOf((await send({ tag: 'es', name: 'x', dir: '' })).text)).toContain('in the list already')
    expect(wordsOf((await send({ tag: 'ksw', name: 'x', dir: 'rtl' })).text)).toContain('“ksw-Arab”')
    expect((await send({ tag: 'ksw', name: 'ကညီကျိာ်', dir: 'ltr' })).status).toBe(303)
    expect((await visitor(house.app).open('/')).text).not.toContain('lang=ksw')
  })

  it('is filled in the workbench, offered by the office, and shown without a restart', async () => {
    const page = `${interfaceDesk}?find=common.language`
    expect((await type(rosa, 'common.language', 'ကျိာ်', {}, page)).status).toBe(303)
    expect((await visitor(house.app).open('/sign-in?lang=ksw')).headers['content-language']).toBe('en')
    await offer('yes')
    const reader = visitor(house.app)
    const { text } = await reader.open('/sign-in?lang=ksw')
    expect(text).toContain('<html lang="ksw" dir="ltr">')
    expect(text).toContain('aria-label="ကျိာ်"')
    expect(text).toContain('<title lang="en" dir="ltr">Sign in</title>')
    expect((await reader.open('/')).text).toContain('>ကညီကျိာ်</a>')
    expect(wordsOf((await office.open('/office/languages')).text)).toContain('ကညီကျိာ် ksw')
    await offer('no')
    expect((await visitor(house.app).open('/')).text).not.toContain('lang=ksw')
  })

  it('may override a shipped wording, which others see within half a minute', async () => {
    const page = '/office/translate/interface/es?find=account.signIn'
    const id = 'common.signOut'
    await type(office, id, 'Cerrar la sesión de aquí', {}, page.replace('account.signIn', id))
    expect((await office.open('/office/translate?lang=es')).text).toContain('Cerrar la sesión de aquí')
    await office.open('/office/translate?lang=en')
  })
})
