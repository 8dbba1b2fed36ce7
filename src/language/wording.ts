import { createInstance, type TFunction } from 'i18next'
import { baseOf, type Completeness, completeness, completenessIn, flat } from './completeness.ts'
import { remembered } from './remembered.ts'
import { direction } from './tags.ts'

/** A locale file: nested wordings, and `_about` with the language's own name and what a machine wrote. */
export type LocaleFile = { _about: { name: string; machine?: boolean | string[] } } & Record<string, unknown>

export type Locale = { tag: string; name: string; dir: 'ltr' | 'rtl' }

/** Whom the wordings speak to: a child in grades 3 to 5, or a student in grades 6 to 12. */
export type Voice = 'child' | 'student'
const under: Record<Voice, string> = { child: 'child.', student: 'student.' }

/** The interface's wordings in every language there is a locale file for. */
export type Messages = {
  /** Sorted by tag, so that the list stands in the same order everywhere. */
  locales: Locale[]
  tags: string[]
  /** For young readers some wordings are said another way; what has no other way is said as to everyone. */
  t: (tag: string, voice?: Voice) => TFunction
  /** A language by its own name, or by Intl's when there is no locale file for it. */
  name: (tag: string) => string
  /** How far each locale file is translated, the least complete first. */
  completeness: Completeness[]
  /** Whether every string is there in this language; a language without a locale file is not complete. */
  complete: (tag: string) => boolean
  /** The locale files as they came. */
  files: Record<string, LocaleFile>
  /**
   * Takes these contents from now on, for every page: the files with a district's own wordings over them. `names` are
   * of languages that have none yet.
   */
  put: (files: Record<string, LocaleFile>, names?: ReadonlyMap<string, string>) => void
}
type Spoken = Omit<Messages, 'files' | 'put'>

/**
 * The wordings from the locale files' contents, by tag. English is the fall-back of a missing string. What is asked of
 * them is answered from what was last put in: nobody may hold on to a list of tags.
 */
export function wordings(files: Record<string, LocaleFile>): Messages {
  let now = spoken(files, new Map())
  return {
    get locales() {
      return now.locales
    },
    get tags() {
      return now.tags
    },
    get completeness() {
      return now.completeness
    },
    t: (tag, voice) => now.t(tag, voice),
    name: (tag) => now.name(tag),
    complete: (tag) => now.complete(tag),
    files,
    put(changed, names = new Map()) {
      now = spoken(changed, names)
    },
  }
}

type Speak = (key: string, values: Record<string, unknown> | undefined) => unknown

/** The keys of a locale file without their plural endings, worked out once: it is never changed in place. */
const knownBases = new WeakMap<object, Set<string>>()
function basesOf(file: object): Set<string> {
  const known = knownBases.get(file) ?? new Set([...flat(file).keys()].map(baseOf))
  knownBases.set(file, known)
  return known
}

function spoken(files: Record<string, LocaleFile>, names: ReadonlyMap<string, string>): Spoken {
  const tags = Object.keys(files).sort()
  const instance = createInstance({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    showSupportNotice: false,
    resources: Object.fromEntries(tags.map((tag) => [tag, { translation: files[tag] ?? {} }])),
    // EJS escapes what it prints; escaping here as well would show &amp; to readers.
    interpolation: { escapeValue: false },
    returnNull: false,
  } as Parameters<typeof createInstance>[0])
  void instance.init()
  const fixed = new Map(tags.map((tag) => [tag, remembered(instance.getFixedT(tag))]))
  // Only what the language itself says to children: its wording for everyone goes before an English one for children.
  const speaking = (voice: Voice) =>
    new Map(
      [...fixed].map(([tag, t]) => {
        const spoken = (key: string, options?: Record<string, unknown>) => {
          // Looked for when a child first reads: at the start nobody waits for it.
          const own = basesOf(files[tag] ?? {})
          return (t as Speak)(own.has(under[voice] + key) ? under[voice] + key : key, options)
        }
        return [tag, spoken as unknown as TFunction]
      }),
    )
  /** The same one each time, so that what is made with it can be kept beside it. */
  const without = (tag: string): TFunction => {
    const t = remembered(instance.getFixedT(tag))
    fixed.set(tag, t)
    return t
  }
  const voices = { child: speaking('child'), student: speaking('student') }
  const name = (tag: string) =>
    // "toString" has the shape of a tag, too.
    (Object.hasOwn(files, tag) ? files[tag]?._about.name : undefined) ??
    names.get(tag) ??
    new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ??
    tag
  const whole = new Map<string, boolean>()
  return {
    locales: tags.map((tag) => ({ tag, name: name(tag), dir: direction(tag) })),
    tags,
    t: (tag, voice) => (voice && voices[voice].get(tag)) ?? fixed.get(tag) ?? without(tag),
    name,
    // Both when they are asked for: at the start nobody waits for the languages of others.
    get completeness() {
      return completeness(files)
    },
    complete(tag) {
      const known = whole.get(tag) ?? completenessIn(files, tag)?.missing.length === 0
      whole.set(tag, known)
      return known
    },
  }
}
