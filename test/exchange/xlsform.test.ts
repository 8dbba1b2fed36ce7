// biome-ignore-all lint/suspicious/noTemplateCurlyInString: XLSForm writes its references so
import { describe, expect, it } from 'vitest'
import { writeWorkbook } from '../../src/files/workbook.ts'
import { read, readForm, sheet } from './forms.ts'

describe('each type becomes the kind that is nearest', () => {
  it('choices, rankings, numbers, texts and scales', () => {
    const form = readForm(
      `type | name | label | hint | required | constraint | appearance | parameters
       begin group | g | The group | | | | |
       select_one yn | a | One? | Help | yes | | | randomize=true
       select_multiple agree | b | Many? | | TRUE | count-selected(.) <= 2 and not(selected(., 'neither') and count-selected(.) > 1) | |
       rank agree | c | Rank | | no | | |
       integer | d | How many? | | | . > 0 and . < 10 | |
       decimal | e | How much? | | | .>=0.5 | |
       text | f | Why? | | | string-length(.) <= 300 | multiline |
       range | h | How likely? | | | | | start=0 end=10 step=1
       range | i | Hours | | | | | start=0;end=100;step=5
       end group | | | | | | |`,
    )
    expect(form.faults).toEqual([])
    expect(form.losses).toEqual(['9 rangeEnds', '10 rangeSteps'])
    expect(form.sections.map(({ code, title }) => [code, title.en])).toEqual([['g', 'The group']])
    expect(form.question('a')).toMatchObject({
      kind: 'single',
      help: { en: 'Help' },
      required: true,
      shuffle: true,
    })
    expect(form.question('b')).toMatchObject({
      kind: 'multiple',
      required: true,
      atMost: 2,
      options: [{ code: 'disagree' }, { code: 'neither', exclusive: true }, { code: 'agree' }],
    })
    expect(form.question('c')).toMatchObject({ kind: 'ranking', required: false })
    expect(form.question('d')).toMatchObject({ kind: 'number', whole: true, min: 1, max: 9 })
    expect(form.question('e')).toMatchObject({ kind: 'number', min: 0.5 })
    expect(form.question('f')).toMatchObject({ kind: 'text', long: true, maxLength: 300 })
    expect(form.question('h')).toMatchObject({ kind: 'scale', min: 0, max: 10, low: { en: '0' } })
    expect(form.question('i')).toMatchObject({ kind: 'number', min: 0, max: 100, whole: true })
  })

  it('"or other" is an option that stays last and a question for those who choose it', () => {
    const form = readForm(`type | name | label
      select_one yn or_other | a | One?
      select_multiple agree or specify other | b | Many?`)
    expect(form.losses).toEqual(['2 orOther', '3 orOther'])
    expect(form.questions.map(({ code, kind }) => [code, kind])).toEqual([
      ['a', 'single'],
      ['a_other', 'text'],
      ['b', 'multiple'],
      ['b_other', 'text'],
    ])
    expect(form.question('a')?.options).toContainEqual({ code: 'other', label: { en: 'Other' }, other: true })
    expect(form.question('a_other')?.showIf).toEqual({ question: 'a', is: ['other'] })
    expect(form.question('b_other')?.showIf).toEqual({ question: 'b', includes: ['other'] })
  })

  it('a table of choices over one list is a grid, its points and what is favorable told to be checked', () => {
    const form = readForm(`type | name | label | required | appearance
      begin_group | g | About school | | table-list
      select_one agree | safe | I feel safe | yes |
      select_one agree | glad | I am glad | yes |
      end_group | | | |
      begin_group | h | More | | field-list
      text | t | Why? | |
      select_one agree | head | How much do you agree? | | label
      select_one agree | i1 | One | | list-nolabel
      select_one agree | i2 | Two | | list-nolabel
      begin_group | k | Likert | |
      select_one agree | k1 | One | | likert
      select_one agree | k2 | Two | | likert
      end_group | | | |
      end_group | | | |`)
    expect(form.faults).toEqual([])
    expect(form.losses).toEqual(['2 gridGuessed', '8 gridGuessed', '11 gridGuessed'])
    expect(form.question('g')).toMatchObject({
      kind: 'grid',
      title: { en: 'About school' },
      required: true,
      items: [{ code: 'safe' }, { code: 'glad' }],
      scale: [
        { code: 'disagree', value: 1 },
        { code: 'neither', value: 2 },
        { code: 'agree', value: 3, favorable: true },
      ],
    })
    expect(form.question('head')).toMatchObject({ kind: 'grid', items: [{ code: 'i1' }, { code: 'i2' }] })
    expect(form.question('k')).toMatchObject({ kind: 'grid', items: [{ code: 'k1' }, { code: 'k2' }] })
  })

  it('a list from best to worst is turned round, and "not applicable" is no point', () => {
    const form = readForm(
      `type | name | label | appearance
       begin_group | g | About school | table-list
       select_one s | a | A |
       end_group | | |
       begin_group | h | Numbers | table-list
       select_one n | b | B |
       end_group | | |`,
      `list_name | name | label
       s | sa | Strongly agree
       s | d | Disagree
       s | na | Does not apply
       n | 5 | Best
       n | 1 | Worst`,
    )
    expect(form.losses).toEqual([
      '2 gridTurned',
      '2 gridGuessed',
      '2 notApplicable',
      '5 gridTurned',
      '5 gridGuessed',
      '5 renamed',
      '6 renamed',
    ])
    expect(form.question('g')).toMatchObject({
      notApplicable: true,
      scale: [{ code: 'd' }, { code: 'sa', favorable: true }],
    })
    expect(form.question('h')).toMatchObject({
      scale: [
        { code: 'o1', value: 1 },
        { code: 'o5', value: 5 },
      ],
    })
  })

  it('notes are the introduction, the intro of a section, the help of a question, or the thanks', () => {
    const form = readForm(`type | name | label
      note | welcome | Welcome
      begin group | g | Group
      note | n1 | First
      text | a | A
      note | | Between
      text | b | B
      note | n3 | After
      end group | |
      begin group | empty | Only words
      note | n4 | Words
      end group | |
      begin group | h | Group
      text | c | C
      end group | |
      note | bye | Thank you`)
    expect(form.questionnaire).toMatchObject({ intro: { en: 'Welcome' }, thanks: { en: 'Thank you' } })
    expect(form.sections.map(({ code, intro }) => [code, intro?.en])).toEqual([
      ['g', 'First'],
      ['h', 'Words'],
    ])
    expect(form.question('b')?.help).toEqual({ en: 'Between\n\nAfter' })
    expect(form.losses).toEqual(['6 noteAsHelp', '8 noteAsHelp', '10 groupEmpty', '10 noteMoved'])
  })

  it('what has no counterpart is told by row, and nothing else changes for it', () => {
    const form = readForm(
      `type | name | label | relevant | default | calculation | choice_filter | appearance | media::image | required
       start | start | | | | | | | |
       date | born | Born | | | | | | |
       select_one yn | a | A \${born} | | yes | | x=1 | minimal | a.png | \${born} != ''
       calculate | sum | | | | 1+1 | | | |
       text | b | B | \${sum} > 1 | | | | | |
       geopoint | where | Where | | | | | | |
       image | photo | Photo | | | | | | |
       acknowledge | ok | OK | | | | | | |
       select_one_from_file x.csv | file | File | | | | | | |
       select_one \${a} | again | Again | | | | | | |
       begin repeat | child | Child | | | | | | |
       text | c | C | | | | | | |
       end repeat | | | | | | | | |
       note | n | Only some | \${a} = 'yes' | | | | | |`,
    )
    expect(form.faults).toEqual([])
    expect(form.questions.map(({ code }) => code)).toEqual(['born', 'a', 'b', 'c'])
    expect(form.losses).toEqual(
      ['2 typeMetadata', '3 typeDate', '4 piping', '4 requiredLost', '4 columnLost', '4 choiceFilter']
        .concat(['4 appearanceLost', '4 columnLost', '5 typeCalculate', '6 conditionNotTaken', '7 typePlace'])
        .concat(['8 typeMedia', '9 typeAcknowledge', '10 typeExternal', '11 typeExternal', '12 repeat'])
        .concat(['15 noteConditional']),
    )
  })
})

