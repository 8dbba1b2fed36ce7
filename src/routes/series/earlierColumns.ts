import type { Request, RequestHandler, Response } from 'express'
import { columnName } from '../../files/cells.ts'
import { publish } from '../../questionnaire/publish.ts'
import { fromColumns, type Wording } from '../../response/earlier/fromColumns.ts'
import type { ColumnUse } from '../../response/earlier/read.ts'
import { valuesOf } from '../../response/earlier/read.ts'
import { type ColumnKind, columnKinds, pointsOf, recognise } from '../../response/earlier/recognise.ts'
import { plain } from '../../response/earlier/targets.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { fingerprint, home, type Kept, keep, type Raw, rawOf, type Shop } from './earlierFile.ts'

/** Where no survey asks what a file answers: what its columns seem to be, put right by the office, makes one. */

type Kinds = Record<string, ColumnKind>
const kindsMark = (raw: Raw): string => fingerprint({ ...raw, base: '@columns' })

/** Kinds of a file with these columns, as they were set the last time. */
async function kindsBefore({ stores }: Shop, raw: Raw): Promise<Kinds | undefined> {
  const found = await stores.earlier.findMapping(kindsMark(raw))
  return found ? (JSON.parse(found) as Kinds) : undefined
}

export async function showColumns(shop: Shop, res: Response, raw: Raw, problem = ''): Promise<void> {
  const { lang } = readerLanguage(res.req, res, shop.messages.tags)
  const t = shop.messages.t(lang)
  const before = await kindsBefore(shop, raw)
  if (problem) res.status(422)
  render(res, 'office/earlier-columns', {
    name: raw.name,
    windows: raw.windows,
    remembered: before !== undefined,
    problems: problem ? [{ field: 'columns', key: problem }] : [],
    kinds: columnKinds.map((code) => ({ code, words: t(`waves.fromColumns.kind.${code}`) as string })),
    columns: recognise(raw.headings, raw.body).map(({ at, kind, different }) => {
      const heading = raw.headings[at] ?? ''
      const values = valuesOf(raw.body, at).map(({ value }) => value)
      const chosen = before?.[plain(heading)] ?? kind
      const favorable =
        chosen === 'rating'
          ? pointsOf(values, () => '').filter((point) => point.favorable && point.label)
          : []
      return {
        at,
        letter: columnName(at),
        heading: heading.slice(0, 200),
        kind: chosen,
        different,
        sample: values.slice(0, 5).map((value) => value.slice(0, 60)),
        favorable: favorable.map(({ label }) => label),
      }
    }),
  })
}

export const makeFromColumns =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const raw = await rawOf(shop, req)
    if (raw?.base !== '') return res.redirect(303, home)
    const kinds = raw.headings.map(
      (_, at): ColumnKind => columnKinds.find((kind) => kind === formField(req, `kind-${at}`)) ?? 'skip',
    )
    const said: Kinds = Object.fromEntries(
      raw.headings.map((heading, at) => [plain(heading), kinds[at] ?? 'skip']),
    )
    const { definition, columns } = fromColumns(raw.headings, raw.body, kinds, wordingOf(shop, req, res, raw))
    const { questionnaire } = publish(definition, await shop.stores.settings.district())
    if (!questionnaire) return showColumns(shop, res, raw, 'waves.fromColumns.nothing')
    await shop.stores.earlier.keepMapping(kindsMark(raw), JSON.stringify(said), shop.now())
    const { rows, windows, base } = raw
    const kept: Kept = { rows, windows, base, made: { questionnaire, columns } }
    await keep(shop, req, { name: raw.name, content: JSON.stringify(kept) })
    res.redirect(303, home)
  }

function wordingOf({ messages }: Shop, req: Request, res: Response, { name }: Raw): Wording {
  const { lang } = readerLanguage(req, res, messages.tags)
  const t = messages.t(lang)
  const say = (key: string) => t(key) as string
  return {
    lang,
    title: name.replace(/\.\w+$/, '') || say('waves.earlier.title'),
    section: say('waves.fromColumns.section'),
    statements: say('waves.fromColumns.statements'),
    point: (_, place) => t('waves.fromColumns.point', { n: place + 1 }) as string,
    who: {
      group: say('watching.column.group'),
      school: say('watching.column.school'),
      grade: say('watching.column.grade'),
      home: say('watching.column.language'),
    },
  }
}

/** How the columns are read, as guessMapping takes what was said of them before; what is guessed by words is left to it. */
export const madeBefore = ({ headings }: Raw, columns: readonly ColumnUse[]): Record<string, ColumnUse> =>
  Object.fromEntries(headings.map((heading, at) => [plain(heading), columns[at] ?? { to: '', values: {} }]))
