import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doorOf, localPath, requireDoor } from '../../src/web/guard.ts'

describe('the way back after signing in', () => {
  it.each(['/', '/office', '/office/people?x=1&y=%2F', '/reports/spring?group=family'])(
    'keeps %s',
    (path) => {
      expect(localPath(path)).toBe(path)
    },
  )

  it.each([
    '',
    'office',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /office',
    'https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    `/${'x'.repeat(1000)}`,
    ['/office'],
    undefined,
    7,
  ])('drops %j', (path) => {
    expect(localPath(path)).toBeUndefined()
  })

  it('stays on our own address however a browser reads it', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '@',
      ':',
      'evil.example',
      '\t',
      ' ',
      '?',
      '#',
      'http',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 8 }), (parts) => {
        const path = localPath(`/${parts.join('')}`)
        if (path !== undefined)
          expect(new URL(path, 'https://ours.example/sign-in').origin).toBe('https://ours.example')
      }),
      { numRuns: 2000 },
    )
  })
})

it('a guard tells which door it keeps, so that a test can walk every route', () => {
  expect(doorOf(requireDoor('people'))).toBe('people')
  expect(doorOf(() => {})).toBeUndefined()
})
