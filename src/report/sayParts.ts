import type { Gap, GroupPart } from '../climate/gaps.ts'
import type { PartOfDistrict } from './byPart.ts'
import { points } from './plan/say.ts'
import type { Reader, Words } from './reader.ts'
import { verdictOf } from './verdict.ts'

/**
 * "Students 61% (90) of 148 people, staff 40% (22) of 55 people: 21 points apart (12 to 30), more than chance". From right
 * to left a name with Latin letters or digits ("School K (9-12)") is isolated, so that its number does not join them.
 */
export function sayParts(
  gap: Gap & { beyondChance: boolean },
  parts: readonly GroupPart[],
  name: (code: string) => string,
  { t, figure, number, lang, dir }: Reader,
): string {
  const whole = (code: string) => (dir === 'rtl' ? `\u2068${name(code)}\u2069` : name(code))
  const share = (code: string) => {
    const { count, n } = parts.find(({ group }) => group === code) ?? { count: 0, n: 0 }
    return `${figure(n > 0 ? count / n : 0, count)} ${t('dashboard.ofPeople', { count: n, n: number(n) })}`
  }
  return t(`dashboard.gap.${verdictOf(gap)}`, {
    above: whole(gap.above),
    below: whole(gap.below),
    aboveShare: share(gap.above),
    belowShare: share(gap.below),
    points: points(lang, gap.difference),
    low: points(lang, gap.low),
    high: points(lang, gap.high),
  })
}

/** What a group, school, level or zone is called. */
export function partName(
  { code, label }: Pick<PartOfDistrict, 'code' | 'label'>,
  kind: string,
  reader: Reader,
): Words {
  if (label) return reader.words(label)
  const levels = ['elementary', 'elementary-middle', 'middle', 'middle-high', 'high']
  if (kind === 'level' && levels.includes(code)) return reader.own(reader.t(`dashboard.level.${code}`))
  const zone = /^zone-(\d+)$/.exec(code)?.[1]
  return reader.own(zone ? reader.t('dashboard.zone', { n: zone }) : code)
}
