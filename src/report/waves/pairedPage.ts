import type { Text } from '../../language/text.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import type { Reader, Words } from '../reader.ts'
import type { Table } from '../tables.ts'
import { sayTogether } from '../verdict.ts'
import { meaningOf } from './meaning.ts'
import type { PairedReport } from './paired.ts'
import { sayChange } from './wavesPage.ts'

/** The same people before and after, on the page of a series. */
export type PairedPage = {
  heading: string
  counts: Table
  changes: { label: Words; words: string }[]
  table: Table
}

export function pairedPage(
  paired: PairedReport,
  { before, after, questionnaire }: { before: Text; after: Text; questionnaire: Questionnaire },
  reader: Reader,
): PairedPage {
  const { t } = reader
  const names = [reader.words(before), reader.words(after)]
  const nameOf = (at: number) => names[at]?.words ?? ''
  const label = (asked: string): Words => {
    const words = meaningOf(questionnaire, asked)?.words.at(-1)
    return words ? reader.words(words) : reader.own(asked)
  }
  const kinds = ['matched', 'unmatched', 'ambiguous', 'withoutCode'] as const
  const together = paired.items.filter(({ change }) => change !== null).length
  return {
    heading: t('waves.paired.heading', { before: nameOf(0), after: nameOf(1) }),
    counts: {
      caption: t('waves.paired.counts'),
      head: [reader.own(t('waves.paired.people')), ...names],
      rows: kinds.map((kind) => ({
        head: reader.own(t(`waves.paired.${kind}`)),
        cells: [reader.number(paired.before[kind]), reader.number(paired.after[kind])],
      })),
    },
    changes: paired.items.map((item) => ({
      label: label(item.asked),
      words:
        item.change === null
          ? t(`waves.paired.why.${item.why}`)
          : [
              sayChange({ ...item.change, from: 0, to: 1 }, nameOf, reader),
              ...sayTogether('changes', together, reader),
            ].join(' '),
    })),
    table: {
      caption: t('waves.paired.table'),
      head: [
        reader.own(t('waves.line')),
        ...names,
        reader.own(t('waves.paired.gained')),
        reader.own(t('waves.paired.lost')),
        reader.own(t('waves.paired.both')),
      ],
      rows: paired.items.map((item) => ({
        head: label(item.asked),
        cells:
          item.n === null
            ? [t('report.notShown'), '–', '–', '–', '–']
            : [
                reader.percent(item.before),
                reader.percent(item.after),
                item.gained === null ? t('report.notShown') : reader.number(item.gained),
                item.lost === null ? t('report.notShown') : reader.number(item.lost),
                reader.number(item.n),
              ],
      })),
    },
  }
}
