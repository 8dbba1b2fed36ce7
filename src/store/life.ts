import type { Kysely } from 'kysely'
import type { Questionnaire } from '../questionnaire/definition.ts'
import type { Answers, Channel } from '../response/response.ts'
import { settle } from '../response/settle.ts'
import { turnoutOf } from '../response/turnout.ts'
import { uncross } from './crossingsKept.ts'
import type { Engine } from './engine.ts'
import { fromJson } from './json.ts'
import type { Life } from './stores.ts'
import type { Database } from './tables.ts'

/** Stands where somebody's words stood. What was counted of them stays true: there was a comment. */
const gone = '…'

/** What ends: how long things are kept, and responses that are taken back. */
export function openLife({ read, write, mix }: Pick<Engine, 'read' | 'write' | 'mix'>): Life {
  return {
    ended: (survey, at) =>
      write(async (db) => {
        if (at === null) {
          await db.deleteFrom('ended').where('survey', '=', survey).execute()
          return null
        }
        const add = db.insertInto('ended').values({ survey, at })
        await add.onConflict((known) => known.column('survey').doNothing()).execute()
        const row = await db.selectFrom('ended').select('at').where('survey', '=', survey).executeTakeFirst()
        return row?.at ?? at
      }),
    endedAt: async (survey) =>
      (await read.selectFrom('ended').select('at').where('survey', '=', survey).executeTakeFirst())?.at,
    forgetDrafts: (survey) =>
      write(async (db) => {
        await db.deleteFrom('resume_code').where('survey', '=', survey).execute()
        const done = await db.deleteFrom('draft').where('survey', '=', survey).executeTakeFirst()
        return Number(done.numDeletedRows) + (await forgetSheets(db, survey))
      }),
    forgetCodes: (survey) =>
      write(async (db) => {
        const done = await db.deleteFrom('access_code').where('survey', '=', survey).executeTakeFirst()
        return Number(done.numDeletedRows)
      }),
    forgetComments: (survey) => write((db) => forgetComments(db, survey)),
    forgetWithdrawals: (survey) =>
      write(async (db) => {
        await db.deleteFrom('withdrawal').where('survey', '=', survey).execute()
      }),
    mix,
    withdraw: (survey, codeHash) => write((db) => withdraw(db, survey, codeHash)),
  }
}

