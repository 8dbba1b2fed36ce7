import type { Agreement, Reason } from '../ranking/agreement.ts'
import type { Reader } from './reader.ts'
import type { QuestionReport } from './report.ts'
import { labelOf } from './say.ts'

/** Whether the ways of counting a ranking agree, and if not, why: one short text in plain words. */
export function sayAgreement(report: QuestionReport, agreement: Agreement, reader: Reader): string {
  const { t } = reader
  const name = (code: string) => labelOf(report, code, reader).words
  const names = (codes: readonly string[]) => reader.list(codes.map(name))
  if (agreement.verdict === 'nobody') return t('agreement.nobody')
  const option = name(agreement.option ?? '')
  if (agreement.verdict === 'agree' && agreement.reasons.length === 0) return t('agreement.agree', { option })
  const heads =
    agreement.verdict === 'agree'
      ? [t('agreement.most', { option })]
      : [
          t('agreement.differ'),
          t('agreement.heads', {
            first: names(agreement.first),
            irv: names(agreement.irv),
            borda: names(agreement.borda),
            schulze: names(agreement.schulze),
          }),
        ]
  const say = (reason: Reason): string => {
    switch (reason.why) {
      case 'tie':
        return t(`agreement.tie.${reason.method}`, { options: names(reason.options) })
      case 'circle':
        return t('agreement.circle', {
          wins: reader.list(
            reason.options.map((code, at) =>
              t('agreement.win', {
                option: name(code),
                other: name(reason.options[(at + 1) % reason.options.length] ?? code),
              }),
            ),
          ),
        })
      case 'level':
        return t('agreement.level', { option: name(reason.option), others: names(reason.others) })
      case 'overtaken':
        return t('agreement.overtaken', {
          option: name(reason.option),
          by: name(reason.by),
          round: reader.number(reason.round),
        })
      case 'squeezed':
        return t(agreement.first.includes(reason.option) ? 'agreement.passed' : 'agreement.squeezed', {
          option: name(reason.option),
          by: name(reason.by),
          n: reader.number(reason.n),
          other: reader.number(reason.other),
        })
      case 'broad':
        return t('agreement.broad', {
          option: name(reason.option),
          over: name(reason.over),
          n: reader.number(reason.n),
          other: reader.number(reason.other),
        })
      case 'above':
        return t('agreement.above', { option: name(reason.option), over: name(reason.over) })
    }
  }
  return [...heads, ...agreement.reasons.map(say)].join(' ')
}
