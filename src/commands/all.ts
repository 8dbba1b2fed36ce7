import { type Command, Refusal, type Room } from './command.ts'

/**
 * Every command by its first word, in the order in which the usage lists them. Only what is typed is loaded: all
 * of them take more memory than an export of a million responses.
 */
const places: Record<string, () => Promise<readonly Command[]>> = {
  demo: async () => [(await import('./demo.ts')).demo],
  user: async () => [(await import('./user.ts')).userAdd],
  district: async () => [(await import('./district.ts')).districtImport],
  enrolment: async () => [(await import('./enrolment.ts')).enrolmentImport],
  plan: async () => [(await import('./plan.ts')).planImport],
  survey: async () => {
    const { surveyClose, surveyExport, surveyImport, surveyList, surveyOpen } = await import('./survey.ts')
    return [surveyList, surveyImport, surveyExport, surveyOpen, surveyClose]
  },
  responses: async () => {
    const { responsesExport, responsesImport } = await import('./responses.ts')
    return [responsesImport, responsesExport]
  },
  report: async () => [(await import('./report.ts')).report],
  themes: async () => {
    const { themesCode, themesExport, themesTrain } = await import('./themes.ts')
    return [themesTrain, themesCode, themesExport]
  },
  check: async () => [(await import('./check.ts')).check],
  tidy: async () => [(await import('./tidy.ts')).tidyCommand],
  'export-all': async () => [(await import('./exportAll.ts')).exportAll],
  backup: async () => [(await import('./backup.ts')).backup],
  restore: async () => [(await import('./backup.ts')).restore],
  migrate: async () => [(await import('./migrate.ts')).migrate],
  move: async () => [(await import('./move.ts')).move],
}

const everyCommand = async (): Promise<Command[]> =>
  (await Promise.all(Object.values(places).map((load) => load()))).flat()

/** The words of a usage line that name the command, before its arguments. */
const nameOf = ({ usage }: Command): string[] =>
  usage
    .split(' ')
    .filter((_word, index, all) => all.slice(0, index + 1).every((one) => /^[a-z][a-z-]*$/.test(one)))

const usage = async (): Promise<string> =>
  [
    'heard COMMAND',
    ...(await everyCommand()).flatMap((command) => [`  ${command.usage}`, `      ${command.does}`]),
    '',
    'Data is kept in DATA_DIR (./data unless set), or where DATABASE_URL says. Commands work while the server runs.',
    '',
  ].join('\n')

/** Runs what was typed. Refuses what is no command. */
export async function run(args: readonly string[], room: Room): Promise<void> {
  const [first = ''] = args
  if (first === '' || first === 'help' || args.includes('--help')) {
    room.output.write(await usage())
    return
  }
  const near = Object.hasOwn(places, first) ? ((await places[first]?.()) ?? []) : []
  for (const command of near) {
    const name = nameOf(command)
    if (name.every((word, index) => args[index] === word)) return command.run(args.slice(name.length), room)
  }
  const there =
    near.length > 0
      ? near.map((command) => command.usage)
      : (await everyCommand()).map((command) => nameOf(command).join(' '))
  throw new Refusal(`"${args.slice(0, 2).join(' ')}" is not a command; there are: ${there.join(', ')}`)
}
