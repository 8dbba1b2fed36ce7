import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { columnName } from '../../files/cells.ts'
import { publish } from '../../questionnaire/publish.ts'
import { type Column, columnsOf } from '../../response/earlier/columns.ts'
import { fromColumns, type Wording } from '../../response/earlier/fromColumns.ts'
import { keysOf } from '../../response/earlier/head.ts'
import {
  type FoundScale,
  foundScales,
  pointKey,
  type ScaleSaid,
  saidScale,
} from '../../response/earlier/rated.ts'
import type { ColumnUse } from '../../response/earlier/read.ts'
import { type ColumnKind, columnKinds, recognise } from '../../response/earlier/recognise.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import type { EarlierColumnsPage } from '../models/waves.ts'
import { render } from '../pages.ts'
import { fingerprint, home, type Kept, keep, type Raw, rawOf, type Shop } from './earlierFile.ts'

/** Where no survey asks what a file answers: what its columns seem to be, put right by the office, makes one. */

/** What was said of a file: the kind of each column by its key, and its scales by theirs. */
type Said = { kinds: Record<string, ColumnKind>; scales: Record<string, ScaleSaid> }
const saidMark = (raw: Raw): string => fingerprint({ ...raw, base: '@columns' })

/** What was said of a file with these columns the last time. */
async function saidBefore({ stores }: Shop, raw: Raw): Promise<Said | undefined> {
  const found = await stores.earlier.findMapping(saidMark(raw))
  return found ? (JSON.parse(found) as Said) : undefined
}

const idOf = ({ key }: FoundScale): string => createHash('sha256').update(key).digest('hex').slice(0, 12)
const ratedOf = (columns: readonly Column[], kinds: readonly ColumnKind[]) =>
  foundScales(columns.filter(({ at }) => kinds[at] === 'rating'))

/** Every point that a form asks about, and the values that are no answer. */
const asked = ({ points, na }: FoundScale) => [
  ...points,
  ...na.map((label) => ({ label, value: 0, favorable: false })),
]
const waysOf = ['favorable', 'other', 'na'] as const

export async function showColumns(shop: Shop, res: Response, raw: Raw): Promise<void> {
  const columns = columnsOf(raw.table)
  const before = await saidBefore(shop, raw)
  const keys = keysOf(raw.headings)
  const kinds = recognise(columns, raw.body).map(({ at, kind }) => before?.kinds?.[keys[at] ?? ''] ?? kind)
  show(shop, res, raw, { columns, kinds, scales: before?.scales ?? {}, remembered: before !== undefined })
}

type Shown = {
  columns: readonly Column[]
  kinds: readonly ColumnKind[]
  scales: Said['scales']
  remembered?: boolean
  problem?: string
}

function show(
  shop: Shop,
  res: Response,
  raw: Raw,
  { columns, kinds, scales, remembered = false, problem = '' }: Shown,
): void {
  const { lang } = readerLanguage(res.req, res, shop.messages.tags)
  const t = shop.messages.t(lang)
  if (problem) res.status(422)
  const found = ratedOf(columns, kinds)
  render(res, 'office/earlier-columns', {
    name: raw.name,
    windows: raw.windows,
    tests: raw.table.tests,
    remembered,
    problems: problem ? [{ field: 'columns', key: problem }] : [],
    kinds: columnKinds.map((code) => ({ code, words: t(`waves.fromColumns.kind.${code}`) as string })),
    columns: columns.map(({ at, heading, values }) => {
      const scale = found.find((one) => one.columns.includes(at))
      return {
        at,
        letter: columnName(at),
        heading: heading.whole.slice(0, 200),
        kind: kinds[at] ?? 'skip',
        different: values.length,
        sample: values.slice(0, 5).map(({ value }) => value.slice(0, 60)),
        favorable: scale
          ? saidScale(scale, scales[scale.key]).points.flatMap((one) =>
              one.favorable ? one.label || [] : [],
            )
          : [],
      }
    }),
    scales: found.map((scale): EarlierColumnsPage['scales'][number] => {
      const said = scales[scale.key] ?? {}
      return {
        id: idOf(scale),
        columns: scale.columns.map(columnName).join(', '),
        places: scale.ordered ? 0 : asked(scale).length,
        points: asked(scale).map((one, at) => {
          const known = said[pointKey(one)]
          const guess = scale.na.includes(one.label) ? 'na' : one.favorable ? 'favorable' : 'other'
          return {
            at,
            words: one.label || (t('waves.fromColumns.point', { n: one.value }) as string),
            is: known?.is ?? guess,
            place: known?.place || one.value || at + 1,
          }
        }),
      }
    }),
  })
}

/** What the form says of a scale; undefined where it did not ask about it. */
function typedScale(req: Request, scale: FoundScale): ScaleSaid | undefined {
  const id = idOf(scale)
  if (formField(req, `is-${id}-0`) === '') return undefined
  return Object.fromEntries(
    asked(scale).map((one, at) => [
      pointKey(one),
      {
        is: waysOf.find((way) => way === formField(req, `is-${id}-${at}`)) ?? 'other',
        place: Number.parseInt(formField(req, `place-${id}-${at}`), 10) || 0,
      },
    ]),
  )
}

/** Makes the questions, unless the form has to be looked at once more: what it says makes none, or a scale is new. */
export const makeFromColumns =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const raw = await rawOf(shop, req)
    if (raw?.base !== '') return res.redirect(303, home)
    const kinds = raw.headings.map(
      (_, at): ColumnKind => columnKinds.find((kind) => kind === formField(req, `kind-${at}`)) ?? 'skip',
    )
    const columns = columnsOf(raw.table)
    const found = ratedOf(columns, kinds)
    const typed = found.map((scale) => ({ scale, said: typedScale(req, scale) }))
    const scales = Object.fromEntries(
      typed.flatMap(({ scale, said }) => (said ? [[scale.key, said] as const] : [])),
    )
    const look = (problem = '') =>
      show(shop, res, raw, { columns, kinds, scales, ...(problem && { problem }) })
    if (formField(req, 'go') === 'look') return look()
    if (typed.some(({ said }) => said === undefined)) return look('waves.fromColumns.newScale')
    const { definition, columns: uses } = fromColumns(
      {
        columns,
        body: raw.body,
        kinds,
        scales: typed.map(({ scale, said }) => saidScale(scale, said)),
      },
      wordingOf(shop, req, res, raw),
    )
    const { questionnaire } = publish(definition, await shop.stores.settings.district())
    if (!questionnaire) return look('waves.fromColumns.nothing')
    const said: Said = {
      kinds: Object.fromEntries(keysOf(raw.headings).map((key, at) => [key, kinds[at] ?? 'skip'])),
      scales,
    }
    await shop.stores.earlier.keepMapping(saidMark(raw), JSON.stringify(said), shop.now())
    const { rows, above = 0, windows, base } = raw
    const kept: Kept = { rows, above, windows, base, made: { questionnaire, columns: uses } }
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
    point: (place) => t('waves.fromColumns.point', { n: place + 1 }) as string,
    other: say('waves.fromColumns.other'),
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
  Object.fromEntries(keysOf(headings).map((key, at) => [key, columns[at] ?? { to: '', values: {} }]))
