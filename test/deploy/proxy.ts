import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** Where a proxy stands, and where it finds Heard. */
type Ports = { heard: number; http: number; https: number }
/** Writes its settings to a folder that also holds fullchain.pem and privkey.pem; how it is started. */
type Kind = { installed: () => boolean; settle: (folder: string, ports: Ports) => string[] }

/** The address that the files of deploy/ speak of. */
const address = 'surveys.example.org'
const ours = (file: string, heard: number) =>
  readFileSync(join('deploy', file), 'utf8')
    .replace('127.0.0.1:3000', `127.0.0.1:${heard}`)
    .replaceAll(` ${address};`, ' localhost;')

/** Our files as they are, but for the name, the ports and the certificate. */
const kinds: Record<string, Kind> = {
  nginx: {
    installed: () => runs('nginx', '-v'),
    settle(folder, { heard, http, https }) {
      const file = ours('nginx.conf', heard)
        .replace('listen 80;', `listen 127.0.0.1:${http};`)
        .replace('listen 443 ', `listen 127.0.0.1:${https} `)
        .replaceAll(`/etc/letsencrypt/live/${address}`, folder)
      const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${join(folder, name)};`,
      )
      writeFileSync(
        join(folder, 'conf'),
        ['pid pid;', 'events {}', 'http {', ...scratch, file, '}'].join('\n'),
      )
      return ['nginx', '-p', folder, '-e', 'stderr', '-c', join(folder, 'conf'), '-g', 'daemon off;']
    },
  },
  caddy: {
    installed: () => runs('caddy', 'version'),
    settle(folder, { heard, http, https }) {
      const site = ours('Caddyfile', heard).replace(
        `${address} {`,
        `https://localhost:${https} {\n\ttls ${join(folder, 'fullchain.pem')} ${join(folder, 'privkey.pem')}`,
      )
      const general = [
        'admin off',
        `http_port ${http}`,
        `https_port ${https}`,
        `storage file_system ${folder}`,
      ]
      writeFileSync(
        join(folder, 'conf'),
        `{\n\t${general.join('\n\t')}\n\tdefault_bind 127.0.0.1\n}\n${site}`,
      )
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'conf')]
    },
  },
}
export const proxies = Object.keys(kinds)

/** Whether this machine has it; what makes the certificate as well. */
export const isInstalled = (name: string): boolean =>
  (kinds[name]?.installed() ?? false) && runs('openssl', 'version')

function runs(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Starts it in front of Heard's port, with a certificate of its own that this process trusts from now on. */
export async function startProxy(name: string, heard: number) {
  const kind = kinds[name]
  if (!kind) throw new Error(`there is no ${name}`)
  const folder = mkdtempSync(join(tmpdir(), `heard-${name}-`))
  // Of nginx, another user than the one who starts it.
  chmodSync(folder, 0o755)
  makeCertificate(folder)
  const ports = { heard, http: await freePort(), https: await freePort() }
  const [command = '', ...args] = kind.settle(folder, ports)
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder },
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => {
    said = (said + String(part)).slice(-3000)
  })
  const ended = once(child, 'exit')
  while (!(await listens(ports.https))) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`)
    await pause(20)
  }
  return {
    url: `https://localhost:${ports.https}`,
    plain: `http://localhost:${ports.http}`,
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

function makeCertificate(folder: string): void {
  const [key, certificate] = ['privkey.pem', 'fullchain.pem'].map((file) => join(folder, file)) as [
    string,
    string,
  ]
  const asked = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync('openssl', ['req', ...asked, ...named, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')])
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const given = server.address()
  server.close()
  await once(server, 'close')
  return typeof given === 'object' && given ? given.port : 0
}

const listens = (port: number): Promise<boolean> =>
  new Promise((tell) => {
    const line = connect(port, '127.0.0.1', () => {
      line.destroy()
      tell(true)
    })
    line.on('error', () => tell(false))
  })
