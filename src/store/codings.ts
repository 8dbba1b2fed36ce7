import type { Engine } from './engine.ts'
import { readOne, undoOne } from './readings.ts'
import type { Codings } from './stores.ts'

/** Rows written at a time; their values stay under every engine's limit of parameters. */
const PAGE = 500

/** Comments whose readings are written in one transaction. */
const BATCH = 100

/** Themes on comments: what people and machines said, and what has become of the themes since. */
export function openCodings({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Codings {
  return {
    list: async (survey, { who = [], comment, between } = {}) => {
      const rows = await read
        .selectFrom('coding')
        .select(['comment', 'now', 'source', 'who', 'verdict', 'confidence', 'at'])
        .where('survey', '=', survey)
        .where('now', 'is not', null)
        .where(({ eb, or }) =>
          or([
            eb('source', 'in', ['person', 'settled']),
            ...(who.length > 0 ? [eb('source', 'in', ['words', 'model']).and('who', 'in', who)] : []),
          ]),
        )
        .$if(comment !== undefined, (some) => some.where('comment', '=', comment ?? 0))
        .$if(between !== undefined, (some) =>
          some.where('comment', '>=', between?.[0] ?? 0).where('comment', '<=', between?.[1] ?? 0),
        )
        .orderBy('id')
        .execute()
      return rows.map(({ now, verdict, ...row }) => ({ ...row, theme: now ?? '', verdict: verdict === 1 }))
    },
    every: async (survey, [first, last]) => {
      const rows = await read
        .selectFrom('coding')
        .select(['comment', 'theme', 'now', 'made_in', 'source', 'who', 'verdict', 'confidence', 'at'])
        .where('survey', '=', survey)
        .where('comment', '>=', first)
        .where('comment', '<=', last)
        .orderBy('comment')
        .orderBy('id')
        .execute()
      return rows.map(({ made_in: version, verdict, ...row }) => ({
        ...row,
        version,
        verdict: verdict === 1,
      }))
    },
    stamp: async (survey) => {
      const [readings, settled, accepted, book] = await Promise.all([
        read
          .selectFrom('reading')
          .select(({ fn }) => [fn.countAll().as('n'), fn.max('at').as('at')])
          .where('survey', '=', survey)
          .executeTakeFirst(),
        read
          .selectFrom('coding')
          .select(({ fn }) => [fn.countAll().as('n'), fn.max('at').as('at')])
          .where('survey', '=', survey)
          .where('source', '=', 'settled')
          .executeTakeFirst(),
        read
          .selectFrom('acceptance')
          .select(({ fn }) => [fn.count('withdrawn').as('n'), fn.max('id').as('at')])
          .where('survey', '=', survey)
          .executeTakeFirst(),
        read
          .selectFrom('codebook')
          .select(({ fn }) => fn.max('version').as('version'))
          .executeTakeFirst(),
      ])
      return [
        readings?.n,
        readings?.at,
        settled?.n,
        settled?.at,
        accepted?.n,
        accepted?.at,
        book?.version,
      ].join()
    },
    open: (survey) =>
      read
        .selectFrom('coding')
        .select(['comment', 'theme', 'who'])
        .where('survey', '=', survey)
        .where('open', '=', 1)
        .where('settled', '=', 0)
        .where('source', 'in', ['person', 'settled'])
        .orderBy('id')
        .execute(),
    readings: (survey, comment) =>
      read
        .selectFrom('reading')
        .select(['comment', 'person', 'version', 'how', 'at'])
        .where('survey', '=', survey)
        .$if(comment !== undefined, (some) => some.where('comment', '=', comment ?? 0))
        .orderBy('at')
        .orderBy('comment')
        .orderBy('person')
        .execute(),
    read: async (survey, by, all) => {
      for (let start = 0; start < all.length; start += BATCH)
        await write(async (db) => {
          for (const one of all.slice(start, start + BATCH)) await readOne(db, survey, by, one)
        })
    },
    undo: (survey, comment, person) => write((db) => undoOne(db, survey, comment, person)),
    undoMany: async (survey, person, at) => {
      const all = await read
        .selectFrom('reading')
        .select('comment')
        .where('survey', '=', survey)
        .where('person', '=', person)
        .where('how', '=', 'bulk')
        .where('at', '=', at)
        .orderBy('comment')
        .execute()
      for (let start = 0; start < all.length; start += BATCH)
        await write(async (db) => {
          for (const { comment } of all.slice(start, start + BATCH))
            await undoOne(db, survey, comment, person)
        })
      return all.length
    },
    settle: (survey, { comment, theme, fits, person, version, at }) =>
      write(async (db) => {
        await db
          .deleteFrom('coding')
          .where('survey', '=', survey)
          .where('comment', '=', comment)
          .where('source', '=', 'settled')
          .where('now', '=', theme)
          .execute()
        await db
          .insertInto('coding')
          .values({
            ...{ survey, comment, theme, made_in: version, now: theme, source: 'settled' },
            ...{ who: person, verdict: fits ? 1 : 0, confidence: null, at },
          })
          .execute()
      }),
    put: async (survey, { source, who, version, at }, codes) => {
      for (let start = 0; start < codes.length; start += PAGE) {
        const values = codes
          .slice(start, start + PAGE)
          .map(({ comment, theme, confidence, now = theme }) => ({
            ...{ survey, comment, theme, made_in: version, now, source, who },
            ...{ verdict: 1 as const, confidence, at },
          }))
        await run(
          read
            .insertInto('coding')
            .values(values)
            .onConflict((known) =>
              known
                .columns(['survey', 'comment', 'source', 'who', 'theme', 'made_in'])
                .doUpdateSet(({ ref }) => ({ confidence: ref('excluded.confidence'), at })),
            ),
        )
      }
    },
    forget: async (survey, keep) => {
      for (;;) {
        const gone = read
          .selectFrom('coding')
          .select('id')
          .where('survey', '=', survey)
          .where('source', 'in', ['words', 'model'])
          .$if(keep.length > 0, (some) => some.where('who', 'not in', keep))
          .limit(PAGE)
        if ((await run(read.deleteFrom('coding').where('id', 'in', gone))) < PAGE) return
      }
    },
    sample: async (survey) => {
      const rows = await read
        .selectFrom('second_sample')
        .select('comment')
        .where('survey', '=', survey)
        .orderBy('comment')
        .execute()
      return rows.map(({ comment }) => comment)
    },
    setSample: (survey, comments) =>
      write(async (db) => {
        await db.deleteFrom('second_sample').where('survey', '=', survey).execute()
        for (let start = 0; start < comments.length; start += PAGE)
          await db
            .insertInto('second_sample')
            .values(comments.slice(start, start + PAGE).map((comment) => ({ survey, comment })))
            .execute()
      }),
    glosses: (survey, comment) =>
      read
        .selectFrom('gloss')
        .select(['comment', 'tag', 'words', 'written_by as by', 'at'])
        .where('survey', '=', survey)
        .$if(comment !== undefined, (some) => some.where('comment', '=', comment ?? 0))
        .orderBy('comment')
        .orderBy('tag')
        .execute(),
    gloss: async (survey, { comment, tag, words, by, at }) => {
      const set = { words, written_by: by, at }
      await run(
        words === ''
          ? read
              .deleteFrom('gloss')
              .where('survey', '=', survey)
              .where('comment', '=', comment)
              .where('tag', '=', tag)
          : read
              .insertInto('gloss')
              .values({ survey, comment, tag, ...set })
              .onConflict((known) => known.columns(['survey', 'comment', 'tag']).doUpdateSet(set)),
      )
    },
  }
}
