import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inDatabase } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { demo, field, openSite, respondent, type Site, wordsOf } from '../site.ts'
import { goodPassword } from '../web/house.ts'

let site: Site
let office: ReturnType<typeof request.agent>
beforeAll(async () => {
  site = await openSite(demo)
  office = await signedIn('office')
}, 60_000)
afterAll(() => site.close())

const html = { Accept: 'text/html', 'Accept-Language': 'en' }
const tokenOn = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''

async function signedIn(role: string) {
  const agent = request.agent(site.url).set(html)
  const _csrf = tokenOn((await agent.get('/sign-in')).text)
  await agent
    .post('/sign-in')
    .type('form')
    .send({ _csrf, email: `${role}@example.org`, password: goodPassword })
  return agent
}

const open = async (path: string) => {
  const { status, text, headers } = await office.get(path)
  return { status, html: text, words: wordsOf(text), headers: headers as Record<string, string> }
}

async function check(file: string | Buffer, fields: Record<string, string> = {}, name = 'table.csv') {
  const _csrf = tokenOn((await office.get('/office/enrolment')).text)
  const answer = await office
    .post('/office/enrolment/check')
    .field({ _csrf, asOf: '2021-10-01', source: 'A count', group: 'student', ...fields })
    .attach('file', Buffer.from(file), name)
  return { status: answer.status, html: answer.text, words: wordsOf(answer.text) }
}

