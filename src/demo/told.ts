import { readFile } from 'node:fs/promises'
import type { Commitment } from '../commitment/commitment.ts'
import { gatherTold, snapshotOf } from '../routes/told/told.ts'
import type { Stores } from '../store/stores.ts'
import { readCodebook } from '../theme/codebook.ts'
import { findHidden } from '../theme/mask.ts'
import { suggest, wordLists } from '../theme/suggest.ts'

/** Who coded and wrote in the demo: no account. */
const sample = 'sample'

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

/**
 * Puts themes on the sample comments by the word lists, as if a person had read them, and publishes what was heard,
 * with sample quotes and commitments. Does nothing where anybody has begun to.
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
  const file = new URL('../../templates/codebook.json', import.meta.url)
  const { codebook: shipped } = readCodebook(JSON.parse(await readFile(file, 'utf8')))
  if (!shipped) return false
  if (!(await stores.codebooks.find('default')))
    await stores.codebooks.save({ ...shipped, id: 'default', version: 1, history: [] }, sample, now)
  const codebook = (await stores.codebooks.find('default')) ?? shipped
  const lists = wordLists(codebook)
  const comments = await stores.comments.list(survey.id)
  const coded = comments.map((one) => ({
    ...one,
    themes: suggest(lists, one.words, [one.language, 'en'])
      .slice(0, 2)
      .map(({ theme }) => theme),
  }))
  await stores.codings.read(
    survey.id,
    { person: sample, version: codebook.version, how: 'desk', at: now },
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
      translations: {},
    }
    const quote = { ...proposed, group, state: 'approved' as const, by: sample, at: now }
    const made = await stores.quotes.add(quote)
    const stored = await stores.quotes.find(made)
    if (stored) await stores.quotes.put({ ...stored, approved: { by: sample, at: now } }, stored)
  }
  for (const one of commitments) await stores.commitments.add(survey.id, one, sample, now)
  const content = snapshotOf(await gatherTold(stores, survey, () => now))
  if (content) await stores.heardPages.show(survey.id, content, content.responses, sample, now)
  return content !== undefined
}
