import { type Made, plainLines } from '../../language/translating.ts'
import { same } from '../../questionnaire/edit/tidy.ts'
import { stringsOf, withWords } from '../../questionnaire/strings.ts'
import type { Translation } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { type Desk, type Shop, wordingsOf, workOf } from './desk.ts'

/**
 * A text as it is to be: `was`, the words that stood there when it was decided; '' for `words` takes them out.
 * `source`: the text that they were made from. `maker`: who made the words, where that is not the person who saves.
 */
export type Wish = {
  id: string
  was: string
  words: string
  source: string
  state: Made
  maker?: { by: string; at: number } | undefined
}

/** What became of wishes: saved, or the words that stand there now because somebody else was quicker. */
export type Fate = { saved: string[]; clashes: Map<string, string> }

/** How often a save is tried again when others are quicker. */
const tries = 5

/**
 * Saves texts, each unless somebody else changed that very text meanwhile. Only these texts of a questionnaire are
 * touched: whatever its builder saved at the same time stays.
 */
export async function saveTexts(shop: Shop, desk: Desk, wishes: readonly Wish[]): Promise<Fate> {
  if (wishes.length === 0) return { saved: [], clashes: new Map() }
  const fate =
    desk.place === 'interface'
      ? await judgeWordings(shop, desk, wishes)
      : await saveSurvey(shop, desk, wishes)
  const saved = new Set(fate.saved)
  await keep(
    shop,
    desk,
    wishes.filter(({ id }) => saved.has(id)),
  )
  if (desk.place === 'interface') await shop.own.refresh()
  return fate
}

/** Which wishes hold against the words that stand there now. */
function judge(wishes: readonly Wish[], now: ReadonlyMap<string, string>): Fate {
  const clashes = new Map<string, string>()
  for (const { id, was, words } of wishes) {
    const there = now.get(id)
    const expected = there !== undefined && [was, words].some((one) => plainLines(one) === plainLines(there))
    if (!expected) clashes.set(id, there ?? '')
  }
  return { saved: wishes.map(({ id }) => id).filter((id) => !clashes.has(id)), clashes }
}

async function judgeWordings(shop: Shop, desk: Desk, wishes: readonly Wish[]): Promise<Fate> {
  const kept = await shop.stores.translations.list('interface', desk.tag)
  return judge(wishes, new Map(wordingsOf(shop, desk.tag, kept, desk).map(({ id, words }) => [id, words])))
}

async function saveSurvey(shop: Shop, desk: Desk, wishes: readonly Wish[]): Promise<Fate> {
  const { definitions } = shop.stores
  const { slug, tag, district, person } = desk
  for (let tried = 0; tried < tries; tried++) {
    const work = await workOf(shop, slug, district)
    if (!work) throw notFound('error.noSurvey')
    const { definition, questionnaire } = work
    const now = new Map(stringsOf(questionnaire).map(({ id, text }) => [id, text[tag] ?? '']))
    const fate = judge(wishes, now)
    const taken = new Set(fate.saved)
    const words = new Map(wishes.filter(({ id }) => taken.has(id)).map((wish) => [wish.id, wish.words]))
    const next = withWords(questionnaire, tag, words)
    if (same(next, questionnaire)) return fate
    if (!definition) {
      // Published without the builder: the questionnaire under work begins as it was published, then with these words.
      await definitions.add(slug, questionnaire, person.id, shop.now()).catch(async (fault: unknown) => {
        if (!(await definitions.find(slug))) throw fault
      })
      continue
    }
    const { saved } = await definitions.save(slug, definition.revision, next, person.id, shop.now())
    if (saved) return fate
  }
  return { saved: [], clashes: new Map(wishes.map(({ id, was }) => [id, was])) }
}

/** Keeps who made the words and how they stand. */
async function keep(shop: Shop, { place, tag, person }: Desk, wishes: readonly Wish[]): Promise<void> {
  const at = shop.now()
  const there = wishes.filter(({ words }) => words.trim() !== '')
  const gone = wishes.filter(({ words }) => words.trim() === '')
  await shop.stores.translations.put(
    place,
    there.map(
      ({ id, words, source, state, maker }): Translation => ({
        key: id,
        tag,
        words,
        source,
        state,
        by: maker?.by ?? person.id,
        at: maker?.at ?? at,
        reviewed: state === 'reviewed' ? { by: person.id, at } : undefined,
      }),
    ),
  )
  await shop.stores.translations.remove(
    place,
    tag,
    gone.map(({ id }) => id),
  )
}
