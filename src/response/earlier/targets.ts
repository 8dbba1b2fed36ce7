import type { Text } from '../../language/text.ts'
import { type Option, type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { placeIn } from './places.ts'
import { plain } from './plain.ts'

/** A value that a cell can be read as. */
export type Choice = { code: string; label: Text }

/**
 * What a column of results from another program can be read as. `to`: the name of our own column. `how`:
 * - one: the cell is one of `choices`, by words or code.
 * - list: several of `choices` in one cell, parted by ";" or ",".
 * - order: a ranking in one cell, best first.
 * - place: the column is a place of a ranking, and the cell says which of `choices` stands there.
 * - tick: the column is one option, and the cell says whether it was chosen.
 * - rank, number, words: the cell as it stands.
 */
export type Target = {
  to: string
  how: 'one' | 'list' | 'order' | 'place' | 'tick' | 'rank' | 'number' | 'words'
  question: string
  /** What the question asks, and the row or option that the column is about. */
  title: Text
  part: Text | undefined
  choices: Choice[]
  attribute: string | undefined
  /** An option that takes words of one's own: whatever stands in the cell chose it. */
  other?: true
  /** Of a column that is a place of a ranking: which. */
  place?: number
}

/** Columns that say something of the response itself. */
export const dateColumn = '@date'
export const languageColumn = '@language'

export const placeColumn = (question: string, place: number): string => `${question}#${place}`

/** Everything that a questionnaire can take a column for, in the order of its pages. */
export function targetsOf(questionnaire: Questionnaire): Target[] {
  return questions(questionnaire).flatMap((question): Target[] => {
    const kind = kindOf(question)
    const { options = [], items = [], points = [] } = kind.outline(question)
    const attribute = typeof question.attribute === 'string' ? question.attribute : undefined
    const base = { question: question.code, title: question.title, attribute, part: undefined }
    const about = (option: Option) => ({
      ...base,
      to: `${question.code}.${option.code}`,
      part: option.label,
      ...(option.other && { other: true as const }),
    })
    const marks = points.map(({ code, label }) => ({ code, label }))
    const na = question.notApplicable === true ? [{ code: 'na', label: notApplicable }] : []
    switch (kind.measure) {
      case 'choice':
        return kind.columns(question).length === 1
          ? [{ ...base, to: question.code, how: 'one', choices: options }]
          : [
              { ...base, to: question.code, how: 'list', choices: options },
              ...options.map((option) => ({ ...about(option), how: 'tick' as const, choices: [] })),
            ]
      case 'ranking':
        return [
          ...options.map((option) => ({ ...about(option), how: 'rank' as const, choices: [] })),
          ...options.map((_, at) => ({
            ...base,
            to: placeColumn(question.code, at + 1),
            how: 'place' as const,
            choices: options,
            place: at + 1,
          })),
          { ...base, to: question.code, how: 'order', choices: options },
        ]
      case 'points':
        return question.kind === 'grid'
          ? items.map((item) => ({ ...about(item), how: 'one', choices: [...marks, ...na] }))
          : [{ ...base, to: question.code, how: 'one', choices: marks }]
      case 'number':
        return [{ ...base, to: question.code, how: 'number', choices: [] }]
      default:
        return [{ ...base, to: question.code, how: 'words', choices: [] }]
    }
  })
}

/** As other programs write it. */
const notApplicable: Text = { en: 'Not applicable', es: 'No aplica', pt: 'Não se aplica', fr: 'Sans objet' }

const said = (text: Text | undefined, words: string): boolean =>
  text !== undefined && Object.values(text).some((one) => plain(one) === words)

const dates =
  /^(timestamp|submit ?date|date (submitted|modified)|submission (date|time)|response date|completion time|end ?date|recorded ?date|completed|marca temporal|fecha|hora de (finalización|conclusão)|heure de fin|horodateur|carimbo de data)/
const languages = /^(start ?language(\. start language)?|language|survey language|user ?language|idioma)$/
const attributes: Record<string, RegExp> = {
  group: /^(group|role|stakeholder|audience|who are you|i am an?)\b/,
  school: /\b(school|escuela|escola|campus)\b/,
  grade: /\b(grade|grado|série)\b/,
  language: /\blanguage (spoken )?at home|home language\b/,
}

/**
 * What a column is, by its heading: our own name for it, the code that LimeSurvey writes ("Q1[SQ001]"), or the words of
 * the question, for rows of grids as Google Forms writes them ("Question [Row]") or with a dash, or the row alone.
 * '' for one that is not known.
 */
export function guessTarget(heading: string, targets: readonly Target[]): string {
  const words = plain(heading)
  if (dates.test(words)) return dateColumn
  const coded = /^([A-Za-z]\w*)(?:\[(\w+)\])?(?:\. .*)?$/.exec(heading.trim())
  const code = coded && [coded[1], coded[2]].filter(Boolean).join('.')
  const place = coded?.[1] && coded[2] && placeIn(coded[2])
  const own =
    targets.find(({ to }) => to === heading.trim() || to === code) ??
    (place ? targets.find(({ to }) => to === placeColumn(coded[1] ?? '', place)) : undefined)
  if (own) return own.to
  if (languages.test(words)) return languageColumn
  const bare = words.replace(/^[a-z]\w{0,20}(\[\w+\])?\. /, '')
  const split = /^(.*?)\s*(?:\[(.+)\]|\s[-–—>]\s(.+))$/.exec(bare)
  const [stem, row] = [split?.[1] ?? '', split?.[2] ?? split?.[3] ?? '']
  const whole = targets.filter(({ part, place }) => part === undefined && place === undefined)
  const parts = targets.filter(({ part }) => part !== undefined)
  const rank = stem ? placeIn(row) : undefined
  const found =
    parts.find(({ title, part }) => said(title, plain(stem)) && said(part, plain(row))) ??
    (rank === undefined
      ? undefined
      : targets.find(({ title, place }) => place === rank && said(title, plain(stem)))) ??
    whole.find(({ title }) => said(title, bare)) ??
    only(parts.filter(({ part }) => said(part, plain(row || bare)))) ??
    whole.find(({ attribute }) => attribute !== undefined && attributes[attribute]?.test(words))
  return found?.to ?? ''
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

const yes = /^(1|y|yes|true|x|✓|✔|checked|selected|sí|si|sim|oui)$/
const no = /^(0|n|no|false|not selected|unchecked|não|non|n ?\/ ?a|-99|-oth-)$/

/** Whether plain words say that an option was chosen, or that it was not (or not shown). */
export const isYes = (words: string): boolean => yes.test(words)
export const isNo = (words: string): boolean => no.test(words)

/** The grade that words tell: "3", "3rd", "Grade 3", "Grado 3"; "k" and "pk" before the first. Undefined for others. */
function gradeIn(words: string): string | undefined {
  if (/^(pk|pre-?k(indergarten)?|pre ?kinder)$/.test(words)) return 'pk'
  if (/^(k|kg|kinder(garten|gartner)?)$/.test(words)) return 'k'
  const found =
    /^(?:(?:grade|grado|gr\.?)[ _-]?)?0?(\d{1,2})(?:st|nd|rd|th|[oa°])?(?: (?:grade|grado))?$/.exec(words)
  return found?.[1]
}

/** The one grade of the district that is the same as these words. */
function ofGrade(words: string, { choices }: Target): string {
  const grade = gradeIn(words)
  const alike = choices.filter(({ code, label }) =>
    [code, ...Object.values(label)].some((one) => gradeIn(plain(one)) === grade),
  )
  return (grade !== undefined && only(alike)?.code) || ''
}

/** The code that a value stands for: by code, by its words in any language, by words after a number ("5 - Agree"). */
export function guessValue(value: string, target: Target): string {
  const words = plain(value)
  if (target.how === 'tick') {
    if (no.test(words)) return '0'
    return target.other || yes.test(words) || said(target.part, words) ? '1' : ''
  }
  const bare = words.replace(/^[a-z]?\d{1,3}\s*[-–—.:=)]\s*/u, '')
  const found =
    target.choices.find(({ code }) => plain(code) === words) ??
    target.choices.find(({ label }) => said(label, words)) ??
    target.choices.find(({ label }) => said(label, bare)) ??
    (/^(n ?\/ ?a|n\.a|na|not applicable|does not apply( to me)?|no aplica)$/.test(words)
      ? target.choices.find(({ code }) => code === 'na')
      : undefined)
  if (found) return found.code
  if (target.attribute === 'grade') return ofGrade(words, target)
  const number = /^(\d{1,3})\b/.exec(words)?.[1]
  return target.choices.find(({ code }) => code === number)?.code ?? ''
}

/**
 * The values of a cell that holds several. Where the column knows ";", only that parts them; else a comma does, unless
 * both sides together are a choice ("Reading, writing and math").
 */
export function partsOf(cell: string, target: Target, semicolon: boolean): string[] {
  const clean = (list: string[]) => list.map((part) => part.trim()).filter(Boolean)
  if (semicolon) return clean(cell.split(';'))
  const pieces = cell.split(',')
  const found: string[] = []
  for (let from = 0; from < pieces.length; ) {
    let to = pieces.length
    while (to > from + 1 && guessValue(pieces.slice(from, to).join(','), target) === '') to -= 1
    found.push(pieces.slice(from, to).join(','))
    from = to
  }
  return clean(found)
}
