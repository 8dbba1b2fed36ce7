import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGallery, type Sent } from './pages.ts'
import { tagsOf } from './wellFormed.ts'

let gallery: Awaited<ReturnType<typeof openGallery>>
beforeAll(async () => {
  gallery = await openGallery()
  for (const tag of ['en', 'ar']) await gallery.visit(tag)
}, 120_000)
afterAll(() => gallery?.close())

const faults = (found: (page: Sent) => string[]) => [
  ...new Set(gallery.sent.flatMap((page) => found(page).map((fault) => `${page.template}: ${fault}`))),
]

test('no page has script or style of its own: the policy would block it', () => {
  expect(
    faults(({ html }) => [
      ...(html.match(/<style\b[^>]*>/gi) ?? []),
      ...(html.match(/<script\b(?![^>]*\bsrc=)[^>]*>/gi) ?? []),
      ...(html.match(/<script\b[^>]*>(?!<\/script>)/gi) ?? []),
      ...tagsOf(html).flatMap(({ name, attributes }) =>
        [...attributes.keys()]
          .filter((attribute) => attribute === 'style' || attribute.startsWith('on'))
          .map((attribute) => `<${name} ${attribute}>`),
      ),
    ]),
  ).toEqual([])
})

const loading = [
  'src',
  'srcset',
  'poster',
  'data',
  'background',
  'xlink:href',
  'action',
  'formaction',
  'ping',
  'manifest',
]

test('no page loads anything from elsewhere, or sends anything there', () => {
  expect(
    faults(({ html }) =>
      tagsOf(html).flatMap(({ name, attributes }) =>
        [...loading, ...(name === 'a' ? [] : ['href'])].flatMap((attribute) => {
          const value = attributes.get(attribute)
          if (value === undefined || /^(\/(?!\/)|#|\?|data:image\/)/.test(value)) return []
          return [`<${name} ${attribute}="${value}">`]
        }),
      ),
    ),
  ).toEqual([])
})

test('a link that leads elsewhere is https', () => {
  expect(
    faults(({ html }) =>
      tagsOf(html).flatMap(({ name, attributes }) => {
        const href = name === 'a' ? attributes.get('href') : undefined
        return href === undefined ||
          /^(\/(?!\/)|#|\?|https:\/\/|mailto:|tel:|http:\/\/127\.0\.0\.1:\d+\/s\/)/.test(href)
          ? []
          : [href]
      }),
    ),
  ).toEqual([])
})

test('what pages ask for is there, kept for ever, and has the right type', async () => {
  const asked = new Set(
    gallery.sent.flatMap(({ html }) =>
      tagsOf(html).flatMap(({ name, attributes }) => {
        const address = name === 'a' ? undefined : (attributes.get('src') ?? attributes.get('href'))
        return address?.startsWith('/assets/') ? [address] : []
      }),
    ),
  )
  expect(asked.size).toBeGreaterThan(3)
  for (const address of asked) {
    const { status, headers } = await request(gallery.app).get(address)
    expect([address, status]).toEqual([address, 200])
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).toMatch(/^(text\/(css|javascript)|image\/)/)
  }
})

test('every answer has the policy, and it lets nothing inline in', async () => {
  for (const path of ['/', '/s/here', '/s/here/choices', '/nowhere', '/sign-in', '/office', '/healthz']) {
    const policy = (await request(gallery.app).get(path)).headers['content-security-policy'] ?? ''
    expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  }
})

test('no style sheet or script of ours asks for anything elsewhere', () => {
  for (const name of readdirSync('public')) {
    if (!/\.(css|js|svg)$/.test(name)) continue
    const source = readFileSync(join('public', name), 'utf8').replaceAll('http://www.w3.org/', '')
    expect([
      name,
      source.match(/https?:\/\/\S+|@import|url\(\s*['"]?(?!#|data:)|\beval\(|new Function/g),
    ]).toEqual([name, null])
  }
})
