import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import { verifyPassword } from '../../src/web/password.ts'
import { everyKind, nextVersion, response } from '../export/sample.ts'
import { openDesk } from './command-line.ts'

let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const put = async (name: string, content: unknown): Promise<string> => {
  await writeFile(desk.file(name), typeof content === 'string' ? content : JSON.stringify(content))
  return desk.file(name)
}
const withSurvey = async () =>
  desk.heard(['survey', 'import', await put('all.json', { slug: 'all', questionnaire: everyKind })])

describe('the command line', () => {
  it('lists what it can do, and names the command that it does not know in one line', async () => {
    expect((await desk.alone([])).out).toContain('responses import SLUG FILE.csv')
    const said = await desk.alone(['survey', 'burn'])
    expect(said).toMatchObject({ code: 1, out: '' })
    expect(said.err).toMatch(/^heard: "survey burn" is not a command; there are: survey list, .*\n$/)
  })

  it('leaves no data folder behind when a command is mistyped', async () => {
    await rm(desk.dataDir, { recursive: true })
    expect((await desk.heard(['user', 'add'])).err).toBe(
      'heard: type it as: heard user add EMAIL --role ROLE [--schools CODES] [--languages TAGS]\n',
    )
    expect(existsSync(desk.dataDir)).toBe(false)
    await desk.heard(['migrate'])
    expect(existsSync(desk.file('heard.db'))).toBe(true)
  })

  it('adds an account whose password works', async () => {
    const said = await desk.alone(
      ['user', 'add', 'Ana@example.org', '--role', 'leader'],
      'a long enough one\n',
    )
    expect(said).toEqual({ code: 0, out: 'ana@example.org can sign in as leader\n', err: '' })
    const stores = await openStores({ dataDir: desk.dataDir })
    const person = await stores.people.find('ana@example.org')
    await stores.close()
    expect(person?.role).toBe('leader')
    expect(await verifyPassword(person?.passwordHash, 'a long enough one')).toBe(true)
  })

  it('adds a translator with their languages, and writes down that the command line did it', async () => {
    const said = await desk.alone(
      ['user', 'add', 'so@example.org', '--role', 'translator', '--languages', 'so, ar'],
      'a long enough one\n',
    )
    expect(said.code).toBe(0)
    const stores = await openStores({ dataDir: desk.dataDir })
    const person = await stores.people.find('so@example.org')
    const [entry] = await stores.audit.list({ limit: 1, about: 'so@example.org' })
    await stores.close()
    expect(person?.scope).toEqual({ schools: [], languages: ['so', 'ar'] })
    expect(entry).toMatchObject({ who: 'command-line', person: null, did: 'invited', detail: 'translator' })
  })

  it.each([
    [
      ['ana@example.org', '--role', 'leader', '--schools', 'north'],
      'a long enough one',
      '--schools does not go with --role leader',
    ],
    [
      ['ana@example.org', '--role', 'school-leader', '--schools', 'nowhere'],
      'a long enough one',
      'the district has no school nowhere',
    ],
    [
      ['ana@example.org', '--role', 'translator', '--languages', 'so,!'],
      'a long enough one',
      '"!" is not a language tag',
    ],
    [['ana', '--role', 'leader'], 'a long enough one', '"ana" is not an e-mail address'],
    [
      ['ana@example.org', '--role', 'king'],
      'a long enough one',
      '--role is one of admin, office, translator, coder, school-leader, leader',
    ],
    [['ana@example.org', '--role', 'office'], 'short', 'a password has at least 12 characters'],
    [['ana@example.org', '--role', 'office'], '', 'a password has at least 12 characters'],
  ])('refuses the account %j', async (args, password, reason) => {
    expect(await desk.heard(['user', 'add', ...args], password)).toEqual({
      code: 1,
      out: '',
      err: `heard: ${reason}\n`,
    })
  })

  it('says in one line which settings cannot be used', async () => {
    const said = await desk.heard(['survey', 'list'], '', { PORT: 'high', SESSION_SECRET: 'short' })
    expect(said.code).toBe(1)
    expect(said.err).toMatch(/^heard: settings that cannot be used: PORT: .*; SESSION_SECRET: .*\n$/)
  })
})

