import { pipeline } from 'node:stream/promises'
import { csvText } from '../report/export/csv.ts'
import { long } from '../report/export/long.ts'
import { versionsOf } from '../report/export/versions.ts'
import { wide } from '../report/export/wide.ts'
import { type Header, type Reading, readHeader, readRow } from '../response/importing.ts'
import type { Settled } from '../response/response.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, mostFaults, refuse, surveyNamed, take } from './command.ts'
import { readCsv } from './csv-file.ts'

export const responsesExport: Command = {
  usage: 'responses export SLUG [--long]',
  does: 'prints the responses as CSV, a row each, or with --long a row per answer',
  async run(args, room) {
    const { positionals, values } = take(responsesExport, args, 1, { long: { type: 'boolean' } })
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
  does: 'adds the responses of a CSV file as "responses export" prints it: all of them or none',
  async run(args, room) {
    const [slug = '', file = ''] = take(responsesImport, args, 2).positionals
    const stores = await room.stores()
    const survey = await surveyNamed(stores, slug)
    const versions = await versionsOf(stores, survey)
    const reading: Reading = { versions, current: survey.version, hour: room.now() }
    const dropped = await checkFile(file, reading)
    const n = await stores.responses.addMany(survey.id, settledRows(file, reading))
    await auditBy(stores, undefined, room.now(), 'imported', slug, String(n))
    if (dropped > 0)
      room.notices.write(
        `heard: left out ${count(dropped, 'answer')} to questions that the other answers of the same row skip\n`,
      )
    room.output.write(`${count(n, 'response')} added to ${slug}\n`)
  },
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/**
 * The first of two passes: reads the whole file and keeps nothing of it but its faults. Refuses with all of them.
 * @returns how many answers are off the path of their row
 */
async function checkFile(file: string, reading: Reading): Promise<number> {
  const faults: string[] = []
  let faulty = 0
  let dropped = 0
  for await (const row of rowsOf(file, reading)) {
    if (!('faults' in row)) {
      dropped += row.dropped
      continue
    }
    faulty += row.faults.length
    if (faults.length < mostFaults) faults.push(...row.faults.map((fault) => `row ${row.row}: ${fault}`))
  }
  if (faulty > 0) throw refuse(`${file}: nothing was added`, faults, faulty)
  return dropped
}

/** The second pass. Whatever is wrong now was changed since the first; the transaction is then given up. */
async function* settledRows(file: string, reading: Reading): AsyncGenerator<Settled> {
  for await (const row of rowsOf(file, reading)) {
    if ('faults' in row) throw refuse(`${file}: it changed while it was read; nothing was added`, row.faults)
    yield row.settled
  }
}

/** The rows below the header, with their numbers as a spreadsheet shows them; rows without any cell are passed over. */
async function* rowsOf(file: string, reading: Reading) {
  let header: Header | undefined
  let number = 0
  for await (const rows of readCsv(file)) {
    for (const cells of rows) {
      number++
      if (!header) {
        const read = readHeader(cells, reading)
        if ('faults' in read) throw refuse(`${file}: nothing was added`, read.faults)
        header = read
      } else if (cells.some((cell) => cell !== '')) yield { row: number, ...readRow(cells, header) }
    }
  }
  if (!header) throw refuse(`${file}: nothing was added`, ['the file is empty'])
}
