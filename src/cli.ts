import { once } from 'node:events'
import { run } from './commands/all.ts'
import { Refusal, type Room } from './commands/command.ts'
import { readConfig } from './config.ts'
import type { Stores } from './store/stores.ts'

let opened: Promise<Stores> | undefined

async function close(): Promise<void> {
  const stores = await opened?.catch(() => undefined)
  opened = undefined
  await stores?.close()
}

/** What a file or the system said no to, in words; the path is the one that was typed. */
const system: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read or written',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Refusal) return error.message
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `${error.message}; set PORT to a free one`
  const words = code === undefined ? undefined : system[code]
  return words && path ? `${path}: ${words}` : (error.message.split('\n')[0] ?? error.name)
}

/** The reader of our output went away (`heard ... | head`): nobody is left to tell. */
const hungUp = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'EPIPE'
process.stdout.on('error', (error) => {
  if (!hungUp(error)) throw error
})

try {
  const config = readConfig(process.env)
  const room: Room = {
    config,
    stores: () => {
      opened ??= import('./store/open.ts').then(({ openStores }) => openStores(config))
      return opened
    },
    close,
    serve: async () => (await import('./server.ts')).serve(config),
    input: process.stdin,
    output: process.stdout,
    notices: process.stderr,
    now: Date.now,
    ended: async () => {
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    },
  }
  await run(process.argv.slice(2), room)
} catch (error) {
  if (!hungUp(error)) process.stderr.write(`heard: ${told(error)}\n`)
  process.exitCode = 1
} finally {
  await close()
}
