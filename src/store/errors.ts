/** What was asked for by name is not there. */
export class NotFound extends Error {
  override name = 'NotFound'
  status = 404
}

/** The name is taken, or what stands there already speaks against the change. */
export class Conflict extends Error {
  override name = 'Conflict'
  status = 409
}

/** Why the end of a transaction changed nothing (Engine.bulk): see Responses.addPart. */
export const elsewhere = 'the same file is being read in elsewhere; nothing of this part was kept'

/** The disk or the database could not take it now (full, read-only, locked too long). Nothing of it was kept. */
export class Unavailable extends Error {
  override name = 'Unavailable'
  status = 503
}
