import { expect, test } from 'vitest'
import { judge } from '../../.ci/audit.ts'

const told = (vulnerabilities: Record<string, number>) =>
  judge(JSON.stringify({ auditReportVersion: 2, metadata: { vulnerabilities } }))

test('a library with a known fault of high severity fails the checks, one of moderate severity is told', () => {
  expect(told({ info: 0, moderate: 2, high: 1, critical: 0, total: 3 })).toEqual({
    ok: false,
    line: 'npm audit: 2 moderate, 1 high',
  })
  expect(told({ high: 0, critical: 1, total: 1 }).ok).toBe(false)
  expect(told({ moderate: 2, high: 0, critical: 0, total: 2 }).ok).toBe(true)
  expect(told({ total: 0 })).toEqual({ ok: true, line: 'npm audit: nothing known' })
})

test('a registry that does not answer, or has no advisories, fails nothing', () => {
  for (const printed of [
    '',
    'npm error network',
    'null',
    JSON.stringify({
      message: '405 Method Not Allowed',
      statusCode: 405,
      error: { summary: '', detail: '' },
    }),
    JSON.stringify({ metadata: { vulnerabilities: null } }),
  ])
    expect(judge(printed).ok).toBe(true)
})
