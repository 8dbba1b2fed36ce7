import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import { nextVersion } from '../export/sample.ts'
import { openDesk } from './command-line.ts'

const rows = 16_000

test('an import that is killed goes on where it stopped, and families answer while it runs', {
  timeout: 120_000,
}, async () => {
  const desk = await openDesk()
  onTestFinished(() => desk.close())
  await writeFile(desk.file('all.json'), JSON.stringify({ slug: 'all', questionnaire: nextVersion }))
  await desk.heard(['survey', 'import', desk.file('all.json')])
  // Each row has a number of its own, in the order of the file.
  const lines = Array.from({ length: rows }, (_, at) => `${at % 2 ? 'reading' : 'safety'},${at}`)
  await writeFile(desk.file('many.csv'), ['goal,more', ...lines].join('\n'))
  const stores = await openStores({ dataDir: desk.dataDir })
  onTestFinished(() => stores.close())
  const { id } = (await stores.surveys.find('all')) ?? { id: 0 }

  const child = desk.start(['responses', 'import', 'all', desk.file('many.csv')])
  let said = ''
  child.stderr.on('data', (part) => {
    said += String(part)
  })
  const exited = once(child, 'exit')
  for (let n = 0; n < 5_000 && child.exitCode === null; n = await stores.responses.count(id)) await wait(5)
  child.kill('SIGKILL')
  expect((await exited)[1], said).toBe('SIGKILL')
  const cut = await stores.responses.count(id)
  expect(cut).toBeLessThan(rows)
  expect(cut % 5_000).toBe(0)

  // Somebody answers before it goes on.
  const answered = await Array.fromAsync(stores.responses.stream(id))
  const { answers = {} } = answered[0] ?? {}
  const about = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const settled = {
    ...about,
    group: '',
    school: '',
    answers,
    cells: [{ question: '', cell: '' }],
    comments: [],
  }
  await stores.responses.submit(id, 'a family', settled)

  const again = await desk.heard(['responses', 'import', 'all', desk.file('many.csv')])
  expect(again.out).toBe(`${rows - cut} responses added to all\n`)
  expect(again.err).toContain(`heard: ${cut} responses of this file are there already; going on\n`)
  const kept = await Array.fromAsync(stores.responses.stream(id))
  const numbers = kept.filter(({ channel }) => channel === 'import').map(({ answers }) => answers.more)
  expect(numbers.map((more) => Number((more as { words: string }).words))).toEqual(lines.map((_, at) => at))
  expect(await stores.responses.count(id)).toBe(rows + 1)

  // Read to its end, the file is forgotten: who reads it in once more means it.
  expect(await stores.responses.partsKept(id, '')).toBe(0)
  const part = answered.slice(0, 2).map((one) => ({ ...settled, answers: one.answers }))
  expect(await stores.responses.addPart(id, [part], { fingerprint: 'f', kept: 0 })).toBe(2)
  for (const kept of [0, 1])
    await expect(stores.responses.addPart(id, [part], { fingerprint: 'f', kept })).rejects.toThrow(
      'elsewhere',
    )
  expect(await stores.responses.count(id)).toBe(rows + 3)
})
