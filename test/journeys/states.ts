import { pseudo } from '../../src/language/pseudo.ts'
import { readLocales } from '../../src/locales.ts'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import { newCode } from '../../src/response/code.ts'
import type { Stores } from '../../src/store/stores.ts'
import { hashCode } from '../../src/web/codeHash.ts'
import { forChildren } from '../children/survey.ts'
import { everyKind } from '../respond/surveys.ts'
import { type Fields, field, hidden, respondent, sampleDistrict } from '../site.ts'

const files = readLocales('locales')
/** Every language that the interface has. */
export const languages = Object.keys(files).sort()

/** The questionnaire with a question of every kind; its texts in English and in a longer made-up wording. */
function inEveryLanguage<T>(value: T, tags: string[]): T {
  if (Array.isArray(value)) return value.map((one) => inEveryLanguage(one, tags)) as T
  if (typeof value !== 'object' || value === null) return value
  if ('en' in value && typeof value.en === 'string') {
    const words = value.en
    return Object.fromEntries(tags.map((tag) => [tag, tag === 'en' ? words : pseudo(words)])) as T
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inEveryLanguage(inner, tags)]),
  ) as T
}

export const translated = (definition: object, tags: string[] = languages) => ({
  ...inEveryLanguage(definition, tags),
  languages: tags,
})

/** The code of a child whose family said no. */
const familySaidNo = newCode(Uint8Array.from({ length: 64 }, (_, at) => at * 3))

const week = 7 * 24 * 3600 * 1000

/** Surveys in each state that a respondent can meet, in the sample district unless it has another. */
export async function everyState(
  stores: Stores,
  tags: string[] = languages,
  district?: unknown,
): Promise<void> {
  if (!district) await sampleDistrict(stores)
  const definition = translated(everyKind, tags)
  const now = Date.now()
  await field(stores, { slug: 'now', definition, closesAt: now + week })
  await field(stores, { slug: 'soon', definition, opensAt: now + week })
  await field(stores, { slug: 'over', definition, closesAt: now - week })
  await field(stores, { slug: 'shut', definition, state: 'closed' })
  await field(stores, { slug: 'tablet', definition, fielding: { ...everydayFielding, kiosk: true } })
  const assent = { en: 'You may say no. Nobody is upset then.' }
  await field(stores, { slug: 'young', definition: translated({ ...forChildren, assent }, tags) })
  const guarded = {
    ...everyKind,
    protectedAreas: ['religious'],
    notice: { en: 'We ask about faith.' },
    assent,
  }
  await field(stores, {
    slug: 'guarded',
    definition: translated(guarded, tags),
    fielding: { ...everydayFielding, access: 'codes', optOutListed: true },
  })
  const survey = await stores.surveys.find('guarded')
  const sheet = { sheet: 1, school: '', group: '' }
  const hashes = [await hashCode('access', familySaidNo)]
  await stores.codes.add(survey?.id ?? 0, sheet, hashes)
  await stores.codes.optOut(survey?.id ?? 0, hashes)
}

/** What is answered on each page of the survey with every kind, rightly and wrongly. */
const rightly: Record<string, Fields> = {
  choices: { ride: 'bus', ride_why: 'Because it is far 😀', news: ['text', 'mail'] },
  ratings: { 'climate.safe': 'yes', 'climate.heard': 'na', rate: '7', children: '2' },
  order: { 'first.a': '2', 'first.b': '1', group: 'family', word: 'مرحبا' },
}
const wrongly: Record<string, Fields> = {
  choices: { ride_why: 'x'.repeat(2001), news: ['text', 'mail', 'call'] },
  ratings: { rate: '11', children: 'two' },
  order: { 'first.a': '1', 'first.b': '1', 'first.c': '2', word: 'x'.repeat(201) },
}

export type State = { name: string; path: string; html: string; status: number }
type Told = { 'Accept-Language': string }
type Site = { url: string }

const state = (name: string, seen: Omit<State, 'name'>): State => ({ ...seen, name })

/** Every page that somebody who answers in `lang` can have before them, as the site sends it. */
export async function* statesFor(site: Site, lang: string): AsyncGenerator<State> {
  const told = { 'Accept-Language': lang }
  const parent = respondent(site, 'now', told)
  for (const slug of ['soon', 'over', 'shut', 'nowhere'])
    yield state(`start, ${slug}`, await respondent(site, slug, told).open())
  yield state('start, a language that is not offered', await parent.open('?lang=xx'))
  yield state('start', await parent.open())
  yield state('choices, fresh', await parent.start())
  yield state('choices, errors', await parent.answer(wrongly.choices))
  yield state('ratings, fresh', await parent.answer(rightly.choices))
  yield state('ratings, errors', await parent.answer(wrongly.ratings))
  yield state('order, fresh', await parent.answer(rightly.ratings))
  yield state('order, errors', await parent.answer(wrongly.order))
  yield state('review', await parent.answer(rightly.order))
  for (const page of ['choices', 'ratings', 'order'])
    yield state(`${page}, filled`, await parent.open(`${page}?from=review`))
  yield state('start, begun', await parent.open())
  await parent.open('review')
  yield state('refused', await parent.send('/s/now/send', {}))
  await parent.open('review')
  yield state('receipt', await parent.submit())
  yield* laterStates(site, told)
  yield* guardedStates(site, told)
  const idle = respondent(site, 'soon', told)
  yield state('no such page', await idle.open('nowhere'))
}

/** Stopping and coming back, a browser without cookies, and a tablet that many share. */
async function* laterStates(site: Site, told: Told): AsyncGenerator<State> {
  const parent = respondent(site, 'now', told)
  await parent.start()
  yield state('finish later', await parent.answer({ ...rightly.choices, go: 'later' }))
  yield state('come back', await parent.open('resume'))
  yield state('come back, wrong code', await parent.send('/s/now/resume', { code: 'nothing' }))
  yield state('no cookies', await respondent(site, 'now', told).open('choices?cookie=none'))
  const tablet = respondent(site, 'tablet', told)
  yield state('tablet, start', await tablet.open('kiosk'))
  yield state('tablet, choices', await tablet.start())
}

/** A child that is asked whether it wants to, codes, and the notice for families. */
async function* guardedStates(site: Site, told: Told): AsyncGenerator<State> {
  const child = respondent(site, 'young', told)
  yield state('child, start', await child.open())
  let seen = await child.start()
  for (let page = 1; hidden(seen.html).token && !seen.path.endsWith('/review') && page < 20; page++) {
    yield state(`child, page ${page}`, seen)
    seen = await child.answer({ climate: 'yes', lunch: 'good', 'climate.safe': 'yes', 'lunch.food': 'good' })
  }
  yield state('child, review', seen)
  yield state('child, said no', await child.send('/s/young/no', {}))
  const pupil = respondent(site, 'guarded', told)
  yield state('notice', await pupil.open('notice'))
  yield state('codes, start', await pupil.open())
  yield state('codes, wrong code', await pupil.send('/s/guarded/code', { code: 'nothing' }))
  yield state('codes, opted out', await pupil.send('/s/guarded/code', { code: familySaidNo }))
}
