// Sends responses as fast as it can and prints each one that was acknowledged, until it is killed.
import { writeSync } from 'node:fs'
import { openStores } from '../../src/store/open.ts'

const [dataDir = '', survey = '', round = ''] = process.argv.slice(2)
const stores = await openStores({ dataDir })
let next = 0

async function send(): Promise<never> {
  for (;;) {
    const token = `${round}-${next++}`
    await stores.responses.submit(Number(survey), token, {
      version: 1,
      language: 'es',
      channel: 'web',
      hour: 0,
      group: 'family',
      school: '',
      answers: { goal: token, why: 'w' },
      cells: [
        { question: '', cell: '' },
        { question: 'goal', cell: 'reading' },
      ],
      comments: [],
    })
    writeSync(1, `${token}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, send))
