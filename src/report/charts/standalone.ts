import { safe, WIDTH } from './svg.ts'

/** One row of a chart that stands alone: what a page shows beside and under its drawing. */
export type StandaloneRow = {
  label: string
  /** What has to be known to read the label right. */
  hint?: string | null
  number: string
  aside?: string | null
  /** The drawing as the page has it; '' where there is none. */
  svg: string
  /** Words under the drawing, in columns of equal width; each is a list of lines. */
  columns?: string[][]
  /** Words of the drawing's upright scale, from its foot to its top, evenly. */
  axis?: readonly string[]
}

export type Standalone = {
  title: string
  under: string
  lang: string
  dir: 'ltr' | 'rtl'
  /** What the tones of bars mean; one or more drawings before the words. */
  key?: { svg: string; words: string }[]
  rows: readonly StandaloneRow[]
}

const WIDE = 960
const MARGIN = 24
const LABEL = { from: MARGIN, width: 280 }
const MARKS = { from: 324, width: 420 }
const NUMBER = { from: 764, width: 172 }
const LINE = 20
const SIZE = 15

/** Colours as attributes, the same as in public/report.css: a file has no style sheet. */
const paint: Record<string, string> = {
  mark: 'fill="#8d99a5"',
  'mark strong': 'fill="#14456b"',
  'mark favorable-2': 'fill="#1f5f99" stroke="#ffffff"',
  'mark favorable-1': 'fill="#6fa8d6" stroke="#ffffff"',
  'mark neutral': 'fill="#d5dade" stroke="#ffffff"',
  'mark unfavorable-1': 'fill="#e0a458" stroke="#ffffff"',
  'mark unfavorable-2': 'fill="#a4550b" stroke="#ffffff"',
  stripe: 'stroke="#ffffff" stroke-width="1.5"',
  middle: 'stroke="#16202a"',
  tick: 'stroke="#d3d9df"',
  interval: 'stroke="#8d99a5" stroke-width="4"',
  trend: 'stroke="#14456b" stroke-width="2"',
  dot: 'stroke="#14456b" stroke-width="13" stroke-linecap="round"',
  'dot-before': 'stroke="#16202a" stroke-width="11" stroke-linecap="round"',
  'dot-hollow': 'stroke="#ffffff" stroke-width="7" stroke-linecap="round"',
}

/** A chart as a file of its own: words, drawings and colours in one picture, laid out for the reader's direction. */
export function standalone({ title, under, lang, dir, key = [], rows }: Standalone): string {
  const page = layout(dir)
  let y = MARGIN + SIZE
  const parts: string[] = []
  for (const line of wrap(title, 84)) {
    parts.push(page.text(MARGIN, y, line, { size: 20, bold: true }))
    y += 28
  }
  if (key.length > 0) {
    let x = MARGIN
    for (const { svg, words } of key) {
      const tones = svg.match(/<svg.*?<\/svg>/gs) ?? [svg]
      const beside = (tones.length - 1) * 14
      const width = 26 + beside + measure(words) * 8
      if (x + width > WIDE - MARGIN) {
        x = MARGIN
        y += LINE
      }
      const from = x
      parts.push(...tones.map((tone, at) => page.swatch(tone, from + at * 14, y)))
      parts.push(page.text(x + 18 + beside, y, words, { size: 13 }))
      x += width
    }
    y += LINE + 8
  }
  y += key.length > 0 ? 4 : 14
  for (const row of rows) {
    const labels = wrap(row.label, 34)
    const height = drawnHeight(row.svg)
    labels.forEach((line, at) => {
      parts.push(page.text(LABEL.from, y + at * LINE, line))
    })
    const hints = wrap(row.hint ?? '', 38)
    hints.forEach((line, at) => {
      parts.push(page.text(LABEL.from, y + labels.length * LINE + at * 17, line, { size: 13 }))
    })
    const axis = row.axis ?? []
    axis.forEach((words, at) => {
      const up = y - SIZE + 2 + height * (1 - at / (axis.length - 1)) + 4
      parts.push(page.text(MARKS.from - 8, up, words, { size: 12, anchor: 'end' }))
    })
    parts.push(page.marks(row.svg, y - SIZE + 2, height))
    parts.push(page.text(NUMBER.from, y, row.number, { bold: true }))
    const asides = wrap(row.aside ?? '', 22)
    asides.forEach((line, at) => {
      parts.push(page.text(NUMBER.from, y + (at + 1) * LINE, line, { size: 13 }))
    })
    const columns = row.columns ?? []
    columns.forEach((lines, at) => {
      const x = MARKS.from + ((at + 0.5) / columns.length) * MARKS.width
      lines.forEach((line, down) => {
        parts.push(page.text(x, y + height + down * 17, line, { size: 13, anchor: 'middle' }))
      })
    })
    const below = Math.max(0, ...columns.map((lines) => lines.length * 17))
    y += Math.max(labels.length * LINE + hints.length * 17, (1 + asides.length) * LINE, height + below) + 14
  }
  y += 4
  for (const line of wrap(under, 112)) {
    parts.push(page.text(MARGIN, y, line, { size: 13 }))
    y += 18
  }
  const desc = rows.map(({ label, number }) => `${label}: ${number}`).join('. ')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE}" height="${Math.round(y + MARGIN - SIZE)}" ` +
    `viewBox="0 0 ${WIDE} ${Math.round(y + MARGIN - SIZE)}" role="img" lang="${safe(lang)}" ` +
    `font-family="system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Myanmar', 'Noto Sans Devanagari', sans-serif" font-size="${SIZE}" fill="#16202a">` +
    `<title>${safe(title)}</title><desc>${safe(desc)}</desc>` +
    `<rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>\n`
  )
}

