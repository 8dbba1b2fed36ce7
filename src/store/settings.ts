import { type District, emptyDistrict } from '../district/district.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { Settings } from './stores.ts'

const DISTRICT = 'district'

export function openSettings({ read, run }: Pick<Engine, 'read' | 'run'>): Settings {
  /** The district as last read: parsed again only when its text has changed (perhaps by another process). */
  let last: { text: string; district: District } | undefined

  async function find(key: string): Promise<string | undefined> {
    const row = await read.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
    return row?.value
  }

  async function set(key: string, value: string | null): Promise<void> {
    await run(
      value === null
        ? read.deleteFrom('setting').where('key', '=', key)
        : read
            .insertInto('setting')
            .values({ key, value })
            .onConflict((known) => known.column('key').doUpdateSet({ value })),
    )
  }

  return {
    find,
    set,
    take: async (key, value) =>
      (await run(read.deleteFrom('setting').where('key', '=', key).where('value', '=', value))) > 0,
    district: async () => {
      const text = await find(DISTRICT)
      if (text === undefined) return emptyDistrict
      if (text !== last?.text) last = { text, district: sharedFromJson<District>(text) }
      return last.district
    },
    setDistrict: (district) => set(DISTRICT, JSON.stringify(district)),
  }
}
