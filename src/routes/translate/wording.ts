import { placeholders } from '../../language/exchange/placeholders.ts'
import { sayNumber } from '../../language/format.ts'
import { type Counts, countStates, type State } from '../../language/translating.ts'
import { wordDiff } from '../../language/wordDiff.ts'
import type { TranslationNote } from '../../store/stores.ts'
import { moment } from '../build/wording.ts'
import type { DeskRow, StateBar } from '../models/translate.ts'
import type { Desk, DeskString, Shop } from './desk.ts'

/** How the workbench words what it shows. */

/** Best first, so that the bar fills from its start. */
const inOrder: State[] = ['reviewed', 'translated', 'outdated', 'machine', 'missing']

export const barOf = (list: Iterable<{ state: State }>, lang: string): StateBar =>
  barFrom(countStates(list), lang)

export function barFrom(counts: Counts, lang: string): StateBar {
  const all = Math.max(1, counts.all)
  const done = counts.reviewed + counts.translated
  let from = 0
  const parts = inOrder.map((state) => {
    const width = Math.round((10_000 * counts[state]) / all) / 100
    const part = { state, count: counts[state], n: sayNumber(lang, counts[state]), from, width }
    from = Math.round((from + width) * 100) / 100
    return part
  })
  return {
    done: sayNumber(lang, done),
    all: sayNumber(lang, counts.all),
    left: counts.all - done,
    // Rounded down: 100 % means that nothing is left to do.
    share: sayNumber(lang, Math.floor((100 * done) / all) / 100, { style: 'percent' }),
    parts,
  }
}

/** E-mail addresses by id; of people who have left there is none. Isolated, so that no sentence is turned around. */
export async function peopleOf(
  { stores }: Shop,
  ids: Iterable<string | undefined>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id): id is string => id !== undefined && id !== '')
  const found = await Promise.all(wanted.map((id) => stores.people.findById(id)))
  return new Map(
    wanted.flatMap((id, at): [string, string][] => {
      const email = found[at]?.email
      return email ? [[id, `\u2068${email}\u2069`]] : []
    }),
  )
}

/** Where a text stands, for a page. */
export const stepsOf = ({ where }: Pick<DeskString, 'where'>): DeskRow['where'] =>
  where.map((step) => ({ ...step, code: step.code ?? false }))

/** What was typed beside what stands, where a page is shown again. */
export type Typed = Partial<Pick<DeskRow, 'words' | 'note' | 'problem' | 'theirs'>>

/** What a label for charts may be longer than its source, characters: languages run longer than English. */
const roomFor = (source: string): number => Math.max(24, Math.ceil(source.length * 1.4))

export function rowsOf(
  desk: Desk,
  list: readonly DeskString[],
  names: ReadonlyMap<string, string>,
  notes: ReadonlyMap<string, readonly TranslationNote[]>,
  typed: ReadonlyMap<string, Typed> = new Map(),
): DeskRow[] {
  const { t } = desk
  const who = (id: string) => names.get(id) ?? t('build.somebody')
  return list.map((one, n): DeskRow => {
    const { id, source, words, state, before, by, at, reviewed } = one
    const said = typed.get(id) ?? {}
    const longest = Math.max(source.length, (said.words ?? words).length)
    return {
      n,
      id,
      source,
      words,
      was: words,
      where: stepsOf(one),
      state,
      lines: Math.min(12, Math.max(1, Math.ceil(longest / 48), source.split('\n').length)),
      marks: placeholders(source),
      diff: before === undefined ? undefined : wordDiff(before, source),
      before: before ?? '',
      made: by && at !== undefined ? { who: who(by), when: moment(desk, at) } : undefined,
      reviewed: reviewed && { who: who(reviewed.by), when: moment(desk, reviewed.at) },
      mayKeep: state === 'machine' || state === 'outdated',
      mayReview: state === 'translated' && mayReview(desk, by),
      notes: (notes.get(id) ?? []).map((note) => ({
        who: who(note.by),
        when: moment(desk, note.at),
        words: note.words,
      })),
      note: '',
      room: one.short ? roomFor(source) : 0,
      problem: undefined,
      theirs: undefined,
      ...said,
    }
  })
}

/** Words are read by another person than wrote them, or by the office. */
export const mayReview = (
  { office, person }: Pick<Desk, 'office' | 'person'>,
  by: string | undefined,
): boolean => office || (by !== undefined && by !== person.id)
