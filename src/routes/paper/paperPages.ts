import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import { sayNumber } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import { pick, type Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { conditionInWords } from '../../questionnaire/inWords.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { Survey } from '../../store/stores.ts'
import { word } from '../../web/markup.ts'
import type { PaperForm } from '../models/paper.ts'
import { helpLine } from '../respond/respondPages.ts'

/** Addresses of a survey's paper. `version` only where it is not the one answered now. */
export const paperAddress = (slug: string, lang: string): string =>
  `/office/surveys/${slug}/paper?lang=${encodeURIComponent(lang)}`

/** Question numbers as printed: 1 to n through the whole form, whatever a person will skip. */
export function paperNumbers(questionnaire: Questionnaire): Map<string, string> {
  return new Map(questions(questionnaire).map(({ code }, index) => [code, String(index + 1)]))
}

/** The form of a questionnaire in one of its languages. `officeLang`: what its printer reads. */
export function paperForm(
  survey: Survey,
  messages: Messages,
  district: District,
  form: { lang: string; officeLang: string; link: PaperForm['link'] },
): PaperForm {
  const { slug, questionnaire, version, sample } = survey
  const { lang, officeLang, link } = form
  const { source, languages } = questionnaire
  const t = messages.t(lang)
  const numbers = paperNumbers(questionnaire)
  const say = (text: Text) => pick(text, lang, source)
  const maybe = (text: Text | undefined) => text && say(text)
  const onlyIf = saysWhen(questionnaire, { t, lang, numbers })
  const office = messages.t(officeLang)
  return {
    slug,
    title: say(questionnaire.title),
    district: pick(district.name, lang, 'en'),
    source,
    sample,
    intro: maybe(questionnaire.intro),
    assent: maybe(questionnaire.assent),
    minutes: questionnaire.minutes,
    help: helpLine({ district, lang, t }),
    needed: questions(questionnaire).some(({ required }) => required),
    sections: questionnaire.sections.map((section) => ({
      title: say(section.title),
      intro: maybe(section.intro),
      onlyIf: onlyIf(section),
      questions: section.questions.map((question) => ({
        number: numbers.get(question.code) ?? '',
        question,
        title: say(question.title),
        help: maybe(question.help),
        onlyIf: onlyIf(question),
        options: kindOf(question).outline(question).options ?? [],
      })),
    })),
    link,
    languageName: messages.name(lang),
    mark: `${slug} · ${version} · ${lang}`,
    numbered: survey.fielding.doubleEntry,
    languages: languages.map((tag) => ({
      tag,
      name: messages.name(tag),
      dir: direction(tag),
      href: paperAddress(slug, tag),
      current: tag === lang,
    })),
    office: {
      lang: officeLang,
      dir: direction(officeLang),
      words: (key) => office(key),
      entry: `/office/surveys/${slug}/entry?form=${encodeURIComponent(lang)}`,
    },
    word: word(lang, source),
    say: (number) => sayNumber(lang, number),
  }
}

function saysWhen(
  questionnaire: Questionnaire,
  { t, lang, numbers }: { t: TFunction; lang: string; numbers: Map<string, string> },
) {
  const wording = {
    t: (key: string, values = {}) => t(key, values) as string,
    lang,
    number: (code: string) => numbers.get(code) ?? '',
  }
  return ({ showIf }: { showIf?: Parameters<typeof conditionInWords>[0] | undefined }) =>
    showIf && conditionInWords(showIf, questionnaire, wording)
}