describe('the page of who has answered', () => {
  test('says how many of how many, who is behind, and by how much', async () => {
    const { words, headers } = await open('/office/surveys/stakeholder-2021/watch')
    expect(words).toContain('2,105 responses')
    expect(words).toContain('878 of 22,442 (4%)')
    expect(words).toContain('Not heard enough yet')
    expect(words).toMatch(/About \d+ more answers would even it out/)
    expect(words).toContain('Clopper and Pearson')
    expect(words).toContain('By language at home')
    expect(words).toMatch(/Half of the people took about \d+ minutes or less/)
    expect(headers.refresh).toBe('30')
  })

  test('can be paused, and a closed survey does not load itself again', async () => {
    expect((await open('/office/surveys/stakeholder-2021/watch?pause')).headers.refresh).toBeUndefined()
    await field(site.stores, { slug: 'done', definition: everyKind, state: 'closed' })
    const { words, headers } = await open('/office/surveys/done/watch')
    expect(headers.refresh).toBeUndefined()
    expect(words).toContain('takes no answers now')
  })

  test('a survey of three grades is held against those grades alone', async () => {
    const { words } = await open('/office/surveys/students-3-5/watch')
    const enrolled = Number(/420 of ([\d,]+) \(/.exec(words)?.[1]?.replace(',', ''))
    expect(enrolled).toBeGreaterThan(1000)
    expect(enrolled).toBeLessThan(9000)
    expect(words).not.toContain('Grade 12')
  })

  test('a response that comes in is counted at once, and none of its answers is shown', async () => {
    await field(site.stores, { slug: 'live', definition: everyKind })
    const someone = respondent(site, 'live')
    await someone.start()
    await someone.answer({ ride: 'bus', ride_why: 'a secret of mine', news: ['text', 'mail'] })
    await someone.answer({ 'climate.safe': 'yes', 'climate.heard': 'na', rate: '7', children: '2' })
    await someone.answer({ 'first.a': '1', group: 'family', word: 'end' })
    await someone.submit()
    const { words, html } = await open('/office/surveys/live/watch')
    expect(words).toContain('1 response')
    expect(words).toContain('On the web')
    expect(html).not.toContain('a secret of mine')
    expect((await open('/office')).words).toContain('answered')
  })

  test('comes as a file with the same numbers', async () => {
    const { status, text } = await office.get('/office/surveys/stakeholder-2021/watch.csv')
    expect(status).toBe(200)
    const lines = text.replace('\ufeff', '').split('\n')
    expect(lines[0]).toBe('by,code,label,responses,of_counted_groups,enrolled,rate')
    expect(lines).toContain('all,,,2105,878,22442,0.0391')
    const schools = lines
      .filter((line) => line.startsWith('school,'))
      .map((line) => Number(line.split(',').at(-4)))
    expect(schools.reduce((sum, n) => sum + n, 0)).toBe(2105)
  })

  test('is not for leaders', async () => {
    const leader = await signedIn('leader')
    expect((await leader.get('/office/surveys/stakeholder-2021/watch')).status).toBe(403)
    expect((await leader.get('/office/surveys/stakeholder-2021/watch.csv')).status).toBe(403)
  })
})

describe('the page of enrolment', () => {
  test('shows the table with its day and source, and the printed totals apart', async () => {
    const { words } = await open('/office/enrolment')
    expect(words).toContain('Table of October 1, 2020')
    expect(words).toContain('Sample data')
    expect(words).toContain('20,874')
    expect(words).toContain('Full-time classroom teachers only, not all staff')
  })

  test('a file is looked at before it counts, and kept with its day when it is confirmed', async () => {
    const seen = await check('school,grade,n\nschool_a,3,50\nschool_b,3,60')
    expect(seen.status).toBe(200)
    expect(seen.words).toContain('Changed figures: 2')
    expect(seen.words).toContain('Schools without a row')
    expect(await site.stores.enrolments.find('2021-10-01')).toBeUndefined()
    const fields = Object.fromEntries(
      [...seen.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&#34;', '"').replaceAll('&amp;', '&')],
      ),
    )
    const kept = await office.post('/office/enrolment/keep').field(fields)
    expect(kept.headers.location).toBe('/office/enrolment?done=kept&day=2021-10-01')
    expect((await site.stores.enrolments.find('2021-10-01'))?.rows).toHaveLength(2)
    const { words } = await open('/office/enrolment')
    expect(words).toContain('Table of October 1, 2021')
    expect(words).toContain('October 1, 2020')
    const { text } = await office.get('/office/enrolment/table.csv?day=2021-10-01')
    expect(text).toContain('school_a,elementary,zone-1,student,grade_3,,50')
    const _csrf = tokenOn((await office.get('/office/enrolment')).text)
    await office.post('/office/enrolment/remove').type('form').send({ _csrf, day: '2021-10-01' })
    expect(await site.stores.enrolments.find('2021-10-01')).toBeUndefined()
  })

  test('of a wrong file nothing is kept, and every fault is told by its row', async () => {
    const wrong = await check('school,n\nnowhere,5\nschool_a,-2')
    expect(wrong.status).toBe(422)
    expect(wrong.words).toContain('2 things are wrong')
    expect(wrong.words).toContain('Row 2: The district does not know "nowhere" (School).')
    expect(wrong.words).toContain('Row 3: "-2" is less than zero.')
    expect(wrong.html).not.toContain('/office/enrolment/keep')
    expect((await check(Buffer.from([0x89, 0x50, 0x4e, 0x47]), {}, 'table.csv')).words).toContain(
      'This is a picture',
    )
    const early = await check('school,n\nschool_a,5', { asOf: '2999-01-01', source: '' })
    expect(early.words).toContain('not in the future')
    expect(early.words).toContain('Say where the numbers are from')
  })

  test('the command line takes the same files', async () => {
    const { writeFile } = await import('node:fs/promises')
    const file = `${site.dataDir}/table.csv`
    await writeFile(file, 'school,n\nschool_a,50')
    expect(
      await site.heard(
        'enrolment',
        'import',
        file,
        '--as-of',
        '2019-10-01',
        '--source',
        'A count',
        '--group',
        'student',
      ),
    ).toBe('Took 1 figures as of 2019-10-01.\n')
    await writeFile(file, 'school,n\nschool_z,50')
    await expect(
      site.heard('enrolment', 'import', file, '--as-of', '2019-10-01', '--source', 'x'),
    ).rejects.toThrow('row 2: The district does not know "school_z"')
    await expect(site.heard('enrolment', 'import', file, '--source', 'x')).rejects.toThrow('which day')
    expect(await site.heard('check')).toContain('stakeholder-2021\tok')
    const wrong = "update turnout set n = n + 1 where dimension = 'channel' and code = 'paper' and survey = 1"
    await inDatabase(site.dataDir, wrong, wrong)
    await expect(site.heard('check')).rejects.toThrow('kept counts are not what the answers say')
  })
})
