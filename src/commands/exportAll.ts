import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { everything } from '../routes/reports/everything.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, Refusal, take } from './command.ts'

/** The same as the button of admins (routes/reports/exportAll.ts), into a folder. */
export const exportAll: Command = {
  usage: 'export-all DIR',
  does: 'writes everything into a new folder, as CSV and JSON with a codebook: surveys, responses, themes, plans, enrolment, the record',
  async run(args, room) {
    const [folder = ''] = take(exportAll, args, 1).positionals
    const stores = await room.stores()
    try {
      await mkdir(folder, { mode: 0o700 })
    } catch (fault) {
      throw new Refusal(`${folder} cannot be made, or is there already: ${(fault as Error).message}`)
    }
    await auditBy(stores, undefined, room.now(), 'exported', '', 'everything')
    await everything(stores, (name, content) =>
      pipeline(Readable.from(content), createWriteStream(join(folder, name), { mode: 0o600 })),
    )
    room.output.write(`everything is in ${folder}\n`)
  },
}
