import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export type Server = {
  url: string
  pid: number
  /** Milliseconds from the start of the process until its first page was answered. */
  ready: number
  /** Asks it to stop and waits; throws when it did not end in order. */
  stop: () => Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** Longest wait for a server to come up, or to finish what it took, milliseconds. */
const patience = 120_000

/** What is still running, so that nothing outlives the bench, however it ends. */
const running = new Set<() => void>()
process.once('exit', () => {
  for (const kill of running) kill()
})

/**
 * Starts a file of this repository that prints "... listening on URL", with a clean environment and the settings
 * given, and waits until `page` is answered.
 */
export async function startServer(
  file: string,
  {
    args = [],
    nodeArgs = [],
    settings = {},
    page = '/',
    checkout = root,
  }: {
    args?: string[]
    nodeArgs?: string[]
    settings?: Record<string, string>
    page?: string
    /** The folder of another checkout of Heard, to run its file of this name. */
    checkout?: string
  },
): Promise<Server> {
  const began = performance.now()
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    cwd: checkout,
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), PORT: '0', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  running.add(kill)
  const ended = once(child, 'exit').finally(() => running.delete(kill))
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + String(chunk)).slice(-2000)
  })
  const url = await Promise.race([
    new Promise<string>((found) => {
      // Read to the end: a full pipe would stop the server.
      createInterface({ input: child.stdout }).on('line', (line) => {
        const address = /listening on (http:\S+)/.exec(line)?.[1]
        if (address) found(address)
        else said = `${said}${line}\n`.slice(-2000)
      })
    }),
    ended.then(() => Promise.reject(new Error(`${file} did not start: ${said}`))),
    waited().then(() => Promise.reject(new Error(`${file} did not listen within ${patience} ms`))),
  ])
  const first = await fetch(new URL(page, url))
  await first.arrayBuffer()
  if (!first.ok) throw new Error(`${file} answered ${page} with ${first.status}: ${said}`)
  const ready = performance.now() - began
  return {
    url,
    pid: child.pid ?? 0,
    ready,
    async stop() {
      child.kill('SIGTERM')
      const outcome = await Promise.race([ended, waited()])
      if (!outcome) kill()
      if (!outcome || (outcome[0] !== 0 && outcome[1] !== 'SIGTERM'))
        throw new Error(`${file} did not end in order: ${said}`)
    },
  }
}

/** Does not keep the bench alive. */
const waited = () => wait(patience, undefined, { ref: false })

export type Ran = { seconds: number; peak: number | undefined; said: string }

/**
 * Runs `heard COMMAND` in a process of its own to its end; what it prints goes to `file`, or is read. `peak`: the most
 * memory that was resident, MB. Throws when it failed.
 */
export async function runHeard(
  command: readonly string[],
  { settings, file }: { settings: Record<string, string>; file?: string },
): Promise<Ran> {
  const began = performance.now()
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const out = file === undefined ? undefined : openSync(file, 'w')
  const child = spawn(process.execPath, ['src/cli.ts', ...command], {
    cwd: root,
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', out ?? 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  running.add(kill)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-2000)
    })
  let peak: number | undefined
  const look = setInterval(() => {
    peak = memoryOf(child.pid ?? 0, 'VmHWM') ?? peak
  }, 20)
  const [code] = await once(child, 'exit').finally(() => {
    clearInterval(look)
    running.delete(kill)
    if (out !== undefined) closeSync(out)
  })
  if (code !== 0) throw new Error(`heard ${command.join(' ')} ended with ${code}: ${said}`)
  return { seconds: (performance.now() - began) / 1000, peak, said }
}

/** A line of what Linux tells of a process' memory, in MB. */
function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const line = new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return line ? Number(line) / 1000 : undefined
  } catch {
    // Not Linux, or it has ended.
    return undefined
  }
}

/** Resident memory of a process in MB, or undefined where the system does not tell. */
export function residentMemory(pid: number): number | undefined {
  const found = memoryOf(pid, 'VmRSS')
  if (found !== undefined) return found
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000
  } catch {
    return undefined
  }
}

/** What a clock tick of Linux' accounts is, microseconds (USER_HZ, the same on every machine that Node runs on). */
const tick = 10_000

/** Microseconds of processor time that a process has taken, its threads and the kernel's work for it; Linux alone. */
export function processorTime(pid: number): number | undefined {
  try {
    // The second field, the name, may hold anything; those wanted are the 14th and 15th (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tick
  } catch {
    return undefined
  }
}
