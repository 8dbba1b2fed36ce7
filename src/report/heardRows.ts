import { shareBar } from './charts/bars.ts'
import type { Reader, Words } from './reader.ts'
import type { Report } from './report.ts'
import type { ChartRow } from './rows.ts'

/** Who answered, as bars: shown groups largest first, then in one bar what is left of the hidden ones. */
export function heardRows(
  { heard }: Pick<Report, 'heard'>,
  reader: Reader,
): { rows: ChartRow[]; notShown: Words[]; rest: string | null } {
  const name = (label: Record<string, string> | null) =>
    label ? reader.words(label) : reader.own(reader.t('report.didNotSay'))
  const shown = heard.groups
    .flatMap(({ code, label, n, share }) =>
      n === null || share === null ? [] : [{ code: code || '-', label: name(label), n, share }],
    )
    .toSorted((a, b) => b.share - a.share)
  const longest = Math.max(heard.rest?.share ?? 0, ...shown.map(({ share }) => share))
  const rest = heard.rest && { ...heard.rest, code: '--', label: reader.own(reader.t('report.otherGroups')) }
  return {
    rows: [...shown, ...(rest ? [rest] : [])].map(({ code, label, n, share }) => {
      const number = reader.figure(share, n)
      const caption = { id: `heard-${code}`, title: label.words, desc: number, lang: label.lang }
      return {
        label,
        number,
        hint: null,
        aside: null,
        svg: shareBar(caption, { share, longest, strong: false, dir: reader.dir }),
      }
    }),
    notShown: heard.groups.filter(({ n }) => n === null).map(({ label }) => name(label)),
    rest: rest && reader.figure(rest.share, rest.n),
  }
}
