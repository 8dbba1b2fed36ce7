import { draftsLast } from '../response/hour.ts'
import { forgetReplaced } from '../store/sqlite/backup.ts'
import { replacedLast, tidy } from '../tidy.ts'
import { type Command, take } from './command.ts'

export const tidyCommand: Command = {
  usage: 'tidy',
  does: 'deletes what has had its time, as the server does every hour: old drafts, and what each survey keeps for so many days',
  async run(args, room) {
    take(tidyCommand, args, 0)
    const stores = await room.stores()
    const aside = await forgetReplaced(room.config.dataDir, room.now() - replacedLast)
    if (aside > 0) room.output.write(`${aside} databases that a restore had kept aside\n`)
    const drafts = await stores.drafts.clear(room.now() - draftsLast)
    if (drafts > 0) room.output.write(`${drafts} old drafts\n`)
    for (const { slug, part, n } of await tidy(stores, room.now()))
      room.output.write(`${slug}\t${part}\t${n}\n`)
    await stores.life.mix()
  },
}
