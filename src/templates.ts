import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type PlanParts, partsSchema } from './plan/parts.ts'
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

/** How the plans that come with Heard are taken apart, a file for each. What a district's plan lacks is passed over. */
export const readPlanParts = (folder: string): PlanParts[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => partsSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))

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
export const readMeasures = (folder: string): Map<string, IndicatorDefinitions> =>
  new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => indicatorsSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
      .map((definitions) => [definitions.plan, definitions]),
  )
