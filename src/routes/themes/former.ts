import type { Codebook } from '../../theme/codebook.ts'
import type { ThemeName } from '../models/themes.ts'
import { themeName } from './frame.ts'
import type { Shop } from './shop.ts'

/** What themes were called in a version of the codebook that has them: those that are gone since too. */
export async function namesThen(
  { stores }: Pick<Shop, 'stores'>,
  codes: readonly string[],
  version: number,
  lang: string,
): Promise<Map<string, ThemeName>> {
  const then = codes.length > 0 ? await stores.codebooks.find('default', version) : undefined
  const themes = then?.themes.filter(({ code }) => codes.includes(code)) ?? []
  return new Map(then ? themes.map((theme) => [theme.code, themeName(theme, lang, then)]) : [])
}

/** The same of themes that were split, each as it was called last. */
export async function namesBeforeSplit(
  shop: Pick<Shop, 'stores'>,
  { history }: Codebook,
  codes: readonly string[],
  lang: string,
): Promise<Map<string, ThemeName>> {
  const found = new Map<string, ThemeName>()
  for (const code of new Set(codes)) {
    const split = history.findLast(({ kind, from }) => kind === 'split' && from.includes(code))
    const name = split && (await namesThen(shop, [code], split.version - 1, lang)).get(code)
    if (name) found.set(code, name)
  }
  return found
}
