import { readFileSync } from 'node:fs'
import { happens, oneOf, type Random } from '../../../src/demo/chance.ts'
import { contactReader, guessMapping } from '../../../src/district/contactList.ts'
import { type District, districtSchema } from '../../../src/district/district.ts'
import { readEnrolment } from '../../../src/district/enrolmentFile.ts'
import { readQuestionnaireFile, writeXlsform } from '../../../src/files/questionnaireFile.ts'
import { readTable } from '../../../src/files/table.ts'
import {
  type Format,
  formats,
  readTranslationFile,
  writeTranslationFile,
} from '../../../src/files/translationFile.ts'
import { Unusable } from '../../../src/language/exchange/unit.ts'
import { readPlan } from '../../../src/plan/read.ts'
import { advise } from '../../../src/questionnaire/advice/advise.ts'
import { type Questionnaire, questions } from '../../../src/questionnaire/definition.ts'
import { publish } from '../../../src/questionnaire/publish.ts'
import { readHeader, readRow } from '../../../src/response/importing.ts'
import { parsePage, withPage } from '../../../src/response/parse.ts'
import type { Answers } from '../../../src/response/response.ts'
import { settle } from '../../../src/response/settle.ts'
import { walk } from '../../../src/response/walk.ts'
import { readCodebookCsv } from '../../../src/theme/codebookCsv.ts'
import { everyKind } from '../../respond/surveys.ts'
import { anyText, upTo, wornBytes, wornJson } from './mutate.ts'
import type { Files } from './requests.ts'

/** Everything that the parts read which take definitions and files. Nothing of it may throw what is not a refusal. */
export type Samples = {
  district: District
  definitions: unknown[]
  plan: unknown
  files: Files
  survey: Questionnaire
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export function readSamples(): Samples {
  const district = districtSchema.parse(json('templates/sample-district.json'))
  const { questionnaire } = publish(everyKind, district)
  if (!questionnaire) throw new Error('the sample cannot be published')
  const bundle = {
    of: 'survey:here',
    from: 'en',
    to: 'es',
    units: ['ride', 'news'].map((id) => ({
      id,
      source: `What of {{${id}}} & <b>more</b>?`,
      target: '¿Qué?',
      state: 'translated' as const,
      note: 'A note',
    })),
  }
  const translations = (Object.keys(formats) as Format[]).map((format) => ({
    name: `es.${formats[format].ending}`,
    bytes: writeTranslationFile(bundle, format),
  }))
  return {
    district,
    survey: questionnaire,
    definitions: [
      everyKind,
      json('templates/surveys/family-event.json'),
      json('templates/surveys/draft-plan-feedback.json'),
    ],
    plan: json('plans/hartford-2021-2024.json'),
    files: [
      ...translations,
      { name: 'form.xlsx', bytes: writeXlsform(questionnaire) },
      { name: 'form.json', bytes: Buffer.from(JSON.stringify({ slug: 'a', questionnaire: everyKind })) },
      {
        name: 'people.csv',
        bytes: Buffer.from('E-mail;Language;School\r\na@example.org;es;"x ""y"""\r\nb@example.org;ar;z'),
      },
      { name: 'enrolment.csv', bytes: readFileSync('templates/sample-enrolment.csv') },
      {
        name: 'answers.csv',
        bytes: Buffer.from('version,language,channel,hour,ride,news\n1,en,web,2021-05-12T13,bus,bus\n'),
      },
    ],
  }
}

/** A definition with faults: told, never thrown; and where it can be published all the same, it can be answered. */
export function definition(random: Random, { district, definitions, plan }: Samples): void {
  const share = oneOf(random, [0.002, 0.01, 0.05])
  if (happens(random, 0.1)) return void readPlan(wornJson(random, plan, share))
  const { questionnaire } = publish(wornJson(random, oneOf(random, definitions), share), district)
  if (!questionnaire) return
  if (happens(random, 0.2)) advise(questionnaire)
  fillIn(random, questionnaire)
}

/** Fills in pages with what comes to hand, and sends. */
function fillIn(random: Random, questionnaire: Questionnaire): void {
  const language = oneOf(random, questionnaire.languages)
  const codes = questions(questionnaire).flatMap((question) =>
    'options' in question && Array.isArray(question.options)
      ? question.options.map((option: { code?: unknown }) => String(option.code))
      : [],
  )
  let answers: Answers = {}
  const passed: string[] = []
  for (let page = 0; page < 30; page++) {
    const path = walk(questionnaire, answers, passed)
    const step = path.steps.find(({ code }) => !passed.includes(code))
    if (!step) break
    const body: Record<string, string | string[]> = {}
    for (const { code } of step.questions) {
      const value = () =>
        happens(random, 0.6) ? (codes[upTo(random, codes.length)] ?? '1') : anyText(random)
      body[code] = happens(random, 0.8) ? value() : [value(), value()]
      body[`${code}.${value()}`] = value()
    }
    const { given } = parsePage(step.questions, body, language)
    answers = withPage(answers, given, step.questions)
    passed.push(step.code)
  }
  JSON.stringify(settle(questionnaire, answers, { version: 1, language, channel: 'web', hour: 0 }))
}

/** A file that is damaged, read by everything that reads files. */
export async function file(random: Random, { district, files, survey }: Samples): Promise<void> {
  const { name, bytes } = oneOf(random, files)
  const damaged = wornBytes(random, bytes)
  readQuestionnaireFile(damaged, happens(random, 0.8) ? name : anyText(random))
  try {
    readTranslationFile(damaged)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
  }
  const table = await readTable(damaged)
  if (!('rows' in table)) return
  readEnrolment(table.rows, district, '')
  const offered = { schools: district.schools, groups: district.groups, languages: [], fallback: 'en' }
  contactReader(guessMapping(table.rows).mapping, offered as never, new Set()).take(table.rows, 1)
  readCodebookCsv(damaged.toString('utf8'))
  const [head = [], ...rows] = table.rows
  const header = readHeader(head, { versions: new Map([[1, survey]]), current: 1, hour: 0 })
  if (!('faults' in header)) for (const row of rows.slice(0, 20)) readRow(row, header)
}
