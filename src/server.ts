import { mkdirSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

// What was compiled once is kept with the data, which nobody else can write to: reading and compiling some hundred
// files is most of what a start takes. Hence nothing of ours is imported before.
if (import.meta.main) {
  // Whatever is written is for this user alone, wherever the folder is.
  process.umask(0o077)
  const folder = process.env.DATA_DIR || './data'
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    enableCompileCache(join(folder, 'compiled'))
    // Also for a server that never ends in order.
    setTimeout(flushCompileCache, 10_000).unref()
  } catch {
    // The store will say what is wrong with the folder.
  }
}

const { readConfig } = await import('./config.ts')
export const { serve, closeOnSignal } = await import('./serving.ts')
export type { Running } from './serving.ts'

if (import.meta.main) {
  try {
    const running = await serve(readConfig(process.env))
    // Before it says so: whoever reads that may stop it at once.
    closeOnSignal(running)
    console.log(`Heard is listening on ${running.url}`)
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    process.exit(1)
  }
}
