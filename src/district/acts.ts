/**
 * What is written down of what staff do: a closed list, so that the record can be read by kind and holds no words of
 * anybody. A new one joins here and in the wording `audit.did`.
 */
export const acts = [
  'signed-in',
  'password-changed',
  'session-ended',
  'invited',
  'link-made',
  'reset-sent',
  'role-changed',
  'removed',
  'published',
  'opened',
  'closed',
  'scheduled',
  'changed-access',
  'exported',
  'downloaded',
  'imported',
  'made-codes',
  'voided-codes',
  'sent',
  'list-deleted',
  'translated',
  'looked-at-comments',
  'coded',
  'themes-accepted',
  'codebook-changed',
  'promised',
  'shown',
  'hidden',
  'deleted',
  'restored',
  'settings-changed',
  'named-for-help',
  'looked-at-help',
  'helped',
] as const
export type Act = (typeof acts)[number]
export const isAct = (value: string): value is Act => (acts as readonly string[]).includes(value)