const drawnHeight = (svg: string): number => {
  const tall = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1] ?? 20)
  return tall > 20 ? tall : 18
}

function layout(dir: 'ltr' | 'rtl') {
  const side = (x: number) => (dir === 'rtl' ? WIDE - x : x)
  type Look = { size?: number; bold?: boolean; anchor?: 'start' | 'middle' | 'end' }
  return {
    text: (x: number, y: number, words: string, { size = SIZE, bold = false, anchor = 'start' }: Look = {}) =>
      `<text x="${side(x)}" y="${y}" direction="${dir}" font-size="${size}"${bold ? ' font-weight="700"' : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${safe(words)}</text>`,
    swatch: (svg: string, x: number, y: number) => {
      const name = /class="(mark[^"]*)"/.exec(svg)?.[1] ?? 'mark'
      const from = dir === 'rtl' ? side(x) - 12 : x
      const lines = svg.includes('class="stripe"')
        ? [-8, -5, -2].map(
            (down) =>
              `<line x1="${from}" x2="${from + 12}" y1="${y + down}" y2="${y + down}" ${paint.stripe}/>`,
          )
        : []
      return `<rect x="${from}" y="${y - 11}" width="12" height="12" ${paint[name] ?? ''}/>${lines.join('')}`
    },
    /** The marks of a drawing, already mirrored where need be, put where they stand in the picture. */
    marks: (svg: string, y: number, height: number) => {
      const tall = Number(/viewBox="0 0 \d+ (\d+)"/.exec(svg)?.[1] ?? 20)
      const from = dir === 'rtl' ? WIDE - MARKS.from - MARKS.width : MARKS.from
      const across = (value: string) => round((Number(value) / WIDTH) * MARKS.width)
      const down = (value: string) => round((Number(value) / tall) * height)
      return [...svg.matchAll(/<(rect|line) class="([^"]*)"([^>]*?)\/>/g)]
        .map(([, tag, name = '', rest = '']) => {
          const placed = rest
            .replace(/(fill|stroke)="(?:currentColor|#ffffff)"|vector-effect="[^"]*"/g, '')
            .replace(/ (x[12]?)="([^"]*)"/g, (_, key, value) => ` ${key}="${round(from + across(value))}"`)
            .replace(/ (y[12]?)="([^"]*)"/g, (_, key, value) => ` ${key}="${round(y + down(value))}"`)
            .replace(/ width="([^"]*)"/, (_, value) => ` width="${across(value)}"`)
            .replace(/ height="([^"]*)"/, (_, value) => ` height="${down(value)}"`)
          return `<${tag}${placed} ${paint[name] ?? 'fill="#8d99a5"'}/>`
        })
        .join('')
    },
  }
}

const round = (value: number): number => Math.round(value * 100) / 100

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** How wide words are, in letters: those of Chinese and its like take nearly two. */
const measure = (text: string): number =>
  [...graphemes.segment(text)].reduce(
    (sum, { segment }) => sum + (/[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/.test(segment) ? 1.8 : 1),
    0,
  )

/** Words in lines of about `most` letters. Breaks where a language breaks, even where it writes no spaces. */
function wrap(text: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const { segment } of words.segment(text)) {
    // What ends a word (a comma, a bracket) stays with it.
    const sticks = !/[\p{L}\p{N}]/u.test(segment) || /[^\s\p{Script=Han}]$/u.test(line)
    if (measure(line + segment) > most && line.trim() && (!sticks || /\s$/.test(line))) {
      lines.push(line.trim())
      line = ''
    }
    line += segment
  }
  return (line.trim() ? [...lines, line.trim()] : lines).flatMap((one) =>
    measure(one) > most * 1.2 ? broken(one, most) : [one],
  )
}

/** A word that no line holds, such as an address, in pieces. */
function broken(word: string, most: number): string[] {
  const pieces = ['']
  for (const { segment } of graphemes.segment(word)) {
    const last = pieces.at(-1) ?? ''
    if (measure(last + segment) > most) pieces.push(segment)
    else pieces[pieces.length - 1] = last + segment
  }
  return pieces
}
