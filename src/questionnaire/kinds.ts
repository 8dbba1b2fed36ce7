import { readdirSync } from 'node:fs'
import type { Question } from './definition.ts'
import type { Kind } from './kind.ts'

/**
 * Every question kind, by name. The folder is the register: a file dropped into kinds/ is a kind, and its default
 * export has the verbs of kind.ts. This is loading of code, done once at import; nothing else in a word reads files.
 */
const modules = await Promise.all(
  readdirSync(new URL('./kinds/', import.meta.url))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
    .map(async (name) => ({
      name,
      kind: ((await import(/* @vite-ignore */ `./kinds/${name}.ts`)) as { default?: Kind }).default,
    })),
)

export const kinds: ReadonlyMap<string, Kind> = new Map(
  modules.map(({ name, kind }) => {
    // The file's name is the kind's: two kinds of one name cannot be, and the partial is found by it.
    if (kind?.name !== name)
      throw new Error(`kinds/${name}.ts must export by default a kind that is called "${name}"`)
    return [name, kind]
  }),
)

/** The kind of a question whose definition was checked; throws for a name that no module has. */
export function kindOf(question: Question): Kind {
  const kind = kinds.get(question.kind)
  if (!kind) throw new Error(`no question kind is called "${question.kind}"`)
  return kind
}
