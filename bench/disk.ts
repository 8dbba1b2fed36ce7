import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'

/** Writes of 4 kB that reach the disk, one after the other, in a second: what every durable commit waits for. */
export function flushesPerSecond(file: string, seconds = 0.5): number {
  const page = Buffer.alloc(4096, 1)
  const open = openSync(file, 'w')
  const began = performance.now()
  let flushes = 0
  try {
    while (performance.now() - began < seconds * 1000) {
      writeSync(open, page)
      fdatasyncSync(open)
      flushes++
    }
    return flushes / ((performance.now() - began) / 1000)
  } finally {
    closeSync(open)
  }
}
