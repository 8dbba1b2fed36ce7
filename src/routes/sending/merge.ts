import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import { csvText } from '../../report/export/csv.ts'
import { newCode, writeCode } from '../../response/code.ts'
import { guardCell } from '../../response/formula.ts'
import { wordsOf } from '../../sending/letter.ts'
import { linkTo } from '../../sending/links.ts'
import { mailKey, stopToken } from '../../sending/stopping.ts'
import { announce } from '../../sending/wording.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { hashCode } from '../../web/codeHash.ts'
import { conflict } from '../../web/errors.ts'
import { isOver, type Shop, surveyNamed } from './mailingShop.ts'

const columns = ['email', 'language', 'school', 'group', 'link', 'code', 'subject', 'body', 'stop'] as const

/**
 * The letters as a file for a mail merge, for who has no mail server. Where a survey asks for codes, each person who
 * was not invited yet gets one, which makes this an invitation of its own.
 */
export const sendMerge =
  ({ stores, messages, config, now }: Shop): RequestHandler<{ slug: string }> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    if (isOver(survey, now())) throw conflict()
    const codes = survey.fielding.access === 'codes'
    const people = codes ? await takeAll({ stores }, survey.id, now()) : await everyone({ stores }, survey.id)
    const address = siteAddress(req, config)
    const [key, district] = await Promise.all([mailKey(stores), stores.settings.district()])
    await audit(stores, req, now(), 'downloaded', survey.slug, `letters ${people.length}`)
    const rows = people.map(({ email, language, school, group, code }) => {
      const announced = announce(language, { ...survey, district }, messages)
      const link = linkTo(survey, { lang: language, school, group, ...(code ? { code } : {}) }, address)
      const stop = `${address}/mail/stop/${stopToken(key, email)}`
      const { subject, paragraphs } = wordsOf({ kind: 'invitation', announced, link, code, stop })
      const body = paragraphs.map(({ words }) => words).join('\n\n')
      return [email, language, school, group, link, code, subject, body, stop].map(guardCell)
    })
    res.attachment(`${survey.slug}-letters.csv`).type('text/csv; charset=utf-8')
    csvText([[...columns], ...rows], { bom: true }).pipe(res)
  }

type Listed = { email: string; language: string; school: string; group: string; code: string }

const everyone = async ({ stores }: Pick<Shop, 'stores'>, survey: number): Promise<Listed[]> =>
  (await stores.contacts.list(survey)).map((one) => ({ ...one, code: '' }))

/** Makes a code for each who was not invited, and counts them as invited. */
async function takeAll({ stores }: Pick<Shop, 'stores'>, survey: number, now: number): Promise<Listed[]> {
  const people: Listed[] = []
  const id = await stores.mailings.add(survey, 'invitation', now)
  const mailing = {
    id,
    survey,
    kind: 'invitation' as const,
    sendAt: now,
    state: 'sending' as const,
    trouble: '',
    // The post leaves it alone meanwhile.
    retryAt: Number.MAX_SAFE_INTEGER,
  }
  await stores.mailings.setTrouble(id, 'merge', mailing.retryAt)
  await stores.mailings.begin(mailing, false)
  for (;;) {
    const due = await stores.mailings.next(id, now)
    if (!due) break
    const code = newCode(randomBytes(64))
    if ((await stores.mailings.take(mailing, due.contact, await hashCode('access', code))) !== 'taken')
      continue
    await stores.mailings.settle(id, due.contact, { state: 'sent', reason: '' })
    people.push({ ...due, code: writeCode(code) })
  }
  await stores.mailings.finish(id)
  return people
}
