import { readFile } from 'node:fs/promises'
import type { Commitment } from '../commitment/commitment.ts'
import { codebookInUse, codeSurvey } from '../learning/train.ts'
import { gatherTold, snapshotOf } from '../routes/told/told.ts'
import type { Stores } from '../store/stores.ts'
import { readShippedCodebook } from '../templates.ts'
import { findHidden } from '../theme/mask.ts'
import { sampleCoder } from '../theme/verdicts.ts'
import { loadTalks } from './talks.ts'

const commitments: Commitment[] = [
  {
    about: { kind: 'theme', code: 'tutoring' },
    words: {
      en: 'Sample: tutoring after school at every sample school, three days a week.',
      es: 'Ejemplo: tutoría después de clases en cada escuela de ejemplo, tres días por semana.',
      ar: 'مثال: دروس تقوية بعد المدرسة في كل مدرسة، ثلاثة أيام في الأسبوع.',
    },
    element: 'P1.S1',
    owner: { en: 'Sample academics office', es: 'Oficina académica de ejemplo' },
    ...{ status: 'underway', on: '2026-12-31' },
  },
  {
    about: { kind: 'group', code: 'family' },
    words: {
      en: 'Sample: letters to families go out in all twelve languages.',
      es: 'Ejemplo: las cartas a las familias se envían en los doce idiomas.',
      ar: 'مثال: تُرسل الرسائل إلى الأسر باللغات الاثنتي عشرة.',
    },
    element: 'P3.S1',
    owner: { en: 'Sample family engagement office', es: 'Oficina de familias de ejemplo' },
    ...{ status: 'done', on: '2026-06-30' },
  },
]

/** Sample quotes in other languages, as a person would type them beside the original. */
const sampleTranslations: Record<string, Record<string, string>> = {
  'I work after school and need classes at other times.': {
    es: 'Trabajo después de la escuela y necesito clases en otro horario.',
    ar: 'أعمل بعد المدرسة وأحتاج إلى دروس في أوقات أخرى.',
  },
  'A social worker in every building, every day.': {
    es: 'Una trabajadora social en cada edificio, todos los días.',
    ar: 'أخصائي اجتماعي في كل مبنى، كل يوم.',
  },
  'Èd ak devwa apre lekòl. Lòt fanmi di menm bagay la.': {
    en: 'Help with homework after school. Other families say the same.',
    es: 'Ayuda con la tarea después de la escuela. Otras familias dicen lo mismo.',
    ar: 'مساعدة في الواجبات بعد المدرسة. أسر أخرى تقول الشيء نفسه.',
  },
  'More sports teams for girls.': {
    es: 'Más equipos deportivos para niñas.',
    ar: 'المزيد من الفرق الرياضية للبنات.',
  },
  'A school building that is warm in winter and clean all year.': {
    es: 'Una escuela cálida en invierno y limpia todo el año.',
    ar: 'مبنى مدرسة دافئ في الشتاء ونظيف طوال العام.',
  },
}

/** What stands in templates/sample-codes.json: sentences by theme, and those without one. */
type SampleCodes = { note: string; themes: Record<string, string[]>; none: string[] }

/** Of so many comments one is left unread, so that the desk has something to read and word lists to suggest. */
const leftUnread = 4

/**
 * Sample codes, quotes and commitments, and the page of what was heard, published. Word lists read every comment, and
 * their codes are kept as theirs; three of four comments also have those of `sampleCoder`, who stands for a person: they
 * go by the sentence that a made-up comment is of. Does nothing where anybody has begun to.
 */
export async function loadTold(stores: Stores, slug: string, now: number): Promise<boolean> {
  const survey = await stores.surveys.find(slug)
  if (!survey?.sample) return false
  const begun = await Promise.all([
    stores.codings.readings(survey.id),
    stores.commitments.list(survey.id),
    stores.heardPages.list(survey.id),
    stores.quotes.list(survey.id),
  ])
  if (begun.some((list) => list.length > 0)) return false
  const codebook = await codebookInUse(stores, readShippedCodebook(), now)
  await codeSurvey(stores, survey, codebook, () => now)
  const themesOf = sampleThemes(
    JSON.parse(await readFile(new URL('../../templates/sample-codes.json', import.meta.url), 'utf8')),
  )
  const coded = (await stores.comments.list(survey.id)).flatMap((one, at) => {
    const themes = at % leftUnread === 0 ? undefined : themesOf(one.words)
    return themes ? [{ ...one, themes }] : []
  })
  await stores.codings.read(
    survey.id,
    { person: sampleCoder, version: codebook.version, how: 'desk', at: now },
    coded.map(({ id, themes }) => ({ comment: id, themes })),
  )
  const quoted = codebook.themes.flatMap(({ code }) => {
    const found = coded.find(
      ({ themes, words }) => themes[0] === code && words.length < 200 && findHidden(words).length === 0,
    )
    return found ? [{ code, found }] : []
  })
  for (const { code, found } of quoted
    .filter((one, at) => quoted.findIndex(({ found: { words } }) => words === one.found.words) === at)
    .slice(0, 5)) {
    const { id, words, language, group } = found
    const proposed = {
      survey: survey.id,
      comment: id,
      theme: code,
      words,
      language,
      edits: [],
      translations: sampleTranslations[words] ?? {},
    }
    const quote = { ...proposed, group, state: 'approved' as const, by: sampleCoder, at: now }
    const made = await stores.quotes.add(quote)
    const stored = await stores.quotes.find(made)
    if (stored) await stores.quotes.put({ ...stored, approved: { by: sampleCoder, at: now } }, stored)
  }
  for (const one of commitments) await stores.commitments.add(survey.id, one, sampleCoder, now)
  await loadTalks(stores, { slug, plan: survey.questionnaire.plan ?? '' }, now)
  const content = snapshotOf(await gatherTold(stores, survey, () => now))
  if (content) await stores.heardPages.show(survey.id, content, content.responses, sampleCoder, now)
  return content !== undefined
}

/** The themes of a made-up comment, by the sentences that it is of; undefined when somebody else wrote it. */
export function sampleThemes({ themes, none }: SampleCodes): (words: string) => string[] | undefined {
  const known = new Map<string, string[]>(none.map((sentence) => [sentence, []]))
  for (const [theme, sentences] of Object.entries(themes))
    for (const sentence of sentences) known.set(sentence, [...(known.get(sentence) ?? []), theme])
  return (words) => {
    const whole = known.get(words)
    if (whole) return whole
    for (const [first, here] of known) {
      const rest = words.startsWith(`${first} `) ? known.get(words.slice(first.length + 1)) : undefined
      if (rest) return [...new Set([...here, ...rest])]
    }
    return undefined
  }
}
