import type { Codebook } from '../theme/codebook.ts'
import { SMALL_GROUP } from './privacy/bounded.ts'
import type { Reader } from './reader.ts'
import type { Slice } from './slice.ts'
import { type Weighted, type WeightsMade, weightedJson } from './weights/weighted.ts'

/** What machinery knows that a word may not: how to hash, and which Heard this is. */
export type Maker = { hash: (text: string) => string; software: string }

type Made = WeightsMade & { fingerprint: string }

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
  /** Of one survey; of pages that read several, of each that is weighted. */
  weights: 'none' | Made | (Made & { survey: string })[]
  suppression: { minimumGroup: number; complementary: true; boundedUnder: number }
  software: string
  /** By which themes are named, where the report tells themes. */
  codebook: { id: string; version: number; fingerprint: string } | null
}

/** `told`: all numbers of the report, as they are printed. The same numbers give the same bytes. */
export function manifestOf(
  told: unknown,
  {
    surveys,
    filter,
    minimumGroup,
    weighted,
    several = [],
    codebook,
  }: Pick<Manifest, 'surveys' | 'filter'> & {
    minimumGroup: number
    weighted?: Weighted | undefined
    several?: readonly { survey: string; weighted: Weighted }[] | undefined
    codebook?: Codebook | undefined
  },
  { hash, software }: Maker,
): Manifest {
  const madeOf = (one: Weighted | undefined): Made | undefined =>
    one?.made ? { ...one.made, fingerprint: `sha256:${hash(JSON.stringify(weightedJson(one)))}` } : undefined
  const each = several.flatMap(({ survey, weighted: one }) => {
    const made = madeOf(one)
    return made ? [{ survey, ...made }] : []
  })
  return {
    fingerprint: `sha256:${hash(JSON.stringify(told))}`,
    surveys,
    filter,
    bases: 'answered',
    rounding: 'half-up-once',
    weights: madeOf(weighted) ?? (each.length > 0 ? each : 'none'),
    suppression: { minimumGroup, complementary: true, boundedUnder: SMALL_GROUP },
    software,
    codebook: codebook
      ? {
          id: codebook.id,
          version: codebook.version,
          fingerprint: `sha256:${hash(JSON.stringify([codebook.themes, codebook.language]))}`,
        }
      : null,
  }
}

/** A line of a manifest in words. */
export type ManifestLine = { term: string; words: string }

/** A manifest as a page's foot prints it. */
export function sayManifest(
  { fingerprint, surveys, filter, weights, suppression, software, codebook }: Manifest,
  reader: Reader,
): ManifestLine[] {
  const { t, number } = reader
  const filters = [filter.group, filter.school].filter((one) => one !== null)
  const line = (term: string, words: string) => ({ term: t(`dashboard.manifest.${term}`), words })
  return [
    line('fingerprint', fingerprint),
    line(
      'surveys',
      surveys
        .map(({ slug, version, responses }) =>
          // Answers to earlier versions count too; how many each has nobody keeps.
          t(version > 1 ? 'dashboard.manifest.surveyUpTo' : 'dashboard.manifest.survey', {
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
    line(
      'weights',
      weights === 'none'
        ? t('dashboard.manifest.none')
        : Array.isArray(weights)
          ? weights
              .map((one) =>
                t('dashboard.manifest.rakedOf', { survey: one.survey, weights: sayWeights(one, reader) }),
              )
              .join('; ')
          : sayWeights(weights, reader),
    ),
    line(
      'suppression',
      t('dashboard.manifest.hidden', {
        n: number(suppression.minimumGroup),
        bound: number(suppression.boundedUnder),
      }),
    ),
    line('software', `Heard ${software}`),
    ...(codebook === null
      ? []
      : [
          line(
            'codebook',
            t('dashboard.manifest.codebookIs', {
              name: codebook.id,
              version: number(codebook.version),
              fingerprint: codebook.fingerprint,
            }),
          ),
        ]),
  ]
}

/** The method, by what, bounds, rounds and design effect of weights, in one line. */
function sayWeights(
  { by, enrolment, trimming, iterations, designEffect, fingerprint }: Made,
  { t, number, decimal, list }: Reader,
): string {
  return t('dashboard.manifest.raked', {
    by: list(by.map((one) => t(`watching.column.${one}`))),
    day: enrolment.asOf,
    least: decimal(trimming.least),
    most: decimal(trimming.most),
    rounds: number(iterations),
    effect: decimal(designEffect),
    fingerprint,
  })
}
