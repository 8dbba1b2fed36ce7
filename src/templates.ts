import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Crosswalk, crosswalkSchema } from './plan/crosswalk.ts'
import { type PlanParts, partsSchema } from './plan/parts.ts'
import { type PlanTranslations, readTranslations, withTranslations } from './plan/translations.ts'
import type { Bank } from './questionnaire/bank/bank.ts'
import { readBank } from './questionnaire/bank/read.ts'
import type { Questionnaire } from './questionnaire/definition.ts'
import type { Template } from './questionnaire/template.ts'
import { type IndicatorDefinitions, indicatorsSchema } from './report/plan/indicatorDefinition.ts'
import { type Codebook, readCodebook } from './theme/codebook.ts'

/** The surveys of a folder to begin from: each file is a questionnaire, or a survey file that holds one. */
export const readSurveyTemplates = (folder: string): Template[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const content = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      return {
        name: basename(file, '.json'),
        questionnaire: (content.questionnaire ?? content) as Questionnaire,
      }
    })

/**
 * The item bank that comes with Heard, read when it is first asked for: checking five hundred items takes as long as all
 * the rest of a start. Throws then, with everything that is wrong with it.
 */
export const readItemBank = (file: string): Bank =>
  whenAsked(() => {
    const { bank, problems } = readBank(JSON.parse(readFileSync(file, 'utf8')))
    if (!bank) throw new Error(`${file}: ${problems.join('; ')}`)
    return bank
  })

/** A record that is made when something of it is first looked at. */
function whenAsked<T extends object>(make: () => T): T {
  let made: T | undefined
  const known = (): T => {
    made ??= make()
    return made
  }
  return new Proxy({} as T, {
    get: (_, name) => Reflect.get(known(), name),
    has: (_, name) => Reflect.has(known(), name),
    ownKeys: () => Reflect.ownKeys(known()),
    getOwnPropertyDescriptor: (_, name) => {
      const found = Reflect.getOwnPropertyDescriptor(known(), name)
      return found && { ...found, configurable: true }
    },
  })
}

const jsonIn = (folder: string): { file: string; json: unknown }[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, json: JSON.parse(readFileSync(join(folder, file), 'utf8')) }))

/** What the words of plans, and of what stands beside them, are in other languages: a file for each language. */
export const readPlanTranslations = (folder: string): PlanTranslations[] =>
  existsSync(folder)
    ? jsonIn(folder).map(({ file, json }) => readTranslations(basename(file, '.json'), json))
    : []

/** What of one plan version that comes with Heard continues what of another. */
export const readShippedCrosswalk = (file: string, translations: readonly PlanTranslations[]): Crosswalk =>
  withTranslations(crosswalkSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), 'en', translations)

/** How the plans that come with Heard are taken apart, a file for each. What a district's plan lacks is passed over. */
export const readPlanParts = (folder: string, translations: readonly PlanTranslations[] = []): PlanParts[] =>
  jsonIn(folder).map(({ json }) => withTranslations(partsSchema.parse(json), 'en', translations))

/** The codebook that comes with Heard. Throws with everything that is wrong with it. */
export function readShippedCodebook(
  file = join(import.meta.dirname, '..', 'templates', 'codebook.json'),
): Codebook {
  const { codebook, problems } = readCodebook(JSON.parse(readFileSync(file, 'utf8')))
  if (!codebook) throw new Error(`${file}: ${problems.join('; ')}`)
  return codebook
}

/**
 * How the perception indicators of the plans that come with Heard are measured, by plan id. What a district's plan lacks
 * is passed over by who reads them.
 */
export const readMeasures = (
  folder: string,
  translations: readonly PlanTranslations[] = [],
): Map<string, IndicatorDefinitions> =>
  new Map(
    jsonIn(folder).map(({ json }) => {
      const definitions = withTranslations(indicatorsSchema.parse(json), 'en', translations)
      return [definitions.plan, definitions]
    }),
  )
