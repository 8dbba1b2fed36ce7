import { type Question, questionBaseSchema } from '../definition.ts'
import type { Bank, BankItem } from './bank.ts'

/** A code of a questionnaire made of one of the bank. */
export const codeOf = (code: string): string =>
  (/^[a-z]/.test(code) ? code : `q-${code}`).replaceAll('-', '_').slice(0, 40)

/** Codes of a plan that an item measures. */
export const citesOf = ({ measures }: BankItem, plan: string | undefined): string[] => [
  ...new Set(measures.flatMap((one) => (one.plan === plan ? [one.code] : []))),
]

const citing = (item: BankItem, plan: string | undefined): { cites?: string[]; bank: string } => {
  const cites = citesOf(item, plan)
  return { ...(cites.length > 0 && { cites }), bank: item.code }
}

/** One question of a bank's item, in a survey of this plan: rows of a scale become a grid of one row. */
export function asQuestion(bank: Bank, item: BankItem, plan?: string): Question {
  const [grid] = item.question ? [] : asGrids(bank, [item], plan)
  if (grid) return grid
  const { wording, help, short } = item
  const own = (item.plan === plan ? item.question : withoutCites(item.question)) as Question
  return {
    ...structuredClone(own),
    code: codeOf(item.code),
    title: wording,
    ...(help && { help }),
    ...(short && { short }),
    ...citing(item, plan),
  }
}

/** Options that cite another plan cite nothing here: the same code can mean something else. */
const withoutCites = (question: BankItem['question']) =>
  Array.isArray(question?.options)
    ? {
        ...question,
        options: question.options.map(({ cites: _, ...option }: { cites?: string[] }) => option),
      }
    : question

/** Rows of the same shared scale as one grid each, in the order in which the scales first come. */
function asGrids(bank: Bank, items: BankItem[], plan: string | undefined): Question[] {
  return [...Map.groupBy(items, ({ scale }) => scale ?? '')].flatMap(([name, rows]) => {
    const scale = bank.scales[name]
    if (!scale) return []
    const { title, points, notApplicable, faces } = scale
    return [
      questionBaseSchema.parse({
        code: name,
        kind: 'grid',
        title,
        items: rows.map((item) => ({
          code: codeOf(item.code),
          label: item.wording,
          ...(item.short && { short: item.short }),
          ...(item.reversed && { reversed: true }),
          ...citing(item, plan),
        })),
        scale: structuredClone(points),
        ...(notApplicable && { notApplicable }),
        // A glad face beside something bad would say the opposite of what it means.
        ...(faces && !rows.some(({ reversed }) => reversed) && { faces }),
      }),
    ]
  })
}

/** Questions for a survey of `plan`: a grid for each shared scale, then the questions that stand alone. */
export const fromBank = (bank: Bank, items: BankItem[], plan?: string): Question[] => [
  ...asGrids(
    bank,
    items.filter(({ scale }) => scale !== undefined),
    plan,
  ),
  ...items.filter(({ question }) => question).map((item) => asQuestion(bank, item, plan)),
]
