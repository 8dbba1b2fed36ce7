import type { District } from '../../district/district.ts'
import type { Dimension } from '../../district/enrolment.ts'
import type { Text } from '../../language/text.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import type { Reader, Words } from '../reader.ts'
import type { Rate, turnout } from './rates.ts'

/** Everything that is counted of a survey, for the office that watches it. Nothing of what was answered. */
export type Watched = Parameters<typeof turnout>[0] & {
  questionnaire: Questionnaire
  district: District
  /** Whether `languages` are those spoken at home; else those of the form. */
  homeAsked: boolean
  forms: readonly { code: string; n: number }[]
  channels: readonly { code: string; n: number }[]
  hours: readonly { code: string; n: number }[]
  progress: readonly { what: string; place: string; n: number }[]
}

export const shown: readonly Dimension[] = ['group', 'school', 'language', 'grade', 'level', 'zone']

/** Level and zone repeat what their schools say: they are marked in the tables, and not listed. */
export const listed: readonly Dimension[] = ['group', 'school', 'grade', 'language']

export type To = { reader: Reader; nameOf: (tag: string) => string; minimum: number }

/** What the codes of a dimension are called. */
export function labeller({ district, questionnaire }: Watched, { reader, nameOf }: To) {
  const lists: Partial<Record<Dimension, readonly { code: string; label: Text }[]>> = {
    school: district.schools,
    group: district.groups,
    grade: district.grades,
    language: district.homeLanguages,
  }
  return (dimension: Dimension, code: string): Words => {
    if (code === '') return reader.own(reader.t('watching.watch.unsaid'))
    // What the survey itself offers goes first: it may hold more than the district's list, and its own words.
    const offered =
      dimension === 'level' || dimension === 'zone'
        ? undefined
        : profileQuestion(questionnaire, dimension)?.options
    const found = [...(offered ?? []), ...(lists[dimension] ?? [])].find((one) => one.code === code)
    if (found) return reader.words(found.label)
    return dimension === 'language' ? reader.own(nameOf(code)) : { words: code, lang: '', dir: 'ltr' }
  }
}

/** In the order of the district; what it does not know comes last, "did not say" at the very end. */
export function inOrder(dimension: Dimension, rates: readonly Rate[], district: District): Rate[] {
  const order =
    dimension === 'school'
      ? district.schools.map(({ code }) => code)
      : dimension === 'group'
        ? district.groups.map(({ code }) => code)
        : dimension === 'grade'
          ? district.grades.map(({ code }) => code)
          : dimension === 'language'
            ? district.homeLanguages.map(({ code }) => code)
            : district.schools.map((school) => school[dimension] ?? '')
  const place = ({ code }: Rate) => {
    const at = order.indexOf(code)
    return code === '' ? Number.POSITIVE_INFINITY : at < 0 ? order.length : at
  }
  return rates.toSorted((a, b) => place(a) - place(b))
}

export type Label = ReturnType<typeof labeller>
