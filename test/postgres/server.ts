import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A PostgreSQL of our own, without anything in it; `url` names a database on it, `psql` the program that asks it. */
export type Server = {
  url: (database: string) => string
  psql: string
  /** It ends at once, as when its machine does, and starts again from what is on disk. */
  crash: () => Promise<void>
  close: () => Promise<void>
}

/** Where Debian and others put PostgreSQL's programs; those of the newest version. */
export function programs(): string | undefined {
  for (const folder of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/pgsql']) {
    const versions = existsSync(folder)
      ? readdirSync(folder).filter((name) => /^(postgresql@)?\d+$/.test(name))
      : []
    const number = (name: string) => Number(/\d+$/.exec(name))
    for (const version of versions.sort((a, b) => number(b) - number(a))) {
      const bin = join(folder, version, 'bin')
      if (existsSync(join(bin, 'initdb'))) return bin
    }
  }
  return undefined
}

/** Nobody may run PostgreSQL as root: then it runs as the user that has no rights at all. */
const nobody = { uid: 65534, gid: 65534 }

/**
 * Starts a server on a socket in a folder of its own, which is gone when it closes. It is hasty unless `safe`: what it
 * holds need not outlive the machine. Its language is one in which A comes beside a, as on most machines.
 */
export async function startPostgres(bin: string, { safe = false } = {}): Promise<Server> {
  const as: Partial<typeof nobody> = process.getuid?.() === 0 ? nobody : {}
  const folder = await mkdtemp(join(tmpdir(), 'heard-pg-'))
  if (as.uid !== undefined && as.gid !== undefined) await chown(folder, as.uid, as.gid)
  await chmod(folder, 0o700)
  const data = join(folder, 'data')
  const make = (...more: string[]) =>
    run(join(bin, 'initdb'), ['-D', data, '-U', 'heard', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...more], {
      ...as,
      cwd: folder,
    })
  await make('--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en').catch(async () => {
    await rm(data, { recursive: true, force: true })
    await make('--locale=C.UTF-8')
  })
  const hasty = safe
    ? {}
    : { fsync: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }
  const settings = { listen_addresses: '', unix_socket_directories: folder, max_connections: '300', ...hasty }
  const start = () =>
    spawn(
      join(bin, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
  let server = start()
  const crash = async () => {
    await ended(server)
    server = start()
    await ready(server)
  }
  const close = async () => {
    await ended(server)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    await ready(server)
  } catch (fault) {
    await close()
    throw fault
  }
  const url = (database: string) =>
    `postgres://heard@localhost/${database}?host=${encodeURIComponent(folder)}`
  return { url, psql: join(bin, 'psql'), crash, close }
}

/** Resolves when it says so; what it says after is of no interest, but has to go somewhere. */
const ready = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (part: Buffer) => {
      if (said.length < 10_000) said += part.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  const exit = new Promise((resolve) => server.once('exit', resolve))
  // At once: its lines are cut, its folder goes anyway.
  server.kill('SIGQUIT')
  await exit
}
