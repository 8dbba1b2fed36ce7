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

/** The same of themes that the codebook has no more, each as it was called last. */
export async function namesOfGone(
  shop: Pick<Shop, 'stores'>,
  { themes, history }: Codebook,
  codes: readonly string[],
  lang: string,
): Promise<Map<string, ThemeName>> {
  const known = new Set(themes.map(({ code }) => code))
  const found = new Map<string, ThemeName>()
  for (const code of new Set(codes)) {
    const left = known.has(code) ? undefined : history.findLast(({ from }) => from.includes(code))
    const name = left && (await namesThen(shop, [code], left.version - 1, lang)).get(code)
    if (name) found.set(code, name)
  }
  return found
}
