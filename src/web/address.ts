import type { Request } from 'express'

/** Where links that leave this page lead: the public address, or the one by which this request reached us. */
export const siteAddress = (req: Request, config: { baseUrl?: string | undefined }): string =>
  config.baseUrl ?? `${req.protocol}://${req.host}`
