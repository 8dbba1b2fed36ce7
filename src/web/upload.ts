import type { Request, RequestHandler } from 'express'
import { badRequest, PageError } from './errors.ts'

/** A file that came with a form. */
export type Upload = { name: string; bytes: Uint8Array }

const uploads = new WeakMap<object, Map<string, Upload>>()

/** The file of one field of this form; undefined when none was chosen. */
export const uploadOf = (req: object, field: string): Upload | undefined => uploads.get(req)?.get(field)

/** What the fields beside the file, and the form's own marks, may take. */
const margin = 64 * 1024

/**
 * Reads a form with files (multipart/form-data), at most `most` bytes of them: texts go to `req.body`, as other forms
 * put them there, files to `uploadOf`. Comes before the check of form tokens, and after the guard. Other forms pass.
 */
export function uploadForm(most: number): RequestHandler {
  return async (req, _res, next) => {
    const type = req.headers['content-type'] ?? ''
    if (!/^multipart\/form-data\b/i.test(type)) return next()
    const body = await taken(req, most + margin)
    let form: FormData
    try {
      form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData()
    } catch {
      throw badRequest()
    }
    const texts: Record<string, string> = {}
    const files = new Map<string, Upload>()
    for (const [name, value] of form) {
      if (typeof value === 'string') texts[name] = value
      else if (value.size > 0)
        files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
    }
    req.body = texts
    uploads.set(req, files)
    next()
  }
}

/** The whole body. One that is too large is read to its end and let go, so that the browser hears the answer. */
async function taken(req: Request, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= most) parts.push(part)
    else if (size > most * 4) break
  }
  if (size > most) throw new PageError(413, 'error.tooLarge')
  return Buffer.concat(parts)
}
