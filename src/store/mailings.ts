import type { Selectable } from 'kysely'
import type { Engine } from './engine.ts'
import { lettersOf, take, takeBack } from './letters.ts'
import type { LetterCounts, Mailing, Mailings } from './stores.ts'
import type { Database } from './tables.ts'

type Row = Selectable<Database['mailing']>

const toMailing = ({ id, survey, kind, send_at, state, trouble, retry_at }: Row): Mailing => ({
  id,
  survey,
  kind,
  sendAt: send_at,
  state,
  trouble,
  retryAt: retry_at,
})

export function openMailings({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Mailings {
  const withCounts = async (row: Row): Promise<Mailing & LetterCounts> => {
    const counts = await read
      .selectFrom('letter')
      .select('state')
      .select((is) => is.fn.countAll<number>().as('n'))
      .where('mailing', '=', row.id)
      .groupBy('state')
      .execute()
    const n = (state: string) => counts.find((one) => one.state === state)?.n ?? 0
    return {
      ...toMailing(row),
      waiting: n('waiting') + n('taken'),
      sent: row.sent + n('sent'),
      refused: row.refused + n('refused'),
      unsure: row.unsure + n('unsure'),
      stopped: row.stopped + n('stopped'),
      answered: row.answered + n('answered'),
    }
  }

  return {
    add: (survey, kind, sendAt) =>
      write(async (db) => {
        const { id } = await db
          .insertInto('mailing')
          .values({ survey, kind, send_at: sendAt })
          .returning('id')
          .executeTakeFirstOrThrow()
        return id
      }),
    list: async (survey) => {
      const rows = await read
        .selectFrom('mailing')
        .selectAll()
        .where('survey', '=', survey)
        .orderBy('id', 'desc')
        .execute()
      return Promise.all(rows.map(withCounts))
    },
    due: async (now) => {
      const rows = await read
        .selectFrom('mailing')
        .selectAll()
        .where('state', 'in', ['waiting', 'sending'])
        .where('send_at', '<=', now)
        .where('retry_at', '<=', now)
        .orderBy('id')
        .execute()
      return rows.map(toMailing)
    },
    begin: async ({ id, survey, kind }, invited) => {
      // One statement, on the writing thread: a list may have many thousands.
      await run(lettersOf(read, id, survey, kind, invited))
      await run(
        read
          .updateTable('mailing')
          .set({ state: 'sending' })
          .where('id', '=', id)
          .where('state', '=', 'waiting'),
      )
    },
    next: (mailing, now) =>
      read
        .selectFrom('letter')
        .innerJoin('contact', 'contact.id', 'letter.contact')
        .select(['contact', 'tries', 'email', 'language', 'school', 'grp as group'])
        .where('mailing', '=', mailing)
        .where('state', '=', 'waiting')
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('contact')
        .executeTakeFirst(),
    take: (mailing, contact, codeHash) => write((db) => take(db, mailing, contact, codeHash)),
    settle: (mailing, contact, done) =>
      write(async (db) => {
        const own = await db
          .selectFrom('letter')
          .innerJoin('mailing', 'mailing.id', 'letter.mailing')
          .innerJoin('contact', 'contact.id', 'letter.contact')
          .leftJoin('contact_list', 'contact_list.survey', 'mailing.survey')
          .select(['letter.code_hash', 'contact.code_hash as last', 'keeps_codes'])
          .where('mailing', '=', mailing)
          .where('contact', '=', contact)
          .executeTakeFirst()
        const hash = own?.code_hash
        if (hash && (done.state === 'refused' || done.state === 'waiting'))
          await db
            .deleteFrom('access_code')
            .where('code_hash', '=', hash)
            .where('state', '=', 'unused')
            .execute()
        else if (hash && own.keeps_codes === 1) {
          // One person has one code: the last one is taken back now that another is on its way.
          if (own.last && own.last !== hash) await takeBack(db, [own.last])
          await db.updateTable('contact').set({ code_hash: hash }).where('id', '=', contact).execute()
        }
        await db
          .updateTable('letter')
          .set({
            state: done.state,
            reason: done.reason,
            code_hash: done.state === 'unsure' ? (hash ?? null) : null,
            // When it was tried is nobody's business any more.
            ...(done.state === 'waiting'
              ? { tries: done.tries, next_at: done.nextAt }
              : { tries: 0, next_at: 0 }),
          })
          .where('mailing', '=', mailing)
          .where('contact', '=', contact)
          .where('state', '=', 'taken')
          .execute()
      }),
    setTrouble: async (mailing, trouble, retryAt) => {
      await run(read.updateTable('mailing').set({ trouble, retry_at: retryAt }).where('id', '=', mailing))
    },
    finish: async (mailing) => {
      const ended = await run(
        read
          .updateTable('mailing')
          .set({ state: 'done', trouble: '', retry_at: 0 })
          .where('id', '=', mailing)
          .where('state', '=', 'sending')
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('letter')
                  .select('contact')
                  .where('mailing', '=', mailing)
                  .where('state', 'in', ['waiting', 'taken']),
              ),
            ),
          ),
      )
      return ended > 0
    },
    stop: (survey, mailing) =>
      write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('mailing')
          .set({ state: 'stopped', trouble: '' })
          .where('id', '=', mailing)
          .where('survey', '=', survey)
          .where('state', 'in', ['waiting', 'sending'])
          .executeTakeFirst()
        if (numUpdatedRows > 0n)
          await db
            .deleteFrom('letter')
            .where('mailing', '=', mailing)
            .where('state', '=', 'waiting')
            .execute()
      }),
    again: (survey, mailing) =>
      write(async (db) => {
        const { numUpdatedRows } = await db
          .updateTable('mailing')
          .set({ state: 'sending', retry_at: 0 })
          .where('id', '=', mailing)
          .where('survey', '=', survey)
          .where('state', 'in', ['done', 'sending'])
          .executeTakeFirst()
        if (numUpdatedRows > 0n)
          await db
            .updateTable('letter')
            .set({ state: 'waiting', reason: '', next_at: 0 })
            .where('mailing', '=', mailing)
            .where('state', '=', 'unsure')
            .execute()
      }),
    abandon: () =>
      run(
        read.updateTable('letter').set({ state: 'unsure', reason: 'stopped' }).where('state', '=', 'taken'),
      ),
    failed: async (mailing, limit) => {
      const rows = await read
        .selectFrom('letter')
        .innerJoin('contact', 'contact.id', 'letter.contact')
        .select(['email', 'state', 'reason'])
        .where('mailing', '=', mailing)
        .where('state', 'in', ['refused', 'unsure'])
        .orderBy('contact')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...row, state: row.state === 'refused' ? 'refused' : 'unsure' }))
    },
  }
}
