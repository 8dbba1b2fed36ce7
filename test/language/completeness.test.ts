import { describe, expect, it } from 'vitest'
import { completeness, wantedKeys } from '../../src/language/completeness.ts'
import type { LocaleFile } from '../../src/language/wording.ts'

const en: LocaleFile = {
  _about: { name: 'English' },
  send: { do: 'Send', left_one: '{{count}} page', left_other: '{{count}} pages' },
  hello: 'Hello',
}
const of = (tag: string, file: LocaleFile) => completeness({ en, [tag]: file }).find((one) => one.tag === tag)

describe('how complete a language is', () => {
  it('is counted in strings, each plural form of the language as one', () => {
    expect(wantedKeys('en', en)).toEqual(['send.do', 'send.left_one', 'send.left_other', 'hello'])
    expect(wantedKeys('vi', en)).toEqual(['send.do', 'send.left_other', 'hello'])
    expect(of('ar', { _about: { name: 'x' }, send: { left_few: 'x' } })).toMatchObject({
      dir: 'rtl',
      total: 8,
      translated: 1,
    })
  })

  it('names what is missing; an empty wording is missing too', () => {
    const vi = { _about: { name: 'Tiếng Việt' }, send: { do: 'Gửi', left_other: ' ' } }
    expect(of('vi', vi)).toEqual({
      tag: 'vi',
      name: 'Tiếng Việt',
      dir: 'ltr',
      total: 3,
      translated: 1,
      machine: 0,
      missing: ['send.left_other', 'hello'],
    })
  })

  it.each([
    [true, 2],
    [false, 0],
    [undefined, 0],
    [['send.left'], 1],
    [['hello', 'send.left_other', 'send.do'], 2],
  ])('counts what a machine wrote: %j is %i', (machine, count) => {
    const about = { name: 'x', ...(machine === undefined ? {} : { machine }) }
    expect(of('vi', { _about: about, send: { left_other: 'x' }, hello: 'x' })?.machine).toBe(count)
  })

  it('comes with the least complete first', () => {
    const files = {
      en,
      sq: { ...en, _about: { name: 'sq' } },
      aa: en,
      zz: { _about: { name: 'zz' }, hello: 'x' },
    }
    expect(completeness(files).map(({ tag }) => tag)).toEqual(['zz', 'aa', 'en', 'sq'])
  })
})
