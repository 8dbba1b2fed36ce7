import { backup, restore } from './backup.ts'
import { check } from './check.ts'
import { type Command, Refusal, type Room } from './command.ts'
import { demo } from './demo.ts'
import { districtImport } from './district.ts'
import { enrolmentImport } from './enrolment.ts'
import { exportAll } from './exportAll.ts'
import { migrate } from './migrate.ts'
import { move } from './move.ts'
import { planImport } from './plan.ts'
import { report } from './report.ts'
import { responsesExport, responsesImport } from './responses.ts'
import { surveyClose, surveyExport, surveyImport, surveyList, surveyOpen } from './survey.ts'
import { themesCode, themesExport, themesTrain } from './themes.ts'
import { tidyCommand } from './tidy.ts'
import { userAdd } from './user.ts'

/** Every command that there is, in the order in which the usage lists them. */
export const commands: readonly Command[] = [
  demo,
  userAdd,
  districtImport,
  enrolmentImport,
  planImport,
  surveyList,
  surveyImport,
  surveyExport,
  surveyOpen,
  surveyClose,
  responsesImport,
  responsesExport,
  report,
  themesTrain,
  themesCode,
  themesExport,
  check,
  tidyCommand,
  exportAll,
  backup,
  restore,
  migrate,
  move,
]

/** The words of a usage line that name the command, before its arguments. */
const nameOf = ({ usage }: Command): string[] =>
  usage
    .split(' ')
    .filter((_word, index, all) => all.slice(0, index + 1).every((one) => /^[a-z][a-z-]*$/.test(one)))

export const usage = (): string =>
  [
    'heard COMMAND',
    ...commands.flatMap((command) => [`  ${command.usage}`, `      ${command.does}`]),
    '',
    'Data is kept in DATA_DIR (./data unless set), or where DATABASE_URL says. Commands work while the server runs.',
    '',
  ].join('\n')

/** Runs what was typed. Refuses what is no command. */
export async function run(args: readonly string[], room: Room): Promise<void> {
  if (args.length === 0 || args[0] === 'help' || args.includes('--help')) {
    room.output.write(usage())
    return
  }
  for (const command of commands) {
    const name = nameOf(command)
    if (name.every((word, index) => args[index] === word)) return command.run(args.slice(name.length), room)
  }
  const near = commands.filter((command) => nameOf(command)[0] === args[0]).map((command) => command.usage)
  const there = near.length > 0 ? near : commands.map((command) => nameOf(command).join(' '))
  throw new Refusal(`"${args.slice(0, 2).join(' ')}" is not a command; there are: ${there.join(', ')}`)
}
