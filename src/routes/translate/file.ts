import type { Request, RequestHandler, Response } from 'express'
import {
  type Format,
  formats,
  isFormat,
  largestTranslation,
  readTranslationFile,
  writeTranslationFile,
} from '../../files/translationFile.ts'
import { belongs, type Change, compare, type Incoming } from '../../language/exchange/incoming.ts'
import { type Bundle, type Returned, Unusable } from '../../language/exchange/unit.ts'
import { isState, plainLines } from '../../language/translating.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { uploadOf } from '../../web/upload.ts'
import { tongue } from '../build/wording.ts'
import type { IncomingRow, TranslateIncoming } from '../models/translate.ts'
import { render } from '../pages.ts'
import { type Desk, enterDesk, notesOf, type Shop } from './desk.ts'
import { saveTexts } from './save.ts'
import { stepsOf } from './wording.ts'

/** Texts as files for agencies and volunteers, and what comes back: first looked at, then taken. */

/** Rows that cannot be used and are listed; a file of something else has thousands. */
const mostListed = 200

export const sendFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const format = String(req.params.format)
    if (!isFormat(format)) throw notFound()
    const desk = await enterDesk(shop, req, res)
    const bytes = writeTranslationFile(await bundleOf(shop, desk), format)
    await audit(shop.stores, req, shop.now(), 'downloaded', desk.slug, `${desk.tag} ${format}`)
    res.attachment(fileName(desk, format)).type(formats[format].type).send(Buffer.from(bytes))
  }

const fileName = ({ slug, tag }: Desk, format: Format): string =>
  `${slug || 'interface'}-${tag}${format === 'xliff-2.0' ? '-2.0' : ''}.${formats[format].ending}`

async function bundleOf(shop: Shop, desk: Desk): Promise<Bundle> {
  const notes = await notesOf(shop, desk)
  return {
    of: desk.place,
    from: desk.from,
    to: desk.tag,
    units: desk.strings.map(({ id, source, words, state, where, before }) => ({
      id,
      source,
      target: words.trim() === '' ? '' : words,
      state,
      note: [
        where.map((part) => part.words).join(' › '),
        ...(before === undefined ? [] : [desk.t('translate.note.before', { before })]),
        ...(notes.get(id) ?? []).map((note) => note.words),
      ].join('\n'),
    })),
  }
}

/** Looks into a file that came back and shows what it would change. Nothing is changed yet. */
export const readBack =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const desk = await enterDesk(shop, req, res)
    const file = uploadOf(req, 'file')
    const fault = (code: string, values: Record<string, string | number> = {}) =>
      show(shop, res, desk, { name: file?.name ?? '', fault: { code, values } })
    if (!file) return fault('none')
    try {
      const { bundle, notices } = readTranslationFile(file.bytes)
      belongs(bundle, { of: desk.place, from: desk.from, to: desk.tag })
      const incoming = compare(bundle.units, desk.strings, { mayReview: desk.office })
      show(shop, res, desk, { name: file.name, incoming, notices })
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      fault(error.code, named(desk, error.values))
    }
  }

/** "survey:spring" is for programs; people are told the name alone. */
function named({ t }: Desk, values: Record<string, string | number>): Record<string, string | number> {
  const said = (value: string | number) =>
    value === 'interface' ? (t('translate.interface.title') as string) : String(value).replace(/^survey:/, '')
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, /^(theirs|ours)$/.test(name) ? said(value) : value]),
  )
}

type Shown = {
  name: string
  fault?: { code: string; values: Record<string, string | number> }
  incoming?: Incoming
  notices?: string[]
  meanwhile?: boolean
}

