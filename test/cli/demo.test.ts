import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDesk } from './command-line.ts'

let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

/** What a process prints until it has printed `last`. */
async function until(child: ReturnType<typeof desk.start>, last: string): Promise<string> {
  let said = ''
  for await (const part of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(part)
    if (said.includes(last)) break
  }
  return said
}

describe('the demo', () => {
  it('is there in one command, works while commands run beside it, and keeps what was added', async () => {
    const child = desk.start(['demo', '--serve'])
    const ended = new Promise((done) => child.once('close', done))
    try {
      const said = await until(child, 'Ctrl+C')
      expect(said).toContain('Added stakeholder-2021 with 2105 sample responses.')
      expect(said).toContain('office@sample.example  sample-password-2')
      const [, answer = ''] = /Answer +(http\S+stakeholder-2021)/.exec(said) ?? []
      expect((await fetch(answer)).status).toBe(200)
      expect((await desk.heard(['survey', 'close', 'climate-2021'])).code).toBe(0)
      expect((await desk.heard(['check'])).out).toContain('stakeholder-2021\tok\t2105 responses\n')
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended).toBe(0)
    const again = await desk.heard(['demo'])
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(again.out).not.toContain('Added')
    expect((await desk.heard(['survey', 'list'])).out).toMatch(/^climate-2021\tclosed/m)
  })

  it('reports a share as the deck printed it, and refuses a group that the survey does not know', async () => {
    await desk.heard(['demo'])
    const { out } = await desk.heard(['report', 'stakeholder-2021', '--json'])
    const report = JSON.parse(out) as {
      responses: number
      questions: { code: string; n: number; options?: { n: number }[] }[]
      represented: { dimension: string }[]
      cross: {
        rows: { by: string }
        columns: object | null
        question: string | null
        everyone: { n: number }
      }[]
    }
    expect(report.responses).toBe(2105)
    const goal = report.questions.find(({ code }) => code === 'goal')
    expect(goal?.options?.some(({ n }) => n === 379)).toBe(true)
    // Who was heard, and groups side by side, as their pages have them.
    expect(report.represented.map(({ dimension }) => dimension)).toContain('group')
    const table = report.cross.find(
      ({ rows, columns, question }) => rows.by === 'group' && !columns && question === 'goal',
    )
    expect(table?.everyone.n).toBe(goal?.n)
    const { code, err } = await desk.heard([
      'report',
      'stakeholder-2021',
      '--json',
      '--filter',
      'group=kings',
    ])
    expect([code, err.trimEnd().split('\n').length]).toEqual([1, 1])
    expect(err).toContain('there is no group "kings" (there are ')
  })

  it('does not put sample accounts beside those of real people', async () => {
    await desk.heard(['user', 'add', 'ana@example.org', '--role', 'admin'], 'a long enough one\n')
    const said = await desk.heard(['demo'])
    expect(said.code).toBe(1)
    expect(said.err).toMatch(/has accounts of its own; start the demo with another DATA_DIR\n$/)
    expect((await desk.heard(['survey', 'list'])).out).toBe('')
  })
})
