import { Worker } from 'node:worker_threads'
import type { Model } from '../theme/classifier.ts'
import type { Alike, Learnt, Lesson, MachineCode, ToRead } from './learn.ts'

/** What is asked of the thread, and what it answers. */
export type Task =
  | { do: 'learn'; lesson: Lesson }
  | { do: 'code'; model: Model; comments: ToRead[]; offered: string[] }
  | { do: 'alike'; comments: Pick<ToRead, 'id' | 'words'>[] }
type Answer<T extends Task> = T extends { do: 'learn' }
  ? Learnt
  : T extends { do: 'code' }
    ? MachineCode[]
    : Alike

/**
 * Does a task on a thread of its own: seconds of reckoning in which pages go on being served. One thread a task; it
 * does not keep the process alive. With `signal` it can be given up.
 */
export function onThread<T extends Task>(task: T, signal?: AbortSignal): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Error('learning was given up'))
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task, execArgv: [] })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: Answer<T>) => resolve(answer))
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(new Error('learning stopped half-way'))
    })
  })
}
