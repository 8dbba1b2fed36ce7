import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pick, words } from '../../src/language/text.ts'

const text = { en: 'Bus', es: 'Autobús', 'pt-BR': 'Ônibus', 'zh-Hans': '公交车', ht: '', ar: '  ' }

describe('the words that a reader gets', () => {
  it.each([
    ['es', 'Autobús', 'es', false],
    ['es-MX', 'Autobús', 'es', false],
    ['pt-PT', 'Ônibus', 'pt-BR', false],
    ['pt-br', 'Ônibus', 'pt-BR', false],
    ['zh-CN', '公交车', 'zh-Hans', false],
    // A reader of traditional characters is still nearer to simplified ones than to English.
    ['zh-Hant', '公交车', 'zh-Hans', false],
    ['ht', 'Bus', 'en', true],
    ['ar', 'Bus', 'en', true],
    ['vi', 'Bus', 'en', true],
    ['constructor', 'Bus', 'en', true],
    ['__proto__', 'Bus', 'en', true],
    ['', 'Bus', 'en', true],
  ])('%s reads "%s" in %s', (tag, chosen, lang, fallback) =>
    expect(pick(text, tag)).toEqual({ words: chosen, lang, fallback }),
  )

  it('chooses the script of the reader before another of the same language', () => {
    expect(words({ 'zh-Hans': '校车', 'zh-TW': '校車' }, 'zh-HK')).toBe('校車')
  })

  it('falls back to the language the text was written in, then to any', () => {
    expect(pick({ es: 'Sí', vi: 'Vâng' }, 'ar', 'vi')).toEqual({ words: 'Vâng', lang: 'vi', fallback: true })
    expect(pick({ es: 'Sí' }, 'ar', 'vi')).toEqual({ words: 'Sí', lang: 'es', fallback: true })
    expect(pick({}, 'ar', 'vi')).toEqual({ words: '', lang: 'vi', fallback: true })
    expect(pick({ en: 'Yes' }, 'ar', 'constructor')).toEqual({ words: 'Yes', lang: 'en', fallback: true })
  })

  it('always gives words that the text has, marked when they are in another language', () => {
    const tags = fc.constantFrom(
      'en',
      'es',
      'es-MX',
      'pt-BR',
      'pt',
      'ar',
      'zh',
      'zh-Hant',
      'zh-TW',
      'toString',
      'x y',
    )
    fc.assert(
      fc.property(fc.dictionary(tags, fc.string()), tags, tags, (given, tag, source) => {
        const chosen = pick(given, tag, source)
        const some = Object.values(given).filter((value) => value.trim())
        expect(some.length === 0 ? chosen.words === '' : some.includes(chosen.words)).toBe(true)
        if (!chosen.fallback) expect(chosen.lang.split('-')[0]).toBe(tag.split('-')[0])
      }),
    )
  })
})
