import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

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