describe('conditions', () => {
  const asked = `type | name | label | relevant
    select_one yn | one | One |
    select_multiple agree | many | Many |
    integer | age | Age |
    decimal | share | Share |
    text | words | Words |
    select_one n | num | Number |`
  const choices = `list_name | name | label
    yn | yes | Yes
    yn | no | No
    agree | a | A
    agree | b | B
    agree | c | C
    n | 1 | 1
    n | 2 | 2
    n | 3 | 3`
  const conditionOf = (relevant: string) => {
    const form = readForm(`${asked}\ntext | last | Last | ${relevant}`, choices)
    return {
      showIf: form.question('last')?.showIf,
      losses: form.losses.filter((loss) => /^8 (?!renamed)/.test(loss)),
      faults: form.faults,
    }
  }

  it.each([
    ["${one} = 'yes'", { question: 'one', is: ['yes'] }],
    ['${one}="yes"', { question: 'one', is: ['yes'] }],
    ['‘yes’ = ${one}', { question: 'one', is: ['yes'] }],
    ["${one} != 'yes'", { not: { question: 'one', is: ['yes'] } }],
    ["selected(${many}, 'a')", { question: 'many', includes: ['a'] }],
    ["selected(${one}, 'no')", { question: 'one', is: ['no'] }],
    ["${one} = 'yes' or ${one} = 'no'", { question: 'one', is: ['yes', 'no'] }],
    [
      "not(selected(${many},'a') or selected(${many},'b'))",
      { not: { question: 'many', includes: ['a', 'b'] } },
    ],
    [
      "${many} = 'a'",
      { all: [{ question: 'many', includes: ['a'] }, { not: { question: 'many', includes: ['b', 'c'] } }] },
    ],
    ['${age} >= 5 and ${age} <= 9', { question: 'age', atLeast: 5, atMost: 9 }],
    ['${age} > 5', { question: 'age', atLeast: 6 }],
    ['5 > ${age}', { question: 'age', atMost: 4 }],
    ['${age} = 5', { question: 'age', atLeast: 5, atMost: 5 }],
    [
      '${share} < 0.5',
      { all: [{ question: 'share', answered: true }, { not: { question: 'share', atLeast: 0.5 } }] },
    ],
    ["${words} != ''", { question: 'words', answered: true }],
    ['string-length(${words}) = 0', { question: 'words', answered: false }],
    ['count-selected(${many}) >= 1', { question: 'many', answered: true }],
    ['${num} >= 2', { question: 'num', is: ['o2', 'o3'] }],
    ['${num} = 1', { question: 'num', is: ['o1'] }],
    [
      "(${one} = 'yes' and (${age} < 3 or ${words} = ''))",
      {
        all: [
          { question: 'one', is: ['yes'] },
          {
            any: [
              { question: 'age', atMost: 2 },
              { question: 'words', answered: false },
            ],
          },
        ],
      },
    ],
    ["true() and ${one} = 'yes'", { question: 'one', is: ['yes'] }],
  ])('%s', (relevant, showIf) => {
    expect(conditionOf(relevant)).toEqual({ showIf, losses: [], faults: [] })
  })

  it.each([
    ["${one} = 'maybe'", 'conditionChoice'],
    ["${gone} = 'yes'", 'conditionUnknown'],
    ['${age} + 1 > 5', 'conditionParse'],
    ['${age} > 5 and', 'conditionParse'],
    ['${age} > ${share}', 'conditionLost'],
    ['count-selected(${many}) > 1', 'conditionLost'],
    ["${words} = 'x'", 'conditionLost'],
    ["regex(${words}, '[a-z]')", 'conditionLost'],
    [`${'('.repeat(60)}1`, 'conditionParse'],
  ])('%s cannot be kept, so the question is shown to all, and that is told', (relevant, code) => {
    expect(conditionOf(relevant)).toEqual({ showIf: undefined, losses: [`8 ${code}`], faults: [] })
  })

  it('of groups stand on the section, and of groups inside it with those of their questions', () => {
    const form = readForm(
      `${asked}
      begin group | g | G | \${one} = 'yes'
      begin group | h | H | \${age} > 5
      text | a | A | \${words} != ''
      end group | | |
      end group | | |
      begin group | never | Never | false()
      text | z | Z |
      end group | | |`,
      choices,
    )
    expect(form.sections.at(-1)?.showIf).toEqual({ question: 'one', is: ['yes'] })
    expect(form.question('a')?.showIf).toEqual({
      all: [
        { question: 'age', atLeast: 6 },
        { question: 'words', answered: true },
      ],
    })
    expect(form.losses.filter((loss) => !loss.endsWith('renamed'))).toEqual([
      '9 groupFlattened',
      '13 neverShown',
      '14 neverShown',
    ])
  })

  it('that look at what comes later are told; those that go in a circle are a fault', () => {
    const later = readForm(`type | name | label | relevant
      text | a | A | \${b} != ''
      text | b | B |`)
    expect(later.losses).toEqual(['2 conditionLater'])
    const circle = readForm(`type | name | label | relevant
      text | a | A | \${c} != ''
      begin group | g | G | \${a} != ''
      text | c | C |
      end group | | |`)
    expect(circle.faults).toEqual(['2 circle'])
    expect(circle.questionnaire).toBeUndefined()
  })
})

