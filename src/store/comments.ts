import type { Engine } from './engine.ts'
import type { Comments } from './stores.ts'

/** What people wrote, survey by survey. */
export function openComments({ read, run }: Pick<Engine, 'read' | 'run'>): Comments {
  const said = (survey: number) =>
    read
      .selectFrom('comment')
      .innerJoin('question', 'question.id', 'comment.question')
      .where('question.survey', '=', survey)
  const columns = [
    'comment.id',
    'comment.response',
    'question.code as question',
    'comment.about',
    'comment.words',
    'comment.language',
    'comment.grp as group',
    'comment.school',
  ] as const

  return {
    places: (survey) =>
      said(survey)
        .select([
          'comment.id',
          'comment.response',
          'question.code as question',
          'comment.language',
          'comment.grp as group',
          'comment.school',
        ])
        .orderBy('comment.id')
        .execute(),
    list: (survey, { after = 0, limit } = {}) =>
      said(survey)
        .select(columns)
        .where('comment.id', '>', after)
        .orderBy('comment.id')
        .$if(limit !== undefined, (some) => some.limit(limit ?? 0))
        .execute(),
    find: (survey, id) => said(survey).select(columns).where('comment.id', '=', id).executeTakeFirst(),
    count: async (survey) => {
      const row = await said(survey)
        .select(({ fn }) => [fn.countAll<number>().as('n'), fn.max('comment.id').as('last')])
        .executeTakeFirstOrThrow()
      return { n: Number(row.n), last: Number(row.last ?? 0) }
    },
    unscreened: (limit) =>
      read
        .selectFrom('comment')
        .innerJoin('question', 'question.id', 'comment.question')
        .select(['comment.id', 'question.survey', 'comment.words', 'comment.language'])
        // As a literal: the index of those that wait is not used for a parameter.
        .where(({ eb, lit }) => eb('comment.screened', '=', lit(0)))
        .orderBy('comment.id')
        .limit(limit)
        .execute(),
    screened: async (ids) => {
      if (ids.length > 0) await run(read.updateTable('comment').set({ screened: 1 }).where('id', 'in', ids))
    },
    screenAgain: async () => {
      await run(read.updateTable('comment').set({ screened: 0 }).where('screened', '=', 1))
    },
  }
}
