import type { Question } from '../questionnaire/definition.ts'
import type { Figure, Finding } from './finding.ts'
import type { Reader, Words } from './reader.ts'
import type { Choice, QuestionReport, Report } from './report.ts'
import type { RatedItem } from './result.ts'

/** The chart's label of an option or item: the short one, where there is one. */
export function labelOf({ outline, question }: QuestionReport, code: string, reader: Reader): Words {
  const things = [...(outline.options ?? []), ...(outline.items ?? [])]
  const found = things.find((thing) => thing.code === code)
  const text = found?.short ?? found?.label ?? (code === question.code ? question.title : undefined)
  return text ? reader.words(text) : reader.own(code)
}

/**
 * A statement in the words that people read, for lists that stand away from its chart: short labels say neither who was
 * asked nor what. `hint`: it is turned round, which a share of favorable answers does not tell.
 */
export function statementOf(
  report: QuestionReport,
  code: string,
  reader: Reader,
): { label: Words; hint: string | null } {
  const item = report.outline.items?.find((one) => one.code === code)
  return {
    label: item ? reader.words(item.label) : labelOf(report, code, reader),
    hint: item?.reversed === true ? reader.t('report.reversed') : null,
  }
}

/** What stands in place of a share: not shown, that it applied to nobody who answered, or that nobody did. */
export const unrated = (summary: RatedItem['summary']): string =>
  summary === null
    ? 'report.notShown'
    : summary.notApplicable
      ? 'report.column.notApplicable'
      : 'report.nobody'

/** How options are spoken of: chosen, chosen among several, or ranked. */
function manner({ result }: QuestionReport): 'choice' | 'several' | 'ranking' {
  if (result?.measure === 'ranking' || (result?.measure === 'choice' && result.ranked)) return 'ranking'
  return result?.measure === 'choice' && result.several ? 'several' : 'choice'
}

/** The finding in one sentence; of a statement that is turned round with what is favorable of it. */
export function sayFinding(report: QuestionReport, finding: Finding, reader: Reader): string {
  const turned = ratedIn(finding).flatMap(({ code }) => {
    const { hint } = statementOf(report, code, reader)
    return hint ? [`${labelOf(report, code, reader).words}: ${hint}.`] : []
  })
  const said = sayPlainly(report, finding, reader)
  return turned.length > 0 ? [/[.。។।]$/u.test(said) ? said : `${said}.`, ...turned].join(' ') : said
}

/** The statements that a finding names with a share of favorable answers. */
function ratedIn(finding: Finding): Figure[] {
  if (finding.rule === 'ratings') return [finding.highest, finding.lowest]
  return 'item' in finding ? [finding.item] : []
}

function sayPlainly(report: QuestionReport, finding: Finding, reader: Reader): string {
  const { t } = reader
  // A statement without a short label ends with a stop of its own.
  const name = ({ code }: Figure) => labelOf(report, code, reader).words.replace(/[.。။।]$/u, '')
  const figure = ({ share, count, bound }: Figure) =>
    bound ? reader.bound(bound) : reader.figure(share, count)
  const share = ({ share, bound }: Figure) => (bound ? reader.bound(bound) : reader.percent(share))
  const key = `report.finding.${manner(report)}`
  switch (finding.rule) {
    case 'majority':
    case 'lead':
      return t(`${key}.${finding.rule}`, { option: name(finding.first), figure: figure(finding.first) })
    case 'close': {
      const said = (options: readonly Figure[]) => ({
        options: reader.list(options.map(name)),
        figures: reader.list(options.map(figure)),
      })
      const [first, ...others] = finding.options
      // Of two that are chosen by as many neither is first.
      return !first || others.some(({ share }) => share === first.share)
        ? t(`${key}.close`, said(finding.options))
        : t(`${key}.closeFirst`, { first: name(first), figure: figure(first), ...said(others) })
    }
    case 'even':
      return t(`${key}.even`)
    case 'rating':
      return t('report.finding.rating', { item: name(finding.item), figure: figure(finding.item) })
    case 'ratings':
      return t('report.finding.ratings', {
        highest: name(finding.highest),
        lowest: name(finding.lowest),
        high: share(finding.highest),
        low: share(finding.lowest),
      })
    case 'highest':
      return t('dashboard.highest', { item: name(finding.item), figure: figure(finding.item) })
    case 'lowest':
      return t('dashboard.lowest', { item: name(finding.item), figure: figure(finding.item) })
    case 'unsure':
      return titleOf(report.question, reader).words
    case 'ratedAlike':
      return t('report.finding.ratedAlike', { share: reader.percent(finding.share) })
    case 'mean': {
      const values = (report.outline.points ?? []).map(({ value }) => value)
      return t('report.finding.mean', {
        mean: reader.decimal(finding.mean),
        least: reader.number(Math.min(...values)),
        most: reader.number(Math.max(...values)),
      })
    }
    case 'middle':
      return t('report.finding.middle', {
        median: Number.isInteger(finding.median)
          ? reader.number(finding.median)
          : reader.decimal(finding.median),
      })
    case 'written':
      return t('report.finding.written', { count: finding.n, n: reader.number(finding.n) })
    case 'nobody':
      return t('report.finding.nobody')
  }
}

/** Codes that the finding names: their bars are the coloured ones. */
export function spokenOf(finding: Finding | null): string[] {
  switch (finding?.rule) {
    case 'majority':
    case 'lead':
      return [finding.first.code]
    case 'close':
      return finding.options.map(({ code }) => code)
    default:
      return []
  }
}

export const titleOf = (question: Question, reader: Reader): Words => reader.words(question.title)

/** Whose answers these are: "Families and North School", or "Everyone who answered". */
export function sayFilter({ choices: { groups, schools }, filter }: Report, reader: Reader): string {
  const name = (list: readonly Choice[], code: string | null) => {
    const found = list.find((one) => one.code === code)
    return found ? [reader.words(found.label).words] : []
  }
  const parts = [...name(groups, filter.group), ...name(schools, filter.school)]
  return parts.length > 0 ? reader.list(parts) : reader.t('report.everyone')
}
