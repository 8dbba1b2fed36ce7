import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ejs, { type Options, type TemplateFunction } from 'ejs'

type Locals = Record<string, unknown>
type Template = {
  name: string
  text: string
  file: string
  /** What it has been given so far: its variables. */
  names: Set<string>
  run: ((locals: Locals) => string) | undefined
  /** The templates that it includes, by what it calls them. */
  includes: Map<string, Template>
}

/**
 * The templates of a folder, by their path without the ending. Includes are relative to the template that asks for
 * them. Each is compiled when it is first needed, with what it is given as plain variables: `with`, which EJS uses
 * otherwise, makes a page take several times as long, and so does its looking for included files on the disk.
 */
export function readTemplates(folder: string): (name: string, locals: Locals) => string {
  const templates = new Map<string, Template>()
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!entry.endsWith('.ejs')) continue
    const name = entry.slice(0, -4).replaceAll('\\', '/')
    const file = join(folder, entry)
    const text = readFileSync(file, 'utf8')
    templates.set(name, { name, text, file, names: new Set(), run: undefined, includes: new Map() })
  }

  function get(name: string): Template {
    const template = templates.get(name)
    if (!template) throw new Error(`there is no template "${name}"`)
    return template
  }

  function included(by: Template, path: string): Template {
    const known = by.includes.get(path)
    if (known) return known
    const found = get(posix.join(posix.dirname(by.name), path))
    by.includes.set(path, found)
    return found
  }

  function run(template: Template, locals: Locals): string {
    const own: Locals = {
      ...locals,
      include: (path: string, more?: Locals) =>
        run(included(template, path), more ? { ...locals, ...more } : locals),
    }
    for (const name in own) {
      if (template.names.has(name)) continue
      template.names.add(name)
      template.run = undefined
    }
    template.run ??= compile(template)
    return template.run(own)
  }

  return (name, locals) => run(get(name), locals)
}

function compile({ text, file, names }: Template): (locals: Locals) => string {
  // The last is not among the types; without it every page copies what it is given once more for each include.
  const options: Options & { unsafePrototypeLocals: boolean } = {
    filename: file,
    _with: false,
    destructuredLocals: [...names],
    unsafePrototypeLocals: true,
  }
  return ejs.compile(text, options) as TemplateFunction
}
