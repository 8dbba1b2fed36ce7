import { isTag } from '../../language/tags.ts'
import { many, one } from '../choices.ts'
import { protectedAreas, type Questionnaire, type Section } from '../definition.ts'
import type { FormBody } from '../kind.ts'
import { type Frozen, takenSections } from './codes.ts'
import { typedCondition } from './conditions.ts'
import {
  type Fault,
  readForm,
  typedCode,
  typedCodes,
  typedNumber,
  typedText,
  typedTextOrNone,
} from './form.ts'
import { renameSection } from './rename.ts'
import { changeSection } from './sections.ts'

const readers = ['grades-3-5', 'grades-6-12'] as const

/** Language tags typed with commas or spaces between them, and those ticked, each once and as BCP 47 writes it. */
export function typedTags(body: FormBody, faults: Fault[]): string[] {
  const typed = one(body.otherLanguages)
    .split(/[\s,;،、]+/)
    .filter(Boolean)
  const wrong = typed.find((tag) => !isTag(tag))
  if (wrong !== undefined) faults.push({ field: 'otherLanguages', code: 'tag', values: { tag: wrong } })
  const canonical = typed.filter(isTag).map((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag)
  return [...new Set([...many(body.languages).filter(isTag), ...canonical])]
}

/**
 * The questionnaire with what was typed into its settings. A language that is taken out keeps its words, so that it
 * can come back. `tags`: the languages whose texts stand on the form.
 */
export function editSettings(
  before: Questionnaire,
  body: FormBody,
  tags: readonly string[],
): { questionnaire: Questionnaire; faults: Fault[] } {
  const form = readForm(body, tags, before.source)
  const asked = typedTags(body, form.faults)
  const source = asked.find((tag) => tag === one(body.source)) ?? before.source
  const areas = many(body.protectedAreas)
  const questionnaire: Questionnaire = {
    ...before,
    source,
    // The source stands first; the others in the order in which they stood.
    languages: [
      source,
      ...before.languages.filter((tag) => tag !== source && asked.includes(tag)),
      ...asked.filter((tag) => tag !== source && !before.languages.includes(tag)),
    ],
    title: typedText(form, 'title', before.title),
    intro: typedTextOrNone(form, 'intro', before.intro),
    thanks: typedTextOrNone(form, 'thanks', before.thanks),
    assent: typedTextOrNone(form, 'assent', before.assent),
    notice: typedTextOrNone(form, 'notice', before.notice),
    minutes: typedNumber(form, 'minutes', before.minutes, { least: 1, most: 180 }),
    audience: typedCodes(form, 'audience'),
    readers: readers.find((known) => known === one(body.readers)),
    protectedAreas: protectedAreas.some((area) => areas.includes(area))
      ? protectedAreas.filter((area) => areas.includes(area))
      : undefined,
    plan: one(body.plan) || undefined,
  }
  return { questionnaire, faults: form.faults }
}

/** A section with what was typed into its form. */
export function editSection(
  questionnaire: Questionnaire,
  code: string,
  body: FormBody,
  { tags, frozen }: { tags: readonly string[]; frozen: Frozen },
): { questionnaire: Questionnaire; code: string; faults: Fault[] } {
  const form = readForm(body, tags, questionnaire.source)
  const changed = changeSection(
    questionnaire,
    code,
    (section): Section => ({
      ...section,
      title: typedText(form, 'title', section.title),
      intro: typedTextOrNone(form, 'intro', section.intro),
      cites: typedCodes(form, 'cites'),
      showIf: typedCondition(form, section.showIf),
    }),
  )
  const to = frozen.sections.has(code)
    ? code
    : typedCode(form, 'code', code, takenSections(questionnaire, frozen))
  return {
    questionnaire: to === code ? changed : renameSection(changed, code, to),
    code: to,
    faults: form.faults,
  }
}
