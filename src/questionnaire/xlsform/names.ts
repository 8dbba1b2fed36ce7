import { codeSchema } from '../definition.ts'

/**
 * A code for a name of a file: the name itself when it is one and free, else the nearest that is. `prefix` begins
 * a code whose name begins with no letter.
 */
export function codeFor(name: string, taken: (code: string) => boolean, prefix: string): string {
  const free = (code: string) => isCode(code) && !taken(code)
  if (free(name)) return name
  const cleaned = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const base = (/^[A-Za-z]/.test(cleaned) ? cleaned : prefix + cleaned).slice(0, 36)
  if (free(base)) return base
  for (let number = 2; ; number++) if (free(`${base}_${number}`)) return `${base}_${number}`
}

/** Whether a name can be a code as it stands. */
export const isCode = (name: string): boolean => codeSchema.safeParse(name).success

/** A name as words, for what has no label: "school_safety" as "School safety". */
export function inWords(name: string): string {
  const words = name.replace(/[_.-]+/g, ' ').trim() || name
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Names of one file, each given once: the name itself while it is free, then with a number. */
export function inUse(names: Iterable<string>) {
  const taken = new Set(names)
  return {
    free(name: string): string {
      let found = name
      for (let number = 2; taken.has(found); number++) found = `${name}_${number}`
      taken.add(found)
      return found
    },
  }
}
