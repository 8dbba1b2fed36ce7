import type { TFunction } from 'i18next'

/**
 * A t() that works out a wording without values once. i18next looks through its options and fall-backs anew for every
 * string, which for a page of forty costs more than the rest of its rendering. Keys come from our own code and are few.
 */
export function remembered(t: TFunction): TFunction {
  const known = new Map<string, unknown>()
  const told = (key: string, values?: Record<string, unknown>): unknown => {
    if (values !== undefined || typeof key !== 'string') return t(key, values ?? {})
    const words = known.get(key) ?? t(key)
    known.set(key, words)
    return words
  }
  return told as unknown as TFunction
}
