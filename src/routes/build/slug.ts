import { badRequest } from '../../web/errors.ts'
import type { Shop } from './work.ts'

/** Slugs stand in addresses and are typed from paper: small letters, digits and single hyphens. */
const shape = /^[a-z0-9]+(-[a-z0-9]+)*$/
export const isSlug = (typed: string): boolean => typed.length <= 60 && shape.test(typed)

/** Addresses of the builder that a questionnaire cannot have. */
const kept = new Set(['new', 'file', 'read', 'bank'])

async function isTaken({ stores }: Shop, slug: string): Promise<boolean> {
  const [definition, survey] = await Promise.all([stores.definitions.find(slug), stores.surveys.find(slug)])
  if (kept.has(slug) || definition !== undefined || survey !== undefined) return true
  // One that was discarded keeps its address, so that it can be brought back.
  return (await stores.definitions.revisions(slug)).length > 0
}

/** Why a typed slug cannot be taken, as `build.problem.<code>`. */
export async function slugFault(shop: Shop, typed: string): Promise<'slug' | 'slugTaken' | undefined> {
  if (!isSlug(typed)) return 'slug'
  return (await isTaken(shop, typed)) ? 'slugTaken' : undefined
}

/** An address made of a title, with a number behind it while it is taken. Titles of another script give "survey". */
export async function freeSlug(shop: Shop, words: string): Promise<string> {
  const plain = words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 41)
  const stem =
    plain.replace(/-[^-]*$/, (cut) => (plain.length > 40 ? '' : cut)).replace(/^-+|-+$/g, '') || 'survey'
  for (let number = 1; number < 10_000; number++) {
    const slug = number === 1 ? stem : `${stem}-${number}`
    if (!(await isTaken(shop, slug))) return slug
  }
  throw badRequest()
}
