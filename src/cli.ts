import { once } from 'node:events'
import { hungUp, typed } from './commands/typed.ts'

process.stdout.on('error', (error) => {
  if (!hungUp(error)) throw error
})

// Whatever is written, such as backups, is for this user alone.
process.umask(0o077)

process.exitCode = await typed(process.argv.slice(2), {
  env: process.env,
  input: process.stdin,
  output: process.stdout,
  notices: process.stderr,
  now: Date.now,
  serve: async (config) => (await import('./server.ts')).serve(config),
  ended: async () => {
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  },
})
