import type { Change } from './codebook.ts'

/** What has become of a code: `theme` today; `open` when a person must say which; neither when it counts for nothing. */
export type Today = { theme: string | null; open: boolean }

type State = { code: string; gone: boolean; open: boolean }

/**
 * What has become of a theme that was put on a comment by version `madeIn` of a codebook, by the codebook's history.
 * Codings themselves are never rewritten, so that whatever is done to themes can be undone: renamed and merged themes
 * are followed; a split leaves the code open; one that is removed comes back when its theme does.
 */
export function today(history: readonly Change[], theme: string, madeIn: number): Today {
  const { code, gone, open } = walk(history, theme, madeIn, Number.POSITIVE_INFINITY)
  return { theme: gone || open ? null : code, open: open && !gone }
}

function walk(history: readonly Change[], theme: string, madeIn: number, until: number): State {
  let now: State = { code: theme, gone: false, open: false }
  for (const change of history)
    if (change.version > madeIn && change.version <= until) now = step(history, now, change, theme, madeIn)
  return now
}

function step(history: readonly Change[], now: State, change: Change, theme: string, madeIn: number): State {
  const { kind, from, to, back = 0 } = change
  switch (kind) {
    case 'renamed':
    case 'merged':
      return from.includes(now.code) && !now.open ? { ...now, code: to[0] ?? now.code } : now
    case 'split':
      return from.includes(now.code) && !now.gone ? { ...now, open: true } : now
    case 'removed':
      return from.includes(now.code) ? { ...now, gone: true } : now
    case 'added':
      return to.includes(now.code) ? { ...now, gone: false } : now
    case 'imported':
      return now.open ? now : { ...now, gone: !to.includes(now.code) }
    case 'restored':
      if (madeIn <= back) return walk(history, theme, madeIn, back)
      // Made with a theme that the earlier version did not have yet: somebody has to say what it is.
      return to.includes(now.code) ? { ...now, gone: false } : { ...now, open: true, gone: false }
    default:
      return now
  }
}
