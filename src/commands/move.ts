import { openEngine, type Place } from '../store/engine.ts'
import { moveAll } from '../store/move.ts'
import { openStores } from '../store/open.ts'
import { faultyCounts } from './check.ts'
import { type Command, Refusal, take } from './command.ts'

export const move: Command = {
  usage: 'move --to URL|FOLDER',
  does: 'copies everything to an empty PostgreSQL database or folder and recounts it there; stop the servers first',
  async run(args, room) {
    const { values } = take(move, args, 0, { to: { type: 'string' } })
    const to = String(values.to ?? '')
    if (to === '') throw new Refusal(`type it as: heard ${move.usage}`)
    const target: Place = /^postgres(ql)?:\/\//.test(to) ? { dataDir: '', databaseUrl: to } : { dataDir: to }
    const copied = await copyTo(room.config, target)
    for (const [table, n] of copied) if (n > 0) room.output.write(`${table}\t${n}\n`)
    const stores = await openStores(target)
    try {
      const faulty = await faultyCounts(stores)
      if (faulty.length > 0)
        throw new Refusal(`copied, but kept counts are not what the answers say: ${faulty.join(', ')}`)
    } finally {
      await stores.close()
    }
    room.output.write(
      `everything is there and counted afresh. Start the servers with ${
        target.databaseUrl === undefined
          ? `DATA_DIR=${to} and without DATABASE_URL`
          : 'DATABASE_URL set to it'
      }; what was here stays as it is.\n`,
    )
  },
}

async function copyTo(source: Place, target: Place): Promise<Map<string, number>> {
  const from = await openEngine(source)
  try {
    const into = await openEngine(target)
    try {
      return await moveAll(from, into)
    } finally {
      await into.close()
    }
  } finally {
    await from.close()
  }
}