describe('columns', () => {
  it('are found in any case, by their other names, and by the language after one colon or two', () => {
    const form = readForm(
      `TYPE | Value | Label::Español (es) | label :: English | RELEVANCE | Hint:: Español (es)
       Select One  yn | a | ¿Una? | One? | | Ayuda
       text | b | ¿Por qué? | Why? | \${a}='yes' |`,
      'List Name | Name | label::Español (es) | Label::English\nyn | yes | Sí | Yes\nyn | no | No | No',
      'Form_Title | Default Language\nForma | Español (es)',
    )
    expect(form.faults).toEqual([])
    expect(form.questionnaire).toMatchObject({
      source: 'es',
      languages: ['es', 'en'],
      title: { es: 'Forma' },
    })
    expect(form.question('a')).toMatchObject({ title: { es: '¿Una?', en: 'One?' } })
    expect(form.question('b')?.showIf).toEqual({ question: 'a', is: ['yes'] })
    expect(form.losses).toEqual([])
    const old = readForm(
      'type | name | label:English | label:French\ntext | a | A | B',
      yesNo(),
      'form_title\nF',
    )
    expect(old.question('a')?.title).toEqual({ en: 'A', fr: 'B' })
  })

  it('of a language that nobody knows are kept under a local tag, and told', () => {
    const form = readForm('type | name | label | label::Klingonish\ntext | a | A | B')
    expect(form.question('a')?.title).toEqual({ en: 'A', qaa: 'B' })
    expect(form.losses).toEqual(['1 languageUnknown'])
  })

  it('that lack words in the main language are filled from another, and told by row', () => {
    const form = readForm(`type | name | label::English (en) | label::Somali (so)
      text | a | | Maxay
      text | b | B |
      text | c | |`)
    expect(form.question('a')?.title).toEqual({ en: 'Maxay', so: 'Maxay' })
    expect(form.question('c')?.title).toEqual({ en: 'C' })
    expect(form.losses).toEqual(['2 sourceMissing', '4 noLabel'])
  })
})

