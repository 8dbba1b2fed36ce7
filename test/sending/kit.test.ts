import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { afterGap, comesTwice, momentOf } from '../../src/district/clock.ts'
import { readWorkbook, writeWorkbook } from '../../src/files/workbook.ts'
import { sayDistance } from '../../src/language/format.ts'
import { countSms } from '../../src/language/sms.ts'
import { openness } from '../../src/routes/respond/visit.ts'
import { sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { bytesOf } from './bytes.ts'
import { list, openSurvey } from './office.ts'

let house: House
let office: ReturnType<typeof visitor>
const kit = '/office/surveys/open/kit'
const mail = '/office/surveys/open/mail'
beforeAll(async () => {
  house = await openHouse({ BASE_URL: 'http://surveys.example.org' })
  await sampleDistrict(house.stores)
  await add(house.stores, 'office')
  await openSurvey(house.stores, 'open', { closesAt: Date.parse('2150-05-14T21:00:00Z') })
  await openSurvey(house.stores, 'codes')
  office = visitor(house.app, { 'Accept-Language': 'en' })
  await office.signIn('office@example.org')
})
afterAll(() => house.close())

describe('links', () => {
  test('name language and school, and only those that the survey offers', async () => {
    const { text } = await office.open(`${kit}?language=es&school=school_a`)
    expect(text).toContain('http://surveys.example.org/s/open?lang=es&amp;school=school_a')
    expect((await office.open(`${kit}/qr.svg?school=elsewhere`)).status).toBe(404)
    expect((await office.open(`${kit}/qr.png?language=xx`)).status).toBe(404)
  })

  test('fill the school in where they are opened, and show nothing else', async () => {
    const family = visitor(house.app, { 'Accept-Language': 'en' })
    const { text } = await family.open('/s/open?lang=es&school=school_a')
    expect(text).toContain('/s/open/about?school=school_a')
    expect((await family.open('/s/open?school=elsewhere')).text).not.toContain('elsewhere')
  })

  test('come as QR codes that a camera reads, and as files', async () => {
    const svg = await office.open(`${kit}/qr.svg?school=school_a`)
    expect(svg.headers['content-type']).toContain('image/svg+xml')
    expect(svg.headers['content-disposition']).toContain('open-school_a.svg')
    const png = await bytesOf(office.open(`${kit}/qr.png`))
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    const csv = (await office.open(`${kit}/links.csv`)).text
    expect(csv).toContain('school_a,,es,http://surveys.example.org/s/open?lang=es&school=school_a')
    const read = readWorkbook(await bytesOf(office.open(`${kit}/links.xlsx`)))
    expect('sheets' in read && read.sheets[0]?.rows.length).toBe(csv.trim().split('\n').length)
  })
})

describe('a flyer', () => {
  test.each(['en', 'es', 'ar'])(
    'in %s has title, address, how long, and the other languages',
    async (tag) => {
      const { text } = await office.open(`${kit}/flyer?language=${tag}&paper=a4`)
      const title = { en: 'Your voice', es: 'Su voz', ar: 'صوتك' }[tag]
      expect(text).toContain(`>${title}</h1>`)
      expect(wordsOf(text).replaceAll(' ', '')).toContain('surveys.example.org/s/open')
      expect(text).toContain('class="a4"')
    },
  )

  test('of all languages has a page or a place for each', async () => {
    expect((await office.open(`${kit}/flyer`)).text.match(/<article/g)).toHaveLength(3)
    expect((await office.open(`${kit}/flyer?together=yes`)).text.match(/class="qr"/g)).toHaveLength(3)
  })
})

describe('a text for phones', () => {
  test('has the room that the alphabet leaves it', () => {
    expect(countSms('a'.repeat(160))).toEqual({ units: 160, segments: 1, ucs2: false, left: 0 })
    expect(countSms('a'.repeat(161))).toMatchObject({ segments: 2 })
    expect(countSms('é'.repeat(160))).toMatchObject({ segments: 1, ucs2: false })
    expect(countSms('á'.repeat(70))).toMatchObject({ segments: 1, ucs2: true })
    expect(countSms('á'.repeat(71))).toMatchObject({ segments: 2, ucs2: true })
    expect(countSms('€'.repeat(80))).toMatchObject({ units: 160, segments: 1 })
    expect(countSms('€'.repeat(81))).toMatchObject({ segments: 2 })
    // An escaped letter is not parted: 152 and then one of two do not fill 153.
    expect(countSms(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ units: 306, segments: 3 })
  })

  test('never takes fewer messages than its units need, nor many more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { units, segments, ucs2 } = countSms(text)
        const part = ucs2 ? 67 : 153
        if (segments === 1) expect(units).toBeLessThanOrEqual(ucs2 ? 70 : 160)
        else expect([segments * part >= units, (segments - 1) * (part - 1) < units]).toEqual([true, true])
      }),
      { numRuns: 100 },
    )
  })

  test('is shown with its count, and a longer one is warned of', async () => {
    expect(wordsOf((await office.open(kit)).text)).toMatch(/\d+ letters, 1 message\./)
  })
})

