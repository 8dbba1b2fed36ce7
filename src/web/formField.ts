/** Everything that was ticked under one name of a form, each once; more than a thousand are none of ours. */
export function formList(req: { body?: unknown }, name: string): string[] {
  const { body } = req
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return []
  const values: unknown[] = [Reflect.get(body, name)].flat()
  return [...new Set(values.filter((value) => typeof value === 'string'))].slice(0, 1000)
}

/** What was typed in one field of a form: '' when it is missing, or was sent several times, or is no text. */
export function formField(req: { body?: unknown }, name: string): string {
  const { body } = req
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return ''
  const value: unknown = Reflect.get(body, name)
  return typeof value === 'string' ? value : ''
}
