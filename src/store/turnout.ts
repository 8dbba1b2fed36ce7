import type { Engine } from './engine.ts'
import type { Turnout } from './stores.ts'

export const openTurnout = ({ read }: Pick<Engine, 'read'>): Turnout => ({
  list: (survey) =>
    read
      .selectFrom('turnout')
      .select(['dimension', 'code', 'grp as group', 'school', 'n'])
      .where('survey', '=', survey)
      .orderBy('dimension')
      .orderBy('code')
      .orderBy('grp')
      .orderBy('school')
      .execute(),
})
