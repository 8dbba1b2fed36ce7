import { XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demo, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let leader: ReturnType<typeof visitor>

beforeAll(async () => {
  house = await openHouse()
  await demo(house.stores)
  await add(house.stores, 'leader')
  leader = visitor(house.app, { 'Accept-Language': 'en' })
  await leader.signIn('leader@example.org')
}, 60_000)
afterAll(() => house.close())

const plan = '/reports/plan/hartford-2018-2022'
const read = async (path: string) => {
  const { status, text } = await leader.open(path)
  return { status, html: text, words: wordsOf(text) }
}

describe('a leader reads a plan', () => {
  it('what people said, who said it, what changed and what the plan says, on one screen', async () => {
    const { words } = await read(plan)
    for (const said of ['What did they say?', 'Who said it?', 'What changed?', 'What will we do?'])
      expect(words).toContain(said)
    expect(words).toMatch(/changes since October|changes since [A-Z]/)
    expect(words).toMatch(/FCP3\.d, Families: up \d+ points, from \d+% \(\d+\) to \d+% \(\d+\)/)
    expect(words).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  it('who said it adds up to all answers: a group that one survey hides has no sum, and is in the last bar', async () => {
    const { html } = await read(plan)
    const who = html.slice(html.indexOf('Who said it?'), html.indexOf('Someone who answered two surveys'))
    const people = (text: string, pattern: RegExp) =>
      [...text.matchAll(pattern)].reduce((sum, [, n = '']) => sum + Number(n.replaceAll(',', '')), 0)
    const bars = people(who, /% \(([\d,]+)\)<\/span>/g)
    expect(bars).toBeGreaterThan(2000)
    expect(bars).toBe(people(who, /([\d,]+) people answered/g))
    type Groups = { code: string; n: number | null }[]
    const surveys = [...who.matchAll(/<a href="(\/reports\/[^"?]+)/g)].map(([, path]) => path)
    const reports = await Promise.all(surveys.map((path) => leader.open(`${path}/data.json`)))
    const groups = reports.flatMap(({ text }) => (JSON.parse(text) as { groups: Groups }).groups)
    const hidden = new Set(groups.filter(({ n }) => n === null).map(({ code }) => code))
    expect(hidden.size).toBeGreaterThan(0)
    for (const code of hidden) expect(who).not.toContain(`id="heard-${code || '-'}-title"`)
    for (const { code, n } of groups)
      if (n !== null && n > 0 && !hidden.has(code)) expect(who).toContain(`id="heard-${code || '-'}-title"`)
    expect(who).toContain('Groups not shown, together')
  })

  it('each priority with its indicators, what was rated best and least', async () => {
    const { words } = await read(`${plan}/SCC`)
    expect(words).toContain('SCC7.d')
    expect(words).toContain('Most favorable')
    expect(words).toContain('Least favorable')
  })

  it('statements in the words that people read, favorable said, and of which survey; a turned one says so', async () => {
    const { words } = await read(`${plan}/SCC`)
    expect(words).toMatch(
      /I feel safe at work\. \d+% \(\d+\) favorable of \d+ people · School climate survey/,
    )
    expect(words).toMatch(
      /I feel left out at school\. \d+% \(\d+\) favorable of \d+ people · Disagreeing is the favorable answer · /,
    )
    const gaps = (await read('/reports/climate-2021/equity')).words
    expect(gaps).toContain('I feel left out at school. Disagreeing is the favorable answer')
    expect((await read(plan)).words).toMatch(/Lowest: [^:]+, \d+% \(\d+\) favorable [^·]+ · of \d+ people/)
  })

  it('the base of what was chosen; how rankings agree, and how to read dots, said once; whether groups differ', async () => {
    const ranked = (await read('/reports/plan/hartford-2021-2024')).words
    expect(ranked).toMatch(
      /has the largest share, \d+% \([\d,]+\); [^:·]+ may be as common: \d+% \([\d,]+\) [^·]+ · of [\d,]+ people/,
    )
    expect(ranked.split('Every way of counting puts')).toHaveLength(2)
    const { words, html } = await read(plan)
    expect(words.split('the hollow dot the wave before')).toHaveLength(3)
    expect(words).toMatch(/No gap between groups here is wider than|Widest gaps between groups/)
    expect(html).toContain(
      '<p class="dot-axis" aria-hidden="true"><span><span>0%</span> <span>50%</span> <span>100%</span>',
    )
  })

  it('an indicator: how it is measured, wave by wave, students and staff apart', async () => {
    const { words } = await read(`${plan}/SCC7.d`)
    expect(words).toContain('It asks 3 things at once')
    expect(words).toContain('No target set')
    expect(words).toMatch(/Students: \d+% \(\d+\)/)
    expect(words).toMatch(/Staff: \d+% \(\d+\)/)
    expect(words).toContain('baseline')
    expect(words).toContain('Favorable: Agree and Strongly agree')
  })

  it('the number first, then how it is measured; where nothing may be shown why, and no empty chart', async () => {
    const told = (await read(`${plan}/SCC7.d`)).words
    expect(told.indexOf('Students: ')).toBeLessThan(told.indexOf('What is counted'))
    const { words, html } = await read(`${plan}/OE5.a`)
    expect(words).toMatch(/School administrators: Not shown Groups of fewer than 10 people are not shown/)
    expect(html.match(/<svg[^>]*class="lines"/g)).toHaveLength(1)
  })

  it('a change only of what both waves asked', async () => {
    const { words } = await read(`${plan}/SCC7.d`)
    expect(words).toContain('Compared is only what both waves asked')
  })

  it('a number of families as a number, with how many answered', async () => {
    const { words } = await read(`${plan}/FCP3.b`)
    expect(words).toMatch(/Families: \d+ of \d+ families \(\d+%\)/)
  })

  it('one school beside all schools', async () => {
    const { words, status } = await read(`${plan}?school=school_l`)
    expect(status).toBe(200)
    expect(words).toContain('All schools:')
    expect(words).not.toMatch(/NaN|undefined/)
  })

  it('with weights beside, where they are asked for: in words, in JSON and in the manifest', async () => {
    const plain = await leader.open(`${plan}/data.json`)
    expect(plain.body.manifest.weights).toBe('none')
    expect(plain.text).not.toContain('"weighted"')
    const { words, html } = await read(`${plan}?weighted=1`)
    expect(words).toMatch(
      /With weights \d+% \(95% interval \d+% to \d+%; counts like \d+ people, design effect \d/,
    )
    expect(words).toContain('so a change of weighted shares would also be a change of weights')
    expect(words).toMatch(/weighted by .* to the enrollment of/)
    expect(html).toContain(`${plan}/SCC7.d?weighted=1`)
    const { body } = await leader.open(`${plan}/data.json?weighted=1`)
    expect(body.manifest.fingerprint).toBe(plain.body.manifest.fingerprint)
    const lines = body.indicators.flatMap((one: { populations: object[] }) => one.populations) as {
      waves: { n: number; weighted?: { share: number; effective: number; designEffect: number } | null }[]
    }[]
    const weighed = lines.flatMap(({ waves }) => waves.flatMap((one) => (one.weighted ? [one] : [])))
    expect(weighed.length).toBeGreaterThan(1)
    for (const { n, weighted } of weighed) {
      expect(weighted?.effective).toBeLessThanOrEqual(n)
      expect(Math.round((weighted?.share ?? 0) * 100) / 100).toBe(weighted?.share)
    }
    expect(lines.every(({ waves }) => waves.slice(0, -1).every((one) => !('weighted' in one)))).toBe(true)
    expect(body.manifest.weights[0]).toMatchObject({ method: 'raking', survey: expect.any(String) })
    const indicator = body.indicators.find(
      (one: { plan: string; populations: typeof lines }) =>
        one.plan === 'hartford-2018-2022' &&
        one.populations.some(({ waves }) => waves.some(({ weighted }) => weighted)),
    )
    expect((await read(`${plan}/${indicator.code}?weighted=1`)).words).toContain('With weights')
    const school = await read(`${plan}?school=school_l&weighted=1`)
    expect(school.words).toContain('These percentages are without weights')
    expect(school.words).not.toContain('With weights')
  })

  it.each(['/reports/plan/none', `${plan}/XX9`, `${plan}?school=nowhere`, `${plan}?school=a&school=b`])(
    'and is told that there is nothing at %s',
    async (path) => {
      expect((await read(path)).status).toBe(404)
    },
  )
})

describe('a leader reads on', () => {
  it('from an indicator to a statement: who found it so, by school, and who left it out', async () => {
    const { words } = await read('/reports/climate-2021/q/staff_climate/safe')
    expect(words).toContain('I feel safe at work.')
    expect(words).toContain('By stakeholder group')
    expect(words).toContain('By school level')
    expect(words).toMatch(/Left out: \d+% \(\d+\) of the \d+ who came to it/)
    expect(words).toMatch(/points apart/)
  })

  it('from a survey and a statement back to what all surveys say of that part of the plan', async () => {
    const survey = (await read('/reports/climate-2021?school=school_l')).html
    expect(survey).toContain(`href="${plan}?school=school_l"`)
    expect(survey).toContain(`href="${plan}/FCP?school=school_l"`)
    const statement = (await read('/reports/climate-2021/q/staff_climate/safe')).html
    expect(statement).toContain(`href="${plan}/SCC7.d"`)
    // Of a part that nobody is asked about the plan itself says what it is.
    const part = await leader.open(`${plan}/FCP3.ii`)
    expect([part.status, part.headers.location]).toEqual([303, '/plans/hartford-2018-2022#FCP3.ii'])
  })

  it('from a survey to what is done about it, and to what changed where it is one of several', async () => {
    const alone = (await read('/reports/students-3-5')).html
    expect(alone).toContain('href="/reports/students-3-5/commitments">What will we do?')
    expect(alone).not.toContain('/reports/series/')
    const wave = (await read('/reports/climate-2021')).html
    const series = /href="(\/reports\/series\/\d+)">What changed\?/.exec(wave)?.[1] ?? ''
    const turned = (await read(series)).words
    expect(turned).toContain('I feel left out at school. Disagreeing is the favorable answer')
    // Where a wave may not be shown the line says so, and nothing empty is drawn.
    const school = await read(`${series}?school=school_l&group=teacher`)
    expect(school.words).toMatch(/ \d{4}: (Not shown|[<>]\d+%)/)
    const drawn = school.html.match(/<svg[^>]*class="wave-line".*?<\/svg>/gs) ?? []
    for (const svg of drawn) expect(svg).toContain('wave-dot')
  })

  it('a table says which statement it is of, and by what rules it was counted', async () => {
    const { words } = await read('/reports/climate-2021/cross?rows=group&question=student_climate.left_out')
    expect(words).toContain('I feel left out at school. Disagreeing is the favorable answer')
    expect(words).toContain('How this was counted A share is out of those who answered the question.')
    const wide = (await read('/reports/climate-2021/cross?rows=group&columns=grade')).words
    expect(wide).toMatch(/Who answered Everyone who answered Pre-kindergarten .* Student \d+ /)
    const heard = (await read('/reports/climate-2021/weights')).words
    expect(heard).toMatch(/Elementary and middle schools \d+ .*Zone 1 \d+ .*I feel left out at school\./)
    expect(heard).not.toMatch(/elementary-middle|zone-1/)
  })

  it('beside each difference how many were read together, for each page corrects over its own list', async () => {
    const together = async (path: string) =>
      [...(await read(path)).words.matchAll(/(\d+) (?:changes|gaps) were looked at together\./g)].map(
        ([, n]) => Number(n),
      )
    const [own, all] = [await together(`${plan}/SCC7.d`), await together(`${plan}/SCC`)]
    expect(Math.max(...own)).toBeLessThan(Math.max(...all))
    expect(await together('/reports/climate-2021/q/student_climate/left_out')).not.toEqual([])
    expect((await read(plan)).words).toContain('The more differences are looked at together')
  })

  it('the widest gaps first, with how many were read together', async () => {
    const { words } = await read('/reports/climate-2021/equity')
    expect(words).toMatch(/\d+ gaps were looked at together/)
    expect(words).toMatch(/ \d+% \(\d+\) of \d+ people, [^:]+ \d+% \(\d+\) of \d+ people: \d+ points apart/)
    // An interval that leaves out nought is not said to be chance without saying why.
    for (const [, low, verdict] of words.matchAll(
      /points apart \((-?\d+) to \d+\), which chance alone could explain( among)?/g,
    ))
      if (Number(low) > 1) expect(verdict).toBe(' among')
    expect((await leader.open('/reports/climate-2021/equity?lang=ar')).text).toMatch(
      /\u2068[^\u2069]+\u2069 /,
    )
    await leader.open('/reports/climate-2021/equity?lang=en')
    const group = words.slice(words.indexOf('Between stakeholder groups'), words.indexOf('The numbers'))
    const apart = [...group.matchAll(/: (\d+) points apart/g)].map(([, n]) => Number(n))
    expect(apart.length).toBeGreaterThan(2)
    expect(apart).toEqual(apart.toSorted((a, b) => b - a))
  })

  it('a report to print, with its indicators, tables and how it came to be', async () => {
    const { words, html } = await read('/reports/climate-2021/board')
    expect(words).toContain('Indicators of the plan in this survey')
    expect(words).toContain('Fingerprint of these numbers')
    expect(html.slice(html.indexOf('<main'))).not.toContain('<details')
    expect(words).not.toMatch(/NaN|undefined/)
  })

  it.each([
    '/reports/climate-2021/q/nothing/safe',
    '/reports/climate-2021/q/staff_climate/no',
    '/reports/none/equity',
    '/reports/climate-2021/charts/better.svg',
  ])('and finds nothing at %s', async (path) => {
    expect((await read(path)).status).toBe(404)
  })
})

describe('charts as files', () => {
  it.each([
    '/reports/climate-2021/charts/student_climate.svg',
    '/reports/stakeholder-2021/charts/priorities.svg?lang=ar',
    `${plan}/SCC7.d/chart.svg`,
  ])('%s is a sound picture of its own, without style sheets or scripts', async (path) => {
    const { body, headers } = await leader.open(path).buffer(true)
    const svg = String(body)
    expect(headers['content-type']).toContain('image/svg+xml')
    expect(XMLValidator.validate(svg)).toBe(true)
    expect(svg).toContain('<title>')
    expect(svg).not.toMatch(/NaN|undefined|class=|style=|currentColor/)
  })

  it('say which survey they are of, which statement is turned, and what their scale is', async () => {
    const words = async (path: string) => String((await leader.open(path)).body).replace(/<[^>]+>/g, ' ')
    const likert = await words('/reports/climate-2021/charts/student_climate.svg?lang=en')
    expect(likert).toContain('School climate survey · ')
    expect(likert).toContain('Disagreeing is the favorable answer')
    expect(await words(`${plan}/SCC7.d/chart.svg`)).toMatch(/0%\s+50%\s+100%/)
  })

  it('and their numbers as CSV', async () => {
    const { text } = await leader.open('/reports/climate-2021/charts/student_climate.csv')
    expect(text).toMatch(/^\ufeff?item,words,n,favorable,share,low,high,mean/)
    const { text: waves } = await leader.open(`${plan}/SCC7.d/waves.csv`)
    expect(waves).toContain('students,climate-2020')
    expect((await leader.open(`${plan}/indicators.csv`)).text.split('\n').length).toBeGreaterThan(20)
  })
})

describe('the manifest', () => {
  it('is the same for the same numbers, and another where a number is another', async () => {
    const fingerprint = async (path: string) => {
      const { text } = await leader.open(path)
      return { text, manifest: (JSON.parse(text) as { manifest: { fingerprint: string } }).manifest }
    }
    const first = await fingerprint('/reports/climate-2021/data.json')
    expect((await fingerprint('/reports/climate-2021/data.json')).text).toBe(first.text)
    const group = await fingerprint('/reports/climate-2021/data.json?group=family')
    expect(group.manifest.fingerprint).not.toBe(first.manifest.fingerprint)
    expect(first.manifest).toMatchObject({
      weights: { method: 'raking' },
      surveys: [{ slug: 'climate-2021', responses: 2400 }],
    })
    expect(wordsOf((await leader.open('/reports/climate-2021')).text)).toContain(first.manifest.fingerprint)
    expect((await fingerprint(`${plan}/data.json`)).manifest.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('stands at the foot of every page of a report, whose headings skip no level', async () => {
    const survey = '/reports/stakeholder-2021'
    for (const path of [
      plan,
      `${plan}/SCC`,
      `${plan}/SCC7`,
      `${plan}/SCC7.d`,
      survey,
      `${survey}/board`,
      `${survey}/equity`,
      `${survey}/cross?rows=group`,
      `${survey}/weights`,
      `${survey}/themes`,
      '/reports/climate-2021/q/staff_climate/safe',
    ]) {
      const { words, status, html } = await read(`${path}${path.includes('?') ? '&' : '?'}lang=en`)
      expect([path, status]).toEqual([path, 200])
      expect([path, words]).toEqual([
        path,
        expect.stringMatching(/Fingerprint of these numbers sha256:[0-9a-f]{64}/),
      ])
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level))
      const skips = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)
      expect([path, skips]).toEqual([path, []])
    }
  })
})

describe('a school leader', () => {
  it('reads of the own school and of all schools together, and of no other', async () => {
    const id = await add(house.stores, 'school-leader', 'own@example.org')
    await house.stores.people.setRole(id, 'school-leader', { schools: ['school_l'], languages: [] })
    const own = visitor(house.app, { 'Accept-Language': 'en' })
    await own.signIn('own@example.org')
    const { text } = await own.open(plan)
    expect(text).toContain('value="school_l" lang="en" dir="ltr" selected')
    expect(text).not.toContain('value="school_a"')
    expect((await own.open(`${plan}?school=`)).status).toBe(200)
    for (const path of [`${plan}?school=school_a`, `${plan}/SCC7.d?school=school_a`])
      expect((await own.open(path)).status).toBe(403)
  })
})

describe('a house without answers', () => {
  it('says so in a plain sentence', async () => {
    const empty = await openHouse()
    const { stores } = empty
    const plans = await house.stores.plans.list()
    for (const one of plans) await stores.plans.put(one)
    await add(stores, 'leader')
    const reader = visitor(empty.app, { 'Accept-Language': 'en' })
    await reader.signIn('leader@example.org')
    const { text } = await reader.open(plan)
    expect(wordsOf(text)).toContain('Nothing to show yet')
    expect(wordsOf((await reader.open(`${plan}/SCC7.d`)).text)).toContain('No survey has asked this yet')
    await empty.close()
  })
})
