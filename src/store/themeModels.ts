import type { Model } from '../theme/classifier.ts'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import type { Acceptances, ThemeMetrics, ThemeModels } from './stores.ts'

/** Models that learnt from what people coded, survey by survey. */
export function openThemeModels({ read, run }: Pick<Engine, 'read' | 'run'>): ThemeModels {
  return {
    list: async (survey) => {
      const rows = await read
        .selectFrom('theme_model')
        .select([
          'number',
          'codebook_version as codebookVersion',
          'examples',
          'took',
          'up_to as upTo',
          'at',
          'metrics',
        ])
        .where('survey', '=', survey)
        .orderBy('number', 'desc')
        .execute()
      return rows.map((row) => ({ ...row, metrics: fromJson<ThemeMetrics>(row.metrics) }))
    },
    get: async (survey, number) => {
      const row = await read
        .selectFrom('theme_model')
        .select('content')
        .where('survey', '=', survey)
        .where('number', '=', number)
        .executeTakeFirst()
      if (!row) throw new NotFound(`there is no model ${number} of this survey`)
      return fromJson<Model>(row.content)
    },
    add: async (survey, { number, codebookVersion, examples, took, upTo, at, metrics }, model) => {
      const added = await run(
        read
          .insertInto('theme_model')
          .values({
            ...{ survey, number, codebook_version: codebookVersion, examples, took, up_to: upTo, at },
            ...{ content: JSON.stringify(model), metrics: JSON.stringify(metrics) },
          })
          .onConflict((known) => known.columns(['survey', 'number']).doNothing()),
      )
      if (added === 0) throw new Conflict(`this survey has a model ${number} already`)
    },
    setUpTo: async (survey, number, upTo) => {
      await run(
        read
          .updateTable('theme_model')
          .set({ up_to: upTo })
          .where('survey', '=', survey)
          .where('number', '=', number),
      )
    },
    forget: async (survey, keep) => {
      await run(
        read
          .deleteFrom('theme_model')
          .where('survey', '=', survey)
          .$if(keep.length > 0, (some) => some.where('number', 'not in', keep)),
      )
    },
  }
}

/** What of the models' codes counts, because the owner of the survey said so. */
export function openAcceptances({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Acceptances {
  return {
    list: async (survey, { all = false } = {}) => {
      const rows = await read
        .selectFrom('acceptance')
        .selectAll()
        .where('survey', '=', survey)
        .$if(!all, (some) => some.where('withdrawn', 'is', null))
        .orderBy('id')
        .execute()
      return rows.map(
        ({ survey: _, accepted_by: by, accepted: at, withdrawn_by: withdrew, withdrawn, ...row }) => ({
          ...row,
          by,
          at,
          withdrawn: withdrawn === null ? null : { by: withdrew ?? '', at: withdrawn },
        }),
      )
    },
    add: (survey, { by, at, ...acceptance }) =>
      write(async (db) => {
        await db
          .updateTable('acceptance')
          .set({ withdrawn_by: by, withdrawn: at })
          .where('survey', '=', survey)
          .where('theme', '=', acceptance.theme)
          .where('withdrawn', 'is', null)
          .execute()
        await db
          .insertInto('acceptance')
          .values({ survey, ...acceptance, accepted_by: by, accepted: at })
          .execute()
      }),
    withdraw: async (survey, theme, by, now) => {
      await run(
        read
          .updateTable('acceptance')
          .set({ withdrawn_by: by, withdrawn: now })
          .where('survey', '=', survey)
          .where('theme', '=', theme)
          .where('withdrawn', 'is', null),
      )
    },
  }
}
