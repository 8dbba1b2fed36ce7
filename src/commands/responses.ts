import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { sayNumber } from '../language/format.ts'
import { csvText } from '../report/export/csv.ts'
import { long } from '../report/export/long.ts'
import { versionsOf } from '../report/export/versions.ts'
import { wide } from '../report/export/wide.ts'
import { checkRow, type Header, type Lost, type Reading, readHeader, readRow } from '../response/importing.ts'
import type { Settled } from '../response/response.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, mostFaults, refuse, surveyNamed, take } from './command.ts'
import { readCsv } from './csv-file.ts'
import { beThrifty } from './thrift.ts'

export const responsesExport: Command = {
  usage: 'responses export SLUG [--long]',
  does: 'prints the responses as CSV, a row each, or with --long a row per answer',
  async run(args, room) {
    const { positionals, values } = take(responsesExport, args, 1, { long: { type: 'boolean' } })
    beThrifty()
    const stores = await room.stores()
    const { id, slug } = await surveyNamed(stores, positionals[0] ?? '')
    await auditBy(stores, undefined, room.now(), 'exported', slug, values.long ? 'long' : 'wide')
    await stores.snapshot(async ({ responses }) => {
      // Read after the moment is taken, so that no response is of a version that is not known here.
      const survey = await surveyNamed(stores, positionals[0] ?? '')
      const rows = (values.long ? long : wide)(await versionsOf(stores, survey), responses.stream(id))
      await pipeline(csvText(rows), room.output, { end: false })
    })
  },
}

export const responsesImport: Command = {
  usage: 'responses import SLUG FILE.csv',
  does: 'adds the responses of a CSV file as "responses export" prints it: all of them or none; cut off, it goes on',
  async run(args, room) {
    const [slug = '', file = ''] = take(responsesImport, args, 2).positionals
    beThrifty()
    const stores = await room.stores()
    const survey = await surveyNamed(stores, slug)
    const versions = await versionsOf(stores, survey)
    const reading: Reading = { versions, current: survey.version, hour: room.now() }
    const say = progress(room.notices)
    const { dropped, cut, fingerprint, rows } = await checkFile(file, reading, say)
    const before = await stores.responses.partsKept(survey.id, fingerprint)
    if (before > 0)
      room.notices.write(`heard: ${count(before, 'response')} of this file are there already; going on\n`)
    let kept = before
    let size = partSize.least
    const batches = settledIn(file, reading, before)
    await batches.next(0)
    for (let over = false; !over; ) {
      const began = performance.now()
      const part = async function* () {
        for (let n = 0; n < size; ) {
          const next = await batches.next(size - n)
          over = next.done === true
          if (next.done) return
          n += next.value.length
          yield next.value
        }
      }
      kept += await stores.responses.addPart(survey.id, part(), { fingerprint, kept })
      size = partAfter(size, performance.now() - began)
      say(`${number(kept)} of ${number(rows)} responses added`)
    }
    await stores.crossings.keepUp(survey.id)
    await auditBy(stores, undefined, room.now(), 'imported', slug, String(kept - before))
    if (dropped > 0)
      room.notices.write(
        `heard: left out ${count(dropped, 'answer')} to questions that the other answers of the same row skip\n`,
      )
    if (cut > 0)
      room.notices.write(
        `heard: ended ${count(cut, 'ranking')} at the first rank that was tied or left out, as in counting\n`,
      )
    room.output.write(`${count(kept - before, 'response')} added to ${slug}\n`)
    await stores.responses.forgetParts(survey.id, fingerprint)
  },
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
const number = (n: number): string => sayNumber('en', n)

/** Responses that are written together: so few that families who answer meanwhile hardly wait for them. */
const partSize = { least: 10_000, most: 20_000 }
/** A part that took less than `quick` milliseconds is followed by a larger one, one that took more than `slow` by a smaller. */
const partTook = { quick: 2_000, slow: 4_000 }

function partAfter(size: number, took: number): number {
  if (took < partTook.quick) return Math.min(size * 2, partSize.most)
  return took > partTook.slow ? Math.max(size / 2, partSize.least) : size
}

/** How often a long run says how far it is, milliseconds. */
const sayEvery = 2_000

/** Says how far a run is, now and then; nothing while it is quick. */
function progress(notices: NodeJS.WritableStream): (words: string) => void {
  let said = performance.now()
  return (words) => {
    if (performance.now() - said < sayEvery) return
    said = performance.now()
    notices.write(`heard: ${words}\n`)
  }
}

/**
 * The first of two passes: reads the whole file and keeps nothing of it but its faults. Refuses with all of them.
 * @returns what its rows lose, how many rows there are, and what the file is known by
 */
async function checkFile(
  file: string,
  reading: Reading,
  say: (words: string) => void,
): Promise<Lost & { rows: number; fingerprint: string }> {
  const faults: string[] = []
  let faulty = 0
  let dropped = 0
  let cut = 0
  let rows = 0
  const hash = createHash('sha256')
  for await (const part of rowsOf(file, reading, (bytes) => hash.update(bytes))) {
    for (const { row, cells } of part.rows) {
      const read = checkRow(cells, part.header)
      rows++
      if ('dropped' in read) {
        dropped += read.dropped
        cut += read.cut
        continue
      }
      faulty += read.faults.length
      if (faults.length < mostFaults) faults.push(...read.faults.map((fault) => `row ${row}: ${fault}`))
    }
    say(`${number(rows)} rows looked through`)
  }
  if (faulty > 0) throw refuse(`${file}: nothing was added`, faults, faulty)
  return { dropped, cut, rows, fingerprint: hash.digest('base64url') }
}

/**
 * The second pass, behind the rows that are there. Whatever is wrong now was changed since the first. Each turn says how
 * many it takes at most.
 */
async function* settledIn(
  file: string,
  reading: Reading,
  before: number,
): AsyncGenerator<Settled[], void, number> {
  let most = yield []
  let passed = 0
  let batch: Settled[] = []
  for await (const { rows, header } of rowsOf(file, reading)) {
    for (const { cells } of rows) {
      if (passed++ < before) continue
      const read = readRow(cells, header)
      if ('faults' in read)
        throw refuse(`${file}: it changed while it was read; the rest was not added`, read.faults)
      batch.push(read.settled)
      if (batch.length < Math.min(most, batchSize)) continue
      most = yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Responses that are handed over together. */
const batchSize = 500

type Rows = { rows: { row: number; cells: string[] }[]; header: Header }

/** The rows below the header, with their numbers as a spreadsheet shows them; rows without any cell are passed over. */
async function* rowsOf(file: string, reading: Reading, seen?: (bytes: Buffer) => void): AsyncGenerator<Rows> {
  let header: Header | undefined
  let number = 0
  for await (const all of readCsv(file, seen)) {
    const rows: Rows['rows'] = []
    for (const cells of all) {
      number++
      if (!header) {
        const read = readHeader(cells, reading)
        if ('faults' in read) throw refuse(`${file}: nothing was added`, read.faults)
        header = read
      } else if (cells.some((cell) => cell !== '')) rows.push({ row: number, cells })
    }
    if (header) yield { rows, header }
  }
  if (!header) throw refuse(`${file}: nothing was added`, ['the file is empty'])
}
