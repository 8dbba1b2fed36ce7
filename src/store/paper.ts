import type { Engine } from './engine.ts'
import { toRow } from './jobs.ts'
import { fromJson } from './json.ts'
import type { Paper, PaperSheet } from './stores.ts'

export function openPaper({ read, share, run }: Pick<Engine, 'read' | 'share' | 'run'>): Paper {
  return {
    keep: async (survey, sheet, countedHash) => {
      // In one statement: two others may be making this very sheet a response.
      const counted = read.selectFrom('spent').select('survey').where('token_hash', '=', countedHash)
      const kept = await run(
        read
          .insertInto('paper_sheet')
          .columns(['survey', 'sheet', 'form_hash', 'typed_by', 'version', 'language', 'answers'])
          .expression(
            read
              .selectNoFrom((of) => [
                of.val(survey).as('survey'),
                of.val(sheet.sheet).as('sheet'),
                of.val(sheet.formHash).as('form_hash'),
                of.val(sheet.typedBy).as('typed_by'),
                of.val(sheet.version).as('version'),
                of.val(sheet.language).as('language'),
                of.val(JSON.stringify(sheet.answers)).as('answers'),
              ])
              .where(({ not, exists }) => not(exists(counted))),
          )
          .onConflict((typed) => typed.columns(['survey', 'sheet']).doNothing()),
      )
      return kept === 0 ? 'taken' : 'kept'
    },
    find: async (survey, sheet) => {
      const row = await read
        .selectFrom('paper_sheet')
        .selectAll()
        .where('survey', '=', survey)
        .where('sheet', '=', sheet)
        .executeTakeFirst()
      return (
        row && {
          sheet: row.sheet,
          formHash: row.form_hash,
          typedBy: row.typed_by,
          version: row.version,
          language: row.language,
          answers: fromJson<PaperSheet['answers']>(row.answers),
        }
      )
    },
    waiting: (survey) =>
      read
        .selectFrom('paper_sheet')
        .select(['sheet', 'typed_by as typedBy', 'version', 'language'])
        .where('survey', '=', survey)
        .orderBy('sheet')
        .execute(),
    remove: async (survey, sheet) => {
      await run(read.deleteFrom('paper_sheet').where('survey', '=', survey).where('sheet', '=', sheet))
    },
    submit: async (survey, tokenHash, settled, { typedBy, checkedBy, sheet }) => {
      const row = toRow(settled, { typedBy, checkedBy })
      const done = await share({ kind: 'submit', survey, tokenHash, row, sheet })
      return done === 'already' ? 'already' : 'saved'
    },
    typists: async (survey) => {
      const by = (column: 'entered_by' | 'checked_by') =>
        read
          .selectFrom('response')
          .select(`${column} as person`)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('survey', '=', survey)
          .where('entered_by', 'is not', null)
          .where(column, 'is not', null)
          .groupBy(column)
          .execute()
      const [typed, checked] = await Promise.all([by('entered_by'), by('checked_by')])
      const people = new Map<string, { typed: number; checked: number }>()
      for (const { person, n } of typed) people.set(String(person), { typed: Number(n), checked: 0 })
      for (const { person, n } of checked)
        people.set(String(person), { typed: people.get(String(person))?.typed ?? 0, checked: Number(n) })
      return [...people].map(([person, counts]) => ({ person, ...counts }))
    },
  }
}
