import { oneOf, type Random } from '../../../src/demo/chance.ts'

/** Texts that programs trip over. */
const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '٣',
  'null',
  'undefined',
  'true',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%zz',
  '%00',
  '%c0%ae',
  '%ed%a0%80',
  '\u0000',
  '\ud800',
  '\u202e',
  '\ufeff',
  '￿',
  '👩‍👩‍👧‍👦',
  'é́́́́́́',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<%= 7*7 %>',
  '{{7*7}}',
  '$t(common.send)',
  "' or 1=1 --",
  '=cmd|x',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'http://[::1',
  'a@b@c',
  '2021-02-30',
  '2021-03-14T02:30',
  '9999999-01-01',
  '-271822-04-20',
  'en-x-',
  'x'.repeat(36),
  'zz',
  'i-klingon',
  '\r\nX-Evil: 1',
  '\n',
  ',',
  ';',
  '|',
  '[]',
  '{}',
  '[object Object]',
  '{"a":',
]

export const upTo = (random: Random, most: number): number => Math.floor(random() * most)

export function anyText(random: Random): string {
  const kind = random()
  if (kind < 0.7) return oneOf(random, nasty)
  if (kind < 0.75) return oneOf(random, nasty).repeat(upTo(random, 60))
  if (kind < 0.76) return 'y'.repeat(upTo(random, 40_000))
  return String.fromCodePoint(
    ...Array.from({ length: upTo(random, 12) }, () => upTo(random, random() < 0.9 ? 0x250 : 0xd7ff)),
  )
}

/** A text with a part of it taken out, doubled, turned or replaced. */
export function worn(random: Random, text: string): string {
  const at = upTo(random, text.length + 1)
  const to = at + upTo(random, Math.min(8, text.length - at) + 1)
  const [before, within, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)]
  switch (upTo(random, 5)) {
    case 0:
      return before + after
    case 1:
      return before + within + within + after
    case 2:
      return before + anyText(random) + after
    case 3:
      return before
    default:
      return anyText(random)
  }
}

/** Bytes with some of them changed, cut off, doubled or filled in. */
export function wornBytes(random: Random, bytes: Uint8Array): Buffer<ArrayBuffer> {
  let out: Buffer<ArrayBuffer> = Buffer.from(bytes)
  for (let times = 1 + upTo(random, 6); times > 0; times--) {
    const at = upTo(random, out.length + 1)
    const to = Math.min(out.length, at + upTo(random, 40))
    switch (upTo(random, 6)) {
      case 0:
        out = out.subarray(0, at)
        break
      case 1:
        out = Buffer.concat([out.subarray(0, to), out.subarray(at)])
        break
      case 2:
        out = Buffer.concat([out.subarray(0, at), Buffer.from(anyText(random)), out.subarray(to)])
        break
      default:
        // Single bits do most to compressed files and to numbers.
        if (at < out.length) out[at] = (out[at] ?? 0) ^ (1 << upTo(random, 8))
    }
  }
  return out
}

const values = (random: Random): unknown =>
  oneOf<() => unknown>(random, [
    () => anyText(random),
    () => upTo(random, 100) - 50,
    () => 1e308,
    () => 0.1,
    () => null,
    () => true,
    () => [],
    () => ({}),
    () => [[[[]]]],
    () => ({ en: anyText(random) }),
    () => Array.from({ length: upTo(random, 400) }, () => 'a'),
  ])()

/** A JSON value in which some places hold something else. `share`: of places. */
export function wornJson(random: Random, value: unknown, share: number): unknown {
  if (random() < share)
    return typeof value === 'string' && random() < 0.5 ? worn(random, value) : values(random)
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => {
      const kind = random()
      if (kind < share) return []
      const made = wornJson(random, item, share)
      return kind < share * 2 ? [made, made] : [made]
    })
    return random() < share ? items.reverse() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const kind = random()
    if (kind < share) return []
    return [[kind < share * 1.5 ? worn(random, name) : name, wornJson(random, inner, share)]]
  })
  // As JSON.parse would: a name like __proto__ is a name like any other.
  const made = {}
  for (const [name, inner] of entries)
    Object.defineProperty(made, name, { value: inner, enumerable: true, configurable: true, writable: true })
  return made
}
