import type { Questionnaire } from '../../questionnaire/definition.ts'
import type { Versions } from '../../response/recount.ts'

/** Where frozen questionnaires are read; the store's surveys are such a place. */
type Shelf = { surveys: { version: (id: number, number: number) => Promise<Questionnaire> } }

/** Every version of a survey, by number from 1: what exports, imports and recounts read responses by. */
export async function versionsOf(
  { surveys }: Shelf,
  { id, version }: { id: number; version: number },
): Promise<Versions> {
  const numbers = Array.from({ length: version }, (_, index) => index + 1)
  return new Map(
    await Promise.all(numbers.map(async (number) => [number, await surveys.version(id, number)] as const)),
  )
}
