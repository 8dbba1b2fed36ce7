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

const round = (value: number): number => Math.round(value * 100) / 100
