const RIGHT_TO_LEFT = new Set([
  'ar',
  'arc',
  'ckb',
  'dv',
  'fa',
  'ha-Arab',
  'he',
  'ks',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
])

/** The direction in which a language runs, from its tag alone, so that a new locale needs no code. */
export function direction(tag: string): 'ltr' | 'rtl' {
  if (/-(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)\b/.test(tag)) return 'rtl'
  if (/-Latn\b/.test(tag)) return 'ltr'
  return RIGHT_TO_LEFT.has(tag) || RIGHT_TO_LEFT.has(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}

/**
 * The first of `wanted` that `offered` can serve, by exact tag (any case), then by the same language.
 * For a Chinese reader the script decides: zh-TW and zh-HK read zh-Hant, everyone else zh-Hans.
 */
export function match(wanted: string[], offered: string[]): string | undefined {
  for (const want of wanted) {
    const lower = want.toLowerCase()
    const exact = offered.find((tag) => tag.toLowerCase() === lower)
    if (exact) return exact
    const language = lower.split('-')[0]
    const script = language === 'zh' ? (/hant|tw|hk|mo/.test(lower) ? 'zh-hant' : 'zh-hans') : undefined
    const near = offered.find((tag) =>
      script ? tag.toLowerCase() === script : tag.toLowerCase().split('-')[0] === language,
    )
    if (near) return near
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
          .find((field) => field.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { tag, q: Number.isFinite(q) ? q : 0 }
    })
    .filter(({ tag, q }) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag)
}
