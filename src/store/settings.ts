import { type District, emptyDistrict } from '../district/district.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { Settings } from './stores.ts'

const DISTRICT = 'district'

export function openSettings({
  read,
  ready,
  moment,
  run,
}: Pick<Engine, 'read' | 'ready' | 'moment' | 'run'>): Settings {
  /**
   * The district as last read: read again when anything was committed since (perhaps by another process), parsed again
   * only when its text has changed, so that it is the same object for as long as it says the same.
   */
  let last: { at: number; text: string | undefined; district: District } | undefined
  const findValue = ready(read.selectFrom('setting').select('value').where('key', '=', ''))

  async function find(key: string): Promise<string | undefined> {
    return (await findValue(key))?.value
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
    swap: async (key, was, value) =>
      (await run(
        was === undefined
          ? read
              .insertInto('setting')
              .values({ key, value })
              .onConflict((known) => known.column('key').doNothing())
          : read.updateTable('setting').set({ value }).where('key', '=', key).where('value', '=', was),
      )) > 0,
    take: async (key, value) =>
      (await run(read.deleteFrom('setting').where('key', '=', key).where('value', '=', value))) > 0,
    district: async () => {
      const at = moment()
      if (last?.at === at) return last.district
      const text = await find(DISTRICT)
      const district =
        last && last.text === text
          ? last.district
          : text === undefined
            ? emptyDistrict
            : sharedFromJson<District>(text)
      last = { at, text, district }
      return district
    },
    setDistrict: (district) => set(DISTRICT, JSON.stringify(district)),
  }
}