describe('dates', () => {
  const zone = 'America/New_York'
  test('that the clocks jump over are told, with the time after the jump', async () => {
    expect(afterGap('2027-03-14T02:30', zone)).toBe('2027-03-14T03:30')
    expect(afterGap('2027-03-14T03:30', zone)).toBeUndefined()
    expect(afterGap('2027-02-30T02:30', zone)).toBeUndefined()
    expect(comesTwice('2027-11-07T01:30', zone)).toBe(true)
    expect(comesTwice('2027-11-07T02:30', zone)).toBe(false)
    const page = '/office/surveys/codes'
    const answer = await office.fill(page, { opens: '2027-03-14T02:30', closes: '' }, `${page}/dates`)
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.text)).toContain('jump over this time on that night. Choose 03:30 or another time.')
  })

  test('open and close a survey at their moment by themselves, with nothing running then', async () => {
    const [opensAt, closesAt] = [Date.parse('2027-05-03T11:00:00Z'), Date.parse('2027-05-14T21:00:00Z')]
    const survey = await openSurvey(house.stores, 'open', { slug: 'dated', opensAt, closesAt })
    const at = (now: number) => openness({ ...survey, state: 'open' }, now)
    expect([opensAt - 1, opensAt, closesAt - 1, closesAt].map(at)).toEqual(['soon', 'open', 'open', 'closed'])
  })

  test('are said in words, with how far away they are', async () => {
    expect(wordsOf((await office.open(kit)).text)).toMatch(
      /Closes Thursday, May 14, 2150 at 5:00 PM, in [\d,]+ days/,
    )
    expect(sayDistance('en', 5 * 86_400_000)).toBe('in 5 days')
    expect(sayDistance('es', 2 * 3_600_000)).toBe('dentro de 2 horas')
    expect(sayDistance('ht', 86_400_000)).toBe('')
    expect(momentOf('2027-05-03T07:00', zone)).toBe(Date.parse('2027-05-03T11:00:00Z'))
  })
})

