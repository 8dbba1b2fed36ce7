import { standing } from '../../language/translating.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { type Origins, type Saved, stringsOf, traced } from '../../questionnaire/strings.ts'
import type { Stores } from '../../store/stores.ts'

type Shelf = Pick<Stores, 'definitions' | 'translations'>
type Traced = { slug: string; revision: number; by: string; at: number; origins: Origins }

/** What was gone through already, by the store that it is in: saved states never change, so only later ones are read. */
const known = new WeakMap<Stores['definitions'], Map<string, Traced>>()
const mostKnown = 50

/** Where the words of each text of a questionnaire under work came from, as its saved states tell. */
export async function originsOf({ definitions }: Pick<Shelf, 'definitions'>, slug: string): Promise<Origins> {
  const kept = known.get(definitions) ?? new Map<string, Traced>()
  known.set(definitions, kept)
  const list = (await definitions.revisions(slug)).toReversed()
  const last = kept.get(slug)
  // One that was removed and begun anew has the same numbers, made at other times.
  const usable =
    last && list.some((one) => one.revision === last.revision && one.at === last.at && one.by === last.by)
  let origins: Origins = usable ? last.origins : new Map()
  for (const { revision, by, at } of list) {
    if (usable && revision <= last.revision) continue
    const found = await definitions.find(slug, revision)
    if (!found) continue
    const saved: Saved = { questionnaire: found.questionnaire, by, at }
    origins = traced(origins, [saved])
  }
  const newest = list.at(-1)
  if (kept.size >= mostKnown) kept.clear()
  if (newest) kept.set(slug, { slug, ...newest, origins })
  return origins
}

/** A text whose source was changed since it was translated, by its place. */
export type Outdated = { language: string; section: string; question: string; path: string }

/** Every translation of a questionnaire under work whose source was changed since: what its check asks for. */
export async function outdatedOf(
  stores: Shelf,
  slug: string,
  questionnaire: Questionnaire,
): Promise<Outdated[]> {
  const [origins, list] = await Promise.all([
    originsOf(stores, slug),
    stores.translations.list(`survey:${slug}`),
  ])
  const kept = new Map(list.map((one) => [`${one.tag} ${one.key}`, one]))
  const { source: from, languages } = questionnaire
  return stringsOf(questionnaire).flatMap(({ id, section, question, path, text }) =>
    languages
      .filter((tag) => tag !== from)
      .flatMap((language) => {
        const { state } = standing(
          { source: text[from] ?? '', words: text[language] ?? '' },
          kept.get(`${language} ${id}`),
          origins.get(id)?.get(language),
        )
        return state === 'outdated' ? [{ language, section, question, path }] : []
      }),
  )
}
