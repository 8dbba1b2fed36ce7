import { type Command, take } from './command.ts'

export const migrate: Command = {
  usage: 'migrate',
  does: 'makes the data folder and brings its database up to date; every other command does so too',
  async run(args, room) {
    take(migrate, args, 0)
    await room.stores()
    const { dataDir, databaseUrl } = room.config
    room.output.write(`the data ${databaseUrl ? 'on PostgreSQL' : `in ${dataDir}`} is up to date\n`)
  },
}
