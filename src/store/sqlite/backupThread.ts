import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { backUp } from './backup.ts'

/** Backups that a server makes by itself: `every` and times in milliseconds, `keep` how many of them stay. */
export type BackupPlan = { folder: string; every: number; keep: number }

const named = /^heard-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)\.db$/

const nameOf = (at: number): string => `heard-${new Date(at).toISOString().slice(0, 16).replace(':', '-')}.db`

const madeAt = (name: string): number | undefined => {
  const [, day, hour, minute] = named.exec(name) ?? []
  return day ? Date.parse(`${day}T${hour}:${minute}:00Z`) : undefined
}

/** Is it time for another? Also when the last one was made by a server that has stopped since. */
export function backupDue(names: readonly string[], now: number, every: number): boolean {
  const last = Math.max(...names.map((name) => madeAt(name) ?? Number.NEGATIVE_INFINITY))
  return !(now - last < every)
}

/** Those beyond the newest `keep`; files with other names are never ours to remove. */
export const outdatedBackups = (names: readonly string[], keep: number): string[] =>
  names
    .filter((name) => named.test(name))
    .sort()
    .reverse()
    .slice(keep)

/**
 * Makes a backup when one is due and removes those that are too many: never before the new one is whole. On a
 * thread of its own, since checking a large copy takes seconds in which no page would be served.
 *
 * @returns the name of the file that was made, undefined when none was due
 */
export async function keepBackups(
  dataDir: string,
  { folder, every, keep }: BackupPlan,
  now: number,
): Promise<string | undefined> {
  const there = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return []
    throw fault
  })
  if (!backupDue(there, now, every)) return undefined
  const name = nameOf(now)
  await onThread({ dataDir, file: join(folder, name) })
  for (const old of outdatedBackups([...there, name], keep)) await rm(join(folder, old), { force: true })
  return name
}

type Task = { dataDir: string; file: string }

const onThread = (task: Task): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { heardBackup: task }, execArgv: [] })
    worker.once('message', (fault: string | null) => (fault === null ? resolve() : reject(new Error(fault))))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the backup stopped half-way')))
  })

const task = (workerData as { heardBackup?: Task } | null)?.heardBackup
if (!isMainThread && task)
  backUp(task.dataDir, task.file).then(
    () => parentPort?.postMessage(null),
    (fault: unknown) => parentPort?.postMessage(String(fault)),
  )
