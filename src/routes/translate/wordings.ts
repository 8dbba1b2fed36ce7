import type { RequestHandler } from 'express'
import { type OwnWordings, withOwn } from '../../language/overrides.ts'
import type { Kept } from '../../language/translating.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import type { FaultLog } from '../../web/errorPage.ts'

/** How long a process may show wordings that another one changed, milliseconds: where several serve, people see both. */
const patience = { one: 30_000, several: 1_000 }

/** The district's own wordings of the interface, put over the locale files: at once here, soon in other processes. */
export type OwnTexts = { refresh: () => Promise<void>; keepFresh: RequestHandler }

export function ownTexts(
  { translations, several }: Pick<Stores, 'translations' | 'several'>,
  messages: Messages,
  log: FaultLog,
  now: () => number,
): OwnTexts {
  let looked = Number.NEGATIVE_INFINITY
  // Nothing was ever changed: the files are all there is.
  let stamp = '0'

  async function refresh(): Promise<void> {
    const found = await translations.stamp()
    if (found === stamp) return
    const [languages, list] = await Promise.all([translations.languages(), translations.list('interface')])
    messages.put(
      withOwn(messages.files, languages, byTag(list)),
      new Map(languages.map(({ tag, name }) => [tag, name])),
    )
    stamp = found
  }

  return {
    refresh,
    /** Once in a while a request looks; words that cannot be read stand in nobody's way: those of before are shown. */
    keepFresh(_req, _res, next) {
      if (now() - looked < patience[several ? 'several' : 'one']) return next()
      looked = now()
      refresh()
        .catch((fault: unknown) => log.warn({ fault }, 'the wordings of the interface were not read again'))
        .then(() => next())
    },
  }
}

/** Wordings by language and key. */
export const byTag = (list: readonly (Kept & { key: string; tag: string })[]): OwnWordings =>
  new Map(
    [...Map.groupBy(list, ({ tag }) => tag)].map(([tag, of]) => [
      tag,
      new Map(of.map((one) => [one.key, one])),
    ]),
  )
