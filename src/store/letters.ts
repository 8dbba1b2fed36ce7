import type { ExpressionBuilder, Kysely, Selectable } from 'kysely'
import type { Mailing } from './stores.ts'
import type { Database } from './tables.ts'

type LetterState = Selectable<Database['letter']>['state']

/** Codes that were sent in letters; sheets of paper begin at 1. */
const mailedSheet = 0

export function lettersOf(
  read: Kysely<Database>,
  mailing: number,
  survey: number,
  kind: Mailing['kind'],
  invited: boolean,
) {
  /** Letters of other invitations to this contact, as far as `states` say. */
  const wasInvited = (is: ExpressionBuilder<Database, 'contact'>, states: LetterState[]) =>
    is.exists(
      is
        .selectFrom('letter')
        .innerJoin('mailing', 'mailing.id', 'letter.mailing')
        .select('letter.contact')
        .where('mailing.kind', '=', 'invitation')
        .where('mailing.id', '!=', mailing)
        .where('letter.state', 'in', states)
        .whereRef('letter.contact', '=', 'contact.id'),
    )
  const chosen = read
    .selectFrom('contact')
    .leftJoin('stopped_address', 'stopped_address.address_hash', 'contact.address_hash')
    .leftJoin('access_code', 'access_code.code_hash', 'contact.code_hash')
    .select((is) => [
      is.val(mailing).as('mailing'),
      'contact.id as contact',
      is
        .case()
        .when('stopped_address.address_hash', 'is not', null)
        .then('stopped' as const)
        .when('access_code.state', 'in', ['used', 'out'])
        .then('answered' as const)
        .else('waiting' as const)
        .end()
        .as('state'),
    ])
    .where('contact.survey', '=', survey)
    .$if(kind === 'invitation', (query) =>
      query.where((is) => is.not(wasInvited(is, ['waiting', 'taken', 'sent', 'unsure', 'refused']))),
    )
    .$if(kind === 'reminder' && invited, (query) => query.where((is) => wasInvited(is, ['sent', 'unsure'])))
  return read
    .insertInto('letter')
    .columns(['mailing', 'contact', 'state'])
    .expression(chosen)
    .onConflict((known) => known.columns(['mailing', 'contact']).doNothing())
}

export async function take(
  db: Kysely<Database>,
  { id: mailing, survey }: Mailing,
  contact: number,
  codeHash: string | undefined,
): Promise<'taken' | 'answered' | 'stopped' | 'gone'> {
  const row = await db
    .selectFrom('letter')
    .innerJoin('mailing', 'mailing.id', 'letter.mailing')
    .innerJoin('contact', 'contact.id', 'letter.contact')
    .leftJoin('stopped_address', 'stopped_address.address_hash', 'contact.address_hash')
    .leftJoin('access_code as known', 'known.code_hash', 'contact.code_hash')
    .leftJoin('access_code as lost', 'lost.code_hash', 'letter.code_hash')
    .select([
      'letter.code_hash as earlier',
      'known.state as code',
      'lost.state as lostCode',
      'stopped_address.address_hash as stopped',
    ])
    .where('mailing', '=', mailing)
    .where('contact', '=', contact)
    .where('letter.state', '=', 'waiting')
    .where('mailing.state', '=', 'sending')
    .executeTakeFirst()
  if (!row) return 'gone'
  const answered = [row.code, row.lostCode].some((code) => code === 'used' || code === 'out')
  const state = row.stopped !== null ? 'stopped' : answered ? 'answered' : 'taken'
  const code_hash = state === 'taken' ? (codeHash ?? null) : null
  await db
    .updateTable('letter')
    .set({ state, code_hash })
    .where('mailing', '=', mailing)
    .where('contact', '=', contact)
    .execute()
  if (code_hash === null) return state
  // Nobody knows whether the letter before this one arrived: its code is good no longer.
  if (row.earlier !== null) await takeBack(db, [row.earlier])
  await db
    .insertInto('access_code')
    .values({ code_hash, survey, school: '', grp: '', sheet: mailedSheet })
    .execute()
  return state
}

export const takeBack = (db: Kysely<Database>, hashes: string[]) =>
  db
    .updateTable('access_code')
    .set({ state: 'void' })
    .where('code_hash', 'in', hashes)
    .where('state', '=', 'unused')
    .execute()
