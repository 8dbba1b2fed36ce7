import { parentPort, workerData } from 'node:worker_threads'
import { alike, code, learn } from './learn.ts'
import type { Task } from './thread.ts'

const answer = (task: Task) => {
  if (task.do === 'learn') return learn(task.lesson)
  return task.do === 'code' ? code(task.model, task.comments, task.offered) : alike(task.comments)
}

parentPort?.postMessage(answer(workerData as Task))
