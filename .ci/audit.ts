import { spawnSync } from 'node:child_process'

/** What came of asking the registry whether something is known against a library of ours. */
export type Verdict = { ok: boolean; line: string }

/**
 * Reads what `npm audit --json` printed. Only a registry that answered can fail: where none does (no network, a mirror
 * without advisories) npm prints an error, or nothing.
 */
export function judge(printed: string): Verdict {
  const found = counts(printed)
  if (!found) return { ok: true, line: 'npm audit: passed over, since no registry answered' }
  const told = Object.entries(found)
    .filter(([severity, n]) => severity !== 'total' && Number(n) > 0)
    .map(([severity, n]) => `${n} ${severity}`)
  const bad = Number(found.high ?? 0) + Number(found.critical ?? 0)
  return { ok: bad === 0, line: `npm audit: ${told.join(', ') || 'nothing known'}` }
}

function counts(printed: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(printed)?.metadata?.vulnerabilities
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

if (import.meta.main) {
  const asked = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000']
  // npm is a script of the system's on Windows.
  const { stdout } = spawnSync('npm', asked, {
    encoding: 'utf8',
    timeout: 60_000,
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  })
  const { ok, line } = judge(stdout ?? '')
  console.log(line)
  if (!ok) console.log('`npm audit` tells which; see docs/security.md')
  process.exit(ok ? 0 : 1)
}
