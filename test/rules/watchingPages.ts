import type { visitor } from '../web/house.ts'

/** What somebody of the office sees who watches surveys. */
export const watcherPages = [
  '/office/enrolment',
  '/office/enrolment?done=kept',
  '/office/surveys/stakeholder-2021/watch',
  '/office/surveys/here/watch?pause',
  '/office/surveys/over/watch',
  '/office/surveys/draft/watch',
]

/** Brings in tables, right and wrong. None is kept, so that every language sees the same. */
export async function asWatcher(staff: ReturnType<typeof visitor>, headers: Record<string, string>) {
  const _csrf = await staff.token('/office/enrolment')
  const check = (table: string, fields: Record<string, string>) =>
    staff
      .post('/office/enrolment/check')
      .set(headers)
      .field({ _csrf, ...fields })
      .attach('file', Buffer.from(table), 'table.csv')
  await staff.send('/office/enrolment/check', { _csrf }).set(headers)
  await check('school,n\nschool_a,5\nschool_b,6', { asOf: '2020-12-01', source: 'A count', group: 'student' })
  await check('school,n,x\nnowhere,-5\nschool_a,<10', { asOf: '2020-10-01', source: 'A count', group: '' })
}
