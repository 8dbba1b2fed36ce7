import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { RequestHandler } from 'express'
import { type Packing, packingFor, packWell } from './packing.ts'

type File = { type: string; plain: Buffer; packed: Record<Packing, Buffer> | undefined }

/**
 * The files of public/, read at start and compressed when first asked for. An address carries the fingerprint of the
 * content, so a browser may keep it for ever and a new version is a new address.
 */
export type Assets = { url: (name: string) => string; serve: RequestHandler }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/** Files served as one, so that a first visit stays at four requests: name to the parts it is joined from. */
const joined: Record<string, string[]> = {
  'respond.js': ['keep.js', 'respond.js'],
  'respond-aloud.js': ['keep.js', 'respond.js', 'aloud.js'],
}

export function readAssets(folder: string): Assets {
  const byPath = new Map<string, File>()
  const urls = new Map<string, string>()
  for (const name of new Set([...readdirSync(folder), ...Object.keys(joined)])) {
    const type = types[extname(name)]
    if (!type) continue
    const plain = Buffer.concat((joined[name] ?? [name]).map((part) => readFileSync(join(folder, part))))
    const print = createHash('sha256').update(plain).digest('base64url').slice(0, 10)
    const path = `/assets/${print}/${name}`
    urls.set(name, path)
    byPath.set(path, { type, plain, packed: undefined })
  }
  return {
    url(name) {
      const url = urls.get(name)
      if (!url) throw new Error(`public/ has no file "${name}"`)
      return url
    },
    serve(req, res, next) {
      const file = byPath.get(req.path)
      if (!file || (req.method !== 'GET' && req.method !== 'HEAD')) return next()
      const encoding = packingFor(req)
      if (encoding) res.set('Content-Encoding', encoding)
      res.set({
        'Content-Type': file.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        Vary: 'Accept-Encoding',
      })
      if (!encoding) return void res.end(file.plain)
      file.packed ??= packWell(file.plain)
      res.end(file.packed[encoding])
    },
  }
}
