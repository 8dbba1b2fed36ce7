/** Reads JSON that this store wrote. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T

/**
 * Reads JSON that many readers will share and makes it unchangeable all the way down: whoever wants to edit it
 * must copy it first.
 */
export const sharedFromJson = <T>(text: string): T => freeze(fromJson<T>(text))

/** Makes a value unchangeable all the way down. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}
