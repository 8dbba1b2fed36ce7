import { isTag } from '../../language/tags.ts'
import { words } from '../../language/text.ts'
import { type Plan, textOf } from '../../plan/plan.ts'
import { type Codebook, citeProblems, codebookSchema, type Theme } from '../../theme/codebook.ts'
import type { ThemePage } from '../models/themes.ts'
import { languageName } from './frame.ts'

export type TypedTheme = ThemePage['typed']

const texts = ['name', 'definition', 'include', 'exclude'] as const
const lists = ['examples', 'words'] as const
/** A quiet colour for what has none yet, one after the other. */
const colours = ['#1f6f8b', '#8b4a1f', '#4a6f1f', '#6f1f6b', '#1f4a8b', '#8b1f3d', '#1f8b6f', '#5b5b1f']

export const emptyTheme = ({ themes }: Codebook): Theme => ({
  ...{ code: '', name: {}, definition: {}, include: {}, exclude: {}, examples: {}, cites: {}, words: {} },
  ...{ machine: [], colour: colours[themes.length % colours.length] ?? '#1f6f8b' },
})

/** A theme as fields to type into: the codebook's own language first, then the reader's, then the others. */
export function typedOf(
  theme: Theme,
  { codebook, lang, plans }: { codebook: Codebook; lang: string; plans: Plan[] },
): TypedTheme {
  const others = [...texts, ...lists].flatMap((field) => Object.keys(theme[field]))
  const known = codebook.themes.flatMap(({ name }) => Object.keys(name))
  const tags = [...new Set([codebook.language, lang, ...others, ...known])]
  const named = (field: string, tag: string) => ({ field, tag, name: languageName(tag, lang) })
  return {
    code: theme.code,
    parent: theme.parent ?? '',
    colour: theme.colour,
    texts: tags.flatMap((tag) =>
      texts.map((field) => ({ ...named(field, tag), words: theme[field][tag] ?? '' })),
    ),
    lists: tags.flatMap((tag) =>
      lists.map((field) => ({ ...named(field, tag), words: (theme[field][tag] ?? []).join('\n') })),
    ),
    cites: plans.map((plan) => ({
      plan: plan.id,
      title: words(textOf(plan.title, plan.language), lang, plan.language),
      words: (theme.cites[plan.id] ?? []).join(' '),
    })),
  }
}

type Read =
  | { theme: Theme; draft: Theme; problem?: undefined }
  | { theme?: undefined; draft: Theme; problem: string }

/**
 * Reads the fields of a form (`name.es`, `words.es`, `cites.PLAN`) over a theme. Words that a person changed in a
 * language are not a machine's any more.
 */
export function readTyped(body: unknown, before: Theme): Read {
  const draft: Theme = structuredClone(before)
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {})
  const changed = new Set<string>()
  const put = <T>(held: Record<string, T>, key: string, value: T, empty: boolean, tag: string) => {
    if (JSON.stringify(held[key]) === JSON.stringify(value) || (empty && !Object.hasOwn(held, key))) return
    changed.add(tag)
    if (empty) delete held[key]
    else Object.defineProperty(held, key, { value, enumerable: true, configurable: true, writable: true })
  }
  for (const [field, typed] of fields) {
    if (typeof typed !== 'string') continue
    const value = typed.replaceAll('\r\n', '\n').trim()
    const at = field.indexOf('.')
    const [kind, key] = at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)]
    const text = texts.find((one) => one === kind)
    const list = lists.find((one) => one === kind)
    if (text && isTag(key)) put(draft[text], key, value, value === '', key)
    else if (list && isTag(key)) {
      const entries = value.split('\n').flatMap((line) => (line.trim() ? [line.trim()] : []))
      put(draft[list], key, entries, entries.length === 0, key)
    } else if (kind === 'cites' && key) {
      const codes = value.split(/[\s,]+/).filter(Boolean)
      put(draft.cites, key, codes, codes.length === 0, '')
    } else if (field === 'colour') draft.colour = value.toLowerCase()
    else if (field === 'code' && before.code === '') draft.code = value
    else if (field === 'parent') {
      if (value) draft.parent = value
      else delete draft.parent
    }
  }
  draft.machine = draft.machine.filter((tag) => !changed.has(tag))
  if (draft.code === '') draft.code = codeOf(Object.values(draft.name)[0] ?? '', [])
  const read = codebookSchema.shape.themes.element.safeParse(draft)
  if (read.success) return { theme: read.data, draft }
  const [issue] = read.error.issues
  return {
    draft,
    problem: `${issue?.path.join(' ') ?? ''} ${issue?.code === 'invalid_type' ? 'is missing' : (issue?.message ?? '')}`,
  }
}

/** A code for a name: its plain letters; `theme-2` where it has none. */
export function codeOf(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 36)
    .replace(/-+$/, '')
  const base = plain || 'theme'
  for (let n = plain ? 1 : taken.length + 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(code)) return code
  }
}

/** The parts of a split theme, one name a line. They keep its place, its plan elements and its colour. */
export function partsNamed(codebook: Codebook, theme: Theme, lines: string): Theme[] {
  const taken = codebook.themes.map(({ code }) => code)
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((name) => {
      const code = codeOf(name, taken)
      taken.push(code)
      const { parent } = theme
      return {
        ...emptyTheme(codebook),
        ...{ code, name: { [codebook.language]: name }, colour: theme.colour, cites: theme.cites },
        ...(parent === undefined ? {} : { parent }),
      }
    })
}

/** What is wrong with the elements that a theme cites of the district's plans; '' when nothing is. */
export function wrongCites(theme: Theme, plans: Plan[]): string {
  const known = new Set(plans.map(({ id }) => id))
  const cites = Object.fromEntries(Object.entries(theme.cites).filter(([id]) => known.has(id)))
  return citeProblems([{ ...theme, cites }], plans)
    .map(({ message }) => message)
    .join('; ')
}
