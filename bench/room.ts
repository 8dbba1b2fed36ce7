import type { Ledger } from './ledger.ts'
import type { Server } from './process.ts'
import type { Row } from './row.ts'
import type { Scratch } from './scratch.ts'

/** What a measurement works with. The three servers run all the time and idle while they have no turn. */
export type Room = {
  /** Rounds of turns, and the length of a turn in seconds. */
  rounds: number
  seconds: number
  quick: boolean
  /** How many responses the size part fills a survey with, and how many the survey beside it has. */
  responses: number
  /** An empty folder for whatever a measurement makes; removed at the end. */
  folder: (name: string) => string
  /** Starts Heard on a data folder. */
  startHeard: (dataDir: string, page?: string) => Promise<Server>
  /** Starts a bare server that answers the bytes of Heard's start page. */
  startCeiling: (kind: 'http' | 'express') => Promise<Server>
  scratch: Scratch
  ledger: Ledger
  heard: Server
  http: Server
  express: Server
  /** Heard of another checkout (--beside), on a copy of the same data. */
  other: Server | undefined
}

/** One file in measures/ each. */
export type Measure = { title: string; run: (room: Room) => Promise<Row[]> }
