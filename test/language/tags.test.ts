import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepted, direction, match } from '../../src/language/tags.ts'

describe('the direction of a language', () => {
  it.each([
    ['ar', 'rtl'],
    ['ar-EG', 'rtl'],
    ['AR', 'rtl'],
    ['he', 'rtl'],
    ['fa', 'rtl'],
    ['prs', 'rtl'],
    ['ur', 'rtl'],
    ['ckb', 'rtl'],
    ['rhg', 'rtl'],
    ['ks', 'rtl'],
    ['ks-Deva', 'ltr'],
    ['sd-Deva', 'ltr'],
    ['pa-PK', 'rtl'],
    ['pa', 'ltr'],
    ['ha', 'ltr'],
    ['ha-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['en', 'ltr'],
    ['my', 'ltr'],
    ['ksw', 'ltr'],
    ['zh-Hant', 'ltr'],
    ['', 'ltr'],
    ['not a tag', 'ltr'],
  ])('%s runs %s', (tag, dir) => expect(direction(tag)).toBe(dir))
})

describe('what a browser asks for and what a survey offers', () => {
  const offered = ['en', 'es', 'pt-BR', 'ar', 'ht', 'vi', 'zh-Hans', 'zh-Hant']
  it.each([
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['pt', 'pt-BR'],
    ['pt-PT,en;q=0.5', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['ar-SY', 'ar'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['cmn', 'zh-Hans'],
    ['fr;q=1,vi;q=0.1', 'vi'],
    ['en;q=0.2,ht;q=0.9', 'ht'],
    ['en;Q=0.2,ht;q=0.9', 'ht'],
    ['es;q=0,vi;q=0.1', 'vi'],
    ['fr', undefined],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
    [';;;,,q=1;es', undefined],
    ['x-y-z-1-!', undefined],
  ])('%s is served %s', (header, tag) => expect(match(accepted(header), offered)).toBe(tag))

  it.each([
    [['zh-CN'], ['en', 'zh'], 'zh'],
    [['zh-TW'], ['en', 'zh'], undefined],
    [['zh-Hant'], ['en', 'zh-TW'], 'zh-TW'],
    [['sr'], ['sr-Latn', 'sr-Cyrl'], 'sr-Cyrl'],
    [['sr-Latn'], ['sr-Cyrl'], 'sr-Cyrl'],
    [['fr-CA', 'en', 'fr'], ['en', 'fr'], 'fr'],
    [['tl'], ['fil'], 'fil'],
    [['constructor', '__proto__', 'es'], ['es'], 'es'],
    [['es'], [], undefined],
  ])('%j of %j is %s', (wanted, languages, tag) => expect(match(wanted, languages)).toBe(tag))

  it('never fails and never serves what is not offered, whatever the header holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'aezhs-,;q=.019 *') })),
        (header) => {
          const tag = match(accepted(header), offered)
          expect(tag === undefined || offered.includes(tag)).toBe(true)
        },
      ),
    )
  })

  it('reads a header of a megabyte at once', () => {
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage()
      accepted('es,'.repeat(350_000))
      return process.cpuUsage(before).user / 1000
    })
    expect(Math.min(...times)).toBeLessThan(100)
  })
})
