import { randomUUID } from 'node:crypto'
import { seeded } from '../demo/chance.ts'
import { readPlans, readTemplates } from '../demo/files.ts'
import { loadDemo } from '../demo/load.ts'
import { loadTold } from '../demo/told.ts'
import type { Role, Scope } from '../district/people.ts'
import type { Stores } from '../store/stores.ts'
import { hashPassword, verifyPassword } from '../web/password.ts'
import { type Command, Refusal, take } from './command.ts'

/** Everyone may know these: they open sample data and nothing else. */
const accounts: readonly { email: string; role: Role; password: string; scope?: Scope }[] = [
  { email: 'admin@sample.example', role: 'admin', password: 'sample-password-1' },
  { email: 'office@sample.example', role: 'office', password: 'sample-password-2' },
  { email: 'leader@sample.example', role: 'leader', password: 'sample-password-3' },
  {
    email: 'translator@sample.example',
    role: 'translator',
    password: 'sample-password-4',
    scope: { schools: [], languages: ['ar', 'es'] },
  },
  { email: 'coder@sample.example', role: 'coder', password: 'sample-password-5' },
  {
    email: 'school@sample.example',
    role: 'school-leader',
    password: 'sample-password-6',
    scope: { schools: ['school_a'], languages: [] },
  },
]

/** The same made-up responses in every demo. */
const seed = 2021

export const demo: Command = {
  usage: 'demo [--serve]',
  does: 'fills an empty data folder with a sample district; with --serve also starts the server',
  async run(args, room) {
    const { values } = take(demo, args, 0, { serve: { type: 'boolean' } })
    const { config, output } = room
    // Accounts whose passwords are printed in the manual must never stand on a real server.
    if (config.production) throw new Refusal('the demo does not run with NODE_ENV=production')
    const stores = await room.stores()
    await onlySamples(stores)
    const [plans, templates] = await Promise.all([readPlans(), readTemplates()])
    const loaded = await loadDemo(stores, { plans, templates, now: room.now(), random: seeded(seed) })
    await loadTold(stores, 'stakeholder-2021', room.now())
    const known = await addAccounts(stores)
    const slugs = (await stores.surveys.list()).map(({ slug }) => slug)
    const ids = (await stores.plans.list()).map(({ id }) => id)
    for (const { slug, responses } of loaded.surveys)
      output.write(`Added ${slug} with ${responses} sample responses.\n`)
    await room.close()
    const running = values.serve ? await room.serve() : undefined
    output.write(
      [
        '',
        `Heard, with a sample district. Everything in it is made up. Data: ${config.dataDir}`,
        ...(running ? addresses(running.url, slugs, ids) : []),
        '',
        'Sample accounts:',
        ...known.map(({ role, email, password }) => `  ${role.padEnd(14)} ${email}  ${password}`),
        '',
        running ? 'Stop it with Ctrl+C.' : '"npm run demo" starts the server.',
        '',
      ].join('\n'),
    )
    if (!running) return
    await room.ended()
    await running.close()
  },
}

const addresses = (url: string, slugs: string[], plans: string[]): string[] => [
  ...slugs.flatMap((slug) => [`  Answer   ${url}/s/${slug}`, `  Report   ${url}/reports/${slug}`]),
  ...plans.map((id) => `  Plan     ${url}/plans/${id}`),
  `  Office   ${url}/office`,
]

/** Refuses a folder where real people have accounts: the sample ones would be open doors. */
async function onlySamples({ people, settings }: Stores): Promise<void> {
  if ((await settings.district()).sample) return
  const sample = new Set(accounts.map(({ email }) => email))
  if ((await people.list()).some(({ email }) => !sample.has(email)))
    throw new Refusal('this data folder has accounts of its own; start the demo with another DATA_DIR')
}

/** The sample accounts as they can be used now: a password that was changed since is not told. */
async function addAccounts({ people }: Stores): Promise<{ email: string; role: Role; password: string }[]> {
  return Promise.all(
    accounts.map(async ({ email, role, password, scope }) => {
      const known = await people.find(email)
      if (!known) {
        await people.add({ id: randomUUID(), email, role, scope, passwordHash: await hashPassword(password) })
        return { email, role, password }
      }
      const same = await verifyPassword(known.passwordHash, password)
      return { email, role: known.role, password: same ? password : '(password was changed)' }
    }),
  )
}
