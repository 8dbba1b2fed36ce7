import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Stores, Survey } from '../store/stores.ts'

/** What a command works with; cli.ts makes it from the process, tests make their own. */
export type Room = {
  config: Config
  /** Opened when first asked for, so that a mistyped command leaves no data folder behind. */
  stores: () => Promise<Stores>
  /** Lets go of the stores, if they were opened; asked for again they open again. */
  close: () => Promise<void>
  /** Starts the server on the same data. */
  serve: () => Promise<{ url: string; close: () => Promise<void> }>
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream
  /** Warnings and progress: nothing that a program would read. */
  notices: NodeJS.WritableStream
  now: () => number
  /** Resolves when the process is asked to end; for commands that stay. */
  ended: () => Promise<void>
}

export type Command = {
  /** What is typed after `heard`, arguments in capitals. */
  usage: string
  does: string
  run: (args: string[], room: Room) => Promise<void>
}

/** The command cannot do what was asked. The message is for the person who typed it: one line, or one per fault. */
export class Refusal extends Error {
  override name = 'Refusal'
}

/** Faults beyond these are counted, not told. */
export const mostFaults = 50

/** A refusal that names its one fault in the same line, or counts its faults and lists them below. */
export function refuse(what: string, faults: readonly string[], count = faults.length): Refusal {
  if (count === 1) return new Refusal(`${what}: ${faults[0]}`)
  const more = count > mostFaults ? [`and ${count - mostFaults} more`] : []
  const listed = [...faults.slice(0, mostFaults), ...more].map((fault) => `\n  ${fault}`)
  return new Refusal(`${what}, ${count} faults:${listed.join('')}`)
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options']

/** Takes exactly the arguments that the usage line names, and the options that are given. */
export function take(
  command: Pick<Command, 'usage'>,
  args: string[],
  count: number,
  options: Options = {},
): { positionals: string[]; values: Record<string, string | boolean | string[] | undefined> } {
  let parsed: { positionals: string[]; values: Record<string, unknown> }
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    const [fault = ''] = (error as Error).message.split(/\.(?: |$)/)
    throw new Refusal(`${fault}; type it as: heard ${command.usage}`)
  }
  if (parsed.positionals.length !== count || parsed.positionals.includes(''))
    throw new Refusal(`type it as: heard ${command.usage}`)
  return parsed as ReturnType<typeof take>
}

/** The survey with this slug; refuses with the slugs that there are. */
export async function surveyNamed(stores: Pick<Stores, 'surveys'>, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (survey) return survey
  const there = (await stores.surveys.list()).map((other) => other.slug)
  throw new Refusal(
    `there is no survey "${slug}" (${there.length > 0 ? `there are ${there.join(', ')}` : 'there are none yet'})`,
  )
}