describe('a list of addresses', () => {
  const upload = async (name: string, content: string | Uint8Array, at = mail) =>
    office
      .post(`${at}/list`)
      .redirects(1)
      .field('_csrf', await office.token(at))
      .attach('file', Buffer.from(content as string), name)
  const take = async (fields: Record<string, string>, at = mail) =>
    office.send(`${at}/list/take`, { _csrf: await office.token(at), ...fields })
  const count = async (slug = 'open') =>
    (await house.stores.contacts.count((await house.stores.surveys.find(slug))?.id ?? 0)).all

  test('is shown with what its columns hold and every row that cannot be used, before anything is added', async () => {
    const file = [
      'Language;E-mail;School',
      'Español;a@example.org;school_a',
      'English;b at example.org;school_a',
      'English;A@example.org;school_b',
      'English;c@example.org;Nowhere School',
      'Klingon;d@example.org;',
      ';;',
      'English;;school_a',
    ].join('\r\n')
    const { text } = await upload('list.csv', file)
    const words = wordsOf(text)
    expect(text).toMatch(/name="column-email">.*?<option value="1" selected>/)
    expect(text).toMatch(/name="column-language">.*?<option value="0" selected>/)
    expect(words).toContain('2 addresses can be added.')
    expect(words).toContain('4 rows cannot be used.')
    expect(words).toContain('Row 3 This is not an e-mail address. b at example.org')
    expect(words).toContain('Row 4 This address stands in an earlier row too.')
    expect(words).toContain('Row 5 This survey or district has no such school. Nowhere School')
    expect(words).toContain('Row 8 There is no address.')
    expect(words).toContain('1 person reads Klingon')
    expect(await count()).toBe(0)
    const mapping = { 'column-email': '1', 'column-language': '0', 'column-school': '2', header: 'yes' }
    expect((await take({ ...mapping, go: 'take' })).status).toBe(422)
    expect(await count()).toBe(0)
    expect((await take({ ...mapping, go: 'some' })).status).toBe(303)
    const survey = await house.stores.surveys.find('open')
    expect(await house.stores.contacts.list(survey?.id ?? 0)).toMatchObject([
      { email: 'a@example.org', language: 'es', school: 'school_a' },
      { email: 'd@example.org', language: 'en', school: '' },
    ])
    expect((await house.stores.audit.list({ limit: 1 }))[0]).toMatchObject({
      did: 'imported',
      detail: 'addresses 2',
    })
  })

  test('in Windows-1252 is read, and said to be', async () => {
    const { text } = await upload(
      'liste.csv',
      Buffer.from('e-mail;nombre\r\nx@example.org;Pe\xf1a\r\n', 'latin1'),
    )
    expect(wordsOf(text)).toContain('It was read as Windows-1252')
    expect(text).toContain('Peña')
  })

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])],
    ['an open quotation mark', 'email\n"a@example.org\nb@example.org\n'],
    ['nothing but commas', ',,,\n,,\n'],
  ])('that is %s is refused, and nothing is added', async (_, content) => {
    const before = await count()
    const answer = await upload('list.csv', content)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('role="alert"')
    expect(await count()).toBe(before)
  })

  test('of 20,000 rows comes in whole, from CSV and from a workbook, and other pages are served meanwhile', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`family${at}@example.org`, 'es'])
    const at = '/office/surveys/codes/mail'
    let served = 0
    let busy = true
    const others = (async () => {
      while (busy) {
        await visitor(house.app).open('/s/open')
        served++
      }
    })()
    expect((await upload('list.csv', rows.map((row) => row.join()).join('\n'), at)).status).toBe(200)
    expect((await take({ 'column-email': '0', 'column-language': '1', go: 'take' }, at)).status).toBe(303)
    expect(await count('codes')).toBe(20_000)
    const book = writeWorkbook([{ name: 'list', rows: [['email'], ...rows.map(([email = '']) => [email])] }])
    expect(wordsOf((await upload('list.xlsx', book, at)).text)).toContain(
      '20000 addresses are on the list already.',
    )
    busy = false
    await others
    expect(served).toBeGreaterThan(5)
    await office.fill(at, {}, `${at}/delete`)
    expect(await count('codes')).toBe(0)
  }, 60_000)

  test('is for the office alone, and takes no file without its form', async () => {
    await add(house.stores, 'leader')
    const leader = visitor(house.app, { 'Accept-Language': 'en' })
    await leader.signIn('leader@example.org')
    expect((await leader.open(mail)).status).toBe(403)
    const forged = await office
      .post(`${mail}/list`)
      .attach('file', Buffer.from('email\nz@example.org'), 'list.csv')
    expect(forged.status).toBe(403)
  })
})

describe('without a mail server', () => {
  test('the page says so, and hands out the letters for a mail merge with a code for each', async () => {
    const survey = await house.stores.surveys.find('codes')
    await list(house.stores, survey?.id ?? 0, ['=a@example.org', 'b@example.org'])
    const at = '/office/surveys/codes/mail'
    const page = await office.open(at)
    expect(page.text).toContain('SMTP_URL')
    expect(page.text).not.toContain(`action="${at}/send"`)
    const csv = (await office.fill(at, {}, `${at}/merge`)).text
    expect(csv).toContain("'=a@example.org,en")
    expect(csv.match(/code=[\w-]{12}/g)?.length).toBeGreaterThanOrEqual(2)
    // Asking again makes no second code for anybody.
    expect((await office.fill(at, {}, `${at}/merge`)).text.trim().split('\n')).toHaveLength(1)
  })
})
