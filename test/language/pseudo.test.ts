import { describe, expect, it } from 'vitest'
import { completeness, flat } from '../../src/language/completeness.ts'
import { pseudo, pseudoLocale } from '../../src/language/pseudo.ts'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { localeFaults } from '../rules/locales.ts'

const { en = { _about: { name: '' } } } = readLocales('locales')

describe('the made-up language', () => {
  it('marks every letter, runs 40 % longer and stands in brackets', () => {
    expect(pseudo('Save')).toBe('⟦Šàṽé ŵ⟧')
    expect([...pseudo('Send my answers')].length).toBeGreaterThanOrEqual(15 * 1.4)
    expect(pseudo('Send')).not.toMatch(/[A-Za-z]/)
  })

  it('keeps what is filled in', () => {
    expect(pseudo('{{count}} of {{- all}} $t(common.x)')).toMatch(
      /^⟦\{\{count\}\} \S+ \{\{- all\}\} \$t\(common\.x\).*⟧$/,
    )
  })

  it.each(['en-XA', 'ar-XB'])('as %s has every key, plural form and blank of the English file', (tag) => {
    const file = pseudoLocale(tag, en)
    expect(localeFaults(tag, file, en)).toEqual([])
    for (const words of flat(file).values()) expect(words).toMatch(/^⟦.*⟧$/su)
    expect(completeness({ en, [tag]: file }).find((one) => one.tag === tag)?.missing).toEqual([])
  })

  it('is read from left to right as en-XA and from right to left as ar-XB', () => {
    const messages = wordings({ en, 'en-XA': pseudoLocale('en-XA', en), 'ar-XB': pseudoLocale('ar-XB', en) })
    expect(messages.locales.map(({ dir }) => dir)).toEqual(['rtl', 'ltr', 'ltr'])
    expect(messages.t('ar-XB')('respond.minutes', { count: 3 })).toMatch(/^⟦.*3.*⟧$/)
  })
})
