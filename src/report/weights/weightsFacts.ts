import type { Text } from '../../language/text.ts'
import type { Reader, Words } from '../reader.ts'
import { partName } from '../sayParts.ts'
import { named, type ReportSource } from '../source.ts'
import { survey } from '../tally.ts'
import { fewestInCategory, type Refusal, type Weighting } from './weights.ts'

/** What the page of weights says of them in words. */

export function factsOf(weighting: Extract<Weighting, { why: null }>, source: ReportSource, reader: Reader) {
  const { t } = reader
  const { raked, dimensions, groups, like, asTheyAre, margin } = weighting
  const decimal = (value: number) => reader.decimal(value)
  const names = (codes: readonly string[]) =>
    reader.list(
      codes.map((code) =>
        code === '' ? t('report.didNotSay') : labelsOf(source, 'group', code, reader).words,
      ),
    )
  return [
    t('weights.fact.by', {
      dimensions: reader.list([
        ...(groups ? [t('watching.column.group')] : []),
        ...dimensions.map((one) => t(`watching.column.${one}`)),
      ]),
    }),
    ...(groups ? [] : [t('weights.fact.within')]),
    ...(like.length > 0 ? [t('weights.fact.like', { groups: names(like) })] : []),
    ...(asTheyAre.length > 0 ? [t('weights.fact.asTheyAre', { groups: names(asTheyAre) })] : []),
    t('weights.fact.converged', { count: raked.rounds }),
    ...(nobodyHidden(source)
      ? [
          t('weights.fact.range', { least: decimal(raked.least), most: decimal(raked.most) }),
          ...(raked.trimmed.people > 0
            ? [t('weights.fact.trimmed', { n: reader.number(raked.trimmed.people) })]
            : []),
        ]
      : [t('weights.fact.limits')]),
    t('weights.fact.effect', {
      effect: decimal(raked.designEffect),
      n: reader.number(raked.n),
      effective: reader.number(Math.round(raked.effective)),
    }),
    ...(margin === null ? [] : [t('weights.fact.margin', { points: decimal(margin * 100) })]),
  ]
}

/**
 * Whether all schools and groups are shown. From the range of weights, or from how many are at a limit, the size of a
 * hidden group could be read: enrollment is known, and a weight is the one over the other.
 */
export const nobodyHidden = ({ tally, veil }: ReportSource): boolean =>
  (tally.people.get(survey) ?? []).every(
    ({ n, school, group }) => n === 0 || veil(survey, { school, group }) !== null,
  )

export function sayRefusal(
  { dimensions, why, category }: Refusal,
  source: ReportSource,
  reader: Reader,
): string {
  const { t } = reader
  const [group = '', code] = category.split('|')
  const place = code === undefined ? '' : labelsOf(source, dimensions[0] ?? '', code, reader).words
  return t(`weights.refused.${why}`, {
    dimensions: reader.list(
      dimensions.length > 0
        ? dimensions.map((one) => t(`watching.column.${one}`))
        : [t('watching.column.group')],
    ),
    part:
      why === 'few'
        ? t('weights.refused.somePart')
        : [group && labelsOf(source, 'group', group, reader).words, place].filter(Boolean).join(', '),
    n: reader.number(fewestInCategory),
  })
}

export function labelsOf(source: ReportSource, dimension: string, code: string, reader: Reader): Words {
  const { district } = source
  const lists: Record<string, readonly { code: string; label: Text }[]> = {
    group: named(source, 'group'),
    school: district.schools,
    grade: district.grades,
    language: district.homeLanguages,
  }
  const found = lists[dimension]?.find((one) => one.code === code)
  return partName({ code, label: found?.label ?? null }, dimension, reader)
}
