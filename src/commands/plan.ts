import { dirname, join } from 'node:path'
import { readPlan } from '../plan/read.ts'
import { translatedPlan } from '../plan/translations.ts'
import { readPlanTranslations } from '../templates.ts'
import { type Command, refuse, take } from './command.ts'
import { readJson } from './json-file.ts'

export const planImport: Command = {
  usage: 'plan import FILE',
  does: 'adds a plan version from its JSON file with the translations beside it, or puts it in place of the one with the same id',
  async run(args, room) {
    const [file = ''] = take(planImport, args, 1).positionals
    const { plan, problems } = readPlan(await readJson(file))
    if (!plan) throw refuse(`${file}: the plan was not taken`, problems)
    const { plans } = await room.stores()
    await plans.put(translatedPlan(plan, readPlanTranslations(join(dirname(file), 'translations'))))
    room.output.write(`plan ${plan.id} is in\n`)
  },
}
