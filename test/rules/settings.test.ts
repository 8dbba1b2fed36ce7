import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig, settingNames, warningsOf } from '../../src/config.ts'

const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')
const rows = new Map(
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, name, ...cells]) =>
      /^`[A-Z_]+`$/.test(name ?? '') ? [[(name ?? '').slice(1, -1), cells] as const] : [],
    ),
)

describe('docs/settings.md', () => {
  test.each([...settingNames, 'NODE_ENV'])(
    'tells what %s means, what it is when it is not set, and an example',
    (name) => {
      const [meaning = '', standard = '', example = ''] = rows.get(name) ?? []
      expect(meaning.length).toBeGreaterThan(20)
      expect(standard).not.toBe('')
      expect(example).not.toBe('')
    },
  )

  test('names no setting that there is not', () => {
    expect([...rows.keys()].filter((name) => name !== 'NODE_ENV')).toEqual(settingNames)
  })

  test('the examples can be used as they are printed', () => {
    const examples = [...rows].map(([name, cells]) => [name, (cells[2] ?? '').replace(/^`|`.*$/g, '')])
    const usable = Object.fromEntries(
      examples.filter(([name]) => name !== 'SESSION_SECRET' && name !== 'DATABASE_URL'),
    )
    expect(() => readConfig(usable)).not.toThrow()
  })

  test('the defaults are those of the code', () => {
    const config = readConfig({})
    const told = (name: string) => rows.get(name)?.[1]
    expect(told('PORT')).toBe(`\`${config.port}\``)
    expect(told('HOST')).toBe(`\`${config.host}\``)
    expect(told('DATA_DIR')).toBe(`\`${config.dataDir}\``)
    expect(told('TRUST_PROXY')).toBe(`\`${config.trustProxy}\``)
    expect(told('LOG_LEVEL')).toBe(`\`${config.logLevel}\``)
  })
})

describe('settings that cannot be used', () => {
  test('are named all together', () => {
    const wrong = {
      PORT: 'many',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: '-1',
      SESSION_SECRET: 'short',
      SMTP_URL: 'mail',
    }
    expect(() => readConfig(wrong)).toThrow(
      new RegExp(
        Object.keys(wrong)
          .sort()
          .map((name) => `(?=.*${name})`)
          .join(''),
      ),
    )
  })

  test('an empty one counts as not set', () => {
    expect(readConfig({ PORT: '', BASE_URL: '', SMTP_URL: '' })).toEqual(readConfig({}))
  })

  test('production needs to know its own address', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('BASE_URL')
  })
})

describe('the district sign-in', () => {
  const whole = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'heard', OIDC_CLIENT_SECRET: 's' }

  test('is set up by all three or by none', () => {
    expect(readConfig(whole).openid).toMatchObject({ label: 'login.example.org' })
    expect(readConfig({}).openid).toBeUndefined()
    for (const name of Object.keys(whole))
      expect(() => readConfig({ ...whole, [name]: '' })).toThrow(`${name}: is needed`)
    expect(() => readConfig({ OIDC_LABEL: 'Sample' })).toThrow('OIDC_ISSUER')
  })

  test('is reached over https, or on this machine', () => {
    for (const issuer of ['http://login.example.org', 'http://127.0.0.1.example.org', 'ftp://localhost'])
      expect(() => readConfig({ ...whole, OIDC_ISSUER: issuer })).toThrow('begins with https')
    for (const issuer of ['http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000'])
      expect(readConfig({ ...whole, OIDC_ISSUER: issuer }).openid?.issuer).toBe(issuer)
  })
})

test('https without a proxy that is trusted is warned of', () => {
  expect(warningsOf(readConfig({ BASE_URL: 'https://surveys.example.org' }))).toEqual([
    expect.stringContaining('TRUST_PROXY'),
  ])
  expect(warningsOf(readConfig({ BASE_URL: 'https://surveys.example.org', TRUST_PROXY: '1' }))).toEqual([])
  expect(warningsOf(readConfig({ BASE_URL: 'http://localhost:3000' }))).toEqual([])
})
