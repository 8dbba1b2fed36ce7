import { z } from 'zod'

/** Every setting, read once. docs/settings.md lists them; a test holds the two together. */
export type Config = {
  port: number
  host: string
  /** The door was opened by the system (systemd's sockets) and handed over; port and host then say nothing. */
  handed?: boolean
  dataDir: string
  databaseUrl: string | undefined
  /** Where people reach us, without a slash at the end; undefined: worked out from host and port. */
  baseUrl: string | undefined
  /** Signs session cookies; undefined: made once and kept in the data folder. */
  sessionSecret: string | undefined
  smtpUrl: string | undefined
  /** Whom letters come from, "Name <address>" or an address. */
  mailFrom: string | undefined
  /** How many letters of a mailing go out in a minute, at most. */
  mailPerMinute: number
  trustProxy: number
  /** The district's own sign-in; undefined: there is none. */
  openid: { issuer: string; clientId: string; clientSecret: string; label: string } | undefined
  /** Where the server puts a copy of the database now and then; undefined: it makes none. */
  backups: { folder: string; every: number; keep: number } | undefined
  /** Who may read /metrics; undefined: nobody. */
  metricsToken: string | undefined
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  production: boolean
}

const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsAbsent, schema.optional())

const settings = z.object({
  PORT: optional(z.coerce.number('a port is a number').int().min(0).max(65535)),
  HOST: optional(z.string()),
  DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'begins with postgres://')),
  BASE_URL: optional(z.url('is a whole address, such as https://surveys.example.org')),
  SESSION_SECRET: optional(z.string().min(32, 'has at least 32 characters')),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'begins with smtp:// or smtps://')),
  MAIL_FROM: optional(
    z.string().regex(/^([^<>@\r\n]*<)?[^<>@\s]+@[^<>@\s]+>?$/, 'is an e-mail address, or Name <address>'),
  ),
  MAIL_PER_MINUTE: optional(z.coerce.number('is a number of letters').int().min(1).max(6000)),
  OIDC_ISSUER: optional(z.url('is a whole address, such as https://login.example.org')),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_LABEL: optional(z.string().max(60, 'has at most 60 characters')),
  TRUST_PROXY: optional(z.coerce.number('is the number of proxies in front').int().min(0).max(10)),
  BACKUP_DIR: optional(z.string()),
  BACKUP_HOURS: optional(z.coerce.number('is a number of hours').min(1).max(720)),
  BACKUP_KEEP: optional(z.coerce.number('is a number of copies').int().min(1).max(1000)),
  METRICS_TOKEN: optional(z.string().regex(/^\S{16,}$/, 'has at least 16 characters, without spaces')),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])),
  NODE_ENV: optional(z.string()),
})
export const settingNames = Object.keys(settings.shape).filter((name) => name !== 'NODE_ENV')

/** Reads the environment. Throws one error that names every setting that is wrong, and how. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = settings.safeParse(env)
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const production = env.NODE_ENV === 'production'
  if (production && !env.BASE_URL)
    faults.push('BASE_URL: must be set in production, so that links and cookies are right')
  if (production && env.SMTP_URL && !env.MAIL_FROM)
    faults.push(
      'MAIL_FROM: must be set in production beside SMTP_URL; mail from an address that is none is refused',
    )
  faults.push(...openidFaults(env))
  if (production && env.DATABASE_URL && !env.SESSION_SECRET)
    faults.push('SESSION_SECRET: must be set in production beside DATABASE_URL, the same for every process')
  if (!parsed.success || faults.length > 0)
    throw new Error(`settings that cannot be used: ${faults.join('; ')}`)
  const { data } = parsed
  return {
    port: data.PORT ?? 3000,
    host: data.HOST ?? '127.0.0.1',
    handed: env.LISTEN_FDS === '1' && env.LISTEN_PID === String(process.pid),
    dataDir: data.DATA_DIR ?? './data',
    databaseUrl: data.DATABASE_URL,
    baseUrl: data.BASE_URL?.replace(/\/+$/, ''),
    sessionSecret: data.SESSION_SECRET,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    mailPerMinute: data.MAIL_PER_MINUTE ?? 120,
    trustProxy: data.TRUST_PROXY ?? 0,
    openid:
      data.OIDC_ISSUER && data.OIDC_CLIENT_ID && data.OIDC_CLIENT_SECRET
        ? {
            issuer: data.OIDC_ISSUER,
            clientId: data.OIDC_CLIENT_ID,
            clientSecret: data.OIDC_CLIENT_SECRET,
            label: data.OIDC_LABEL ?? new URL(data.OIDC_ISSUER).hostname,
          }
        : undefined,
    backups: data.BACKUP_DIR
      ? {
          folder: data.BACKUP_DIR,
          every: (data.BACKUP_HOURS ?? 24) * 3600 * 1000,
          keep: data.BACKUP_KEEP ?? 14,
        }
      : undefined,
    metricsToken: data.METRICS_TOKEN,
    logLevel: data.LOG_LEVEL ?? 'info',
    production,
  }
}

const openidNames = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** All three or none; and what goes over the network in the clear stays on this machine. */
function openidFaults(env: Record<string, string | undefined>): string[] {
  const missing = openidNames.filter((name) => !env[name])
  const issuer = env.OIDC_ISSUER ?? ''
  const wanted = missing.length < openidNames.length || Boolean(env.OIDC_LABEL)
  return [
    ...(wanted ? missing.map((name) => `${name}: is needed beside the other OIDC settings`) : []),
    ...(URL.canParse(issuer) && !isSafe(new URL(issuer)) ? ['OIDC_ISSUER: begins with https://'] : []),
  ]
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && (['localhost', '[::1]'].includes(hostname) || /^127(\.\d+){3}$/.test(hostname)))

/** What is not wrong for sure, but is for most: told once at start. */
export function warningsOf(
  config: Pick<Config, 'baseUrl' | 'trustProxy' | 'databaseUrl' | 'backups'>,
): string[] {
  return [...proxyWarning(config), ...copiesWarning(config)]
}

const copiesWarning = ({ databaseUrl, backups }: Pick<Config, 'databaseUrl' | 'backups'>): string[] =>
  databaseUrl !== undefined && backups
    ? ['BACKUP_DIR is for the SQLite file alone: with DATABASE_URL no copies are made. Use pg_dump.']
    : []

function proxyWarning(config: Pick<Config, 'baseUrl' | 'trustProxy'>): string[] {
  return config.baseUrl?.startsWith('https:') && config.trustProxy === 0
    ? [
        'BASE_URL is https, so a proxy stands in front of Heard, but TRUST_PROXY is 0: everybody seems to come from ' +
          'the address of the proxy, and limits on tries count them as one. Set TRUST_PROXY to the number of proxies.',
      ]
    : []
}
