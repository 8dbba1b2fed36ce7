import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocaleFile } from './language/wording.ts'

/** Every locale file of a folder by its tag: a language is added by putting its file there. */
export function readLocales(folder: string): Record<string, LocaleFile> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(join(folder, file), 'utf8')) as LocaleFile]),
  )
}
