/**
 * Numbers, dates and lists in a reader's language, by Intl. Families here live in the United States, and the texts
 * around a number write it with the digits 0 to 9; where Intl's own choice for a language differs, it is asked in
 * the tag of this table instead.
 */
const asked: Record<string, string> = {
  es: 'es-US',
  ar: 'ar-u-nu-latn',
  my: 'my-u-nu-latn',
  ne: 'ne-u-nu-latn',
  fa: 'fa-u-nu-latn',
}

/**
 * The engine has no data for Haitian Creole and would answer in its own default language. Its dates are laid out as
 * in French, with these names.
 */
const creole = {
  like: 'fr-HT',
  weekdays: ['dimanch', 'lendi', 'madi', 'mèkredi', 'jedi', 'vandredi', 'samdi'],
  months: [
    'janvye',
    'fevriye',
    'mas',
    'avril',
    'me',
    'jen',
    'jiyè',
    'out',
    'septanm',
    'oktòb',
    'novanm',
    'desanm',
  ],
  lists: { conjunction: 'ak', disjunction: 'oswa' },
}

const isCreole = (lang: string): boolean => lang.split('-')[0] === 'ht'
const tagOf = (lang: string): string => (isCreole(lang) ? creole.like : (asked[lang] ?? lang))
const known = (tag: string): boolean => Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0

/** Formatters cost more to make than to use. */
function kept<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const found = made.get(key) ?? make(key)
    made.set(key, found)
    return found
  }
}

const numbers = kept((key) => {
  const [lang, options] = JSON.parse(key) as [string, Intl.NumberFormatOptions]
  return new Intl.NumberFormat(tagOf(lang), options)
})

export const sayNumber = (lang: string, value: number, options: Intl.NumberFormatOptions = {}): string =>
  numbers(JSON.stringify([lang, options])).format(value)

const dates = kept((key) => {
  const [lang, options] = JSON.parse(key) as [string, Intl.DateTimeFormatOptions]
  return new Intl.DateTimeFormat(tagOf(lang), options)
})

/** A language that the engine does not know gets a date in digits, which no language reads wrongly. */
const inDigits: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' }

/** A time (epoch milliseconds) in words, as the options say; a language without data gets digits, year first. */
export function sayDate(lang: string, time: number, options: Intl.DateTimeFormatOptions): string {
  const { timeZone, timeStyle } = options
  if (!isCreole(lang) && !known(tagOf(lang))) {
    const zone = timeZone === undefined ? {} : { timeZone }
    const clock: Intl.DateTimeFormatOptions = timeStyle
      ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : {}
    return new Intl.DateTimeFormat('sv-SE', { ...inDigits, ...clock, ...zone }).format(time)
  }
  const format = dates(JSON.stringify([lang, options]))
  if (!isCreole(lang)) return format.format(time)
  const zone = timeZone === undefined ? {} : { timeZone }
  const at = (part: 'weekday' | 'month') => {
    const shown = new Intl.DateTimeFormat('en', { [part]: part === 'month' ? 'numeric' : 'short', ...zone })
    return shown.format(time)
  }
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  return format
    .formatToParts(time)
    .map(({ type, value }) => {
      if (type === 'weekday') return creole.weekdays[days.indexOf(at('weekday'))] ?? value
      if (type === 'month' && !/^\d+$/.test(value)) return creole.months[Number(at('month')) - 1] ?? value
      return type === 'literal' ? value.replace(/ à /, ' a ') : value
    })
    .join('')
}

const lists = kept((key) => {
  const [lang, type] = JSON.parse(key) as [string, 'conjunction' | 'disjunction']
  return new Intl.ListFormat(tagOf(lang), { type })
})

/** "a, b and c", or with "or". A language without data gets commas alone. */
export function sayList(
  lang: string,
  parts: string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  if (isCreole(lang)) {
    const last = parts.at(-1) ?? ''
    return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${creole.lists[type]} ${last}`
  }
  return known(tagOf(lang)) ? lists(JSON.stringify([lang, type])).format(parts) : parts.join(', ')
}

const distances = kept((lang) => new Intl.RelativeTimeFormat(tagOf(lang), { numeric: 'always' }))
const lengths = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/**
 * How far away a time is, as "in 5 days" or "2 hours ago", rounded to the nearest; '' in a language without data.
 * `milliseconds` are positive for what is to come.
 */
export function sayDistance(lang: string, milliseconds: number): string {
  if (isCreole(lang) || !known(tagOf(lang))) return ''
  const [unit, length] = lengths.find(([, size]) => Math.abs(milliseconds) >= size * 0.95) ?? lengths[2]
  return distances(lang).format(Math.round(milliseconds / length), unit)
}
