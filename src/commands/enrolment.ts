import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { wallTime } from '../district/clock.ts'
import { type EnrolmentNote, readAsOf, readEnrolment } from '../district/enrolmentFile.ts'
import { readTable } from '../files/table.ts'
import { wordings } from '../language/wording.ts'
import { readLocales } from '../locales.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, Refusal, refuse, take } from './command.ts'

export const enrolmentImport: Command = {
  usage: 'enrolment import FILE.csv --as-of DATE --source TEXT [--group CODE]',
  does: 'takes how many students, staff or families there are (.csv or .xlsx), as of a day like 2020-10-01',
  async run(args, room) {
    const { positionals, values } = take(enrolmentImport, args, 1, {
      'as-of': { type: 'string' },
      source: { type: 'string' },
      group: { type: 'string' },
    })
    const [file = ''] = positionals
    const said = (name: string) => String(values[name] ?? '').trim()
    const stores = await room.stores()
    const district = await stores.settings.district()
    const asOf = readAsOf(said('as-of'), wallTime(room.now(), district.timeZone).slice(0, 10))
    if (!asOf)
      throw new Refusal('say which day the figures are of, as --as-of 2020-10-01; it cannot be in the future')
    if (!said('source'))
      throw new Refusal('say where the figures are from, as --source "State report, October count"')
    const group = said('group')
    if (group && !district.groups.some(({ code }) => code === group))
      throw new Refusal(
        `there is no group "${group}" (there are ${district.groups.map(({ code }) => code).join(', ')})`,
      )
    const { t: wordingIn } = wordings(readLocales(fileURLToPath(new URL('../../locales', import.meta.url))))
    const t = wordingIn('en')
    const read = await readTable(await readFile(file))
    if ('fault' in read) throw new Refusal(`${file}: ${t(read.fault.key, read.fault.values)}`)
    const table = readEnrolment(read.rows, district, group)
    const say = ({ row, code, values: v }: EnrolmentNote) =>
      `${row > 0 ? `row ${row}: ` : ''}${t(`watching.note.${code}`, v)}`
    if (table.faults.length > 0) throw refuse(`${file}: nothing was taken`, table.faults.map(say))
    for (const { row, key, values: v } of read.notices)
      room.notices.write(`heard: ${row > 0 ? `row ${row}: ` : ''}${t(key, v)}\n`)
    for (const note of table.notices) room.notices.write(`heard: ${say(note)}\n`)
    await stores.enrolments.put({ asOf, source: said('source'), rows: table.rows }, room.now())
    await auditBy(stores, undefined, room.now(), 'imported', '', `enrolment ${asOf}`)
    room.output.write(`Took ${table.rows.length} figures as of ${asOf}.\n`)
  },
}
