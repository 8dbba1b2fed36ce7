import { SMALL_GROUP } from './privacy/bounded.ts'
import type { Reader } from './reader.ts'
import type { Slice } from './slice.ts'

/** What machinery knows that a word may not: how to hash, and which Heard this is. */
export type Maker = { hash: (text: string) => string; software: string }

/**
 * How a report came to be, so that it can be made again and checked. The fingerprint is over what the report tells and
 * the questionnaire it was asked with, not over what it hides: from a hash of hidden counts small ones could be guessed.
 */
export type Manifest = {
  fingerprint: string
  surveys: { slug: string; version: number; responses: number | null }[]
  filter: Slice
  bases: 'answered'
  rounding: 'half-up-once'
  weights: 'none'
  suppression: { minimumGroup: number; complementary: true; boundedUnder: number }
  software: string
  codebook: string | null
}

/** `told`: all numbers of the report, as they are printed. The same numbers give the same bytes. */
export function manifestOf(
  told: unknown,
  {
    surveys,
    filter,
    minimumGroup,
    codebook = null,
  }: Pick<Manifest, 'surveys' | 'filter'> & { minimumGroup: number; codebook?: string | null },
  { hash, software }: Maker,
): Manifest {
  return {
    fingerprint: `sha256:${hash(JSON.stringify(told))}`,
    surveys,
    filter,
    bases: 'answered',
    rounding: 'half-up-once',
    weights: 'none',
    suppression: { minimumGroup, complementary: true, boundedUnder: SMALL_GROUP },
    software,
    codebook,
  }
}

/** A manifest as a page's foot prints it. */
export function sayManifest(
  { fingerprint, surveys, filter, suppression, software, codebook }: Manifest,
  { t, number }: Reader,
): { term: string; words: string }[] {
  const filters = [filter.group, filter.school].filter((one) => one !== null)
  const line = (term: string, words: string) => ({ term: t(`dashboard.manifest.${term}`), words })
  return [
    line('fingerprint', fingerprint),
    line(
      'surveys',
      surveys
        .map(({ slug, version, responses }) =>
          t('dashboard.manifest.survey', {
            slug,
            version: number(version),
            responses: responses === null ? t('report.notShown') : number(responses),
          }),
        )
        .join('; '),
    ),
    line('filter', filters.length > 0 ? filters.join(', ') : t('dashboard.manifest.none')),
    line('bases', t('dashboard.manifest.answered')),
    line('rounding', t('dashboard.manifest.once')),
    line('weights', t('dashboard.manifest.none')),
    line(
      'suppression',
      t('dashboard.manifest.hidden', {
        n: number(suppression.minimumGroup),
        bound: number(suppression.boundedUnder),
      }),
    ),
    line('software', `Heard ${software}`),
    ...(codebook === null ? [] : [line('codebook', codebook)]),
  ]
}
