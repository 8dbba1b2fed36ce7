/** A piece of a comment that was replaced: what stood there, and the words in square brackets that stand there now. */
export type Replaced = { was: string; now: string }

const brackets = /\[[^[\]]*\]|\[?(?:…|\.\.\.)\]?/gu

/**
 * What was changed to make a quote of a comment. A quote may leave things out or replace them only by words in square
 * brackets (or by …); everything else must stand in the comment, in the same order. Undefined when it does not.
 */
export function replacements(original: string, quote: string): Replaced[] | undefined {
  const squeeze = (text: string) => text.replace(/\s+/gu, ' ').trim()
  const from = squeeze(original)
  const kept = squeeze(quote).split(brackets)
  const put = [...squeeze(quote).matchAll(brackets)].map(([words]) => words)
  const made: Replaced[] = []
  let at = 0
  for (const [place, part] of kept.entries()) {
    const words = part.trim()
    // The last words of a quote are the comment's last: found earlier, inside another word perhaps, a rest would be left.
    const last = place > 0 && place === kept.length - 1
    const found =
      words === '' ? at : last && from.endsWith(words) ? from.length - words.length : from.indexOf(words, at)
    if (found < at) return undefined
    const was = from.slice(at, found).trim()
    const now = put[place - 1]
    // Nothing is left out at the start, or between kept words, without a mark.
    if (now === undefined && was !== '') return undefined
    if (now !== undefined && words !== '') made.push({ was, now })
    else if (now !== undefined) made.push({ was: '', now })
    at = found + words.length
  }
  const rest = from.slice(at).trim()
  const last = made.at(-1)
  if (rest === '') return made
  if (kept.at(-1)?.trim() !== '' || !last) return undefined
  last.was = rest
  return made
}

/** A replaced piece as it is kept: who put it there and when; `undone`: who took it back later. */
export type LoggedEdit = Replaced & { by: string; at: number; undone?: { by: string; at: number } }

/**
 * The log of a quote's changes after its words were changed again. What still stands keeps who put it there, what was
 * taken back is marked and stays, and what is new is added by `hand`.
 */
export function logged(
  log: readonly LoggedEdit[],
  replaced: readonly Replaced[],
  hand: { by: string; at: number },
): LoggedEdit[] {
  const fresh = [...replaced]
  const kept = log.map((edit): LoggedEdit => {
    if (edit.undone) return edit
    const at = fresh.findIndex(({ was, now }) => was === edit.was && now === edit.now)
    if (at < 0) return { ...edit, undone: hand }
    fresh.splice(at, 1)
    return edit
  })
  return [...kept, ...fresh.map(({ was, now }) => ({ was, now, ...hand }))]
}
