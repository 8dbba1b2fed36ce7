import { plain } from './plain.ts'

/** A scale as other programs write it: points from the worst, each with the words that stand for it. */
export type KnownScale = {
  code: string
  points: readonly RegExp[]
  /** Points from this place on are favorable. */
  good: number
  /** Words that fit so many things are taken for it only where such a value was chosen. */
  surely?: RegExp
}

const words = (...all: string[]): RegExp => new RegExp(`^(?:${all.join('|')})$`, 'u')

const disagree = words('disagree', 'en desacuerdo')
const agree = words('agree', 'de acuerdo')
const noWay = words('(strongly|completely|totally) disagree', '(muy|totalmente|completamente) en desacuerdo')
const allTheWay = words('(strongly|completely|totally) agree', '(muy|totalmente|completamente) de acuerdo')
const between = words(
  'neutral',
  'neither( agree n?or disagree)?',
  'undecided',
  'ni de acuerdo ni en desacuerdo',
)
const never = words('never', 'almost never', 'nunca', 'casi nunca')
const rarely = words('rarely', 'seldom', 'once in a while', 'rara vez', 'pocas veces')
const sometimes = words('sometimes', 'occasionally', 'a veces', 'algunas veces')
const often = words(
  'often',
  'usually',
  'frequently',
  'very often',
  'most of the time',
  'a menudo',
  'casi siempre',
)
const always = words('always', 'almost always', 'almost all the time', 'all of the time', 'siempre')
const and = (...all: RegExp[]): RegExp => new RegExp(all.map(({ source }) => source).join('|'), 'u')

/**
 * Likert scales by their words, in English and Spanish; those of Panorama's surveys too ("Quite safe", "Once in a
 * while", "A tremendous amount"). The shorter of two that fit is taken.
 */
export const knownScales: readonly KnownScale[] = [
  { code: 'agree4', points: [noWay, disagree, agree, allTheWay], good: 2 },
  { code: 'agree5', points: [noWay, disagree, between, agree, allTheWay], good: 3 },
  {
    code: 'agree6',
    points: [
      noWay,
      disagree,
      words('(somewhat|slightly) disagree'),
      words('(somewhat|slightly) agree'),
      agree,
      allTheWay,
    ],
    good: 3,
  },
  { code: 'often4', points: [never, and(rarely, sometimes), often, always], good: 2 },
  { code: 'often5', points: [never, rarely, sometimes, often, always], good: 3 },
  {
    code: 'good4',
    points: [
      words('poor', 'malo', 'mala'),
      words('fair', 'regular'),
      words('good', 'bueno', 'buena'),
      words('very good', 'excellent', 'excelente'),
    ],
    good: 2,
  },
  {
    code: 'good5',
    points: [
      words('very poor', 'poor'),
      words('poor', 'fair', 'below average'),
      words('fair', 'average', 'good', 'acceptable'),
      words('good', 'very good', 'above average'),
      words('very good', 'excellent'),
    ],
    good: 3,
  },
  {
    code: 'satisfied5',
    points: [
      words('(very|extremely) (dissatisfied|unsatisfied)', 'muy insatisfech[oa]'),
      words('(somewhat )?(dissatisfied|unsatisfied)', '(algo )?insatisfech[oa]'),
      words(
        'neutral',
        'neither( satisfied n?or (dissatisfied|unsatisfied))?',
        'ni satisfech[oa] ni insatisfech[oa]',
      ),
      words('(somewhat )?satisfied', '(algo )?satisfech[oa]'),
      words('(very|extremely) satisfied', 'muy satisfech[oa]'),
    ],
    good: 3,
  },
  {
    code: 'likely5',
    points: [
      words('(very|extremely) unlikely', 'muy improbable'),
      words('(somewhat )?unlikely', '(algo )?improbable'),
      words('neutral', 'neither( likely n?or unlikely)?', 'ni probable ni improbable'),
      words('(somewhat )?likely', '(algo )?probable'),
      words('(very|extremely) likely', 'muy probable'),
    ],
    good: 3,
  },
  {
    code: 'very5',
    surely: /^(very|extremely|highly|strongly|somewhat|slightly|mostly) (un|dis)/,
    points: [
      words('(very|extremely|highly|strongly) (un|dis)\\w+'),
      words('(somewhat |slightly |mostly )?(un|dis)\\w+'),
      words('neutral', 'neither .+'),
      words('(somewhat |slightly |mostly )?(?!un|dis|not |neutral|neither)\\w+'),
      words('(very|extremely|highly|strongly) (?!un|dis)\\w+'),
    ],
    good: 3,
  },
  {
    code: 'much5',
    points: [
      words('not at all( .+)?', 'none at all', 'almost none', '(do|does|did) not .+ at all'),
      words('slightly( .+)?', '(\\w+ )?a little( bit)?( .+)?'),
      words('(\\w+ )?somewhat( .+)?', 'moderately( .+)?', 'some'),
      words('quite( .+)?', '\\w+ quite a (bit|lot)', 'mostly( .+)?', 'very( .+)?'),
      words(
        'extremely( .+)?',
        '(\\w+ )?completely( .+)?',
        '(\\w+ )?a (tremendous|great) (amount|deal)( .+)?',
      ),
    ],
    good: 3,
  },
]

