import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import { sampleDistrict } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { start } from './steps.ts'

/** Two people of the office, and the questionnaire "spring" under work. */
export async function openOffice(questionnaire: Questionnaire = start) {
  const house: House = await openHouse()
  await sampleDistrict(house.stores)
  const id = await add(house.stores, 'office', 'ana@example.org')
  await add(house.stores, 'office', 'ben@example.org')
  await house.stores.definitions.add('spring', withDefaults(questionnaire), id, Date.UTC(2026, 0, 15))
  const [ana, ben] = [visitor(house.app), visitor(house.app)]
  await ana.signIn('ana@example.org')
  await ben.signIn('ben@example.org')
  return { ...house, ana, ben, now: () => lastOf(house, 'spring') }
}

export async function lastOf({ stores }: Pick<House, 'stores'>, slug: string): Promise<Questionnaire> {
  const found = await stores.definitions.find(slug)
  if (!found) throw new Error(`there is no questionnaire ${slug}`)
  return found.questionnaire
}

type Browser = ReturnType<typeof visitor>

/** What a form on a page holds when nobody has touched it: as a browser would send it, without its buttons. */
export function fieldsOf(html: string, action: string): Record<string, string | string[]> {
  const form = html
    .split('<form ')
    .find((part) => part.includes(`action="${action}"`))
    ?.split('</form>')[0]
  if (!form) throw new Error(`there is no form for ${action}`)
  const fields: Record<string, string[]> = {}
  const put = (name = '', value = '') => {
    fields[name] = [...(fields[name] ?? []), read(value)]
  }
  for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    const type = attribute('type')
    if ((type === 'checkbox' || type === 'radio') && !/ checked\b/.test(tag)) continue
    if (!/ disabled\b/.test(tag)) put(attribute('name'), attribute('value'))
  }
  for (const [, name, words] of form.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>\n?([^<]*)</g))
    put(name, words)
  for (const [, name, options = ''] of form.matchAll(
    /<select [^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    const chosen =
      /<option value="([^"]*)"[^>]* selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options)
    put(name, chosen?.[1])
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, all]) => [name, all.length > 1 ? all : (all[0] ?? '')]),
  )
}

const read = (value: string): string =>
  value.replace(
    /&(amp|lt|gt|quot|#34|#39);/g,
    (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" })[String(name)] ?? '',
  )

/** Opens a page, types into its form and presses a button; gives what the server answers. */
export async function press(
  who: Browser,
  page: string,
  typed: Record<string, string | string[]>,
  action = page,
) {
  const { text } = await who.open(page)
  return who.send(action, { ...fieldsOf(text, action), ...typed } as Record<string, string>)
}