describe('surveys as files', () => {
  it('takes a survey, lists it, opens and closes it, and prints what it took', async () => {
    expect(await withSurvey()).toMatchObject({ code: 0, err: '' })
    expect((await desk.heard(['survey', 'list'])).out).toBe('all\tdraft\tEvery kind of question\n')
    await desk.heard(['survey', 'open', 'all'])
    expect((await desk.heard(['survey', 'list'])).out).toBe('all\topen\tEvery kind of question\n')
    await desk.heard(['survey', 'close', 'all'])
    expect((await desk.heard(['survey', 'list'])).out).toBe('all\tclosed\tEvery kind of question\n')
    expect(JSON.parse((await desk.heard(['survey', 'export', 'all'])).out)).toEqual({
      slug: 'all',
      minimumGroup: 10,
      questionnaire: everyKind,
    })
    expect((await withSurvey()).err).toMatch(/there is already a survey "all"\n$/)
  })

  it('gives every version, its dates and its group size again', async () => {
    const first = {
      slug: 'twice',
      opensAt: '2021-05-01T04:00:00.000Z',
      minimumGroup: 5,
      sample: true,
      earlier: [everyKind],
      questionnaire: nextVersion,
    }
    await desk.heard(['survey', 'import', await put('twice.json', first)])
    expect(JSON.parse((await desk.heard(['survey', 'export', 'twice'])).out)).toEqual(first)
  })

  it('takes a bare questionnaire under the name of its file', async () => {
    await desk.heard(['survey', 'import', await put('spring-2022.json', everyKind)])
    expect((await desk.heard(['survey', 'list'])).out).toMatch(/^spring-2022\t/)
  })

  it('tells every fault of a file and takes nothing', async () => {
    const broken = structuredClone(everyKind) as { plan?: string } & typeof everyKind
    broken.plan = 'nowhere'
    const [first] = broken.sections
    if (first) first.showIf = { question: 'goal', answered: true }
    const said = await desk.heard(['survey', 'import', await put('broken.json', broken)])
    expect(said.code).toBe(1)
    expect(said.err.split('\n').slice(1)).toEqual([
      '  plan: there is no plan "nowhere"; bring it in first with "heard plan import FILE"',
      '  section you: the condition looks at "goal", which is not asked before it',
      '',
    ])
    for (const [name, content, reason] of [
      ['torn.json', '{"slug": ', /is not JSON/],
      ['Bad Name.json', everyKind, /slug: a slug holds small letters/],
      ['list.json', [], /expected object/],
    ] as const)
      expect((await desk.heard(['survey', 'import', await put(name, content)])).err).toMatch(reason)
    expect((await desk.heard(['survey', 'list'])).out).toBe('')
  })
})

