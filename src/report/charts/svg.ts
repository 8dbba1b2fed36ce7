/** What every chart's drawing needs. Drawings hold no words but title and description: labels stand beside them. */

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for SVG; characters that XML cannot hold are left out. */
export const safe = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** Units across a drawing; it is stretched to the room there is. */
export const WIDTH = 1000
export const HEIGHT = 20

/** What a drawing is called. `lang` is the language of these words. */
export type Caption = { id: string; title: string; desc: string; lang: string }

/** A drawing that says what it shows to those who do not see it. No style attributes: a strict policy forbids them. */
export function drawing(
  kind: string,
  { id, title, desc, lang }: Caption,
  marks: string,
  height: number = HEIGHT,
): string {
  const [titleId, descId] = [`${safe(id)}-title`, `${safe(id)}-desc`]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="${kind}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `preserveAspectRatio="none" role="img" aria-labelledby="${titleId} ${descId}" lang="${safe(lang)}" focusable="false">` +
    `<title id="${titleId}">${safe(title)}</title><desc id="${descId}">${safe(desc)}</desc>${marks}</svg>`
  )
}

export type Mark = { from: number; to: number; class: string }

/**
 * A rectangle from one place to another (0 to WIDTH, from where reading starts). Right-to-left readers see it
 * mirrored. Filled with the text's own colour where no style sheet says otherwise.
 */
export function bar({ from, to, class: name }: Mark, dir: 'ltr' | 'rtl'): string {
  const width = round(to - from)
  const x = round(dir === 'rtl' ? WIDTH - to : from)
  return `<rect class="${name}" x="${x}" y="0" width="${width}" height="${HEIGHT}" fill="currentColor"/>`
}

/** Lines along a bar, at a quarter, a half and three quarters of its height: they stay as they are however it is stretched. */
export function stripes(
  { from, to }: Omit<Mark, 'class'>,
  dir: 'ltr' | 'rtl',
  height: number = HEIGHT,
): string {
  const [x1, x2] = (dir === 'rtl' ? [WIDTH - to, WIDTH - from] : [from, to]).map(round)
  return [0.25, 0.5, 0.75]
    .map((part) => part * height)
    .map(
      (y) =>
        `<line class="stripe" x1="${x1}" x2="${x2}" y1="${y}" y2="${y}" stroke="#ffffff" vector-effect="non-scaling-stroke"/>`,
    )
    .join('')
}

const round = (value: number): number => Math.round(value * 100) / 100
