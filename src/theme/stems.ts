import english from 'natural/lib/natural/stemmers/porter_stemmer.js'
import spanish from 'natural/lib/natural/stemmers/porter_stemmer_es.js'
import french from 'natural/lib/natural/stemmers/porter_stemmer_fr.js'
import portuguese from 'natural/lib/natural/stemmers/porter_stemmer_pt.js'
import russian from 'natural/lib/natural/stemmers/porter_stemmer_ru.js'
import { light10 } from './arabic.ts'
import { folded } from './prepare.ts'

type Stem = (word: string) => string

/** The word without the first of these endings that leaves at least `least` letters. */
const without =
  (endings: string[], least: number): Stem =>
  (word) => {
    const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= least)
    return ending ? word.slice(0, -ending.length) : word
  }

/** Ours, light: case endings that Nepali writes onto the word. */
const nepali = without(
  [
    'हरूलाई',
    'हरुलाई',
    'हरूको',
    'हरुको',
    'हरूले',
    'हरुले',
    'हरूमा',
    'हरूका',
    'हरू',
    'हरु',
    'लाई',
    'बाट',
    'देखि',
    'सँग',
    'मा',
    'को',
    'का',
    'की',
    'ले',
  ],
  2,
)
/** Ours, light: articles and possessives that Somali writes onto the noun. */
const somali = without(
  [
    'yaasha',
    'yada',
    'kiisa',
    'keeda',
    'kayga',
    'tayda',
    'haygu',
    'hayga',
    'aha',
    'aheen',
    'ka',
    'ga',
    'ta',
    'da',
    'sha',
    'ku',
    'tu',
    'du',
  ],
  3,
)
/** Ours, light: the articles and case endings of Albanian nouns. */
const albanian = without(
  [
    'eve',
    'ave',
    'ive',
    'ët',
    'et',
    'it',
    'in',
    'ja',
    'jes',
    'ën',
    'ës',
    'en',
    'es',
    've',
    'ur',
    'uar',
    'i',
    'a',
    'e',
    'ë',
    'u',
  ],
  3,
)
/** Ours, light: the place ending of Swahili; its grammar is in front of the word, and letter sequences see that. */
const swahili = without(['ni'], 4)

/** Stemmers of Spanish and Portuguese read accents; phones leave them out of the endings that matter most. */
const accentedEs = (word: string) => word.replace(/cion$/, 'ción').replace(/sion$/, 'sión')
const accentedPt = (word: string) =>
  word.replace(/cao$/, 'ção').replace(/coes$/, 'ções').replace(/sao$/, 'são')

const stemmers: Record<string, Stem> = {
  en: (word) => english.stem(word.replace(/'s?$/, '')),
  es: (word) => folded(spanish.stem(accentedEs(word))),
  pt: (word) => folded(portuguese.stem(accentedPt(word))),
  fr: (word) => folded(french.stem(word)),
  ru: (word) => russian.stem(word),
  ar: light10,
  ne: nepali,
  so: somali,
  sq: (word) => folded(albanian(word)),
  sw: swahili,
  ht: folded,
}

/** Stemmers of others take time by the square of a word's length; what is longer than this is no word of a language. */
const longestWord = 80

/** The stem of a word (in its `normal` spelling); languages without a stemmer give the word itself. */
export function stem(word: string, lang: string): string {
  const stemmer = stemmers[lang.split('-')[0] ?? '']
  if (!stemmer || word.length > longestWord) return word
  // A stemmer of others may take odd letters badly; a word is better whole than lost.
  return stemmer(word) || word
}
