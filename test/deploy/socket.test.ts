import { spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { placeSettings } from '../engine.ts'

// A shell stands where systemd would: it holds the door, and starts the server again when it has ended.
const keeper = `for n in 1 2; do sh -c 'echo server $$; LISTEN_FDS=1 LISTEN_PID=$$ exec "$NODE" src/server.ts'; done`

test.skipIf(process.platform === 'win32')(
  'who comes while the server starts again waits, where the system keeps the door',
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'heard-door-'))
    const door = createServer().listen(0, '127.0.0.1')
    await once(door, 'listening')
    const { port } = door.address() as AddressInfo
    const { fd } = (door as unknown as { _handle: { fd: number } })._handle
    const env = {
      PATH: process.env.PATH,
      NODE: process.execPath,
      LOG_LEVEL: 'silent',
      ...(await placeSettings(dataDir)),
    }
    const shell = spawn('sh', ['-c', keeper], { env, stdio: ['ignore', 'pipe', 'inherit', fd] })
    door.close()
    const servers: number[] = []
    const lines = createInterface({ input: shell.stdout as Readable })
    lines.on('line', (line) => servers.push(...[/^server (\d+)$/.exec(line)?.[1] ?? []].flat().map(Number)))
    const said = async (what: RegExp) => {
      for await (const [line] of on(lines, 'line')) if (what.test(line)) return
    }
    const home = () =>
      fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } }).then(({ status }) => status)
    const stop = () => process.kill(servers.at(-1) ?? 0, 'SIGTERM')
    try {
      const first = said(/listening/)
      // Nothing listens yet but the door.
      expect(await home()).toBe(200)
      // From then on it ends in order.
      await first
      const [next, second] = [said(/^server/), said(/listening/)]
      stop()
      await next
      expect(await home()).toBe(200)
      await second
      stop()
      expect(await once(shell, 'exit')).toEqual([0, null])
    } finally {
      shell.kill('SIGKILL')
      await rm(dataDir, { recursive: true, maxRetries: 3 })
    }
  },
)
