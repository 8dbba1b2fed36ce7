import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { Unavailable } from '../errors.ts'
import type { Job, Outcome } from '../jobs.ts'
import { prepareCommit } from './commit.ts'
import { connect } from './connection.ts'

/** Jobs on their way to the thread. As JSON text where it holds all they say: copied as objects they take four times as long. */
type Sent = (string | Job)[]
type Reply = { outcomes: Outcome[] } | { fault: string }

/** How long a commit waits for another process (an import, a repair) to let go of the file, milliseconds. */
const PATIENCE = 30_000

export type Writer = {
  commit: (jobs: Job[]) => Promise<Outcome[]>
  close: () => Promise<void>
}

/**
 * Commits on a thread of its own: a flush to disk takes milliseconds in which nothing else on its thread moves,
 * and the thread that serves pages cannot spare them. The thread starts with the first commit, does not
 * keep the process alive between commits, and is replaced when it dies.
 */
export function openWriter(file: string): Writer {
  let thread: Worker | undefined
  let settle: { resolve: (outcomes: Outcome[]) => void; reject: (error: Error) => void } | undefined

  function start(): Worker {
    const worker = new Worker(new URL('./writer.ts', import.meta.url), {
      workerData: { heardWriter: file },
      execArgv: [],
    })
    const lost = (why: string) => {
      // The exit of a thread that failed before, which may come when the next one is at work already.
      if (thread !== worker) return
      thread = undefined
      settle?.reject(new Unavailable(`the writing thread stopped: ${why}`))
      settle = undefined
    }
    worker.on('message', (reply: Reply) => {
      worker.unref()
      const waiting = settle
      settle = undefined
      if ('outcomes' in reply) waiting?.resolve(reply.outcomes)
      else waiting?.reject(new Unavailable(reply.fault))
    })
    worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => lost(`exit ${code}`))
    return worker
  }

  return {
    commit: (jobs) =>
      new Promise((resolve, reject) => {
        thread ??= start()
        settle = { resolve, reject }
        thread.ref()
        const sent: Sent = jobs.map((job) => (job.kind === 'statement' ? job : JSON.stringify(job)))
        thread.postMessage(sent)
      }),
    close: () =>
      new Promise((resolve) => {
        if (!thread) return resolve()
        thread.ref()
        thread.once('exit', () => resolve())
        thread.postMessage('close')
      }),
  }
}

function serve(port: MessagePort, file: string): void {
  const db = connect(file, 'write', PATIENCE)
  const commit = prepareCommit(db)
  port.on('message', (message: Sent | 'close') => {
    if (message === 'close') {
      db.close()
      port.close()
      return
    }
    port.postMessage(answer(message))
  })

  function answer(sent: Sent): Reply {
    try {
      const jobs = sent.map((job) => (typeof job === 'string' ? (JSON.parse(job) as Job) : job))
      return { outcomes: commit(jobs) }
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) }
    }
  }
}

// Acts only as the thread that openWriter started, never when imported.
if (parentPort && typeof workerData?.heardWriter === 'string') serve(parentPort, workerData.heardWriter)
