import type { Text } from '../language/text.ts'
import { pick } from '../language/text.ts'
import type { Option } from './definition.ts'

/** What kinds that offer options have in common. */

/** The strings of a form value; whatever else a body parser may have made of a forged name is passed over. */
const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string')

/** A form value that should be one string, as it was typed; of several, the first. */
export const raw = (value: string | string[] | undefined): string => strings(value)[0] ?? ''

/** A form value that should be one code or number; of several, the first. */
export const one = (value: string | string[] | undefined): string => raw(value).trim()

export const many = (value: string | string[] | undefined): string[] =>
  strings(value)
    .map((entry) => entry.trim())
    .filter(Boolean)

export const findOption = (options: Option[], code: string): Option | undefined =>
  options.find((option) => option.code === code)

/** Faults that any list of coded things can have. */
export function doubles(things: { code: string }[], noun: string): string[] {
  const seen = new Set<string>()
  return things.flatMap(({ code }) => {
    if (seen.has(code)) return [`${noun} "${code}" stands twice`]
    seen.add(code)
    return []
  })
}

/** A label in the reader's language as a list of words with their language, for the review page. */
export function sayLabel(text: Text, language: string, source: string): { words: string; lang: string }[] {
  const { words, lang } = pick(text, language, source)
  return [{ words, lang }]
}

/** Texts of options or items, by path. */
export const labelTexts = (things: { code: string; label: Text; short?: Text | undefined }[], path: string) =>
  things.flatMap(({ code, label, short }) => [
    { path: `${path}.${code}.label`, text: label },
    ...(short ? [{ path: `${path}.${code}.short`, text: short }] : []),
  ])
