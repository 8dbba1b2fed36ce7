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
    say(`${token}\n`)
  }
}

/** Written before anything else happens; a reader that is slow is waited for. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'EAGAIN')) throw fault
    }
  }
}

await Promise.all(Array.from({ length: 16 }, send))
