import { inConversations } from '../../commitment/conversation.ts'
import { writeConversations } from '../../commitment/conversationFile.ts'
import { writeEnrolment } from '../../district/enrolmentFile.ts'
import { codesOf } from '../../learning/codes.ts'
import { codebookId } from '../../learning/train.ts'
import { codebook } from '../../report/export/codebook.ts'
import { codes } from '../../report/export/codes.ts'
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
SLUG-comments.csv, -codings.csv what people wrote, and the themes put on it, by whom or what and by which codebook
SLUG-commitments.json           what the district does about what was said, with every saved state
SLUG-quotes.json, -heard.json   comments chosen to be shown, and the page that families read
conversations.csv, conversation-notes.csv   town halls and the like, and what was said there
record.csv                      what staff did

Not here: passwords, sessions, access codes, unfinished answers, whom a survey was sent to, and what was found to speak
of danger.
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
  for (const { id, slug, minimumGroup } of await stores.surveys.list()) {
    await stores.snapshot(async ({ responses }) => {
      // Read after the moment is taken, so that no response is of a version that is not known here.
      const survey = await stores.surveys.find(slug)
      if (survey) await putSurvey(stores, survey, put, () => responses.stream(id))
    })
    await rows(`${slug}-comments.csv`, comments(stores, id))
    await rows(`${slug}-codings.csv`, codes(await codesOf(stores, { id, minimumGroup })))
    await putTold(stores, { id, slug }, json)
  }
  const talks = await stores.conversations.list()
  if (talks.length > 0) {
    await rows('conversations.csv', writeConversations(talks, []))
    await rows('conversation-notes.csv', notes(stores))
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

/** What the office made of a survey and its comments, as it is kept; files only of what there is. */
async function putTold(
  stores: Stores,
  { id, slug }: Pick<Survey, 'id' | 'slug'>,
  json: (name: string, value: unknown) => Promise<void>,
): Promise<void> {
  const commitments = await stores.commitments.list(id)
  if (commitments.length > 0) {
    const histories = await Promise.all(commitments.map((one) => stores.commitments.history(one.id)))
    await json(
      `${slug}-commitments.json`,
      commitments.map((one, at) => ({ ...one, history: histories[at] })),
    )
  }
  const quotes = await stores.quotes.list(id)
  if (quotes.length > 0) await json(`${slug}-quotes.json`, quotes)
  const shown = await stores.heardPages.shown(id)
  if (shown) await json(`${slug}-heard.json`, shown)
}

/** Points and questions of conversations, with the themes on them. */
async function* notes(stores: Stores): AsyncGenerator<string[]> {
  yield ['conversation', 'kind', 'state', 'language', 'words', 'shown', 'themes']
  const given = Map.groupBy(await stores.codings.list(inConversations), ({ comment }) => comment)
  for (const { id } of await stores.conversations.list())
    for (const note of await stores.conversations.notes(id)) {
      const themes = (given.get(note.id) ?? []).flatMap(({ verdict, theme }) => (verdict ? [theme] : []))
      yield [
        ...[String(id), note.kind, note.state, note.language],
        ...[guardCell(note.words), guardCell(note.shown ?? ''), [...new Set(themes)].join(' ')],
      ]
    }
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
