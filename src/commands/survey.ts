import { writeFile } from 'node:fs/promises'
import { writeXlsform } from '../files/questionnaireFile.ts'
import { words } from '../language/text.ts'
import { elements } from '../plan/elements.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import { mayNotOpen, type Protection } from '../questionnaire/fielding.ts'
import { publish } from '../questionnaire/publish.ts'
import { versionsOf } from '../report/export/versions.ts'
import { writeSurveyFile } from '../routes/reports/surveyFile.ts'
import type { Stores, SurveyState } from '../store/stores.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, Refusal, refuse, surveyNamed, take } from './command.ts'
import { openSurveyFile } from './questionnaire-file.ts'

export const surveyList: Command = {
  usage: 'survey list',
  does: 'a line per survey: slug, state, title',
  async run(args, room) {
    take(surveyList, args, 0)
    const { surveys } = await room.stores()
    for (const { slug, state, questionnaire } of await surveys.list()) {
      const title = words(questionnaire.title, questionnaire.source, questionnaire.source)
      room.output.write(`${slug}\t${state}\t${title.replace(/\s+/g, ' ')}\n`)
    }
  },
}

export const surveyImport: Command = {
  usage: 'survey import FILE',
  does: 'adds a survey from its JSON file or from an XLSForm (.xlsx), not yet open',
  async run(args, room) {
    const [file = ''] = take(surveyImport, args, 1).positionals
    const { survey: read, losses } = await openSurveyFile(file)
    const { slug, earlier = [], questionnaire, opensAt, closesAt, minimumGroup, sample } = read
    const stores = await room.stores()
    if (await stores.surveys.find(slug)) throw new Refusal(`${file}: there is already a survey "${slug}"`)
    const checked = await checkVersions(stores, [...earlier, questionnaire])
    if ('faults' in checked) throw refuse(`${file}: the survey was not taken`, checked.faults)
    const [first, ...later] = checked.versions
    if (!first) throw new Error('a survey file always has a questionnaire')
    const time = (at: string | null | undefined) => (at ? Date.parse(at) : null)
    const survey = await stores.surveys.add(
      {
        slug,
        questionnaire: first,
        opensAt: time(opensAt),
        closesAt: time(closesAt),
        ...(minimumGroup !== undefined && { minimumGroup }),
        ...(sample !== undefined && { sample }),
      },
      room.now(),
    )
    for (const version of later) await stores.surveys.publish(survey.id, version, room.now())
    await auditBy(stores, undefined, room.now(), 'published', slug, `v${later.length + 1}`)
    for (const loss of losses) room.notices.write(`${loss}\n`)
    room.output.write(`survey ${slug} is in; "heard survey open ${slug}" lets people answer\n`)
  },
}

/** What will be frozen for each version, or every fault of every one of them. */
async function checkVersions(
  stores: Pick<Stores, 'settings' | 'plans'>,
  definitions: Record<string, unknown>[],
): Promise<{ versions: Questionnaire[] } | { faults: string[] }> {
  const district = await stores.settings.district()
  const versions: Questionnaire[] = []
  const faults: string[] = []
  for (const [index, definition] of definitions.entries()) {
    const place = definitions.length > 1 ? `version ${index + 1}: ` : ''
    const id = definition.plan
    const plan = typeof id === 'string' ? await stores.plans.find(id) : undefined
    if (typeof id === 'string' && !plan)
      faults.push(`${place}plan: there is no plan "${id}"; bring it in first with "heard plan import FILE"`)
    const codes = plan && new Set(elements(plan).map(({ code }) => code))
    const checked = publish(definition, district, codes)
    if (checked.questionnaire) versions.push(checked.questionnaire)
    else faults.push(...checked.faults.map((fault) => place + fault))
  }
  return faults.length > 0 ? { faults } : { versions }
}

export const surveyExport: Command = {
  usage: 'survey export SLUG [--xlsform FILE.xlsx]',
  does: 'prints a survey as the JSON file that "survey import" reads, or writes its questions as an XLSForm',
  async run(args, room) {
    const { positionals, values } = take(surveyExport, args, 1, { xlsform: { type: 'string' } })
    const stores = await room.stores()
    const survey = await surveyNamed(stores, positionals[0] ?? '')
    if (typeof values.xlsform === 'string') {
      if (!/\.xlsx$/i.test(values.xlsform)) throw new Refusal('an XLSForm is a file whose name ends in .xlsx')
      await writeFile(values.xlsform, writeXlsform(survey.questionnaire))
      return
    }
    const earlier = [...(await versionsOf(stores, survey))].filter(([number]) => number < survey.version)
    room.output.write(
      writeSurveyFile(
        survey,
        earlier.map(([, questionnaire]) => questionnaire),
      ),
    )
  },
}

/** What must be there before students are asked about protected areas; the office page says the same. */
const protections: Record<Protection, string> = {
  notice: 'it has no notice text for families',
  codes: 'it is not set to one-time access codes (the office page of the survey sets it)',
  optOut: 'the list of codes whose families opted out is missing (the office page of the survey takes it)',
}

/** Opening means that people can answer now: a first day to come or a last day past is taken away, as in the office. */
const turn = (word: 'open' | 'close', state: SurveyState): Command => {
  const command: Command = {
    usage: `survey ${word} SLUG`,
    does: word === 'open' ? 'lets people answer it now' : 'takes no more answers',
    async run(args, room) {
      const [slug = ''] = take(command, args, 1).positionals
      const stores = await room.stores()
      const { id, opensAt, closesAt, questionnaire, fielding } = await surveyNamed(stores, slug)
      const now = room.now()
      const missing = state === 'open' ? mayNotOpen(questionnaire, fielding) : []
      if (missing.length > 0)
        throw refuse(
          `survey ${slug} asks students about areas that the law protects, and may not open yet`,
          missing.map((key) => protections[key]),
        )
      if (state === 'open')
        await stores.surveys.setDates(
          id,
          opensAt !== null && opensAt > now ? null : opensAt,
          closesAt !== null && closesAt <= now ? null : closesAt,
        )
      await stores.surveys.setState(id, state)
      await auditBy(stores, undefined, now, state === 'open' ? 'opened' : 'closed', slug)
      room.output.write(`survey ${slug} is ${state}\n`)
    },
  }
  return command
}
export const surveyOpen = turn('open', 'open')
export const surveyClose = turn('close', 'closed')
