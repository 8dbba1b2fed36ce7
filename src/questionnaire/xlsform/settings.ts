import type { Text } from '../../language/text.ts'
import { protectedAreas } from '../definition.ts'
import type { Book } from './book.ts'
import { extrasOf, present } from './extras.ts'
import { type Note, note } from './notes.ts'
import type { Table } from './table.ts'
import { wordingOf } from './wording.ts'

/** Settings that were read elsewhere. */
const read = ['form_title', 'default_language', 'allow_choice_duplicates']

/** What the sheet "settings" says of the whole survey; only its first row counts. */
export function readSettings(table: Table | undefined, { source, languages }: Book, title: string) {
  const [line] = table?.lines ?? []
  const losses: Note[] = []
  const sheet = table?.sheet ?? 'settings'
  if (!table || !line) {
    losses.push(note('noTitle', {}, { title }))
    return { fields: { languages, title: { [source]: title } as Text }, losses }
  }
  const at = { sheet, row: line.row }
  const own = extrasOf(line, (column, value) =>
    losses.push(note('extraLost', { ...at, column }, { column, value })),
  )
  const { fill } = wordingOf(sheet, source)
  const text = (name: string): Text | undefined => {
    const given = own.text(name)
    if (!given) return undefined
    const filled = fill(given, '', line, `heard::${name}`)
    losses.push(...filled.notes)
    return filled.text
  }
  const formTitle = line.cell('form_title')
  if (formTitle === '') losses.push(note('noTitle', at, { title }))
  for (const { column, words } of line.filled())
    if (!read.includes(column.name) && !column.name.startsWith('heard::'))
      losses.push(
        note('settingLost', { ...at, column: column.header }, { setting: column.header, value: words }),
      )
  const areas = own
    .codes('protectedAreas')
    ?.filter((area) => (protectedAreas as readonly string[]).includes(area))
  const offered = own.codes('languages')?.filter((tag) => languages.includes(tag))
  return {
    fields: {
      languages: offered?.includes(source) ? offered : languages,
      // The title in the source language is the form's own, which others may have edited.
      title: { ...own.text('title'), [source]: formTitle || title } as Text,
      ...present({
        minutes: own.number('minutes'),
        audience: own.codes('audience'),
        readers: ['grades-3-5', 'grades-6-12'].find((readers) => readers === own.cell('readers')),
        assent: text('assent'),
        protectedAreas: areas,
        notice: text('notice'),
        plan: own.cell('plan') || undefined,
      }),
      ...own.more(),
    },
    losses,
  }
}
