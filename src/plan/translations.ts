import { z } from 'zod'
import type { Plan } from './plan.ts'

/**
 * What a plan's words are in another language: by the words as they are printed, so that a wording that changes is
 * shown as printed until somebody translates it again. `machine`: no person has said to have read them.
 */
export type PlanTranslations = { tag: string; machine: boolean; words: ReadonlyMap<string, string> }

const fileSchema = z
  .strictObject({
    _about: z.strictObject({ machine: z.boolean() }),
    words: z.record(z.string(), z.string().regex(/\S/, 'is empty')),
  })
  .transform(({ _about, words }) => ({ machine: _about.machine, words: new Map(Object.entries(words)) }))

/** Reads the file of one language from parsed JSON. Throws where it is none. */
export const readTranslations = (tag: string, json: unknown): PlanTranslations => ({
  tag,
  ...fileSchema.parse(json),
})

/** The plan with translations of its shown wordings and names; those that it brings itself stay. */
export function translatedPlan(plan: Plan, all: readonly PlanTranslations[]): Plan {
  const others = all.filter(({ tag }) => tag !== plan.language)
  const translated = withTranslations(plan, plan.language, others)
  const machine = others.filter((one) => one.machine).map(({ tag }) => tag)
  return machine.length > 0 ? { ...translated, machineTranslated: machine } : translated
}

/**
 * A copy of `part` in which every text (an object of tags to words) and every printed thing has the translations of its
 * words in `source`.
 */
export function withTranslations<Part>(part: Part, source: string, all: readonly PlanTranslations[]): Part {
  const of = (words: string): Record<string, string> =>
    Object.fromEntries(
      all.flatMap((one) => {
        const found = one.words.get(words)
        return found === undefined ? [] : [[one.tag, found]]
      }),
    )
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]))
    if (isPrinted(value)) {
      const translations = { ...of(value.wordings[value.shown]?.words ?? ''), ...value.translations }
      return Object.keys(translations).length > 0 ? { ...inner, translations } : inner
    }
    const own = (value as Record<string, unknown>)[source]
    return typeof own === 'string' ? { ...of(own), ...inner } : inner
  }
  return walk(part) as Part
}

type Shown = { wordings: { words: string }[]; shown: number; translations?: Record<string, string> }
const isPrinted = (value: object): value is Shown =>
  'wordings' in value && Array.isArray(value.wordings) && 'shown' in value
