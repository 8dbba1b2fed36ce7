import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Request, Response } from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { interfaceCounts, interfaceStrings } from '../../src/language/overrides.ts'
import { countStates, standing } from '../../src/language/translating.ts'
import { type LocaleFile, wordings } from '../../src/language/wording.ts'
import { ownTexts } from '../../src/routes/translate/wordings.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Translation } from '../../src/store/stores.ts'
import { place } from '../engine.ts'

const en: LocaleFile = {
  _about: { name: 'English' },
  send: { do: 'Send', left_one: '{{count}} page', left_other: '{{count}} pages' },
  hello: 'Hello',
}
const es: LocaleFile = { _about: { name: 'español', machine: true }, send: { do: 'Enviar' }, hello: 'Hola' }

let dataDir: string
let stores: Stores
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-wordings-'))
  stores = await openStores(await place(dataDir))
})
afterAll(async () => {
  await stores.close()
  await rm(dataDir, { recursive: true })
})

/** A process of its own on the same data; its clock is ours to move. */
function process() {
  const clock = { now: 0 }
  const messages = wordings({ en, es })
  const own = ownTexts(stores, messages, { error() {}, warn() {} }, () => clock.now)
  const request = () =>
    new Promise<void>((done) => void own.keepFresh({} as Request, {} as Response, () => done()))
  return { clock, messages, own, request }
}

const made = (key: string, tag: string, words: string): Translation => ({
  key,
  tag,
  words,
  source: 'Hello',
  state: 'translated',
  by: 'rosa',
  at: 1,
  reviewed: undefined,
})

it('what one process changes is there at once, and in the others within half a minute', async () => {
  const [here, there] = [process(), process()]
  await there.request()
  await stores.translations.put('interface', [made('hello', 'es', 'Buenas')])
  await here.own.refresh()
  expect(here.messages.t('es')('hello')).toBe('Buenas')
  await there.request()
  expect(there.messages.t('es')('hello')).toBe('Hola')
  there.clock.now = 30_000
  await there.request()
  expect(there.messages.t('es')('hello')).toBe('Buenas')
  expect(there.messages.t('es')('send.do')).toBe('Enviar')
  // What the machine wrote is counted without the one that a person wrote.
  expect(there.messages.completeness.find(({ tag }) => tag === 'es')).toMatchObject({
    translated: 2,
    machine: 1,
  })
})

it('a language of the district stands in the lists when it is shown, with plural forms of its own', async () => {
  const { messages, own } = process()
  await stores.translations.addLanguage({ tag: 'ar', name: 'العربية', by: 'office', at: 1 })
  await stores.translations.put('interface', [
    made('send.left_two', 'ar', 'صفحتان'),
    made('gone.away', 'ar', 'x'),
  ])
  await own.refresh()
  expect(messages.tags).toEqual(['en', 'es'])
  expect(messages.name('ar')).toBe('العربية')
  await stores.translations.showLanguage('ar', true)
  await own.refresh()
  expect(messages.locales.find(({ tag }) => tag === 'ar')).toEqual({ tag: 'ar', name: 'العربية', dir: 'rtl' })
  expect(messages.t('ar')('send.left', { count: 2 })).toBe('صفحتان')
  expect(messages.t('ar')('send.do')).toBe('Send')
  expect(messages.complete('ar')).toBe(false)
  await stores.translations.showLanguage('ar', false)
  await own.refresh()
  expect(messages.tags).toEqual(['en', 'es'])
})

it('plural forms come with a number that takes them, and the blanks that they may leave out', () => {
  const strings = interfaceStrings('ar', undefined, en)
  expect(strings.map(({ id, form }) => [id, form?.example])).toContainEqual(['send.left_few', 3])
  expect(strings.find(({ id }) => id === 'send.left_two')?.leeway.omit).toContain('{{count}}')
  expect(strings.find(({ id }) => id === 'send.left_many')?.leeway.omit).toEqual([])
  expect(interfaceStrings('es', es, en).find(({ id }) => id === 'hello')).toMatchObject({
    state: 'machine',
    words: 'Hola',
  })
})

it('the list of all languages counts what the workbench shows, without going through every wording', () => {
  const cases: [string, LocaleFile | undefined, Translation[]][] = [
    ['es', es, []],
    ['es', es, [made('hello', 'es', 'Buenas'), made('gone.away', 'es', 'x')]],
    ['es', es, [{ ...made('send.do', 'es', 'Mandar'), source: 'Send it', state: 'reviewed' }]],
    ['es', es, [made('hello', 'es', ' ')]],
    ['ar', undefined, []],
    ['ar', undefined, [made('send.left_two', 'ar', 'صفحتان'), made('hello', 'ar', 'سلام')]],
  ]
  for (const [tag, file, list] of cases) {
    const own = new Map(list.map((one) => [one.key, one]))
    const expected = countStates(interfaceStrings(tag, file, en, own))
    expect(interfaceCounts(tag, file, en, own)).toEqual(expected)
  }
})

it('words that were changed elsewhere do not stand by what was kept of the old ones', () => {
  const kept = made('hello', 'es', 'Hola')
  const now = (source: string, words: string) =>
    standing({ source, words }, { ...kept, state: 'reviewed' }).state
  expect(now('Hello', 'Hola')).toBe('reviewed')
  expect(now('Hello there', 'Hola')).toBe('outdated')
  expect(now('Hello', 'Buenas')).toBe('translated')
  expect(now('Hello', ' ')).toBe('missing')
})