describe('responses as files', () => {
  it('exports, imports elsewhere and exports the same bytes; the counts agree with the answers', async () => {
    const responses = [
      ...fc.sample(response(everyKind, 1), { numRuns: 150, seed: 7 }),
      ...fc.sample(response(nextVersion, 2), { numRuns: 150, seed: 8 }),
    ]
    const stores = await openStores({ dataDir: desk.dataDir })
    const survey = await stores.surveys.add({ slug: 'all', questionnaire: everyKind }, 0)
    await stores.surveys.publish(survey.id, nextVersion, 0)
    await stores.responses.addMany(survey.id, responses)
    await stores.close()
    const definition = await put('all.json', (await desk.heard(['survey', 'export', 'all'])).out)
    const { out: csv } = await desk.heard(['responses', 'export', 'all'])
    expect(csv.startsWith('language,channel,who,site,goal,')).toBe(true)

    const other = await openDesk()
    try {
      await other.heard(['survey', 'import', definition])
      expect(await other.heard(['responses', 'import', 'all', await put('all.csv', csv)])).toEqual({
        code: 0,
        out: '300 responses added to all\n',
        err: '',
      })
      expect((await other.heard(['responses', 'export', 'all'])).out).toBe(csv)
      expect(await other.heard(['check'])).toEqual({ code: 0, out: 'all\tok\t300 responses\n', err: '' })
      // What a spreadsheet saves: a byte order mark, semicolons would need other quoting, line ends of its own.
      await writeFile(other.file('excel.csv'), '\ufefflanguage;goal;ways.post\r\nes;safety;1\r\n;;\r\n')
      expect((await other.heard(['responses', 'import', 'all', other.file('excel.csv')])).out).toBe(
        '1 response added to all\n',
      )
    } finally {
      await other.close()
    }
  })

  it('make the same report in any order of rows, elsewhere and in another time zone, until one answer changes', async () => {
    const definition = await put('all.json', { slug: 'all', questionnaire: everyKind })
    const responses = fc.sample(response(everyKind, 1), { numRuns: 120, seed: 9 })
    await desk.heard(['survey', 'import', definition])
    const stores = await openStores({ dataDir: desk.dataDir })
    const survey = await stores.surveys.find('all')
    await stores.responses.addMany(survey?.id ?? 0, responses)
    await stores.close()
    const first = (await desk.heard(['report', 'all', '--json'])).out
    const print = (out: string): unknown => JSON.parse(out).manifest.fingerprint
    const other = await openDesk()
    try {
      await other.heard(['survey', 'import', definition])
      const elsewhere = await openStores({ dataDir: other.dataDir })
      const { id = 0 } = (await elsewhere.surveys.find('all')) ?? {}
      await elsewhere.responses.addMany(id, responses.slice(1).reverse())
      expect(print((await other.heard(['report', 'all', '--json'])).out)).not.toBe(print(first))
      await elsewhere.responses.addMany(id, responses.slice(0, 1))
      await elsewhere.close()
      const away = { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' }
      expect((await other.alone(['report', 'all', '--json'], '', away)).out).toBe(first)
    } finally {
      await other.close()
    }
  })

  it('tells every fault with its row and adds nothing', async () => {
    await withSurvey()
    const rows = ['language,goal,stars', 'en,reading,3', 'de,reading,3', '', 'en,poetry,99', 'en,reading']
    const said = await desk.heard(['responses', 'import', 'all', await put('bad.csv', rows.join('\n'))])
    expect(said).toMatchObject({ code: 1, out: '' })
    expect(said.err.split('\n').slice(1)).toEqual([
      '  row 3: column language: "de" is not offered (it is one of en, ar, es)',
      '  row 5: "poetry" is not an option of goal',
      '  row 5: "99" in stars is not a point from -5 to 5',
      '  row 6: it has 2 cells, but the header has 3',
      '',
    ])
    expect((await desk.heard(['check'])).out).toBe('all\tok\t0 responses\n')
  })

  it('tells the first fifty faults and how many more there are', async () => {
    await withSurvey()
    const many = `goal\n${'poetry\n'.repeat(200)}`
    const { err } = await desk.heard(['responses', 'import', 'all', await put('many.csv', many)])
    expect(err.split('\n')).toHaveLength(53)
    expect(err).toContain('200 faults:')
    expect(err).toMatch(/ {2}and 150 more\n$/)
  })

  it.each([
    ['goal,mood\nreading,good\n', /this survey has no column "mood"/],
    ['goal,why\nreading,"open\n', /row 2 or one after it cannot be read: a quotation mark is not closed/],
    ['goal,why\nreading,a "b" c\n', /a quotation mark stands where none can/],
    ['', /the file is empty/],
    [Buffer.from('goal,why\nreading,se\xf1or\n', 'latin1'), /is not UTF-8/],
  ])('says in one line why %j cannot be read', async (content, reason) => {
    await withSurvey()
    await writeFile(desk.file('odd.csv'), content)
    const { code, err } = await desk.heard(['responses', 'import', 'all', desk.file('odd.csv')])
    expect(err).toMatch(reason)
    expect([code, err.trimEnd().split('\n')]).toEqual([1, [err.trimEnd()]])
  })

  it('says how many answers were left out because their question was skipped', async () => {
    await withSurvey()
    const said = await desk.heard([
      'responses',
      'import',
      'all',
      await put('off.csv', 'goal,why\n,because\n'),
    ])
    expect(said).toEqual({
      code: 0,
      out: '1 response added to all\n',
      err: 'heard: left out 1 answer to questions that the other answers of the same row skip\n',
    })
  })

  it('reads ballots with tied and skipped ranks up to there, as they count, and says how many', async () => {
    await withSurvey()
    const ballots = 'order.tl,order.fc,order.oe\n1,2,2\n1,,3\n2,1,\n1,1,2\n'
    const said = await desk.heard(['responses', 'import', 'all', await put('ballots.csv', ballots)])
    expect(said).toEqual({
      code: 0,
      out: '4 responses added to all\n',
      err: 'heard: ended 3 rankings at the first rank that was tied or left out, as in counting\n',
    })
    const { out } = await desk.heard(['responses', 'export', 'all', '--long'])
    expect(out.match(/(?<=,)order,\w+,\d/g)).toEqual(['order,tl,1', 'order,tl,1', 'order,tl,2', 'order,fc,1'])
  })

  it('finds kept counts that are not what the answers say', async () => {
    await withSurvey()
    await desk.heard([
      'responses',
      'import',
      'all',
      await put('two.csv', 'who,goal\nstaff,reading\nstaff,safety\n'),
    ])
    const stores = await openStores({ dataDir: desk.dataDir })
    const survey = await stores.surveys.find('all')
    const kept = await Array.fromAsync(stores.tallies.all(survey?.id ?? 0))
    await stores.tallies.replace(
      survey?.id ?? 0,
      kept.map((row) => (row.cell === 'reading' ? { ...row, n: 5 } : row)),
    )
    await stores.close()
    expect(await desk.heard(['check'])).toEqual({
      code: 1,
      out: 'all\twrong\t2 responses\n  goal, reading; group staff, school -: kept 5, counted 1\n',
      err: 'heard: kept counts are not what the answers say: all\n',
    })
  })
})

describe('an unwritable place', () => {
  it('is told in one line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heard-cli-'))
    await writeFile(join(folder, 'file'), '')
    const said = await desk.heard(['responses', 'import', 'all', join(folder, 'file', 'x.csv')])
    expect(said.err.trimEnd().split('\n')).toHaveLength(1)
    await rm(folder, { recursive: true })
  })
})
