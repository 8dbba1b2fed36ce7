import type { Change, Codebook, Theme } from './codebook.ts'
import { themeProblems } from './codebook.ts'

/** Who changes a codebook and when (epoch milliseconds), for its history. */
export type Editor = { at: number; by: string; note?: string }

/**
 * What a change of the codebook does to the codings that are there. `replace`: every coding of `from` becomes one of
 * `to`, by itself. `by-hand`: a person must say for each comment which of `to` it is, by `rule`; until then the
 * coding is open and counts for none of them.
 */
export type Recoding =
  | { how: 'replace'; from: string; to: string }
  | { how: 'by-hand'; from: string; to: string[]; rule: string }

export type Edited =
  | { codebook: Codebook; recoding: Recoding[]; problem?: undefined }
  | { codebook?: undefined; recoding?: undefined; problem: string }

const edited = (
  codebook: Codebook,
  themes: Theme[],
  change: Pick<Change, 'kind' | 'from' | 'to' | 'back'>,
  { at, by, note = '' }: Editor,
  recoding: Recoding[] = [],
): Edited => {
  const [problem] = themeProblems(themes)
  if (problem) return { problem: `theme ${problem.code}: ${problem.message}` }
  const version = codebook.version + 1
  const history = [...codebook.history, { version, at, by, note, ...change }]
  return { codebook: { ...codebook, version, themes, history }, recoding }
}

const has = (codebook: Codebook, code: string) => codebook.themes.some((theme) => theme.code === code)
const missing = (code: string): Edited => ({
  problem: `theme ${code} is not there; it may have been deleted`,
})
const childrenTo = (themes: Theme[], from: string, to: string): Theme[] =>
  themes.map((theme) => (theme.parent === from ? { ...theme, parent: to } : theme))

/** Adds a theme at the end. */
export const addTheme = (codebook: Codebook, theme: Theme, editor: Editor): Edited =>
  edited(codebook, [...codebook.themes, theme], { kind: 'added', from: [], to: [theme.code] }, editor)

/** Changes what a theme says, keeping its code and its codings. */
export function editTheme(codebook: Codebook, theme: Theme, editor: Editor): Edited {
  if (!has(codebook, theme.code)) return missing(theme.code)
  const themes = codebook.themes.map((one) => (one.code === theme.code ? theme : one))
  return edited(codebook, themes, { kind: 'edited', from: [theme.code], to: [theme.code] }, editor)
}

/** Gives a theme another code; its codings and its children follow. */
export function renameTheme(codebook: Codebook, from: string, to: string, editor: Editor): Edited {
  if (!has(codebook, from)) return missing(from)
  const themes = childrenTo(
    codebook.themes.map((theme) => (theme.code === from ? { ...theme, code: to } : theme)),
    from,
    to,
  )
  return edited(codebook, themes, { kind: 'renamed', from: [from], to: [to] }, editor, [
    { how: 'replace', from, to },
  ])
}

const together = (a: Record<string, string[]>, b: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [
      key,
      [...new Set([...(a[key] ?? []), ...(b[key] ?? [])])],
    ]),
  )

/**
 * Theme `from` goes into theme `into`, which keeps its own texts and takes the other's words, examples and cited
 * elements; comments that had both have one coding after it.
 */
export function mergeThemes(codebook: Codebook, from: string, into: string, editor: Editor): Edited {
  const [gone, kept] = [from, into].map((code) => codebook.themes.find((theme) => theme.code === code))
  if (!gone) return missing(from)
  if (!kept) return missing(into)
  if (gone === kept) return { problem: 'a theme cannot be merged into itself' }
  const merged: Theme = {
    ...kept,
    examples: together(kept.examples, gone.examples),
    cites: together(kept.cites, gone.cites),
    words: together(kept.words, gone.words),
  }
  if (merged.parent === from) delete merged.parent
  const rest = codebook.themes
    .filter((theme) => theme !== gone)
    .map((theme) => (theme === kept ? merged : theme))
  const themes = childrenTo(rest, from, into)
  return edited(codebook, themes, { kind: 'merged', from: [from], to: [into] }, editor, [
    { how: 'replace', from, to: into },
  ])
}

/**
 * A theme becomes several, which stand in its place; one of them may keep its code. No machine can say which of them
 * an old coding meant, so a person does by `rule`.
 */
export function splitTheme(
  codebook: Codebook,
  from: string,
  into: Theme[],
  rule: string,
  editor: Editor,
): Edited {
  if (!has(codebook, from)) return missing(from)
  if (into.length < 2) return { problem: 'a theme is split into two or more' }
  if (!rule.trim()) return { problem: 'a split needs a rule by which people decide' }
  const stays = into.some(({ code }) => code === from)
  const themes = codebook.themes
    .flatMap((theme) => (theme.code === from ? into : [theme]))
    .map((theme) => {
      if (theme.parent !== from || stays) return theme
      const { parent: _, ...orphan } = theme
      return orphan
    })
  const to = into.map(({ code }) => code)
  return edited(codebook, themes, { kind: 'split', from: [from], to }, { note: rule, ...editor }, [
    { how: 'by-hand', from, to, rule },
  ])
}

/** Takes a theme out. Its codings are kept as they are, and count for nothing from this version on. */
export function removeTheme(codebook: Codebook, code: string, editor: Editor): Edited {
  if (!has(codebook, code)) return missing(code)
  const themes = codebook.themes
    .filter((theme) => theme.code !== code)
    .map((theme) => {
      if (theme.parent !== code) return theme
      const { parent: _, ...orphan } = theme
      return orphan
    })
  return edited(codebook, themes, { kind: 'removed', from: [code], to: [] }, editor)
}

/** Puts the themes of a file in place of those that are there; codes that the file lacks count as removed. */
export function replaceThemes(codebook: Codebook, themes: Theme[], editor: Editor): Edited {
  const from = codebook.themes.map(({ code }) => code)
  return edited(codebook, themes, { kind: 'imported', from, to: themes.map(({ code }) => code) }, editor)
}

/**
 * Goes back to the themes of an earlier version, as a new version, so that going back can be taken back too. What was
 * done to codings since is undone by `today`.
 */
export function restoreThemes(codebook: Codebook, earlier: Codebook, editor: Editor): Edited {
  if (earlier.version >= codebook.version) return { problem: 'only an earlier version can be brought back' }
  const from = codebook.themes.map(({ code }) => code)
  const to = earlier.themes.map(({ code }) => code)
  return edited(codebook, earlier.themes, { kind: 'restored', from, to, back: earlier.version }, editor)
}

/**
 * The codes of one comment after changes, in their order and each once. `open` are codes that a person must still
 * decide; `chosen` says what was decided for them.
 */
export function recode(
  codes: string[],
  recodings: Recoding[],
  chosen: Record<string, string[]> = {},
): { codes: string[]; open: string[] } {
  let now = codes
  const open: string[] = []
  for (const step of recodings) {
    now = now.flatMap((code) => {
      if (code !== step.from) return [code]
      if (step.how === 'replace') return [step.to]
      const picked = (chosen[code] ?? []).filter((one) => step.to.includes(one))
      if (picked.length === 0) open.push(code)
      return picked
    })
  }
  return { codes: [...new Set(now)], open: [...new Set(open)] }
}
