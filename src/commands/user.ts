import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { isRole, readEmail, roles } from '../district/people.ts'
import { hashPassword, longestPassword, passwordProblem, shortestPassword } from '../web/password.ts'
import { type Command, Refusal, type Room, take } from './command.ts'

export const userAdd: Command = {
  usage: 'user add EMAIL --role ROLE',
  does: `adds an account (${roles.join(', ')}); the password comes on standard input`,
  async run(args, room) {
    const { positionals, values } = take(userAdd, args, 1, { role: { type: 'string' } })
    const [typed = ''] = positionals
    const email = readEmail(typed)
    if (!email) throw new Refusal(`"${typed}" is not an e-mail address`)
    const role = typeof values.role === 'string' ? values.role : ''
    if (!isRole(role)) throw new Refusal(`--role is one of ${roles.join(', ')}`)
    const { people } = await room.stores()
    if (await people.find(email)) throw new Refusal(`${email} already has an account`)
    const password = await readPassword(room, email)
    const problem = passwordProblem(password)
    if (problem === 'short') throw new Refusal(`a password has at least ${shortestPassword} characters`)
    if (problem === 'long') throw new Refusal(`a password has at most ${longestPassword} characters`)
    await people.add({ id: randomUUID(), email, role, passwordHash: await hashPassword(password) })
    room.output.write(`${email} can sign in as ${role}\n`)
  },
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
