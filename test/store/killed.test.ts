import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import { all, folder, opened, settled, surveyIn } from './fixture.ts'

test('when the process is killed under load, every acknowledged response is there exactly once', async () => {
  const dir = await folder()
  const stores = await openStores({ dataDir: dir })
  const survey = await surveyIn(stores)
  await stores.close()

  const acknowledged: string[] = []
  for (let round = 0; round < 3; round++) {
    const load = join(import.meta.dirname, 'load.ts')
    const child = spawn(process.execPath, [load, dir, String(survey), String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    const until = acknowledged.length + 150 + 77 * round
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line)
      if (acknowledged.length === until) child.kill('SIGKILL')
    }
    expect((await exited)[1]).toBe('SIGKILL')
  }

  const again = await opened(dir)
  const kept = (await all(again.responses.stream(survey))).map(({ answers }) => String(answers.goal))
  expect(new Set(kept).size).toBe(kept.length)
  expect(acknowledged.filter((one) => !kept.includes(one))).toEqual([])
  // Tallies were in the same transactions, so they agree even with those that nobody was told of.
  expect(await again.responses.count(survey)).toBe(kept.length)
  const channels = (await again.turnout.list(survey)).filter(({ dimension }) => dimension === 'channel')
  expect(channels.map(({ code, n }) => [code, n])).toEqual([['web', kept.length]])
  expect(await again.tallies.list(survey)).toContainEqual({
    question: 'goal',
    cell: 'reading',
    group: 'family',
    n: kept.length,
  })
  expect(await again.responses.submit(survey, acknowledged[0] ?? '', settled())).toBe('already')
})
