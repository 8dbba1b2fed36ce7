import { readFile } from 'node:fs/promises'
import { Refusal } from './command.ts'

/** The parsed content of a JSON file (UTF-8, a byte order mark is passed over). */
export async function readJson(file: string): Promise<unknown> {
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(`${file}: the file is not JSON: ${(error as Error).message.replaceAll('\n', ' ')}`)
  }
}
