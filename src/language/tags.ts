const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

/** Asked many times a page of the same few tags. Readers send tags too, so it does not grow without end. */
const known = new Map<string, Intl.Locale | undefined>()
const mostKnown = 1000

/** A tag with its script and region filled in (Unicode likely subtags), or undefined when it is not a BCP 47 tag. */
function full(tag: string): Intl.Locale | undefined {
  if (known.has(tag)) return known.get(tag)
  if (known.size >= mostKnown) known.clear()
  const locale = read(tag)
  known.set(tag, locale)
  return locale
}

function read(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    return undefined
  }
}

/** Whether a text can be tagged with this; `Intl` throws on anything else. */
export const isTag = (tag: string): boolean => full(tag) !== undefined

/** The direction in which a language runs, from its tag alone, so that a new locale needs no code. */
export function direction(tag: string): 'ltr' | 'rtl' {
  return rightToLeftScripts.has(full(tag)?.script ?? '') ? 'rtl' : 'ltr'
}

/**
 * The first of `wanted` that `offered` can serve: by exact tag (any case), then by the same language in the same
 * script, then by the same language. Chinese stops at the script: zh-TW and zh-HK read zh-Hant, zh-SG zh-Hans, and
 * a reader of the one is not given the other. Tags that are none are passed over.
 */
export function match(wanted: string[], offered: string[]): string | undefined {
  for (const want of wanted) {
    const lower = want.toLowerCase()
    const exact = offered.find((tag) => tag.toLowerCase() === lower)
    if (exact) return exact
    const reader = full(want)
    if (!reader) continue
    const same = offered.filter((tag) => full(tag)?.language === reader.language)
    const near = same.find((tag) => full(tag)?.script === reader.script)
    if (near) return near
    if (reader.language !== 'zh' && same[0]) return same[0]
  }
  return undefined
}

/** Tags of an Accept-Language header, most wanted first; malformed parts are passed over. */
export function accepted(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';')
      const q = Number(
        rest
          .find((field) => /^\s*q=/i.test(field))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { tag, q: Number.isFinite(q) ? q : 0 }
    })
    .filter(({ tag, q }) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag)
}