const notApplicable =
  /^(n ?\/ ?a|n\.a|na|not applicable|does not apply( to me)?|no aplica|(i )?(don'?t|do not) know|no sé|no opinion|no answer|prefer not to (say|answer)|.+ \(n\/a\))$/

/** The words of a value without a number before them ("5 - Agree"). */
const bare = (value: string): string => plain(value).replace(/^[a-z]?\d{1,3}\s*[-–—.:=)]\s*/u, '')

export const isNotApplicable = (value: string): boolean => notApplicable.test(bare(value))

/** The place of a value on a known scale; -1 where it is none of its points. */
export const placeOn = ({ points }: KnownScale, value: string): number =>
  points.findIndex((point) => point.test(bare(value)))

/** The shortest scale on which all these values stand, each at a place of its own or at least two places in all. */
export function scaleOf(values: readonly string[]): KnownScale | undefined {
  const said = values.filter((value) => !isNotApplicable(value))
  if (said.length < 2) return undefined
  return knownScales
    .filter((scale) => said.every((value) => placeOn(scale, value) >= 0))
    .filter(({ surely }) => !surely || said.some((value) => surely.test(bare(value))))
    .filter(
      (scale) => new Set(said.map((value) => placeOn(scale, value))).size === new Set(said.map(bare)).size,
    )
    .toSorted((a, b) => a.points.length - b.points.length)[0]
}

/** Whether values say what somebody thinks, on a scale in words or as yes and no: such a column names nobody's school. */
export const areOpinions = (values: readonly string[]): boolean =>
  scaleOf(values) !== undefined || values.some((value) => /^(yes|no|sí|si|true|false)$/.test(bare(value)))

/**
 * Answer codes of LimeSurvey ("A1" to "A5", "AO01"), which stand for words that the file has not: in the order in which
 * they were written. Which of them is the best, only the survey tells.
 */
export const areCodes = (values: readonly string[]): boolean =>
  values.length >= 2 &&
  values.length <= 12 &&
  values.every((value) => /^[A-Z]{1,2}\d{1,2}$/.test(value)) &&
  new Set(values.map((value) => value.replace(/\d+$/, ''))).size === 1

/** A whole number up to 10; some programs write it as "4.0". */
export function wholeIn(value: string): number | undefined {
  const found = /^(10|\d)(?:[.,]0+)?$/.exec(value.trim())?.[1]
  return found === undefined ? undefined : Number(found)
}

/** Whole numbers from 0 or 1 up to 10, as of a linear scale; the ends that the values have. */
export function numbersOf(values: readonly string[]): { least: number; most: number } | undefined {
  const said = values.filter((value) => !isNotApplicable(value))
  const numbers = said.map(wholeIn)
  if (said.length < 3 || !numbers.every((one) => one !== undefined)) return undefined
  return { least: Math.min(...numbers) === 0 ? 0 : 1, most: Math.max(...numbers) }
}
