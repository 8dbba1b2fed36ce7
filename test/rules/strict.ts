import { itemSchema, optionSchema, sectionSchema } from '../../src/questionnaire/definition.ts'
import { kinds } from '../../src/questionnaire/kinds.ts'

/**
 * Names that a part of a questionnaire may have and often lacks; a template may ask for them. Everything else in a
 * model is there, even when it is undefined.
 */
const optional = new Set(
  [optionSchema, itemSchema, sectionSchema, ...[...kinds.values()].map(({ schema }) => schema)].flatMap(
    (schema) => ('shape' in schema ? Object.keys(schema.shape as object) : []),
  ),
)
/** Optional by their type, and asked for as such. */
const optionalHere = new Set(['page.problems[].values'])
/** Records by code or tag: any name may be asked for. */
const records = new Set(['values', 'typed'])

/** The same model, which throws when it is asked for a name that it does not have. */
export const strict = <T>(value: T, path = 'page'): T => guard(value, path, new WeakMap())

/** `known` are the parts that were asked for before. */
function guard<T>(value: T, path: string, known: WeakMap<object, unknown>): T {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (value instanceof Map || value instanceof Set) return value
  const before = known.get(value) as T | undefined
  if (before) return before
  const isPart = 'code' in value || 'kind' in value
  const isRecord = records.has(path.split('.').at(-1) ?? '')
  // A copy: a proxy must give back what a frozen object holds, and nothing in place of it.
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as object
  const guarded = new Proxy(copy, {
    get(target, name, receiver) {
      const found = Reflect.get(target, name, receiver)
      if (typeof name === 'symbol') return found
      const mayLack = isRecord || (isPart && optional.has(name)) || optionalHere.has(`${path}.${name}`)
      if (!(name in target) && !mayLack)
        throw new Error(`the template asks for ${path}.${name}, which is not there`)
      return guard(found, Array.isArray(target) ? `${path}[]` : `${path}.${name}`, known)
    },
  }) as T
  known.set(value, guarded)
  return guarded
}
