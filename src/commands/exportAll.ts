import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { writeEnrolment } from '../district/enrolmentFile.ts'
import { codebookId } from '../learning/train.ts'
import { codebook } from '../report/export/codebook.ts'
import { csvText } from '../report/export/csv.ts'
import { long } from '../report/export/long.ts'
import { versionsOf } from '../report/export/versions.ts'
import { wide } from '../report/export/wide.ts'
import { guardCell } from '../response/formula.ts'
import type { AuditEntry, Stores, Survey } from '../store/stores.ts'
import { codebookCsv } from '../theme/codebookCsv.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, Refusal, take } from './command.ts'
import { writeSurveyFile } from './survey-file.ts'

/** Everything that is told about people's answers, and nothing by which somebody could come in: no codes, no passwords. */
export const exportAll: Command = {
  usage: 'export-all DIR',
  does: 'writes everything into a new folder, as CSV and JSON with a codebook: surveys, responses, themes, plans, enrolment, the record',
  async run(args, room) {
    const [folder = ''] = take(exportAll, args, 1).positionals
    const stores = await room.stores()
    try {
      await mkdir(folder, { mode: 0o700 })
    } catch (fault) {
      throw new Refusal(`${folder} cannot be made, or is there already: ${(fault as Error).message}`)
    }
    await auditBy(stores, undefined, room.now(), 'exported', '', 'everything')
    const write: Write = async (name, rows) =>
      pipeline(csvText(rows), createWriteStream(join(folder, name), { mode: 0o600 }))
    const writeJson = (name: string, value: unknown) =>
      writeFile(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 })
    await writeFile(join(folder, 'README.txt'), readMe, { mode: 0o600 })
    await writeJson('district.json', await stores.settings.district())
    await writeJson('plans.json', await stores.plans.list())
    for (const { asOf } of await stores.enrolments.list()) {
      const found = await stores.enrolments.find(asOf)
      if (found) await write(`enrolment-${asOf}.csv`, writeEnrolment(found.rows))
    }
    const themes = await stores.codebooks.find(codebookId)
    if (themes) await writeFile(join(folder, 'codebook-of-themes.csv'), codebookCsv(themes), { mode: 0o600 })
    for (const survey of await stores.surveys.list()) await writeSurvey(stores, survey, folder, write)
    await write('record.csv', record(stores))
    room.output.write(`everything is in ${folder}\n`)
  },
}

type Write = (name: string, rows: Iterable<string[]> | AsyncIterable<string[]>) => Promise<void>

const readMe = `Everything that this installation of Heard holds, in open formats: UTF-8 text, CSV as in RFC 4180, JSON.

district.json, plans.json       the district record and its strategic plans
enrolment-DAY.csv               how many people there are, by school and group
codebook-of-themes.csv          the codebook of themes
SLUG.json                       a survey with every version of its questionnaire; "heard survey import" reads it
SLUG-responses.csv              a row for each response; "heard responses import" reads it
SLUG-answers.csv                a row for each answer
SLUG-codebook.csv               what the columns and the codes mean
SLUG-comments.csv, -codings.csv what people wrote, and the themes put on it
record.csv                      what staff did

Not here: passwords, sessions, access codes, unfinished answers, and whom a survey was sent to.
`

async function writeSurvey(
  stores: Stores,
  { id, slug }: Survey,
  folder: string,
  write: Write,
): Promise<void> {
  await stores.snapshot(async ({ responses }) => {
    // Read after the moment is taken, so that no response is of a version that is not known here.
    const survey = await stores.surveys.find(slug)
    if (!survey) return
    const versions = await versionsOf(stores, survey)
    const earlier = [...versions].filter(([number]) => number < survey.version).map(([, one]) => one)
    await writeFile(join(folder, `${slug}.json`), writeSurveyFile(survey, earlier), { mode: 0o600 })
    await write(`${slug}-codebook.csv`, codebook(versions))
    await write(`${slug}-responses.csv`, wide(versions, responses.stream(id)))
    await write(`${slug}-answers.csv`, long(versions, responses.stream(id)))
  })
  await write(`${slug}-comments.csv`, comments(stores, id))
  await write(`${slug}-codings.csv`, codings(stores, id))
}

/** A page of comments at a time. */
const page = 1000

async function* comments(stores: Stores, survey: number): AsyncGenerator<string[]> {
  yield ['comment', 'question', 'about', 'group', 'school', 'language', 'words']
  for (let after = 0; ; ) {
    const some = await stores.comments.list(survey, { after, limit: page })
    for (const { id, question, about, group, school, language, words } of some)
      yield [String(id), question, about ?? '', group, school, language, guardCell(words)]
    after = some.at(-1)?.id ?? after
    if (some.length < page) return
  }
}

async function* codings(stores: Stores, survey: number): AsyncGenerator<string[]> {
  yield ['comment', 'theme', 'fits', 'source', 'who', 'confidence', 'at']
  for (const { comment, theme, verdict, source, who, confidence, at } of await stores.codings.list(survey))
    yield [
      String(comment),
      theme,
      verdict ? 'yes' : 'no',
      source,
      who,
      confidence === null ? '' : String(confidence),
      new Date(at).toISOString(),
    ]
}

async function* record(stores: Stores): AsyncGenerator<string[]> {
  yield ['at', 'who', 'did', 'about', 'detail']
  for (let before: number | undefined; ; ) {
    const some: AuditEntry[] = await stores.audit.list({ limit: page, before })
    for (const { at, who, did, about, detail } of some)
      yield [new Date(at).toISOString(), guardCell(who), did, guardCell(about), guardCell(detail)]
    before = some.at(-1)?.id
    if (some.length < page) return
  }
}