/** Sheets that one person typed and no second one did: an answer that was never finished. */
async function forgetSheets(db: Kysely<Database>, survey: number): Promise<number> {
  const done = await db.deleteFrom('paper_sheet').where('survey', '=', survey).executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** Words go from the comments, from the answers, and from whatever was made of them; codes and counts stay. */
async function forgetComments(db: Kysely<Database>, survey: number): Promise<number> {
  const asked = db.selectFrom('question').select('id').where('survey', '=', survey)
  const done = await db
    .updateTable('comment')
    .set({ words: gone, screened: 1 })
    .where('question', 'in', asked)
    .where('words', '!=', gone)
    .executeTakeFirst()
  // Only words are kept as such an object; see questionnaire/kinds/text.
  await db
    .updateTable('answer')
    .set({ value: JSON.stringify({ words: gone, language: 'und' }) })
    .where('question', 'in', asked)
    .where('value', 'like', '{"words":%')
    .execute()
  await db.deleteFrom('gloss').where('survey', '=', survey).execute()
  await db.deleteFrom('theme_model').where('survey', '=', survey).execute()
  // What was approved for showing stays, without the words that it was made from.
  await db.deleteFrom('quote').where('survey', '=', survey).where('state', '!=', 'approved').execute()
  await db.updateTable('quote').set({ edits: '[]' }).where('survey', '=', survey).execute()
  await leavePages(db, survey)
  // What was begun and never sent holds words too; it can no longer become a comment.
  await db.deleteFrom('resume_code').where('survey', '=', survey).execute()
  const drafts = await db.deleteFrom('draft').where('survey', '=', survey).executeTakeFirst()
  const sheets = await forgetSheets(db, survey)
  return Number(done.numUpdatedRows) + Number(drafts.numDeletedRows) + sheets
}

/** Quotes that are no more leave every page that was ever published, which keeps its words whole. */
async function leavePages(db: Kysely<Database>, survey: number): Promise<void> {
  const kept = await db.selectFrom('quote').select(['id', 'words']).where('survey', '=', survey).execute()
  const pages = await db
    .selectFrom('heard_page')
    .select(['number', 'content'])
    .where('survey', '=', survey)
    .execute()
  for (const { number, content } of pages) {
    const page = fromJson<{ quotes?: { id?: number; words: string }[] }>(content)
    const stay = (page.quotes ?? []).filter((shown) =>
      kept.some(({ id, words }) => (shown.id === undefined ? words === shown.words : id === shown.id)),
    )
    if (stay.length === (page.quotes ?? []).length) continue
    await db
      .updateTable('heard_page')
      .set({ content: JSON.stringify({ ...page, quotes: stay }) })
      .where('survey', '=', survey)
      .where('number', '=', number)
      .execute()
  }
}

async function withdraw(db: Kysely<Database>, survey: number, codeHash: string): Promise<boolean> {
  const found = await db
    .selectFrom('withdrawal')
    .select('response')
    .where('code_hash', '=', codeHash)
    .where('survey', '=', survey)
    .executeTakeFirst()
  if (!found) return false
  const { response } = found
  await db.deleteFrom('withdrawal').where('code_hash', '=', codeHash).execute()
  const row = await db
    .selectFrom('response')
    .innerJoin('version', (join) =>
      join.onRef('version.survey', '=', 'response.survey').onRef('version.number', '=', 'response.version'),
    )
    .select(['response.version', 'language', 'channel', 'hour', 'questionnaire'])
    .where('response.id', '=', response)
    .executeTakeFirst()
  if (!row) return false
  const asked = db.selectFrom('question').select('id').where('survey', '=', survey)
  const answers = await db
    .selectFrom('answer')
    .innerJoin('question', 'question.id', 'answer.question')
    .select(['question.code', 'answer.value'])
    .where('question.survey', '=', survey)
    .where('answer.response', '=', response)
    .execute()
  const given = Object.fromEntries(answers.map(({ code, value }) => [code, fromJson<Answers[string]>(value)]))
  await uncount(db, survey, { ...row, answers: given })
  await uncross(db, survey, { id: response, questionnaire: fromJson(row.questionnaire), answers: given })
  await removeComments(db, survey, response)
  await db.deleteFrom('answer').where('question', 'in', asked).where('response', '=', response).execute()
  await db.deleteFrom('response').where('id', '=', response).execute()
  return true
}

/** Takes from every kept count what sending the response had added, by the same settle(). */
async function uncount(
  db: Kysely<Database>,
  survey: number,
  sent: {
    version: number
    language: string
    channel: Channel
    hour: number
    questionnaire: string
    answers: Answers
  },
): Promise<void> {
  const { questionnaire, answers, ...circumstances } = sent
  const settled = settle(fromJson<Questionnaire>(questionnaire), answers, circumstances)
  const { group: grp, school } = settled
  for (const { question, cell } of settled.cells)
    await db
      .updateTable('tally')
      .set(({ eb }) => ({ n: eb('n', '-', 1) }))
      .where('survey', '=', survey)
      .where('question', '=', question)
      .where('cell', '=', cell)
      .where('grp', '=', grp)
      .where('school', '=', school)
      .execute()
  for (const one of turnoutOf(settled))
    await db
      .updateTable('turnout')
      .set(({ eb }) => ({ n: eb('n', '-', 1) }))
      .where('survey', '=', survey)
      .where('dimension', '=', one.dimension)
      .where('code', '=', one.code)
      .where('grp', '=', one.group)
      .where('school', '=', one.school)
      .execute()
  await db.deleteFrom('tally').where('survey', '=', survey).where('n', '<=', 0).execute()
  await db.deleteFrom('turnout').where('survey', '=', survey).where('n', '<=', 0).execute()
}

/** The comments of one response, their counts, and everything that was made of them. */
async function removeComments(db: Kysely<Database>, survey: number, response: number): Promise<void> {
  const asked = db.selectFrom('question').select('id').where('survey', '=', survey)
  const comments = await db
    .selectFrom('comment')
    .select(['id', 'question', 'about', 'grp', 'school'])
    .where('question', 'in', asked)
    .where('response', '=', response)
    .execute()
  for (const { id, question, about, grp, school } of comments) {
    for (const table of ['coding', 'reading', 'second_sample', 'gloss', 'quote', 'flag'] as const)
      await db.deleteFrom(table).where('survey', '=', survey).where('comment', '=', id).execute()
    await db
      .updateTable('comment_tally')
      .set(({ eb }) => ({ n: eb('n', '-', 1) }))
      .where('question', '=', question)
      .where('about', '=', about ?? '')
      .where('grp', '=', grp)
      .where('school', '=', school)
      .execute()
    await db.deleteFrom('comment').where('id', '=', id).execute()
  }
  await db.deleteFrom('comment_tally').where('question', 'in', asked).where('n', '<=', 0).execute()
  if (comments.length > 0) await leavePages(db, survey)
}
