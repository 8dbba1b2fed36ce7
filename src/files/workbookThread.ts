import { parentPort, workerData } from 'node:worker_threads'
import { readWorkbook } from './workbook.ts'

/** A workbook of many thousand rows takes seconds to read: on a thread of its own it keeps no page waiting. */
parentPort?.postMessage(readWorkbook(workerData as Uint8Array))
