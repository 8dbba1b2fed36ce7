import type { Stores } from '../../src/store/stores.ts'
import { fieldsOf } from '../build/office.ts'
import { everyKind } from '../respond/surveys.ts'
import { field } from '../site.ts'
import type { visitor } from '../web/house.ts'

type Visitor = ReturnType<typeof visitor>

const home = '/office/translate'
const desk = `${home}/surveys/told/es`

/** A published survey in three languages, and a language of the district's own. */
export async function fillTranslations(stores: Stores): Promise<void> {
  await field(stores, { slug: 'told', definition: everyKind })
  await stores.translations.addLanguage({ tag: 'ksw', name: 'ကညီကျိာ်', by: 'nobody', at: 1 })
  const outdated = { key: 'survey:title', tag: 'es', words: 'Encuesta de muestra', source: 'A sample', at: 1 }
  const read = { by: 'nobody', at: 2 }
  await stores.translations.put('survey:told', [
    { ...outdated, state: 'reviewed', by: 'nobody', reviewed: read },
  ])
}

/** Somebody who translates, brings files, and makes every mistake. */
export async function asTranslator(office: Visitor, headers: Record<string, string>): Promise<void> {
  const open = async (path: string) => (await office.open(path).set(headers)).text
  const texts = async (path: string) => {
    const html = await open(path)
    return fieldsOf(html.slice(html.indexOf('<form class="desk"')), path.replaceAll('&', '&amp;')) as Record<
      string,
      string
    >
  }
  await open(`${home}?done=added&tag=ksw`)
  await open(`${home}/surveys/nobody/es`)
  await open(`${desk}?state=outdated`)
  await open(`${desk}?find=nothing+of+the+kind`)
  await open(`${home}/interface/ksw?find=common.skip`)
  const fields = await texts(desk)
  const first = Object.keys(fields).find((name) => name.startsWith('words.')) ?? ''
  const n = first.slice('words.'.length)
  await office.send(desk, { ...fields, [first]: 'x'.repeat(30_000) }).set(headers)
  await office.send(desk, { ...fields, [`was.${n}`]: 'other', [first]: 'mine' }).set(headers)
  await office.send(desk, { ...fields, [`note.${n}`]: 'Look here', do: `say.${n}` }).set(headers)
  const token = fields._csrf ?? ''
  await office.send(`${home}/languages`, { _csrf: token, tag: '?', name: '', dir: '' }).set(headers)
  const upload = async (content: string) =>
    (
      await office
        .post(`${desk}/file`)
        .set(headers)
        .field('_csrf', token)
        .attach('file', Buffer.from(content), 'file.csv')
    ).text
  await upload('')
  await upload('name\n')
  const csv = await open(`${desk}/file/csv`)
  await upload(csv)
  const rows = csv.split('\r\n')
  const other = rows
    .map((row) => row.replace(/,(translated|missing|reviewed),/, ' new,translated,'))
    .join('\r\n')
  await upload(`${other.replace('By bus', 'By big bus')}nothing,,,x,,\r\n`)
}
