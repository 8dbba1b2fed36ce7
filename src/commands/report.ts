import { fileURLToPath } from 'node:url'
import { composeReport } from '../report/report.ts'
import { everyone, type Slice } from '../report/slice.ts'
import { named, type ReportSource, readFilter } from '../report/source.ts'
import { wholeJson } from '../report/wholeJson.ts'
import { enrolmentOf } from '../routes/office/watching.ts'
import { allCrosses, ownOfEveryone } from '../routes/reports/ownParts.ts'
import { keptSources } from '../routes/reports/reports.ts'
import { readMeasures } from '../templates.ts'
import { maker } from '../web/maker.ts'
import { type Command, Refusal, surveyNamed, take } from './command.ts'

/** How indicators are measured, as it comes with Heard. */
const indicators = fileURLToPath(new URL('../../plans/indicators', import.meta.url))

export const report: Command = {
  usage: 'report SLUG --json [--filter group=CODE] [--filter school=CODE]',
  does: 'prints the report as JSON; groups that are too small are not shown',
  async run(args, room) {
    const { positionals, values } = take(report, args, 1, {
      json: { type: 'boolean' },
      filter: { type: 'string', multiple: true },
    })
    if (!values.json) throw new Refusal(`reports are printed as JSON; type it as: heard ${report.usage}`)
    const stores = await room.stores()
    const survey = await surveyNamed(stores, positionals[0] ?? '')
    const source = await keptSources(stores, Date.now)(survey)
    const enrolment = await enrolmentOf(stores, survey, { district: source.district, now: Date.now() })
    const filter = filterOf(Array.isArray(values.filter) ? values.filter : [], source)
    const measures = readMeasures(indicators)
    const whole = filter.school === null && filter.group === null
    const told = wholeJson(composeReport(source, filter), source, enrolment, measures, maker, {
      own: await ownOfEveryone(stores, survey, source, filter),
      ...(whole && { crosses: await allCrosses(stores, survey, source) }),
    })
    room.output.write(`${JSON.stringify(told, null, 2)}\n`)
  },
}

/** Each `--filter` is group=CODE or school=CODE, given once at most, with a code that the survey knows. */
function filterOf(typed: readonly string[], source: ReportSource): Slice {
  const codes: { group?: string; school?: string } = {}
  for (const part of typed) {
    const [, by, code = ''] = /^(group|school)=(.+)$/s.exec(part) ?? []
    if (by !== 'group' && by !== 'school')
      throw new Refusal(`--filter is group=CODE or school=CODE, not "${part}"`)
    if (codes[by] !== undefined) throw new Refusal(`--filter ${by}=CODE can be given once`)
    if (!readFilter(source, { [by]: code })) {
      const there = named(source, by).map((one) => one.code)
      throw new Refusal(`there is no ${by} "${code}" (there are ${there.join(', ') || 'none'})`)
    }
    codes[by] = code
  }
  return readFilter(source, codes) ?? everyone
}
