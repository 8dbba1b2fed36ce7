import type { Conversation } from '../../src/commitment/conversation.ts'
import type { Stores } from '../../src/store/stores.ts'
import { ownWordsKey } from '../../src/theme/ownWords.ts'
import type { visitor } from '../web/house.ts'

/** The pages of the help queue and of conversations, with something in them. */

export async function fillTalks(stores: Stores): Promise<void> {
  const survey = await stores.surveys.find('stakeholder-2021')
  if (!survey) throw new Error('the sample survey is not there')
  const [first, second] = await stores.comments.list(survey.id, { limit: 2 })
  const of = { survey: survey.id, at: 0 } as const
  const [urgent] = await stores.flags.add([
    { ...of, comment: first?.id ?? 0, kind: 'self-harm', level: 'urgent' },
    { ...of, comment: second?.id ?? 0, kind: 'threat', level: 'second' },
    { survey: 999, comment: 1, kind: 'abuse', level: 'second', at: 0 },
  ])
  if (urgent)
    await stores.flags.move(urgent.id, 'new', { state: 'seen', by: 'gone', at: 1, note: '<b>seen</b>' })
  await stores.people.setSafety('id-admin-example-org', true)
  const talk: Conversation = {
    ...{
      on: '2149-03-04',
      kind: 'town-hall',
      title: { en: 'A sample <b>evening</b>' },
      minutes: 90,
      schools: [],
    },
    ...{ attendance: { family: 30, '': 4 }, languages: ['en', 'es'], survey: 'stakeholder-2021', plan: '' },
    ...{ asks: true, sample: true },
  }
  const past = { ...talk, on: '2021-03-04', minutes: 0, attendance: {} }
  const ids = await stores.conversations.save([{ conversation: talk }, { conversation: past }], 'gone', 1)
  const [id = 0] = ids ?? []
  const note = { language: 'es', hour: 0 }
  await stores.conversations.addNotes(id, [
    { ...note, kind: 'note', words: 'More buses' },
    { ...note, kind: 'question', words: 'Why did Mr. Sample Name go? <i>' },
    { ...note, kind: 'question', words: 'One' },
    { ...note, kind: 'question', words: 'Two' },
  ])
  const [, , one, two] = await stores.conversations.notes(id)
  await stores.settings.set(ownWordsKey, JSON.stringify(changes))
  await stores.conversations.decide(one?.id ?? 0, { state: 'shown', shown: 'One?', sameAs: null })
  await stores.conversations.decide(two?.id ?? 0, { state: 'shown', shown: 'Two', sameAs: one?.id ?? 0 })
}

/** Word lists as the district changed them: a name that was added, and an entry of ours that is switched off. */
const changes = [
  { list: 'name', lang: 'en', phrase: 'Zorb & <lat>', did: 'add', reason: '', by: 'x', at: 0 },
  { list: 'threat', lang: 'en', phrase: 'bombs', did: 'off', reason: 'Bath <bombs>', by: 'x', at: 0 },
]

export async function asTalker(
  admin: ReturnType<typeof visitor>,
  stores: Stores,
  headers: Record<string, string>,
): Promise<void> {
  const flags = await stores.flags.list()
  const queue = ['', '?closed=yes', '/words', ...flags.map(({ id }) => `/${id}?done=yes`)]
  for (const page of queue) await admin.open(`/office/help${page}`).set(headers)
  await admin.open('/office/help-lines?done=kept').set(headers)
  const token = await admin.token('/reports')
  const send = (path: string, fields: Record<string, string>) =>
    admin.send(path, { _csrf: token, ...fields }).set(headers)
  const [one] = flags
  await send(`/office/help/${one?.id}`, { from: one?.state ?? '', to: 'closed', note: '' })
  await send(`/office/help/${one?.id}`, { from: 'other', to: 'closed' })
  await send('/office/help-lines', { 'line-en': 'x'.repeat(500) })
  const wrong = { seen: '2', lang: 'en', did: 'add', phrase: 'Zorblat', reason: '' }
  await send('/office/mask-words', { ...wrong, list: 'not-name' })
  for (const page of ['/office/mask-words?done=kept', '/office/help/words?done=kept'])
    await admin.open(page).set(headers)

  const talks = '/office/conversations'
  const list = await stores.conversations.list()
  const id = list.find(({ on }) => on > '2149')?.id ?? 0
  const past = list.find(({ on }) => on < '2149')?.id ?? 0
  for (const page of ['', '?from=2149-01-01&survey=none&done=kept', '/new', `/${id}?done=kept`, `/${past}`])
    await admin.open(`${talks}${page}`).set(headers)
  for (const page of [`/${id}/notes?done=added`, `/${past}/notes`, `/${id}/questions`, `/${past}/questions`])
    await admin.open(`${talks}${page}`).set(headers)
  await send(`${talks}/new`, { on: 'x', minutes: 'y', 'people-family': 'z', 'title-en': '' })
  await send(`${talks}/${id}/notes`, { points: '' })
  await send(`${talks}/${id}`, { on: '2149-03-04', 'title-en': 'x', revision: '99' })
  const file = async (content: string) =>
    admin
      .post(`${talks}/file/check`)
      .set(headers)
      .field('_csrf', token)
      .attach('file', Buffer.from(content), 'sample.csv')
  await file('date,title,more\n2021-02-30,\n2021-03-04,x')
  await file(`id,date,title,more\n${id},2021-03-04,y,\n,2021-03-05,x,`)
  await admin.post(`${talks}/file/check`).set(headers).field('_csrf', token)
  for (const page of [`/ask/${id}`, `/ask/${id}?sent=yes`, `/ask/${past}`, '/ask/none'])
    await admin.open(page).set(headers)
  await admin.send(`/ask/${id}`, { question: '' }).set(headers)
}
