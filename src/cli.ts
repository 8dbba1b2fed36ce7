import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// What was compiled once is kept with the data, as the server does (server.ts); hence nothing of ours is imported before.
const folder = process.env.DATA_DIR || './data'
if (existsSync(folder)) enableCompileCache(join(folder, 'compiled'))
const { hungUp, typed } = await import('./commands/typed.ts')

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