function show({ messages }: Shop, res: Response, desk: Desk, shown: Shown): void {
  const {
    name,
    fault,
    incoming = { changes: [], unchanged: 0, useless: [] },
    notices = [],
    meanwhile = false,
  } = shown
  const whereOf = new Map(desk.strings.map((one) => [one.id, stepsOf(one)]))
  const row = ({ id, row, from, to, before, state, stale }: Change): IncomingRow => ({
    row,
    id,
    where: whereOf.get(id) ?? [],
    from,
    to,
    before,
    state: stale ? 'outdated' : state,
  })
  const { changes, useless, unchanged } = incoming
  res.status(fault ? 422 : meanwhile ? 409 : 200)
  const page: TranslateIncoming = {
    title: desk.title,
    home: desk.home,
    from: tongue(messages, desk.from),
    to: tongue(messages, desk.tag),
    name,
    fault: fault && { key: `translate.fault.${fault.code}`, values: fault.values },
    notices: notices.map((code) => `translate.notice.${code}`),
    meanwhile,
    changes: changes.filter(({ stale }) => !stale).map(row),
    stale: changes.filter(({ stale }) => stale).map(row),
    unchanged,
    useless: useless.slice(0, mostListed).map(({ row, id, code, values = {} }) => ({
      row,
      id: id.slice(0, 120),
      key: `translate.row.${code}`,
      // A mark is named, or a dash says that there is none.
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value || '–'])),
    })),
    more: Math.max(0, useless.length - mostListed),
    carried: changes.length > 0 ? JSON.stringify(changes.map(carry)) : '',
  }
  render(res, 'translate/incoming', page)
}

/** What the form carries of a change: all that decides whether it is still the one that was shown. */
type Carried = Omit<Change, 'row'> & { row: number }
const carry = (change: Change): Carried => change

/**
 * Takes what was shown. It comes back with the form, so it is held against the texts as they are now: if anything would
 * go another way than it was shown, nothing is changed and it is shown again.
 */
export const takeBack =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const desk = await enterDesk(shop, req, res)
    const name = formField(req, 'name').slice(0, 200)
    const shown = carriedBy(req)
    const asIfRead = shown.map(
      ({ id, source, to, state, row }): Returned => ({ id, source, target: to, state, row }),
    )
    const incoming = compare(asIfRead, desk.strings, { mayReview: desk.office })
    const again = (now: Incoming) => show(shop, res, desk, { name, incoming: now, meanwhile: true })
    if (JSON.stringify(incoming.changes.map(plain)) !== JSON.stringify(shown.map(plain)))
      return again(incoming)
    const changes = incoming.changes.filter(({ stale }) => !stale || formField(req, 'stale') === 'yes')
    const { saved, clashes } = await saveTexts(
      shop,
      desk,
      changes.map(({ id, from, to, source, state }) => ({ id, was: from, words: to, source, state })),
    )
    await audit(shop.stores, req, shop.now(), 'translated', desk.slug, desk.tag)
    // Somebody was quicker by less than it took to look: those alone are shown again.
    if (clashes.size > 0) {
      const fresh = await enterDesk(shop, req, res)
      const left = asIfRead.filter(({ id }) => clashes.has(id))
      return show(shop, res, fresh, {
        name,
        incoming: compare(left, fresh.strings, { mayReview: desk.office }),
        meanwhile: true,
      })
    }
    res.redirect(303, `${desk.home}?done=taken&n=${saved.length}#news`)
  }

const plain = ({ id, from, to, before, state, source, stale }: Change) => [
  id,
  plainLines(from),
  plainLines(to),
  before,
  state,
  plainLines(source),
  stale,
]

function carriedBy(req: Request): Change[] {
  let content: unknown
  try {
    content = JSON.parse(formField(req, 'changes'))
  } catch {
    throw badRequest()
  }
  if (!Array.isArray(content)) throw badRequest()
  return content.map((one: Record<string, unknown>): Change => {
    const { id, row, from, to, before, state, source, stale } = one ?? {}
    const whole =
      [id, from, to, source].every((text) => typeof text === 'string') &&
      Number.isInteger(row) &&
      typeof stale === 'boolean' &&
      isState(String(before)) &&
      (state === 'machine' || state === 'translated' || state === 'reviewed')
    if (!whole) throw badRequest()
    return one as Change
  })
}

export { largestTranslation }
