import { type Kysely, sql } from 'kysely'
import type { Engine } from './engine.ts'
import type { StoredComment, Tallies } from './stores.ts'
import type { Database } from './tables.ts'

/** Kept counts read or written at a time; six values each stay under every engine's limit of parameters. */
const PAGE = 1_000

export function openTallies({ read, write }: Pick<Engine, 'read' | 'write'>): Tallies {
  return {
    list: async (survey, { school } = {}) => {
      const rows = await read
        .selectFrom('tally')
        .select(({ fn }) => ['question', 'cell', 'grp as group', fn.sum<number>('n').as('n')])
        .where('survey', '=', survey)
        .$if(school !== undefined, (some) => some.where('school', '=', school ?? ''))
        .groupBy(['question', 'cell', 'grp'])
        .orderBy('question')
        .orderBy('cell')
        .orderBy('grp')
        .execute()
      return rows.map((row) => ({ ...row, n: Number(row.n) }))
    },
    of: (survey, question) =>
      read
        .selectFrom('tally')
        .select(['cell', 'grp as group', 'school', 'n'])
        .where('survey', '=', survey)
        .where('question', '=', question)
        .orderBy('cell')
        .orderBy('grp')
        .orderBy('school')
        .execute(),
    sizes: (survey) =>
      read
        .selectFrom('tally')
        .select(['school', 'grp as group', 'n'])
        .where('survey', '=', survey)
        .where('question', '=', '')
        .where('cell', '=', '')
        .orderBy('school')
        .orderBy('grp')
        .execute(),
    comments: (survey, { question, about, group, school, without = [], limit, offset = 0 }) =>
      read
        .selectFrom('comment')
        .innerJoin('question', 'question.id', 'comment.question')
        .select([
          'comment.id',
          'question.code as question',
          'comment.about',
          'comment.words',
          'comment.language',
          'comment.grp as group',
          'comment.school',
        ])
        .where('question.survey', '=', survey)
        .where('question.code', '=', question)
        .$if(about !== undefined, (some) =>
          some.where(sql<string>`coalesce(comment.about, '')`, '=', about ?? ''),
        )
        .$if(group !== undefined, (some) => some.where('comment.grp', '=', group ?? ''))
        .$if(school !== undefined, (some) => some.where('comment.school', '=', school ?? ''))
        .$if(without.length > 0, (some) =>
          some.where(({ and, eb, or }) =>
            and(
              without.map((one) =>
                or([eb('comment.school', '!=', one.school), eb('comment.grp', '!=', one.group)]),
              ),
            ),
          ),
        )
        .orderBy('comment.id')
        .limit(limit)
        .offset(offset)
        .execute() satisfies Promise<StoredComment[]>,
    commentCounts: async (survey) => {
      const rows = await read
        .selectFrom('comment_tally')
        .innerJoin('question', 'question.id', 'comment_tally.question')
        .select([
          'question.code as question',
          'comment_tally.about',
          'comment_tally.grp as group',
          'comment_tally.school',
          'comment_tally.n',
        ])
        .where('question.survey', '=', survey)
        .orderBy('question.id')
        .orderBy('comment_tally.about')
        .orderBy('comment_tally.grp')
        .orderBy('comment_tally.school')
        .execute()
      return rows.map((row) => ({ ...row, about: row.about === '' ? null : row.about }))
    },
    all: (survey) => all(read, survey),
    replace: (survey, rows) =>
      write(async (db) => {
        await db.deleteFrom('tally').where('survey', '=', survey).execute()
        await add(db, survey, rows)
        await recountComments(db, survey)
      }),
    correct: (survey, differences) =>
      write(async (db) => {
        await add(db, survey, differences)
        await db.deleteFrom('tally').where('survey', '=', survey).where('n', '=', 0).execute()
        await recountComments(db, survey)
      }),
  }
}

async function add(
  db: Kysely<Database>,
  survey: number,
  rows: Parameters<Tallies['correct']>[1],
): Promise<void> {
  for (let start = 0; start < rows.length; start += PAGE) {
    const values = rows
      .slice(start, start + PAGE)
      .map(({ question, cell, group, school, n }) => ({ survey, question, cell, grp: group, school, n }))
    await db
      .insertInto('tally')
      .values(values)
      .onConflict((known) =>
        known
          .columns(['survey', 'question', 'cell', 'grp', 'school'])
          .doUpdateSet(({ eb, ref }) => ({ n: eb('tally.n', '+', ref('excluded.n')) })),
      )
      .execute()
  }
}

async function* all(read: Kysely<Database>, survey: number): ReturnType<Tallies['all']> {
  let last = { question: '', cell: '', grp: '', school: '' }
  for (let first = true; ; first = false) {
    const { question, cell, grp, school } = last
    const page = await read
      .selectFrom('tally')
      .select(['question', 'cell', 'grp', 'school', 'n'])
      .where('survey', '=', survey)
      .$if(!first, (later) =>
        later.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('question', 'cell', 'grp', 'school'), '>', tuple(question, cell, grp, school)),
        ),
      )
      .orderBy('question')
      .orderBy('cell')
      .orderBy('grp')
      .orderBy('school')
      .limit(PAGE)
      .execute()
    for (const row of page) {
      yield { question: row.question, cell: row.cell, group: row.grp, school: row.school, n: row.n }
      last = row
    }
    if (page.length < PAGE) return
  }
}

/** The counts of comments are kept from the comments themselves, so that repair needs nothing from outside. */
async function recountComments(db: Kysely<Database>, survey: number): Promise<void> {
  const about = sql<string>`coalesce(about, '')`
  const asked = db.selectFrom('question').select('id').where('survey', '=', survey)
  await db.deleteFrom('comment_tally').where('question', 'in', asked).execute()
  await db
    .insertInto('comment_tally')
    .columns(['question', 'about', 'grp', 'school', 'n'])
    .expression(
      db
        .selectFrom('comment')
        .select(({ fn }) => ['question', about.as('about'), 'grp', 'school', fn.countAll<number>().as('n')])
        .where('question', 'in', asked)
        .groupBy(['question', about, 'grp', 'school']),
    )
    .execute()
}
