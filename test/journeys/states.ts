import { pseudo } from '../../src/language/pseudo.ts'
import { readLocales } from '../../src/locales.ts'
import type { Stores } from '../../src/store/stores.ts'
import { everyKind } from '../respond/surveys.ts'
import { type Fields, field, respondent, type Site, sampleDistrict } from '../site.ts'

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

/** Every page that somebody who answers in `lang` can have before them, as the site sends it. */
export async function* statesFor(site: Pick<Site, 'url'>, lang: string): AsyncGenerator<State> {
  const told = { 'Accept-Language': lang }
  const parent = respondent(site, 'now', told)
  const state = (name: string, { path, html, status }: Omit<State, 'name'>): State => ({
    name,
    path,
    html,
    status,
  })
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
  const idle = respondent(site, 'soon', told)
  yield state('no such page', await idle.open('nowhere'))
}
