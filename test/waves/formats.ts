import { strToU8, zipSync } from 'fflate'

/** One response as every program has it; the file of a program leaves out what it cannot ask. */
export type Answers = {
  day: number
  role: string
  grade: string
  news: string[]
  partner: string
  school: string
  order: string[]
  more: string
}

/**
 * How a program writes its results. `file`: a file of its own questions under exports. `years`: those of the two waves,
 * of each program others, since all are waves of one indicator. `lacks`: questions that the file has not.
 */
export type Format = {
  write: (answers: readonly Answers[], year: number) => Buffer
  file?: string
  years: [number, number]
  lacks?: string[]
}

type Rows = (string | number)[][]
const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`
const csv = (rows: Rows, by = ',') => `${rows.map((row) => row.map(cell).join(by)).join('\r\n')}\r\n`
const two = (n: number) => String(n).padStart(2, '0')
const options = ['Arts', 'Sports', 'Reading']
const news = ['Text message', 'E-mail, or letter', 'School website']
const statements = ['The school treats me as a partner', 'My school is clean']

const googleForms = (all: readonly Answers[], year: number): Buffer =>
  Buffer.from(
    csv([
      [
        'Timestamp',
        'Email Address',
        'Who are you?',
        'Which grade?',
        'How do you get news?',
        ...statements.map((one) => `Do you agree? [${one}]`),
        ...options.map((one) => `What matters most? [${one}]`),
        'Anything else?',
        '',
      ],
      ...all.map(({ day, role, grade, order, more, ...one }, at) => [
        `5/${day}/${year} 10:05:33`,
        `person${at}@example.org`,
        role,
        grade,
        one.news.join(', '),
        one.partner,
        one.school,
        ...options.map(
          (option) => `${order.indexOf(option) + 1}${['st', 'nd', 'rd'][order.indexOf(option)]} choice`,
        ),
        more,
        '',
      ]),
    ]),
  )

const limeSurvey = (all: readonly Answers[], year: number): Buffer =>
  Buffer.from(
    `\ufeff${csv([
      [
        'id. Response ID',
        'submitdate. Date submitted',
        'lastpage. Last page',
        'startlanguage. Start language',
        'seed. Seed',
        'G1Q1. Who are you?',
        'G1Q2. Which grade?',
        ...news.map((one, at) => `G2Q1[SQ00${at + 1}]. How do you get news? [${one}]`),
        ...statements.map((one, at) => `G2Q2[SQ00${at + 1}]. Do you agree? [${one}]`),
        ...options.map((_, at) => `G2Q3[${at + 1}]. What matters most? [Ranking ${at + 1}]`),
        'G3Q1. Anything else?',
      ],
      ...all.map(({ day, role, grade, order, more, ...one }, at) => [
        at + 1,
        `${year}-05-${two(day)} 10:05:33`,
        3,
        'en',
        1234567,
        role,
        grade,
        ...news.map((option) => (one.news.includes(option) ? 'Yes' : 'No')),
        one.partner,
        one.school,
        ...order,
        more,
      ]),
    ])}`,
  )

const surveyMonkey = (all: readonly Answers[], year: number): Buffer => {
  const system = [
    ...['Respondent ID', 'Collector ID', 'Start Date', 'End Date', 'IP Address', 'Email Address'],
    ...['First Name', 'Last Name', 'Custom Data 1'],
  ]
  return Buffer.from(
    csv([
      [
        ...system,
        'Who are you?',
        'Which grade?',
        ...['How do you get news?', '', ''],
        ...['Do you agree?', ''],
        ...['What matters most?', '', ''],
        'Anything else?',
      ],
      [
        ...system.map(() => ''),
        'Response',
        'Response',
        ...news,
        ...statements,
        ...options,
        'Open-Ended Response',
      ],
      ...all.map(({ day, role, grade, order, more, ...one }, at) => [
        ...[
          11870000000 + at,
          250000001,
          `05/${two(day)}/${year} 09:59:01 AM`,
          `05/${two(day)}/${year} 10:05:33 AM`,
        ],
        ...['192.0.2.1', '', '', '', ''],
        role,
        grade,
        ...news.map((option) => (one.news.includes(option) ? option : '')),
        one.partner,
        one.school,
        ...options.map((option) => order.indexOf(option) + 1),
        more,
      ]),
    ]),
  )
}

const microsoftRows = (all: readonly Answers[], time: (day: number) => string | number): Rows => [
  [
    ...['Id', 'Start time', 'Completion time', 'Email', 'Name', 'Last modified time'],
    ...['Who are you?', 'Which grade?', 'How do you get news?', ...statements, 'What matters most?'],
    'Anything else?',
  ],
  ...all.map(({ day, role, grade, order, more, ...one }, at) => [
    ...[at + 1, time(day), time(day), 'anonymous', '', ''],
    ...[role, grade, one.news.map((each) => `${each};`).join(''), one.partner, one.school],
    ...[order.map((each) => `${each};`).join(''), more],
  ]),
]

/** As Excel saves it: "Unicode text", with tabs. */
const microsoftText = (all: readonly Answers[], year: number): Buffer =>
  Buffer.from(
    `\ufeff${csv(
      microsoftRows(all, (day) => `5/${day}/${year % 100} 10:05:33`),
      '\t',
    )}`,
    'utf16le',
  )

/** As Microsoft Forms sends it: a workbook whose times are numbers with a date's format. */
function microsoftBook(all: readonly Answers[], year: number): Buffer {
  const days = (day: number) => Date.UTC(year, 4, day, 10, 5, 33) / 86_400_000 + 25_569
  const rows = microsoftRows(all, days).map(
    (row, at) =>
      `<row r="${at + 1}">${row
        .map((value) =>
          typeof value === 'number'
            ? `<c${value > 20_000 ? ' s="1"' : ''}><v>${value}</v></c>`
            : `<c t="inlineStr"><is><t>${value}</t></is></c>`,
        )
        .join('')}</row>`,
  )
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts = {
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Form1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy\\ h:mm:ss"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  }
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))),
  )
}

/** Wide files with statements as headings, as Panorama and others write; saved by Excel where commas are decimal. */
const panorama = (all: readonly Answers[], year: number): Buffer =>
  Buffer.from(
    csv(
      [
        ['Family survey, spring', '', '', '', '', '', ''],
        ['Response ID', 'Response Date', 'Role', 'Grade Level', ...statements, 'Anything else?'],
        ...all.map(({ day, role, grade, more, ...one }, at) => [
          ...[`R${at}`, `${year}-05-${two(day)}T10:05:33`, role, grade, one.partner, one.school, more],
        ]),
      ],
      ';',
    ),
    'latin1',
  )

export const formats: Record<string, Format> = {
  'google-forms': { write: googleForms, file: 'google-forms.csv', years: [2004, 2005] },
  limesurvey: { write: limeSurvey, file: 'limesurvey.csv', years: [2006, 2007] },
  surveymonkey: { write: surveyMonkey, file: 'surveymonkey.csv', years: [2008, 2009] },
  'microsoft-forms': {
    write: (all, year) => (year % 2 ? microsoftText : microsoftBook)(all, year),
    file: 'microsoft-forms.csv',
    years: [2010, 2011],
  },
  panorama: { write: panorama, years: [2012, 2013], lacks: ['news', 'order'] },
}
