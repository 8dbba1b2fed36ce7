import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { isRole, narrowedBy, noScope, type Role, readEmail, roles, type Scope } from '../district/people.ts'
import type { Stores } from '../store/stores.ts'
import { auditBy } from '../web/audit.ts'
import { isCommon } from '../web/commonPassword.ts'
import { hashPassword, longestPassword, passwordProblem, shortestPassword } from '../web/password.ts'
import { type Command, Refusal, type Room, take } from './command.ts'

export const userAdd: Command = {
  usage: 'user add EMAIL --role ROLE [--schools CODES] [--languages TAGS]',
  does: `adds an account (${roles.join(', ')}); the password comes on standard input`,
  async run(args, room) {
    const { positionals, values } = take(userAdd, args, 1, {
      role: { type: 'string' },
      schools: { type: 'string' },
      languages: { type: 'string' },
    })
    const [typed = ''] = positionals
    const email = readEmail(typed)
    if (!email) throw new Refusal(`"${typed}" is not an e-mail address`)
    const role = typeof values.role === 'string' ? values.role : ''
    if (!isRole(role)) throw new Refusal(`--role is one of ${roles.join(', ')}`)
    const stores = await room.stores()
    const { people } = stores
    const scope = await readScope(stores, role, values)
    if (await people.find(email)) throw new Refusal(`${email} already has an account`)
    const password = await readPassword(room, email)
    const problem = passwordProblem(password)
    if (problem === 'short') throw new Refusal(`a password has at least ${shortestPassword} characters`)
    if (problem === 'long') throw new Refusal(`a password has at most ${longestPassword} characters`)
    // Whoever may run commands knows what they do; a machine's script must not stop at this.
    if (isCommon(password, [email]))
      room.notices.write('others would try this password first: change it soon\n')
    await people.add({ id: randomUUID(), email, role, scope, passwordHash: await hashPassword(password) })
    await auditBy(stores, undefined, room.now(), 'invited', email, role)
    room.output.write(`${email} can sign in as ${role}\n`)
  },
}

/** What a role is narrowed to: a list with commas for the role that it is for, and for no other. */
async function readScope(
  { settings }: Pick<Stores, 'settings'>,
  role: Role,
  values: Record<string, unknown>,
): Promise<Scope> {
  const scope = { ...noScope }
  for (const part of ['schools', 'languages'] as const) {
    const typed = values[part]
    if (typeof typed !== 'string') continue
    if (narrowedBy(role) !== part) throw new Refusal(`--${part} does not go with --role ${role}`)
    scope[part] = [...new Set(typed.split(',').map((code) => code.trim()))].filter(Boolean)
  }
  const known = new Set((await settings.district()).schools.map(({ code }) => code))
  const unknown = scope.schools.filter((code) => !known.has(code))
  if (unknown.length > 0) throw new Refusal(`the district has no school ${unknown.join(', ')}`)
  const wrong = scope.languages.find((tag) => !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag))
  if (wrong) throw new Refusal(`"${wrong}" is not a language tag`)
  return scope
}

/** The first line of the input; typed at a terminal, it is asked for and not shown. */
async function readPassword({ input, notices }: Room, email: string): Promise<string> {
  if (input.isTTY) notices.write(`Password for ${email}: `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: input.isTTY === true })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (input.isTTY) notices.write('\n')
  }
}
