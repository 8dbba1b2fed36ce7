import { writeEnrolment } from '../../district/enrolmentFile.ts'
import { codebookId } from '../../learning/train.ts'
import { codebook } from '../../report/export/codebook.ts'
import { csvText } from '../../report/export/csv.ts'
import { long } from '../../report/export/long.ts'
import { versionsOf } from '../../report/export/versions.ts'
import { wide } from '../../report/export/wide.ts'
import { guardCell } from '../../response/formula.ts'
import type { AuditEntry, Stores, Survey } from '../../store/stores.ts'
import { codebookCsv } from '../../theme/codebookCsv.ts'
import { writeSurveyFile } from './surveyFile.ts'

/** Takes one file whole before it asks for the next; `content` is made as it is read and no faster. */
export type Put = (
  name: string,
  content: Iterable<string> | AsyncIterable<string | Uint8Array>,
) => Promise<void>

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

/**
 * Everything that is told about people's answers, and nothing by which somebody could come in: no codes, no passwords.
 * Memory does not grow with responses. Write it down in the record before.
 */
export async function everything(stores: Stores, put: Put): Promise<void> {
  const rows = (name: string, of: Iterable<string[]> | AsyncIterable<string[]>) => put(name, csvText(of))
  const json = (name: string, value: unknown) => put(name, [`${JSON.stringify(value, undefined, 2)}\n`])
  await put('README.txt', [readMe])
  await json('district.json', await stores.settings.district())
  await json('plans.json', await stores.plans.list())
  for (const { asOf } of await stores.enrolments.list()) {
    const found = await stores.enrolments.find(asOf)
    if (found) await rows(`enrolment-${asOf}.csv`, writeEnrolment(found.rows))
  }
  const themes = await stores.codebooks.find(codebookId)
  if (themes) await put('codebook-of-themes.csv', [codebookCsv(themes)])
  for (const { id, slug } of await stores.surveys.list()) {
    await stores.snapshot(async ({ responses }) => {
      // Read after the moment is taken, so that no response is of a version that is not known here.
      const survey = await stores.surveys.find(slug)
      if (survey) await putSurvey(stores, survey, put, () => responses.stream(id))
    })
    await rows(`${slug}-comments.csv`, comments(stores, id))
    await rows(`${slug}-codings.csv`, codings(stores, id))
  }
  await rows('record.csv', record(stores))
}

async function putSurvey(
  stores: Stores,
  survey: Survey,
  put: Put,
  responses: () => Parameters<typeof wide>[1],
): Promise<void> {
  const { slug } = survey
  const versions = await versionsOf(stores, survey)
  const earlier = [...versions].filter(([number]) => number < survey.version).map(([, one]) => one)
  await put(`${slug}.json`, [writeSurveyFile(survey, earlier)])
  await put(`${slug}-codebook.csv`, csvText(codebook(versions)))
  await put(`${slug}-responses.csv`, csvText(wide(versions, responses())))
  await put(`${slug}-answers.csv`, csvText(long(versions, responses())))
}

/** Comments, and lines of the record, that are read together. */
const page = 1000

async function* pagesOf(stores: Stores, survey: number) {
  for (let after = 0; ; ) {
    const some = await stores.comments.list(survey, { after, limit: page })
    if (some.length > 0) yield some
    after = some.at(-1)?.id ?? after
    if (some.length < page) return
  }
}

async function* comments(stores: Stores, survey: number): AsyncGenerator<string[]> {
  yield ['comment', 'question', 'about', 'group', 'school', 'language', 'words']
  for await (const some of pagesOf(stores, survey))
    for (const { id, question, about, group, school, language, words } of some)
      yield [String(id), question, about ?? '', group, school, language, guardCell(words)]
}

async function* codings(stores: Stores, survey: number): AsyncGenerator<string[]> {
  yield ['comment', 'theme', 'fits', 'source', 'who', 'confidence', 'at']
  for await (const some of pagesOf(stores, survey)) {
    const between = [some[0]?.id ?? 0, some.at(-1)?.id ?? 0] as const
    for (const one of await stores.codings.list(survey, { between })) yield codingRow(one)
  }
}

const codingRow = (one: Awaited<ReturnType<Stores['codings']['list']>>[number]): string[] => [
  String(one.comment),
  one.theme,
  one.verdict ? 'yes' : 'no',
  one.source,
  one.who,
  one.confidence === null ? '' : String(one.confidence),
  new Date(one.at).toISOString(),
]

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
