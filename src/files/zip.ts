import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'
import type { Code } from '../questionnaire/xlsform/notes.ts'

/** What an archive may cost to open. Sizes in bytes; `part` and `total` are counted while inflating. */
export type ZipLimits = { entries: number; part: number; total: number }

/** A file that cannot be read: `code` picks the wording `exchange.<code>`. Caught by the readers of this room. */
export class Unreadable extends Error {
  readonly code: Code
  readonly values: Record<string, string | number>
  constructor(code: Code, values: Record<string, string | number> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}

export type Archive = {
  names: string[]
  /** The inflated bytes of a part, or undefined when there is none; throws Unreadable past a limit. */
  part: (name: string) => Uint8Array | undefined
}

type Entry = { method: number; encrypted: boolean; packed: number; size: number; sum: number; at: number }

/** So much packed data is inflated at a time: at most a thousandfold comes out before the limit is looked at. */
const step = 4096

/**
 * Opens a ZIP archive by its central directory (APPNOTE.TXT 4.3), which is what every unpacker goes by. What an
 * entry says of its own size is believed only to refuse it sooner. Throws Unreadable.
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits): Archive {
  const entries = directory(bytes, limits)
  let spent = 0
  const part = (name: string): Uint8Array | undefined => {
    const entry = entries.get(name)
    if (!entry) return undefined
    const left = Math.min(limits.part, limits.total - spent)
    const inflated = inflate(bytes, entry, left)
    spent += inflated.length
    if (crc32(inflated) !== entry.sum) throw new Unreadable('zipDamaged')
    return inflated
  }
  return { names: [...entries.keys()], part }
}

function directory(bytes: Uint8Array, limits: ZipLimits): Map<string, Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.entries) throw new Unreadable('zipEntries', { limit: limits.entries })
  const entries = new Map<string, Entry>()
  let claimed = 0
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new Unreadable('zipDamaged')
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const nameEnd = at + 46 + (nameLength ?? 0)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd))
    const entry = {
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      sum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    }
    claimed += entry.size
    if (claimed > limits.total) throw new Unreadable('zipSize', { limit: megabytes(limits.total) })
    if (entries.has(name)) throw new Unreadable('zipDamaged')
    entries.set(name, entry)
    at = nameEnd + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

/** The end-of-directory record stands last but for a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  throw new Unreadable('zipDamaged')
}

function inflate(bytes: Uint8Array, entry: Entry, most: number): Uint8Array {
  if (entry.encrypted) throw new Unreadable('encrypted')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== 0x04034b50)
    throw new Unreadable('zipDamaged')
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  const packed = bytes.subarray(from, from + entry.packed)
  if (packed.length !== entry.packed) throw new Unreadable('zipDamaged')
  if (entry.method === 0) return within(packed, most)
  if (entry.method !== 8) throw new Unreadable('zipDamaged')
  const pieces: Uint8Array[] = []
  let length = 0
  let ended = false
  const stream = new Inflate((piece, final) => {
    length += piece.length
    if (length > most) throw new Unreadable('zipSize', { limit: megabytes(most) })
    pieces.push(piece)
    ended ||= final
  })
  try {
    for (let start = 0; start < packed.length; start += step)
      stream.push(packed.subarray(start, start + step), start + step >= packed.length)
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('zipDamaged')
  }
  if (!ended) throw new Unreadable('zipDamaged')
  return joined(pieces, length)
}

function within(part: Uint8Array, most: number): Uint8Array {
  if (part.length > most) throw new Unreadable('zipSize', { limit: megabytes(most) })
  return part
}

function joined(pieces: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

export const megabytes = (bytes: number): number => Math.max(1, Math.round(bytes / 2 ** 20))