const yesNo = () => 'list_name | name | label\nyn | yes | Yes\nyn | no | No'

describe('a form that is wrong is refused with every fault by row, and nothing of it is kept', () => {
  it.each<[string, string, string[]]>([
    ['a column twice', 'type | name | label | Label\ntext | a | A | B', ['1 duplicateColumn']],
    ['two names for a column', 'type | name | relevant | relevance\ntext | a | |', ['1 duplicateColumn']],
    [
      'two columns of one language',
      'type | name | label::English | label::en\ntext | a | A | A',
      ['1 duplicateColumn'],
    ],
    ['no type column', 'kind | name | label\ntext | a | A', ['1 noColumn']],
    ['a name twice', 'type | name | label\ntext | a | A\ntext | a | B', ['3 duplicateName']],
    ['no name and no type', 'type | name | label\ntext | | A\n | b | B', ['2 noName', '3 noType']],
    [
      'unknown types',
      'type | name | label\ntxet | a | A\nfoo | b | B',
      ['2 unknownTypeNear', '3 unknownType'],
    ],
    [
      'a missing list',
      'type | name | label\nselect_one | a | A\nselect_one gone | b | B',
      ['2 noListName', '3 noList'],
    ],
    ['a group without end', 'type | name | label\nbegin group | g | G\ntext | a | A', ['2 noEnd']],
    ['an end without a begin', 'type | name | label\ntext | a | A\nend group | |', ['3 noBegin']],
    [
      'ends that cross',
      'type | name | label\nbegin group | g | G\ntext | a | A\nend repeat | |',
      ['4 wrongEnd'],
    ],
    ['nothing to ask', 'type | name | label\nnote | n | N', ['0 noQuestions']],
  ])('%s', (_, survey, faults) => {
    const form = readForm(survey)
    expect(form.questionnaire).toBeUndefined()
    expect(form.faults).toEqual(faults)
  })

  it('choices that stand twice or belong nowhere', () => {
    const choices = 'list_name | name | label\nyn | yes | Yes\nyn | yes | Again\n | no | No\nyn | | No name'
    const form = readForm('type | name | label\nselect_one yn | a | A', choices)
    expect(form.faults).toEqual(['3 duplicateChoice', '4 choiceNoList', '5 choiceNoName'])
    const allowed = readForm(
      'type | name | label\nselect_one yn | a | A',
      'list_name | name | label\nyn | yes | Yes\nyn | yes | Again',
      'form_title | allow_choice_duplicates\nF | yes',
    )
    expect(allowed.question('a')?.options).toMatchObject([{ code: 'yes' }, { code: 'yes_2' }])
  })

  it('20,000 rows, told in one line', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => ['text', `q${at}`, 'Words'])
    const form = read(writeWorkbook([{ name: 'survey', rows: [['type', 'name', 'label'], ...rows] }]))
    expect(form.faults).toEqual(['2002 tooManyRows'])
  })

  it('2,000 rows that are all wrong, told as far as a person reads', () => {
    const rows = Array.from({ length: 2000 }, () => ['foo', 'q', 'Words'])
    const form = read(writeWorkbook([{ name: 'survey', rows: [['type', 'name', 'label'], ...rows] }]))
    expect(form.faults).toHaveLength(501)
    expect(form.faults.at(-1)).toBe('0 more')
  })

  it('groups within groups without end', () => {
    const rows = Array.from({ length: 1500 }, (_, at) => ['begin group', `g${at}`, 'G'])
    const form = read(writeWorkbook([{ name: 'survey', rows: [['type', 'name', 'label'], ...rows] }]))
    expect(form.faults).toEqual(['22 tooDeep'])
  })

  it('a workbook without a survey says which sheets there are', () => {
    const form = read(writeWorkbook([sheet('Sheet1', 'a | b\n1 | 2'), sheet('Sheet2', 'c\n3')]))
    expect(form.faults).toEqual(['0 noSurveySheet'])
  })
})

