import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { version: string }

/** What reports say of themselves: which Heard made them, and a hash that tells whether two are the same. */
export const maker = {
  software: version,
  hash: (text: string): string => createHash('sha256').update(text).digest('hex'),
}
