import { type Config, readConfig } from '../config.ts'
import type { Stores } from '../store/stores.ts'
import { run } from './all.ts'
import { Refusal, type Room } from './command.ts'

/** Where a command is typed: a terminal, or a test. */
export type Seat = Pick<Room, 'input' | 'output' | 'notices' | 'now' | 'ended'> & {
  env: Record<string, string | undefined>
  serve: (config: Config) => ReturnType<Room['serve']>
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
export const hungUp = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.code === 'EPIPE'

/** Runs what was typed after `heard`; what it cannot do is told on `notices`. @returns the exit code */
export async function typed(args: readonly string[], { env, serve, ...seat }: Seat): Promise<0 | 1> {
  let opened: Promise<Stores> | undefined
  const close = async (): Promise<void> => {
    const stores = await opened?.catch(() => undefined)
    opened = undefined
    await stores?.close()
  }
  try {
    const config = readConfig(env)
    const stores = () => {
      opened ??= import('../store/open.ts').then(({ openStores }) => openStores(config))
      return opened
    }
    await run(args, { ...seat, config, stores, close, serve: () => serve(config) })
    return 0
  } catch (error) {
    if (!hungUp(error)) seat.notices.write(`heard: ${told(error)}\n`)
    return 1
  } finally {
    await close()
  }
}