describe('names that cannot be codes here', () => {
  it('are changed, told, and followed by the conditions that use them', () => {
    const form = readForm(
      `type | name | label | relevant
       select_one l | _1.año | A |
       text | token | B | \${_1.año} = '1'
       text | constructor | C |`,
      'list_name | name | label\nl | 1 | One\nl | 2 | Two',
    )
    expect(form.faults).toEqual([])
    expect(form.questions.map(({ code }) => code)).toEqual(['q1_ano', 'token_2', 'constructor_2'])
    expect(form.question('token_2')?.showIf).toEqual({ question: 'q1_ano', is: ['o1'] })
    expect(form.losses).toEqual(['2 renamed', '3 renamed', '4 renamed', '2 renamed', '3 renamed'])
  })
})

describe('our own JSON', () => {
  it('is read by its bytes, bare or as a survey file, or refused with the reason', () => {
    const questionnaire = {
      source: 'en',
      languages: ['en'],
      title: { en: 'T' },
      sections: [
        { code: 's', title: { en: 'S' }, questions: [{ code: 'q', kind: 'text', title: { en: 'Q' } }] },
      ],
    }
    const bytes = (content: unknown) => new TextEncoder().encode(JSON.stringify(content))
    expect(read(bytes(questionnaire)).questionnaire).toEqual(questionnaire)
    expect(read(bytes({ slug: 'a', questionnaire })).questionnaire).toEqual(questionnaire)
    expect(read(bytes({ slug: 'a' })).faults).toEqual(['0 noQuestionnaire'])
    expect(read(new TextEncoder().encode('{"a": ')).faults).toEqual(['0 badJson'])
    expect(read(new Uint8Array([0x7b, 0x22, 0xf1, 0x22, 0x7d])).faults).toEqual(['0 notUtf8'])
  })
})
