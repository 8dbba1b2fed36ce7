import type { Stores } from '../../src/store/stores.ts'
import { field } from '../site.ts'
import type { visitor } from '../web/house.ts'

type Visitor = ReturnType<typeof visitor>

const desk = '/office/surveys/said/comments'
const book = '/office/codebook'

const definition = {
  ...{ source: 'en', languages: ['en', 'es'], title: { en: 'A sample survey' } },
  sections: [
    {
      ...{ code: 'all', title: { en: 'All' } },
      questions: [{ code: 'say', kind: 'text', title: { en: 'What else?' } }],
    },
  ],
}
const words = [
  'We need a tutor <b>after</b> school',
  ...['n/a', 'N/A'],
  ...['Bring back the summer music program please', 'Bring back the summer music program please!'],
  'The bus is late',
]

/** A survey with comments that two people have read, one of whom has left, and all that a codebook can go through. */
export async function fillThemes(stores: Stores): Promise<void> {
  const survey = await field(stores, { slug: 'said', definition })
  await stores.responses.addMany(
    survey.id,
    words.map((one) => ({
      ...{ version: 1, language: 'en', channel: 'import' as const, hour: 0, group: '', school: '' },
      ...{ answers: { say: one }, cells: [{ question: '', cell: '' }] },
      comments: [{ question: 'say', about: null, words: one, language: 'en' }],
    })),
  )
  const [first, , , , , last] = await stores.comments.list(survey.id)
  const by = { version: 1, at: 1 }
  for (const [person, how, theme] of [
    ['left', 'desk', 'tutoring'],
    ['id-coder-example-org', 'sample', 'hiring'],
  ] as const)
    await stores.codings.read(survey.id, { ...by, person, how }, [
      { comment: last?.id ?? 0, themes: [theme] },
    ])
  await stores.codings.gloss(survey.id, {
    ...{ comment: first?.id ?? 0, tag: 'tlh', words: 'Hello', by: 'left', at: 1 },
  })
}

/** Somebody who codes, changes the codebook and takes it back, and makes mistakes. */
export async function asCoder(
  office: Visitor,
  stores: Stores,
  headers: Record<string, string>,
): Promise<void> {
  const open = async (path: string) => (await office.open(path).set(headers)).text
  const token = await office.token('/reports')
  const send = async (path: string, fields: Record<string, string>) =>
    (await office.send(path, { _csrf: token, ...fields }).set(headers)).headers.location as string | undefined
  const survey = await stores.surveys.find('said')
  const comments = await stores.comments.list(survey?.id ?? 0)
  const last = comments.at(-1)?.id ?? 0
  for (const path of ['', '?state=sample', '?find=nothing+of+it', '?group=none', `?comment=${last}`])
    await open(desk + path)
  for (const path of [
    '/alike?done=2',
    '/agreement?done=settled',
    '/learning?done=learning',
    '/import?done=3',
  ])
    await open(desk + path)
  await open('/office/comments')
  await open('/office/surveys/draft/comments')
  await open(`/office/surveys/here/comments/import`)
  const version = async () => String((await stores.codebooks.find('default'))?.version ?? 1)
  const saved = await send(desk, {
    ...{ comment: String(last), version: await version(), seen: '0', theme: 'gone', gloss: '' },
  })
  await open(saved ?? desk)
  await open((await send(`${desk}/undo`, { comment: String(last) })) ?? desk)
  await send(`${desk}/agreement`, { size: 'many' })
  await send(`${desk}/import`, { question: 'say', words: '' })
  await send(`${desk}/import`, { question: 'say', language: 'en', words: `long\n${'x'.repeat(60_000)}` })
  await open(`${book}?done=saved`)
  await open(`${book}/tutoring?done=saved`)
  await open(`${book}/new`)
  await open(`${book}/nothing`)
  await send(`${book}/new`, { version: await version(), 'name.en': '', colour: 'none' })
  await send(`${book}/new`, { version: '0' })
  const part = { code: 'part', 'name.en': 'A part', colour: '#123456', parent: 'tutoring' }
  await send(`${book}/new`, { version: await version(), ...part })
  await open(book)
  await open(`${book}/tutoring`)
  await send(`${book}/tutoring/split`, { version: await version(), parts: 'One', rule: '' })
  await send(`${book}/part/remove`, { version: await version() })
  const upload = async (csv: string) =>
    office
      .post(`${book}/file`)
      .set(headers)
      .field({ _csrf: token })
      .attach('file', Buffer.from(csv), 'codebook.csv')
  await upload('code,colour\nx,none')
  await upload('code,colour,name:en\ntutoring,#123456,Tutors\nmore,#123456,More')
  await send(`${book}/file`, {})
  // Back to the beginning, so that every language sees the same.
  await send(`${book}/restore`, { version: await version(), to: '1' })
}
