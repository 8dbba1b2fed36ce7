import type { Questionnaire } from './definition.ts'

/** A questionnaire to begin from, as it comes with Heard; `name` is that of its file. */
export type Template = { name: string; questionnaire: Questionnaire }
