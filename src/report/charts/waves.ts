import { type Caption, safe } from './svg.ts'

/** A point of a line in wave order; null share: nothing is shown there. `joined`: a stroke leads here from the point before it. */
export type LinePoint = {
  share: number | null
  low: number | null
  high: number | null
  label: string
  number: string
  joined: boolean
  broken: boolean
}

const width = 360
/** Room for the words of the scale, where reading starts. */
const gutter = 40
const height = 132
const top = 24
const floor = 96
const margin = 28

/**
 * Shares from 0 to 100 % over the waves: a dot for each with its 95 % interval as a whisker and its number above it,
 * joined where they can be compared; a dashed upright line where the wording broke. Reads the same in grey.
 */
export function waveLine(
  { id, title, desc, lang }: Caption,
  points: readonly LinePoint[],
  { dir, axis: scale = [] }: { dir: 'ltr' | 'rtl'; axis?: readonly string[] },
): string {
  const room = width - gutter
  const step = points.length > 1 ? (room - 2 * margin) / (points.length - 1) : 0
  const x = (at: number) => {
    const place = gutter + (points.length > 1 ? margin + at * step : room / 2)
    return round(dir === 'rtl' ? width - place : place)
  }
  const y = (share: number) => round(floor - share * (floor - top))
  const letters = Math.max(3, Math.floor((step || room) / 7))
  const marks = points.map(({ share, low, high, label, number, joined, broken }, at) => {
    // Names at the ends stand inside the drawing.
    const end = points.length > 1 ? (at === 0 ? 'start' : at === points.length - 1 ? 'end' : '') : ''
    const inner = dir === 'rtl' ? [2, width - gutter] : [gutter, width - 2]
    const edge = (end === 'start') === (dir === 'ltr') ? inner[0] : inner[1]
    const name = `<text x="${end ? edge : x(at)}" y="${height - 12}" font-size="12" text-anchor="${end || 'middle'}" fill="currentColor">${safe(cut(label, letters))}</text>`
    const broke =
      broken && at > 0
        ? `<line class="wave-broken" x1="${round((x(at) + x(at - 1)) / 2)}" x2="${round((x(at) + x(at - 1)) / 2)}" y1="${top - 14}" y2="${floor}" stroke="currentColor" stroke-dasharray="3 4"/>`
        : ''
    if (share === null) return name + broke
    const before = points.findLastIndex((point, place) => place < at && point.share !== null)
    const from = points[before]?.share
    const stroke =
      joined && from != null
        ? `<line class="wave-join" x1="${x(before)}" y1="${y(from)}" x2="${x(at)}" y2="${y(share)}" stroke="currentColor" stroke-width="2.5"/>`
        : ''
    const whisker =
      low !== null && high !== null
        ? `<line class="wave-whisker" x1="${x(at)}" x2="${x(at)}" y1="${y(low)}" y2="${y(high)}" stroke="currentColor"/>`
        : ''
    const above = Math.max(12, y(high ?? share) - 5)
    return (
      `${name}${broke}${stroke}${whisker}<circle class="wave-dot" cx="${x(at)}" cy="${y(share)}" r="5" fill="currentColor"/>` +
      `<text x="${x(at)}" y="${above}" font-size="13" font-weight="600" text-anchor="middle" fill="currentColor">${safe(number)}</text>`
    )
  })
  const [from, to] = dir === 'rtl' ? [4, width - gutter] : [gutter, width - 4]
  const axis = [0, 0.5, 1]
    .map(
      (share, at) =>
        `<text x="${dir === 'rtl' ? width - gutter + 4 : gutter - 4}" y="${y(share) + 4}" font-size="11" text-anchor="end" fill="currentColor" fill-opacity="0.75" aria-hidden="true">${safe(scale[at] ?? '')}</text>` +
        `<line class="wave-axis" x1="${from}" x2="${to}" y1="${y(share)}" y2="${y(share)}" stroke="currentColor" stroke-opacity="0.25"/>`,
    )
    .join('')
  const [titleId, descId] = [`${safe(id)}-title`, `${safe(id)}-desc`]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="wave-line" viewBox="0 0 ${width} ${height}" direction="${dir}" role="img" ` +
    `aria-labelledby="${titleId} ${descId}" lang="${safe(lang)}" focusable="false">` +
    `<title id="${titleId}">${safe(title)}</title><desc id="${descId}">${safe(desc)}</desc>${axis}${marks.join('')}</svg>`
  )
}

const round = (value: number): number => Math.round(value * 10) / 10
const cut = (label: string, most: number): string => {
  const letters = [...label]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : label
}
