import { brotliCompressSync, constants, crc32, deflateRawSync, gzipSync } from 'node:zlib'
import type { Request } from 'express'

export type Packing = 'br' | 'gzip'

/** Readers' browsers say the same few things, over and over. */
const settled = new Map<string, Packing | undefined>()
const mostSettled = 200

/** How much an Accept-Encoding header wants a coding (RFC 9110, 12.5.3), from 0 to 1. */
function weight(header: string, coding: string): number {
  const named = header.split(',').map((part) => {
    const [name = '', ...parameters] = part.toLowerCase().replace(/\s/g, '').split(';')
    const q = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
    return { name, q: q >= 0 && q <= 1 ? q : 0 }
  })
  return (named.find(({ name }) => name === coding) ?? named.find(({ name }) => name === '*'))?.q ?? 0
}

/** How this reader takes a page packed; undefined: not at all. Of what is wanted alike, the smaller. */
export function packingFor(req: Request): Packing | undefined {
  const header = String(req.headers['accept-encoding'] ?? '').slice(0, 200)
  if (settled.has(header)) return settled.get(header)
  const wanted = { br: weight(header, 'br'), gzip: weight(header, 'gzip') }
  const best = wanted.br >= wanted.gzip ? 'br' : 'gzip'
  const packing = wanted[best] > 0 ? best : undefined
  if (settled.size >= mostSettled) settled.clear()
  settled.set(header, packing)
  return packing
}

/** Under this many bytes packing saves nothing that a packet would notice. */
export const worthPacking = 1024

/**
 * Packs a page for one reader. At once and not by a thread: at this size that takes less time than handing it over.
 * Gzip at its lowest, also where Brotli would be taken: a twentieth larger for a third of the time. With the usual
 * memory (level 8) the system is asked for it anew each time, which takes longer than packing.
 */
export const packQuickly = (page: Buffer): Buffer => gzipSync(page, { level: 1, memLevel: 7 })

/** Packs a page that many will get, as small as it can be. */
export const packWell = (page: Buffer): Record<Packing, Buffer> => ({
  br: brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: gzipSync(page, { level: 9 }),
})

/** A page with places for short texts of fixed length (ASCII), packed beforehand as far as it can be. */
export type Form = {
  /** Each of `texts` has the length that its place was made for. */
  plain: (texts: readonly string[]) => Buffer
  gzip: (texts: readonly string[]) => Buffer
}

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff])
const deflateEnd = Buffer.from([1, 0, 0, 0xff, 0xff])

/** The head of a deflate block that holds so many bytes as they are (RFC 1951, 3.2.4); not the last block. */
function storedHead(length: number): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt16LE(length, 1)
  head.writeUInt16LE(~length & 0xffff, 3)
  return head
}

/**
 * Makes a form of the parts around its places and of the places' lengths (one less than parts). A gzip file
 * (RFC 1952) may be made of deflate blocks that know nothing of each other: those of the parts are made once, the
 * places are stored as they are, and only the checksum is worked out for each reader.
 */
export function makeForm(parts: readonly string[], lengths: readonly number[]): Form {
  const buffers = parts.map((part) => Buffer.from(part))
  const plain: Buffer[] = []
  const packed: Buffer[] = [gzipHead]
  const at = { plain: [] as number[], packed: [] as number[] }
  const size = (pieces: Buffer[]) => pieces.reduce((sum, { length }) => sum + length, 0)
  buffers.forEach((part, index) => {
    plain.push(part)
    packed.push(deflateRawSync(part, { level: 9, finishFlush: constants.Z_FULL_FLUSH }))
    const length = lengths[index]
    if (length === undefined) return
    packed.push(storedHead(length))
    at.plain.push(size(plain))
    at.packed.push(size(packed))
    plain.push(Buffer.alloc(length))
    packed.push(Buffer.alloc(length))
  })
  packed.push(deflateEnd, Buffer.alloc(8))
  const whole = { plain: Buffer.concat(plain), packed: Buffer.concat(packed) }

  function filled(pattern: Buffer, places: readonly number[], texts: readonly string[]): Buffer {
    if (texts.length !== lengths.length || texts.some((text, index) => text.length !== lengths[index]))
      throw new Error('a text does not have the length of its place')
    const page = Buffer.allocUnsafe(pattern.length)
    pattern.copy(page)
    places.forEach((place, index) => {
      page.write(texts[index] ?? '', place, 'latin1')
    })
    return page
  }

  const firstSum = crc32(buffers[0] ?? '')
  return {
    plain: (texts) => filled(whole.plain, at.plain, texts),
    gzip(texts) {
      const page = filled(whole.packed, at.packed, texts)
      let sum = firstSum
      texts.forEach((text, index) => {
        sum = crc32(buffers[index + 1] ?? '', crc32(text, sum))
      })
      page.writeUInt32LE(sum, page.length - 8)
      page.writeUInt32LE(whole.plain.length, page.length - 4)
      return page
    },
  }
}
