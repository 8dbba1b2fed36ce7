import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ground, openGround, pause, settleDown, type Trial } from './trial.ts'

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' })

/** Whether this machine lets us do it (mounting asks for root). */
function may(command: string, ...args: string[]): boolean {
  try {
    run(command, ...args)
    return true
  } catch {
    return false
  }
}

/**
 * A disk that is full: a small one of its own in memory, filled by a file beside the database, where mounting is
 * allowed; elsewhere a limit on how long files may grow, at the length that they have.
 */
export const fullDisk: Trial = async ({ share }) => {
  const folder = await mkdtemp(join(tmpdir(), 'heard-full-'))
  const mounted = may('mount', '-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder)
  try {
    return await troubled(await openGround(join(folder, 'data')), {
      share,
      how: mounted ? 'a disk of 48 MB, full' : 'no file may grow any more',
      begin: (pid) => {
        if (!mounted) run('prlimit', '--pid', String(pid), `--fsize=65536:`)
        else may('dd', 'if=/dev/zero', `of=${join(folder, 'ballast')}`, 'bs=64k')
      },
      end: async (pid) => {
        if (!mounted) run('prlimit', '--pid', String(pid), '--fsize=unlimited:')
        else await rm(join(folder, 'ballast'))
      },
    })
  } finally {
    if (mounted) run('umount', '-l', folder)
    await rm(folder, { recursive: true, force: true })
  }
}

/** A disk that takes nothing at all any more, as one does that the system has made read-only: every write fails. */
export const readOnlyDisk: Trial = async ({ share }) =>
  troubled(await openGround(), {
    share,
    how: 'every write refused',
    begin: (pid) => run('prlimit', '--pid', String(pid), '--fsize=0:'),
    end: async (pid) => void run('prlimit', '--pid', String(pid), '--fsize=unlimited:'),
  })

type Trouble = {
  share: number
  how: string
  begin: (pid: number) => void
  end: (pid: number) => Promise<void>
}

async function troubled(ground: Ground, { share, how, begin, end }: Trouble) {
  const { crowd } = ground
  const faults: string[] = []
  try {
    const server = await ground.start()
    const milliseconds = 500 + 2500 * share
    await crowd.answer(server.url, { atOnce: 8, milliseconds })
    begin(server.pid)
    const before = crowd.counts()
    await crowd.answer(server.url, { atOnce: 8, milliseconds })
    const during = crowd.counts()
    if (during.refused === before.refused) faults.push('nothing was refused, so the trouble was none')
    if (during.broken > before.broken) faults.push('the server broke connections instead of answering')
    const page = await fetch(server.url)
    if (page.status !== 200) faults.push(`pages that only read were answered with ${page.status}`)
    await page.arrayBuffer()
    await end(server.pid)
    await pause(50)
    faults.push(...(await settleDown(ground, server)))
    const { acknowledged } = crowd.counts()
    return {
      what: `${how}: ${during.refused - before.refused} forms refused with 503, then all finished; ${acknowledged} acknowledged responses`,
      faults,
    }
  } finally {
    await ground.close()
  }
}
