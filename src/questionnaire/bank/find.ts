import type { Text } from '../../language/text.ts'
import { fleschKincaid } from '../advice/reading.ts'
import { type Audience, type Bank, type BankItem, type Domain, topics } from './bank.ts'

/** Years of schooling that the English wording asks for; undefined under the formula's eight words. */
export const gradeOf = ({ wording }: Pick<BankItem, 'wording'>): number | undefined =>
  wording.en === undefined ? undefined : fleschKincaid(wording.en)

/** What somebody looks for in the bank; everything that is given must fit. */
export type Wanted = {
  words?: string
  domain?: Domain | undefined
  audience?: Audience | undefined
  /** Any of these codes of this plan. */
  measures?: { plan: string; codes: ReadonlySet<string> } | undefined
  /** At most this reading grade; wordings too short for the formula fit. */
  grade?: number | undefined
}

const plain = (words: string): string => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const saidIn = (text: Text | undefined): string => plain(Object.values(text ?? {}).join('\n'))

/** The items that fit, in the bank's order. */
export const findItems = (
  { items }: Bank,
  { words = '', domain, audience, measures, grade }: Wanted,
): BankItem[] => {
  const sought = plain(words).split(/\s+/).filter(Boolean)
  return items.filter((item) => {
    const said = `${item.code}\n${saidIn(item.wording)}`
    const level = grade === undefined ? undefined : gradeOf(item)
    return (
      sought.every((word) => said.includes(word)) &&
      (!domain || topics[item.topic] === domain) &&
      (!audience || item.audiences.includes(audience)) &&
      (!measures ||
        item.measures.some(({ plan, code }) => plan === measures.plan && measures.codes.has(code))) &&
      (grade === undefined || level === undefined || Math.round(level) <= grade)
    )
  })
}
