import { readWall } from './dates.ts'
import { plain } from './plain.ts'

/**
 * What stands over a column. `whole`: as it is shown, known again and matched. `stem` and `row`: the question and its
 * row or option, where columns share a question; `stem` is '' for a column of its own. `system`: the program wrote the
 * column, nobody answered it. `open`: what people wrote beside an option. `other`: the option "Other", with their words.
 */
export type Heading = {
  whole: string
  stem: string
  row: string
  system: boolean
  open: boolean
  other: boolean
}

/** A file without its header. `first`: the row of the spreadsheet under the header; `tests`: rows that were only tried. */
export type Table = { headings: Heading[]; body: string[][]; first: number; tests: number }

type Rows = readonly (readonly string[])[]
const cellsOf = (row: readonly string[] | undefined): string[] => (row ?? []).map((cell) => cell.trim())

const importId = /^\{\s*["']ImportId["']\s*:\s*["']([^"']+)["']/
const qualtricsNames = /^(startdate|enddate|recordeddate|responseid|ipaddress|v\d+)$/
const qualtricsSystem =
  /^(v\d+|start ?date|end ?date|recorded ?date|status|response type|ip ?address|progress|duration \(in seconds\)|duration|finished|response ?id|_recordid|response ?set(id)?|name|(panel-)?recipient ?(last|first) ?name|(panel-)?recipient ?email|email ?address|(panel-)?external ?(data ?)?reference|(location-)?location ?(latitude|longitude|accuracy)|distribution ?channel|user ?language|q_\w+)$/
const qualtricsTiming = /^(first click|last click|page submit|click count)$/

/**
 * Takes the header from a file: one row as Google Forms, LimeSurvey and most others write it, two of SurveyMonkey
 * (questions, then options and rows) or three of Qualtrics (names, words, ids; two in its spreadsheets and of old).
 * Rows that somebody sent to try the form, as Qualtrics marks them, come out empty.
 */
export function readHead(rows: Rows): Table {
  const [one, two, three] = [cellsOf(rows[0]), cellsOf(rows[1]), cellsOf(rows[2])]
  const ids = three.filter(Boolean)
  const marked = ids.length > 0 && ids.filter((cell) => importId.test(cell)).length > ids.length / 2
  const named = one.filter((cell) => qualtricsNames.test(plain(cell))).length >= 2
  if (marked || (named && isWords(one, two))) return qualtrics(rows, one, two, marked ? three : undefined)
  if (/^respondent ?id$/.test(plain(one[0] ?? '')) && two[0] === '')
    return { headings: surveyMonkey(one, two), body: bodyOf(rows, 2), first: 3, tests: 0 }
  const lime = one.some((cell) => /^(submitdate|startlanguage|lastpage)\b/.test(cell))
  return {
    headings: lime ? limeSurvey(one) : shared(one.map(bracketed)),
    body: bodyOf(rows, 1),
    first: 2,
    tests: 0,
  }
}

const bodyOf = (rows: Rows, from: number): string[][] => rows.slice(from).map((row) => [...row])

/** Whether the second row of a file of Qualtrics is words and not the first response: no time stands under a date. */
const isWords = (names: readonly string[], second: readonly string[]): boolean =>
  second.filter(Boolean).length > names.length / 2 &&
  names.every((name, at) => !/date$/i.test(name) || readWall(second[at] ?? '', 'mdy') === undefined) &&
  !second.some((cell) => /^R_\w{8,}$/.test(cell))

const alone = (words: string, more: Partial<Heading> = {}): Heading => ({
  whole: words,
  stem: '',
  row: words,
  system: false,
  open: false,
  other: false,
  ...more,
})
const joined = (stem: string, row: string, more: Partial<Heading> = {}): Heading => ({
  ...alone(`${stem} [${row}]`, more),
  stem,
  row,
})

function qualtrics(rows: Rows, names: string[], texts: string[], marks: string[] | undefined): Table {
  const ids = marks?.map((mark) => importId.exec(mark)?.[1] ?? '')
  const asked = (at: number): string => {
    const id = ids?.[at] ?? ''
    const found = /(?:^|\W|_)((?:\d+_)?QID\d+)/.exec(` ${id}`)?.[1]
    return found ?? (ids ? '' : (names[at] ?? '').replace(/(?<=.)_[^_]*(_TEXT)?$/, ''))
  }
  const isSystem = (at: number): boolean =>
    qualtricsSystem.test(plain(names[at] ?? '')) ||
    (ids !== undefined && qualtricsSystem.test(plain(ids[at] ?? ''))) ||
    /_DO(_|$)/.test(names[at] ?? '')
  const width = Math.max(names.length, texts.length)
  const headings: Heading[] = []
  for (let from = 0; from < width; ) {
    let to = from + 1
    const base = asked(from)
    while (base !== '' && to < width && asked(to) === base && !isSystem(to)) to += 1
    const group = Array.from({ length: to - from }, (_, at) => from + at)
    const stem = isSystem(from) || group.length < 2 ? '' : commonStem(group.map((at) => texts[at] ?? ''))
    for (const at of group) {
      const [name, words] = [names[at] ?? '', texts[at] || (names[at] ?? '')]
      const open = /_TEXT$/.test(name) && group.length > 1
      // A name that says nothing (V8) has its meaning in the row of words; else the words are in another language.
      if (isSystem(at)) headings.push(alone(/^v\d+$/i.test(name) ? words : name, { system: true }))
      else if (stem) headings.push(joined(stem, rowAfter(words, stem), { open }))
      else headings.push(alone(words, { open }))
    }
    from = to
  }
  for (const heading of headings)
    if (heading.stem && qualtricsTiming.test(plain(heading.row))) heading.system = true
  const [status, channel] = ['status', 'distributionchannel'].map((name) =>
    names.findIndex(
      (cell, at) => plain(cell) === name || (/^v\d+$/i.test(cell) && plain(texts[at] ?? '') === name),
    ),
  )
  let tests = 0
  const from = marks ? 3 : 2
  const body = bodyOf(rows, from).map((row) => {
    if (!wasTried(row[status ?? -1] ?? '') && plain(row[channel ?? -1] ?? '') !== 'preview') return row
    tests += 1
    return []
  })
  return { headings, body, first: from + 1, tests }
}

/** A preview, a made-up test or spam: in words, or as the sum of 1, 2 and 8 with others. */
const wasTried = (status: string): boolean =>
  /^\d+$/.test(status.trim())
    ? (Number(status) & 11) > 0
    : /^(survey preview|survey test|spam|preview)/.test(plain(status))

/** What texts such as "Question - Row" have in common; '' for nothing. */
function commonStem(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1
  const same = first.slice(0, length)
  const cut = same.includes(' - ') ? same.lastIndexOf(' - ') : same.lastIndexOf('-')
  return cut < 0 ? '' : same.slice(0, cut).trim()
}

const rowAfter = (words: string, stem: string): string =>
  words.slice(words.indexOf(stem) + stem.length).replace(/^\s*[-–—]\s*(?:Selected Choice - )?/, '') || words

function surveyMonkey(questions: readonly string[], rows: readonly string[]): Heading[] {
  let stem = ''
  return Array.from({ length: Math.max(questions.length, rows.length) }, (_, at) => {
    const row = rows[at] ?? ''
    if (questions[at]) stem = questions[at]
    if (row === '')
      return alone(questions[at] || `${stem} ${at + 1}`, {
        system: /^(respondent ?id|collector ?id|custom data.*)$/.test(plain(questions[at] ?? '')),
      })
    if (/^(open-ended )?response$/i.test(row)) return alone(stem)
    return joined(stem, row, { other: /^other \(please specify\)/i.test(row) })
  })
}

/** "Question [Row]", as Google Forms writes it. */
function bracketed(words: string): Heading {
  const split = /^(.*?)\s*\[(.+)\]$/su.exec(words)
  if (!split) return alone(words)
  const [stem = '', row = ''] = [split[1]?.trim(), split[2]?.trim()]
  return { ...alone(words), stem, row: row || words }
}

/** Neighbors that begin with the same words before a dash are rows of one question too. */
function shared(headings: Heading[]): Heading[] {
  const stems = headings.map(({ whole, stem }) =>
    stem ? '' : (/^(.+?) [-–—>] (?=\S)/.exec(whole)?.[1] ?? ''),
  )
  return headings.map((heading, at) => {
    const stem = stems[at] ?? ''
    const partner = stem !== '' && (stems[at - 1] === stem || stems[at + 1] === stem)
    return partner ? { ...heading, stem, row: heading.whole.slice(stem.length + 3).trim() } : heading
  })
}

const limeSystem =
  /^(id|lastpage|seed|token|startdate|datestamp|ipaddr|refurl|interviewtime|group_?time\w*)$/i

/** "Q1[SQ001]", "Q1[SQ001]. Question [Row]" or, exported with words alone, "Question [Row]". */
function limeSurvey(names: readonly string[]): Heading[] {
  let timing = false
  return names.map((whole) => {
    const coded = /^([A-Za-z]\w*)((?:\[[^\]]*\])*)(?:\.\s*(.*))?$/su.exec(whole)
    if (!coded) return { ...bracketed(whole), system: timing }
    const [, code = '', sub = '', words = ''] = coded
    if (/^interviewtime$/i.test(code)) timing = true
    const system = timing || limeSystem.test(code)
    if (system || sub === '') return { ...alone(whole, { system }), row: words || code }
    const split = /^(.*?)\s*\[(.*)\]$/su.exec(words)
    const name = (parts: string) => parts.replace(/\]\s*\[/g, ' – ').trim()
    return {
      ...alone(whole, { open: /comment\]$/.test(sub), other: /\[other\]$/.test(sub) }),
      stem: split?.[1]?.trim() || words || code,
      row: name(split?.[2] ?? '') || name(sub.slice(1, -1)),
    }
  })
}

/** A key for each column, by its heading; the second of the same words is another. */
export function keysOf(headings: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return headings.map((heading) => {
    const key = plain(heading)
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return before === 0 ? key : `${key} #${before + 1}`
  })
}
