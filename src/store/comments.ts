import type { Engine } from './engine.ts'
import type { Comments } from './stores.ts'

/** What people wrote, survey by survey. */
export function openComments({ read }: Pick<Engine, 'read'>): Comments {
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
  }
}
