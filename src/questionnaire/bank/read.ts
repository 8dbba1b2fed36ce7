import { kinds } from '../kinds.ts'
import { type Bank, type BankItem, bankSchema } from './bank.ts'
import { asQuestion } from './questions.ts'

/** A bank, or everything that is wrong with it, by place. */
export type BankReading = { bank: Bank; problems?: undefined } | { bank?: undefined; problems: string[] }

/** Reads an item bank from parsed JSON. An item must make a question that its kind takes. */
export function readBank(json: unknown): BankReading {
  const parsed = bankSchema.safeParse(json)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'bank'}: ${message}`),
    }
  const bank = parsed.data
  const codes = bank.items.map(({ code }) => code)
  const problems = [
    ...[...new Set(codes.filter((code, at) => codes.indexOf(code) < at))].map(
      (code) => `item ${code} stands twice`,
    ),
    ...bank.items.flatMap((item) => itemFaults(bank, item).map((fault) => `item ${item.code}: ${fault}`)),
  ]
  return problems.length > 0 ? { problems } : { bank }
}

function itemFaults(bank: Bank, item: BankItem): string[] {
  if (!item.wording[bank.source]?.trim()) return [`it has no words in "${bank.source}"`]
  if ((item.scale === undefined) === (item.question === undefined))
    return ['it has either a scale or a question']
  if (item.scale !== undefined && !Object.hasOwn(bank.scales, item.scale))
    return [`there is no scale "${item.scale}"`]
  if (item.reversed && item.question) return ['only a row of a scale can be reversed']
  const question = asQuestion(bank, item)
  const kind = kinds.get(question.kind)
  if (!kind) return [`no question kind is called "${question.kind}"`]
  const read = kind.schema.safeParse(question)
  return read.success
    ? kind.check(read.data)
    : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}
