import type { TFunction } from 'i18next'
import { pick, type Worded } from '../../language/text.ts'
import { findQuestion, type Questionnaire } from '../../questionnaire/definition.ts'
import type { SurveyString } from '../../questionnaire/strings.ts'

/** One step on the way to a text, in words; a name that programs use stands as code. */
export type Step = Worded & { code?: boolean }

/** Where a text of a questionnaire stands, from the outside in; `number`: those of the questions, by code. */
export function whereIs(
  questionnaire: Questionnaire,
  { section, question, path }: SurveyString,
  number: ReadonlyMap<string, number>,
  { t, lang }: { t: TFunction; lang: string },
): Worded[] {
  const said = (words: string): Worded => ({ words, lang, fallback: false })
  const named = (
    part: { title: Record<string, string>; code: string } | undefined,
    before = '',
  ): Worded[] => {
    if (!part) return []
    const { words, lang: written, fallback } = pick(part.title, questionnaire.source, questionnaire.source)
    const cut = words.length > 90 ? `${words.slice(0, 90)}…` : words
    return [{ words: `${before}${cut || part.code}`, lang: written, fallback }]
  }
  const [list = '', code = '', last = ''] = path.split('.')
  const asked = question ? findQuestion(questionnaire, question) : undefined
  const kind = asked ? [said(t(`build.kind.${asked.kind}`))] : []
  const head = questionnaire.sections.find((one) => one.code === section)
  const field = question === '' && section === '' && list === 'title' ? 'surveyTitle' : list
  const own = section !== '' && question === '' && list === 'intro' ? 'sectionIntro' : field
  const name = question !== '' && list === 'title' ? 'question' : own
  const inside = code
    ? [said(t(`build.list.${list}`)), ...(last === 'short' ? [said(t('build.field.short'))] : [])]
    : [said(t(`build.field.${name}`))]
  return [
    ...named(head),
    ...(list === 'title' && question
      ? [said(`${number.get(question) ?? ''}.`)]
      : named(asked, asked ? `${number.get(question)}. ` : '')),
    ...kind,
    ...inside,
  ]
}
