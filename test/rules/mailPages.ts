import { addressHash, mailKey, stopToken } from '../../src/sending/stopping.ts'
import type { Stores } from '../../src/store/stores.ts'
import type { visitor } from '../web/house.ts'

/** Pages of lists and letters with something on them, and those that are reached from a letter. */

const someone = 'sample.family@example.org'

/** Lists for two surveys, a mailing that is done and had trouble, one that waits, and a file that was not taken yet. */
export async function fillMail(stores: Stores): Promise<void> {
  const key = await mailKey(stores)
  const contact = (email: string) => ({
    email,
    addressHash: addressHash(key, email),
    language: 'en',
    school: '',
    group: '',
  })
  for (const slug of ['here', 'guarded']) {
    const survey = await stores.surveys.find(slug)
    if (!survey) throw new Error(`there is no survey ${slug}`)
    await stores.contacts.add(survey.id, [contact(someone), contact('other@example.org')])
    await stores.contacts.keepFile(survey.id, {
      name: 'sample.csv',
      content: JSON.stringify({
        rows: [['email', 'lang'], ['a@example.org', 'Klingon'], ['b'], ['a@example.org']],
        windows: true,
      }),
    })
    const id = await stores.mailings.add(survey.id, 'invitation', 0)
    const [mailing] = await stores.mailings.due(1)
    if (!mailing) throw new Error('nothing is due')
    await stores.mailings.begin(mailing, false)
    for (const state of ['refused', 'unsure'] as const) {
      const due = await stores.mailings.next(id, 1)
      if (!due) throw new Error('there is no letter')
      await stores.mailings.take({ ...mailing, state: 'sending' }, due.contact, undefined)
      await stores.mailings.settle(id, due.contact, { state, reason: '550' })
    }
    await stores.mailings.finish(id)
    const next = await stores.mailings.add(survey.id, 'reminder', Date.parse('2149-01-05T13:00:00Z'))
    await stores.mailings.setTrouble(next, 'ECONNREFUSED', Date.parse('2149-01-05T13:00:00Z'))
  }
}

export async function asMailer(
  office: ReturnType<typeof visitor>,
  stores: Stores,
  headers: Record<string, string>,
): Promise<void> {
  const mail = '/office/surveys/guarded/mail'
  const send = async (path: string, fields: Record<string, string>) =>
    office.send(path, { _csrf: await office.token('/reports'), ...fields }).set(headers)
  await send(`${mail}/send`, { kind: 'x', when: 'at', at: '2027-03-14T02:30' })
  await send(`${mail}/try`, {})
  await send(`${mail}/list`, {})
  await send(`${mail}/list/take`, { 'column-email': '0', 'column-language': '0' })
  await send(`${mail}/list/take`, { 'column-email': '0', 'column-language': '1', header: 'yes', go: 'look' })
  const token = stopToken(await mailKey(stores), `nobody.${headers['Accept-Language']}@example.org`)
  const stop = `/mail/stop/${token}`
  await office.open(stop).set(headers)
  await office.send(stop, { 'List-Unsubscribe': 'One-Click' }).set(headers)
  await office.send(stop, { undo: 'yes' }).set(headers)
}
