import { describe, expect, it } from 'vitest'
import { flat } from '../../src/language/completeness.ts'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { blanks } from '../rules/locales.ts'

const file = (name: string, words: object) => ({ _about: { name }, ...words })
const messages = wordings({
  en: file('English', {
    go: { next: 'Save and go on', left_one: '{{count}} page left', left_other: '{{count}} pages left' },
    child: { go: { next: 'Next', left_one: 'One more', left_other: '{{count}} more' } },
    student: { go: { next: 'Onward' } },
  }),
  es: file('español', {
    go: {
      next: 'Guardar y seguir',
      left_one: 'Queda una',
      left_many: 'Quedan',
      left_other: 'Quedan {{count}}',
    },
  }),
})

describe('a wording for young readers', () => {
  it('is said where there is one, plural forms too, and to them alone', () => {
    expect(messages.t('en', 'child')('go.next')).toBe('Next')
    expect([1, 3].map((count) => messages.t('en', 'child')('go.left', { count }))).toEqual([
      'One more',
      '3 more',
    ])
    expect(messages.t('en', 'student')('go.next')).toBe('Onward')
    expect(messages.t('en', 'student')('go.left', { count: 1 })).toBe('1 page left')
    expect(messages.t('en')('go.next')).toBe('Save and go on')
  })

  it('that is not translated gives way to the language’s own wording, not to English', () => {
    expect(messages.t('es', 'child')('go.next')).toBe('Guardar y seguir')
    expect(messages.t('es', 'child')('go.left', { count: 5 })).toBe('Quedan 5')
  })
})

describe.each(['child', 'student'])('the wordings under "%s"', (voice) => {
  const english = readLocales('locales').en
  const all = flat(english ?? {})
  const own = [...all].filter(([key]) => key.startsWith(`${voice}.`))

  it('each stand for one for everyone, and fill in nothing that it does not', () => {
    expect(own.length).toBeGreaterThan(2)
    for (const [key, words] of own) {
      const plain = all.get(key.slice(voice.length + 1))
      expect(plain, key).toBeTypeOf('string')
      for (const blank of blanks(String(words))) expect([...blanks(String(plain))], key).toContain(blank)
    }
  })
})
