import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig, settingNames } from '../../src/config.ts'

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
