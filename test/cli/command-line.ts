import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { typed } from '../../src/commands/typed.ts'

class Sink extends Writable {
  readonly #parts: Buffer[] = []
  override _write(part: Buffer, _: BufferEncoding, done: () => void): void {
    this.#parts.push(part)
    done()
  }
  text = (): string => Buffer.concat(this.#parts).toString()
}

export type Said = { code: number | null; out: string; err: string }

/**
 * A data folder of its own, and the real command line on it: `heard` in this process, since a process of its own for
 * each of two hundred commands takes minutes; `start` and `alone` in one of its own.
 */
export async function openDesk() {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-cli-'))
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }
  const start = (args: string[], more: Record<string, string> = {}) =>
    spawn(process.execPath, ['src/cli.ts', ...args], {
      env: { ...env, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  const heard = async (args: string[], input = '', more: Record<string, string> = {}): Promise<Said> => {
    const [output, notices] = [new Sink(), new Sink()]
    const serve = () => Promise.reject(new Error('a server is started in a process of its own'))
    const ended = () => Promise.resolve()
    const seat = { input: Readable.from([Buffer.from(input)]), output, notices, now: Date.now, serve, ended }
    const code = await typed(args, { ...seat, env: { ...env, ...more } })
    return { code, out: output.text(), err: notices.text() }
  }
  const alone = async (args: string[], input = '', more: Record<string, string> = {}): Promise<Said> => {
    const child = start(args, more)
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((done) => child.once('close', done)),
    ])
    return { code, out, err }
  }
  return {
    dataDir,
    file: (name: string) => join(dataDir, name),
    heard,
    alone,
    start,
    close: () => rm(dataDir, { recursive: true }),
  }
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}
