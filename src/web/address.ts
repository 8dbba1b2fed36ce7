import type { Request } from 'express'
import { badRequest } from './errors.ts'

/** Names have at most 253 characters (RFC 1035, 2.3.4), ports five. */
const longestHost = 260

/**
 * Where links that leave this page lead: the public address, or the one by which this request reached us. Its host and
 * protocol come from the browser or a proxy; what makes no address is refused.
 */
export function siteAddress(req: Request, config: { baseUrl?: string | undefined }): string {
  if (config.baseUrl) return config.baseUrl
  // A header without a word is no host.
  const { host = '' } = req as { host?: string }
  const address = `${req.protocol === 'https' ? 'https' : 'http'}://${host}`
  if (
    host === '' ||
    host.length > longestHost ||
    !URL.canParse(address) ||
    new URL(address).origin !== address.toLowerCase().replace(/:(80|443)$/, '')
  )
    throw badRequest()
  return address
}
