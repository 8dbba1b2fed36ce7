import { parseOptions } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { readEmail } from '../../src/district/people.ts'
import { isCommon } from '../../src/web/commonPassword.ts'
import { hashPassword, passwordProblem, verifyPassword } from '../../src/web/password.ts'

describe('a password', () => {
  it('is kept as argon2id at the cost that OWASP asks for', async () => {
    const hash = await hashPassword('four plain words together')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(parseOptions(hash).saltLen).toBe(16)
    expect(hash).not.toBe(await hashPassword('four plain words together'))
  })

  it('is right only when it is the same, however the keyboard writes its accents', async () => {
    const hash = await hashPassword('caf\u00e9 in the morning')
    expect(await verifyPassword(hash, 'cafe\u0301 in the morning')).toBe(true)
    expect(await verifyPassword(hash, 'cafe in the morning')).toBe(false)
    expect(await verifyPassword(hash, '')).toBe(false)
  })

  it('is never right for nobody, and takes as long to refuse', async () => {
    const hash = await hashPassword('four plain words together')
    const fastest = async (kept: string | undefined) => {
      let best = Number.POSITIVE_INFINITY
      for (let turn = 0; turn < 7; turn += 1) {
        const start = performance.now()
        expect(await verifyPassword(kept, 'wrong')).toBe(false)
        best = Math.min(best, performance.now() - start)
      }
      return best
    }
    const [somebody, nobody] = [await fastest(hash), await fastest(undefined)]
    // The machines are noisy; without the dummy hash this ratio is under a hundredth.
    expect(nobody / somebody).toBeGreaterThan(0.3)
    expect(await verifyPassword(null, '')).toBe(false)
  })

  it.each([
    ['11 letters', 'x'.repeat(11), 'short'],
    ['12 letters', 'x'.repeat(12), undefined],
    ['12 signs of two units each', '\u{1f40b}'.repeat(12), undefined],
    ['256 letters', 'x'.repeat(256), undefined],
    ['257 letters', 'x'.repeat(257), 'long'],
  ])('may have any letters; only its length counts: %s', (_name, password, problem) => {
    expect(passwordProblem(password)).toBe(problem)
  })
})

describe('an e-mail', () => {
  it.each([
    [' Ana.Diaz@Example.ORG ', 'ana.diaz@example.org'],
    ['ana', undefined],
    ['ana@example', undefined],
    ['ana@example.org, bo@example.org', undefined],
    ['ana\n@example.org', undefined],
    [`${'a'.repeat(250)}@example.org`, undefined],
  ])('%j is read as %j', (typed, email) => {
    expect(readEmail(typed)).toBe(email)
  })
})

describe('a password that others would try first', () => {
  const about = ['rosa.marin@schools.example.org', 'Sample District']
  it.each([
    'password1234',
    'P@ssw0rd!2026',
    'Welcome2026!!',
    'qwertyuiop12',
    '1234567890123',
    'qazwsxedcrfv',
    'aaaaaaaaaaaab',
    'abcabcabcabcabc',
    'summer-summer-1',
    'iloveyou-forever',
    'Contraseña-2026',
    'RosaMarin12345',
    'marin.schools.99',
    'SampleDistrict1',
    'xx-Football-2025',
  ])('is refused: %s', (password) => {
    expect(isCommon(password, about)).toBe(true)
  })

  it.each([
    'four plain words together',
    'a quite different one',
    'correct horse battery staple',
    'the river bends behind our school',
    'gT7#vq!Lw2z9',
    'क्या आज बारिश होगी',
    '下雨天我喜欢在家里看书喝茶',
    'Zebra kayak lantern',
  ])('is none: %s', (password) => {
    expect(isCommon(password, about)).toBe(false)
  })
})
