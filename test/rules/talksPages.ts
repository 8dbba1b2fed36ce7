import type { Stores } from '../../src/store/stores.ts'
import type { visitor } from '../web/house.ts'

/** The pages of the help queue, with something in it. */

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
}

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
}
