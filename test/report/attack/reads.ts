import type { Enrolment } from '../../../src/district/enrolment.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { isListed } from '../../../src/report/comments.ts'
import { crossOf, readCross } from '../../../src/report/cross/cross.ts'
import { crossJson } from '../../../src/report/cross/crossPage.ts'
import { equityPage } from '../../../src/report/equity/equityPage.ts'
import { itemPage } from '../../../src/report/itemPage.ts'
import { manifestOf } from '../../../src/report/manifest.ts'
import { composePlan } from '../../../src/report/plan/compose.ts'
import { planJson } from '../../../src/report/plan/json.ts'
import { withinReach } from '../../../src/report/privacy/reach.ts'
import { heardSnapshot } from '../../../src/report/published/snapshot.ts'
import type { Reader } from '../../../src/report/reader.ts'
import { type Report as Composed, composeReport } from '../../../src/report/report.ts'
import { everyone, type Slice } from '../../../src/report/slice.ts'
import type { Reach, ReportSource } from '../../../src/report/source.ts'
import { publishedThemes, themesPage } from '../../../src/report/themes/pages.ts'
import { themePage } from '../../../src/report/themes/themePage.ts'
import { weightedFigures } from '../../../src/report/weights/figures.ts'
import { representation } from '../../../src/report/weights/representation.ts'
import { weighFor } from '../../../src/report/weights/weights.ts'
import { weightsJson } from '../../../src/report/weights/weightsPage.ts'
import { wholeJson } from '../../../src/report/wholeJson.ts'
import { type AnySurvey, definitions, groups, type Person, schools } from './world.ts'

/** A known sum over people, and from what to what. `from`: the page that tells it. */
export type Known = { of: (person: Person) => number; least: number; most: number; from: string }

/** Who reads: all schools (undefined), some of them, or what is published to everybody. */
export type Role = { name: string; reach: Reach; publicly?: true }
export const roles: readonly Role[] = [
  { name: 'leader', reach: undefined },
  { name: 'leader of north', reach: ['north'] },
  { name: 'leader of north and south', reach: ['north', 'south'] },
  { name: 'public', reach: undefined, publicly: true },
]

type Holds = (person: Person) => boolean
type Bound = { under: number } | { over: number } | { from: number; to: number }
type Share = { code: string; n: number | null; bound?: Bound }

/** The counts that a bound leaves, as a reader understands the words. */
function within(bound: Bound, n: number): { least: number; most: number } {
  if ('from' in bound)
    return { least: Math.ceil(bound.from * n - 1e-9), most: Math.floor(bound.to * n + 1e-9) }
  if ('under' in bound) return { least: 0, most: Math.ceil(bound.under * n - 1e-9) - 1 }
  return { least: Math.floor(bound.over * n + 1e-9) + 1, most: n }
}

/** From what share to what, as whole numbers. */
const ends = (bound: Bound): { end: number; of: number }[] => {
  const hundredths = (share: number) => {
    const end = Math.round(100 * share)
    const by = [50, 25, 20, 10, 5, 4, 2, 1].find((one) => end % one === 0 && 100 % one === 0) ?? 1
    return { end: end / by, of: 100 / by }
  }
  if ('from' in bound) return [hundredths(bound.from), hundredths(bound.to)]
  return 'under' in bound ? [hundredths(0), hundredths(bound.under)] : [hundredths(bound.over), hundredths(1)]
}

/** Writes numbers as they are instead of for people, so that pages can be read back without loss. */
const plainReader: Reader = {
  lang: 'en',
  dir: 'ltr',
  t: (key, values) => (values ? `${key} ${JSON.stringify(values)}` : key),
  words: (text) => ({ words: text.en ?? '', lang: 'en', dir: 'ltr' }),
  own: (words) => ({ words, lang: 'en', dir: 'ltr' }),
  number: String,
  decimal: String,
  percent: String,
  bound: (bound) => JSON.stringify(bound),
  figure: (share, n) => `${share} (${n})`,
  list: (words) => words.join('; '),
}

const maker = { software: 'attack', hash: () => '' }
const told = { asOf: '', manifest: manifestOf('', { surveys: [], filter: everyone, minimumGroup: 0 }, maker) }

const measures = new Map([[definitions.plan, definitions]])

const holdsIn =
  ({ school, group }: Slice): Holds =>
  (person) =>
    (school === null || person.school === school) && (group === null || person.group === group)

/** Everything that a role may read of a survey, on whatever page. */
export function published(survey: AnySurvey, whole: ReportSource, role: Role, plan: Plan): Known[] {
  const source = withinReach(whole, role.reach)
  const learned = new Map<string, Known>()
  const book: Book = {
    learn: (from, holds, least, most = least) => {
      const of = (person: Person) => Number(holds(person))
      learned.set(`${learned.size}`, { of, least, most, from })
    },
    own: source.survey.slug,
  }
  if (role.publicly) heardByAll(book, survey, source)
  else {
    for (const slice of slicesOf(role)) {
      const report = composeReport(source, slice, role.reach)
      readReport(book, survey, report, source)
      readThemes(book, survey, report, source)
      readItems(book, survey, report, source)
    }
    readCrosses(book, survey, source)
    readWeights(book, survey, source, role)
    readPlan(book, survey, source, role, plan)
  }
  return [...learned.values()]
}

type Book = {
  learn: (from: string, of: (person: Person) => number | boolean, least: number, most?: number) => void
  own: string
}

function slicesOf({ reach }: Role): Slice[] {
  const own = schools.filter((school) => school !== '' && (reach?.includes(school) ?? true))
  return [null, ...own].flatMap((school) =>
    [null, ...groups.filter(Boolean)].map((group) => ({ school, group })),
  )
}

const first = (said: string) => said.split('/')[0] ?? ''
const second = (said: string) => said.split('/')[1] ?? ''
const pointOf = (asked: string, item: string, said: string) => {
  if (asked === 'climate.safe') return item === 'safe' ? said : ''
  return item === 'safe' ? first(said) : second(said)
}
const favorable: Record<string, string> = { safe: 'yes', left: 'no' }

/** Of an answer to a choice, whether it holds an option. */
const chose = (asked: string, option: string, said: string) =>
  asked === 'several' ? said.split('+').includes(option) : said.replace('+', '') === option

function readReport(
  book: Book,
  { asked, people, minimum }: AnySurvey,
  report: Composed,
  source: ReportSource,
): void {
  const from = `data.json ${report.filter.school ?? '*'}/${report.filter.group ?? '*'}`
  const holds = holdsIn(report.filter)
  const json = wholeJson(report, source, enrolment, measures, maker) as Json
  if (json.responses !== null) book.learn(from, holds, json.responses)
  for (const { code, n } of json.groups)
    if (n !== null) book.learn(from, (one) => holds(one) && one.group === code, n)
  const name = asked.name === 'why' ? 'goal' : asked.name.split('.')[0]
  for (const [code, part] of askedIn(asked.name)) {
    // Of each question its own part of what was said.
    const own: Book = {
      ...book,
      learn: (where, of, least, most) =>
        book.learn(where, (one) => of({ ...one, said: part(one.said) }), least, most),
    }
    const comes: Holds = (one) => code !== 'after' && (asked.comes?.(one) ?? true)
    const found = json.questions.find((one) => one.code === code)
    for (const one of found ? [{ ...found, group: null }, ...(found.groups ?? [])] : []) {
      const here: Holds = (person) => holds(person) && (one.group ?? person.group) === person.group
      const { asked: came, ...rest } = one
      readQuestion(own, from, asked.name, here, rest)
      if (came != null)
        book.learn(
          from,
          (person) => here(person) && (code === 'after' ? first(person.said) === 'reading' : comes(person)),
          came,
        )
    }
  }
  const question = json.questions.find(({ code }) => code === name)
  if (question) {
    for (const list of listsOf(report, name ?? ''))
      if (list.n !== null)
        book.learn(
          `${from} comments`,
          (one) => holds(one) && isListed(list, one) && one.said === `${list.about}+`,
          list.n,
        )
  }
  for (const attribute of ['grade', 'language'] as const) {
    const profile = json.questions.find(({ code }) => code === attribute)
    if (typeof profile?.n === 'number')
      book.learn(from, (one) => holds(one) && one[attribute] !== '', profile.n)
    for (const { code, n } of profile?.options ?? [])
      if (n !== null) book.learn(from, (one) => holds(one) && one[attribute] === code, n)
  }
  if (json.themes) readThemeJson(book, from, holds, json.themes.themes, counted(people, minimum), json.themes)
  const why = json.questions.find((one) => one.code === 'why')
  if (why && asked.name === 'why') readWriters(book, from, holds, why, (said) => said.endsWith('+'))
  for (const [at, code] of (['more', 'other'] as const).entries()) {
    const text = json.questions.find((one) => one.code === code)
    if (!text || asked.name !== 'themes') continue
    const wrote = (said: string) => (at === 0 ? first : second)(said) !== ''
    const answered = (one: Person) => holds(one) && wrote(one.said)
    readWriters(book, from, holds, text, wrote)
    for (const list of listsOf(report, code))
      if (list.n !== null) book.learn(from, (one) => answered(one) && isListed(list, one), list.n)
    readThemeJson(book, `${from} ${code}`, holds, text.themes ?? [], at as 0 | 1)
  }
  for (const { populations, together } of json.indicators ?? []) {
    for (const one of [
      ...populations,
      ...(together ? [{ ...together, groups: groups.filter(Boolean), parts: [] }] : []),
    ])
      readJoint(book, `${from} indicator`, asked.name, holds, one)
  }
}

/** The questions that it is asked by, each with its part of what was said. */
const askedIn = (name: string): (readonly [string, (said: string) => string])[] => {
  if (name === 'after')
    return [
      ['goal', first],
      ['after', (said) => said.split('/')[1] ?? ''],
    ]
  return [[name === 'why' ? 'goal' : (name.split('.')[0] ?? ''), (said) => said]]
}

/** How many wrote anything, of a slice and of each group in it. */
function readWriters(
  book: Book,
  from: string,
  holds: Holds,
  text: Question,
  wrote: (said: string) => boolean,
): void {
  for (const one of [{ ...text, group: null }, ...(text.groups ?? [])]) {
    const here: Holds = (person) => holds(person) && (one.group ?? person.group) === person.group
    if (one.n !== null) book.learn(from, (person) => here(person) && wrote(person.said), one.n)
    if (one.asked != null) book.learn(from, here, one.asked)
  }
}

type Questions = readonly (0 | 1)[]
/** Questions on which enough people wrote, as everybody can see: comments on others count in no theme. */
const counted = (people: AnySurvey['people'], minimum: number): Questions =>
  ([0, 1] as const).filter(
    (at) =>
      people.reduce((sum, { said, n }) => sum + n * Number(comments(said, at, 'any') > 0), 0) >= minimum,
  )

/** Lists of comments under a question, with the places that are not in them. */
const listsOf = ({ sections }: Composed, code: string) =>
  sections.flatMap(({ questions }) => questions).find(({ question }) => question.code === code)?.comments ??
  []

const comments = (said: string, at: 0 | 1 | Questions, word: string) => {
  const list = said === '' ? [] : said.split('/')
  const own = [at].flat().map((one) => list[one] ?? '')
  return own.filter((one) => (word === 'any' ? one !== '' : one === word)).length
}

function readThemeJson(
  book: Book,
  from: string,
  holds: Holds,
  list: readonly ThemeLine[],
  at: 0 | 1 | Questions,
  base?: { comments: number | null; people: number | null },
): void {
  const wrote = (one: Person) => holds(one) && comments(one.said, at, 'any') > 0
  if (base?.people != null) book.learn(`${from} themes`, wrote, base.people)
  if (base?.comments != null)
    book.learn(`${from} themes`, (one) => Number(holds(one)) * comments(one.said, at, 'any'), base.comments)
  for (const { n, people, of, bound } of list) {
    if (of) {
      book.learn(`${from} themes`, wrote, of.people)
      book.learn(`${from} themes`, (one) => Number(holds(one)) * comments(one.said, at, 'any'), of.comments)
    }
    const spoke = (one: Person) => holds(one) && comments(one.said, at, 't') > 0
    if (people !== null) book.learn(`${from} themes`, spoke, people)
    if (n !== null) book.learn(`${from} themes`, (one) => Number(holds(one)) * comments(one.said, at, 't'), n)
    if (bound && of) {
      const { least, most } = within(bound, of.people)
      book.learn(`${from} themes`, spoke, least, most)
    }
  }
}

function readQuestion(book: Book, from: string, asked: string, holds: Holds, question: Question): void {
  const { n } = question
  if (question.items) {
    readGrid(book, from, asked, holds, question)
    return
  }
  const answered = (one: Person) => holds(one) && one.said !== ''
  if (n !== null) book.learn(from, answered, n)
  if (question.asked != null) book.learn(from, holds, question.asked)
  if (asked === 'order') {
    readRanking(book, from, holds, question as unknown as Ranked)
    return
  }
  for (const { code, n: people, bound } of question.options ?? []) {
    const said = (one: Person) => holds(one) && chose(asked, code, one.said)
    if (people !== null) book.learn(from, said, people)
    if (bound && n !== null) {
      const { least, most } = within(bound, n)
      book.learn(from, said, least, most)
    }
  }
}

const ballot = (said: string) => (said === '' ? [] : said.split('>'))
function readRanking(book: Book, from: string, holds: Holds, question: Ranked): void {
  const { n } = question
  if (n === null) return
  const each = (of: (said: string) => number) => (one: Person) => Number(holds(one)) * of(one.said)
  const told = (value: number | null, of: (said: string) => number) => {
    if (value != null) book.learn(from, each(of), value)
  }
  for (const { code, first: put, ranked, top2, meanRank, bound } of question.options) {
    const isFirst = (said: string) => Number(ballot(said)[0] === code)
    told(put, isFirst)
    if (bound) {
      const { least, most } = within(bound, n)
      book.learn(from, each(isFirst), least, most)
    }
    told(ranked, (said) => Number(ballot(said).includes(code)))
    told(top2, (said) => Number(ballot(said).slice(0, 2).includes(code)))
    if (meanRank != null && ranked !== null)
      told(Math.round(meanRank * ranked), (said) => ballot(said).indexOf(code) + 1)
  }
  for (const [a, over] of Object.entries(question.pairwise ?? {}))
    for (const [b, people] of Object.entries(over)) {
      const beats = (said: string) => {
        const [x, y] = [ballot(said).indexOf(a), ballot(said).indexOf(b)]
        return Number(x >= 0 && (y < 0 || x < y))
      }
      if (a !== b) told(people, beats)
    }
}

function readGrid(book: Book, from: string, asked: string, holds: Holds, question: Question): void {
  if (question.n !== null) book.learn(from, (one) => holds(one) && one.said !== '', question.n)
  if (question.asked != null) book.learn(from, holds, question.asked)
  for (const item of question.items ?? []) {
    const at = (points: readonly string[]) => (one: Person) =>
      holds(one) && points.includes(pointOf(asked, item.code, one.said))
    const rated = at(['no', 'so', 'yes'])
    const n = item.n ?? item.bound?.n ?? null
    if (n !== null) book.learn(from, rated, n)
    for (const [point, people] of Object.entries(item.counts ?? {})) book.learn(from, at([point]), people)
    if (item.favorable !== null) book.learn(from, at([favorable[item.code] ?? '']), item.favorable)
    if (item.notApplicable != null) book.learn(from, at(['-']), item.notApplicable)
    if (item.bound) {
      const { least, most } = within(item.bound, item.bound.n)
      book.learn(from, at([favorable[item.code] ?? '']), least, most)
    }
    if (item.nonResponse) {
      book.learn(from, holds, item.nonResponse.asked)
      book.learn(from, at(['']), item.nonResponse.missing)
    }
  }
  const { alpha } = question
  if (!alpha || alpha.n == null || asked !== 'climate') return
  const complete = (one: Person) =>
    holds(one) &&
    ['safe', 'left'].every((item) => ['no', 'so', 'yes'].includes(pointOf(asked, item, one.said)))
  book.learn(from, complete, alpha.n)
  // Alpha tells how the items go together: here, of those who answered both, how many said the same to both.
  if (alpha.value === null) return
  const same = (one: Person) => complete(one) && first(one.said) === second(one.said)
  book.learn(`${from} alpha`, same, NaN)
}

function readJoint(
  book: Book,
  from: string,
  asked: string,
  holds: Holds,
  one: Figure & { groups: readonly string[]; parts: readonly (Figure & { code: string })[] },
): void {
  if (asked !== 'climate') return
  const here = (person: Person) => holds(person) && one.groups.includes(person.group)
  const answered = (person: Person) =>
    here(person) &&
    ['safe', 'left'].every((item) => ['no', 'yes'].includes(pointOf(asked, item, person.said)))
  const yes = (person: Person) => here(person) && person.said === 'yes/no'
  readFigure(book, from, answered, yes, one)
  for (const part of one.parts)
    readFigure(
      book,
      from,
      (person) => here(person) && ['no', 'yes'].includes(pointOf(asked, part.code, person.said)),
      (person) => here(person) && pointOf(asked, part.code, person.said) === favorable[part.code],
      part,
    )
}

function readFigure(book: Book, from: string, base: Holds, yes: Holds, { n, count, bound }: Figure): void {
  if (n !== null) book.learn(from, base, n)
  if (count !== null) book.learn(from, yes, count)
  if (bound && n !== null) {
    const { least, most } = within(bound, n)
    book.learn(from, yes, least, most)
  }
}

/** "0.5 (12)", or a bound as JSON. */
function figureIn(words: string): { count: number } | { bound: Bound } | undefined {
  const found = /\((\d+)\)$/.exec(words)
  if (found) return { count: Number(found[1]) }
  return words.startsWith('{') ? { bound: JSON.parse(words) } : undefined
}
const basesIn = (words: string | null) => {
  const found = /"count":(\d+)/.exec(words ?? '')
  return found ? Number(found[1]) : null
}

/** Pages of single statements, and of the gaps between parts of the people. */
function readItems(book: Book, { asked }: AnySurvey, report: Composed, source: ReportSource): void {
  if (!asked.name.startsWith('climate')) return
  const holds = holdsIn(report.filter)
  const partOf = (kind: string, code: string): Holds => {
    if (kind === 'group') return (one) => holds(one) && one.group === code
    const own = source.district.schools.filter((school) =>
      kind === 'school' ? school.code === code : school[kind as 'level' | 'zone'] === code,
    )
    return (one) => holds(one) && own.some((school) => school.code === one.school)
  }
  const codeIn = (kind: string, label: string) =>
    kind === 'level' || kind === 'zone' ? (label.split('.').at(-1)?.split(' ')[0] ?? label) : label
  for (const item of asked.name === 'climate' ? ['safe', 'left'] : ['safe']) {
    const page = itemPage(report, source, { question: 'climate', item }, plainReader, told)
    for (const list of page?.lists ?? []) {
      const kind = list.id.replace('by-', '')
      for (const row of list.rows) {
        const here = partOf(kind, codeIn(kind, row.label.words))
        const rated = (one: Person) =>
          here(one) && ['no', 'so', 'yes'].includes(pointOf(asked.name, item, one.said))
        const yes = (one: Person) => here(one) && pointOf(asked.name, item, one.said) === favorable[item]
        const n = basesIn(row.aside)
        const figure = figureIn(row.number)
        if (n !== null) book.learn(`item page`, rated, n)
        // A school stands in the list because somebody of it is in the survey, of whichever group.
        else if (kind === 'school')
          book.learn(`item page`, (one) => one.school === codeIn(kind, row.label.words), 1, 10_000)
        if (figure && 'count' in figure) book.learn(`item page`, yes, figure.count)
        else if (figure && n !== null) {
          const { least, most } = within(figure.bound, n)
          book.learn(`item page`, yes, least, most)
        }
      }
    }
  }
  const page = equityPage(report, source, plainReader, told)
  for (const list of page.lists)
    for (const row of list.table.rows)
      for (const cell of row.cells.slice(0, 2)) {
        const found = /^(.*) (\S+) \((\d+)\)$/.exec(typeof cell === 'string' ? cell : '')
        if (!found) continue
        const kind = list.id.replace('gaps-', '')
        const here = partOf(kind, codeIn(kind, found[1] ?? ''))
        const item = row.head.words
        const yes = (one: Person) => here(one) && pointOf(asked.name, item, one.said) === favorable[item]
        book.learn('equity', yes, Number(found[3]))
        if (Number(found[2]) > 0)
          book.learn(
            'equity',
            (one) => here(one) && ['no', 'so', 'yes'].includes(pointOf(asked.name, item, one.said)),
            Math.round(Number(found[3]) / Number(found[2])),
          )
      }
}

/** Tables of two profile questions. */
function readCrosses(book: Book, { asked, people }: AnySurvey, source: ReportSource): void {
  if (!asked.finely) return
  const dims = ['group', 'grade', 'language'] as const
  for (const rows of dims)
    for (const columns of [undefined, ...dims])
      for (const question of [undefined, asked.name]) {
        const wanted = readCross(source, { rows, columns, question })
        if (!wanted || typeof wanted === 'string') continue
        const counts = people.map((person) => ({
          profiles: [person[rows], ...(columns ? [person[columns]] : [])],
          value:
            question && person.said
              ? asked.name === 'climate.safe'
                ? person.said
                : JSON.stringify(person.said)
              : null,
          n: person.n,
        }))
        const json = crossJson(source, crossOf(source, wanted, counts)) as CrossTable
        const from = `cross ${rows} ${columns ?? ''}`
        const read = (holds: Holds, cell: Cell | undefined) => {
          if (!cell || cell.n === null) return
          const answered = (one: Person) => holds(one) && (!question || one.said !== '')
          // With columns, how many there are; shares are of those who answered.
          book.learn(from, columns ? holds : answered, cell.n)
          for (const { code, n, bound } of cell.said ?? []) {
            const said = (one: Person) => holds(one) && one.said === (code === 'favorable' ? 'yes' : code)
            if (n !== null) book.learn(from, said, n)
            if (bound && !columns) {
              const { least, most } = within(bound, cell.n)
              book.learn(from, said, least, most)
            }
            if (bound && columns) {
              const [low = { end: 0, of: 1 }, high = { end: 1, of: 1 }] = ends(bound)
              const less = (end: number, whole: number) => (one: Person) =>
                whole * Number(said(one)) - end * Number(answered(one))
              if (low.end > 0) book.learn(from, less(low.end, low.of), 0, low.of * cell.n)
              if (high.end < high.of) book.learn(from, less(high.end, high.of), -high.of * cell.n, 0)
            }
          }
        }
        read(() => true, json.everyone)
        json.rows.codes.forEach((row, i) => {
          read((person) => person[rows] === row, json.rowTotals[i])
          if (columns)
            json.columns?.codes.forEach((column, j) => {
              read((person) => person[rows] === row && person[columns] === column, json.cells[i]?.[j])
            })
        })
        if (columns)
          json.columns?.codes.forEach((column, j) => {
            read((person) => person[columns] === column, json.columnTotals[j])
          })
      }
}

/** What comments were about, page by page: by group, school and language, and by part of the plan. */
function readThemes(
  book: Book,
  { asked, people, minimum }: AnySurvey,
  report: Composed,
  source: ReportSource,
): void {
  if (asked.name !== 'themes') return
  const holds = holdsIn(report.filter)
  const theme = source.themes?.codebook.themes[0]
  if (!theme) return
  const page = themePage(report, source, theme, plainReader, {
    quotes: [],
    commitments: [],
    waves: [],
    sayLanguage: (tag) => tag,
    sayDay: (day) => day,
  })
  for (const { caption, rows } of page.tables)
    for (const { head, cells } of rows) {
      const by = /by(Group|School|Language)/.exec(caption)?.[1]?.toLowerCase()
      if (!by) continue
      // All comments are in one language.
      const here = (one: Person) =>
        holds(one) && (by === 'language' || one[by as 'group' | 'school'] === head.words)
      book.learn(
        `theme page`,
        (one) => here(one) && comments(one.said, counted(people, minimum), 'any') > 0,
        Number(cells[1]),
      )
      const figure = figureIn(String(cells[0]))
      if (figure && 'count' in figure)
        book.learn(
          'theme page',
          (one) => here(one) && comments(one.said, counted(people, minimum), 't') > 0,
          figure.count,
        )
    }
  const all = themesPage(report, source, plainReader, (tag) => tag)
  for (const { caption, rows } of all.tables) {
    if (!caption.includes('byElement')) continue
    const figure = figureIn(String(rows[0]?.cells[0]))
    if (figure && 'count' in figure)
      book.learn(
        'themes by element',
        (one) => comments(one.said, counted(people, minimum), 't') > 0,
        figure.count,
      )
  }
}

const blank = { level: '', zone: '', grade: '', language: '' }
export const enrolment: Enrolment = {
  asOf: '2020-10-01',
  source: 'A count',
  rows: [
    { ...blank, school: 'north', level: 'elementary', zone: 'one', group: 'student', n: 300 },
    { ...blank, school: 'south', level: 'high', zone: 'one', group: 'student', n: 500 },
    { ...blank, school: 'west', level: 'high', zone: 'two', group: 'student', n: 200 },
  ],
}

/** Who was heard beside who could have been, and what weights tell. */
function readWeights(book: Book, survey: AnySurvey, source: ReportSource, { reach }: Role): void {
  const { asked, enrolment: table = enrolment } = survey
  const read = source
  const report = composeReport(source, everyone, reach)
  const weighting = weighFor(reach, read, table)
  const figures = weightedFigures(report, read, weighting)
  const heard = representation(report, read, table)
  const json = weightsJson(report, read, table, weighting, figures, heard) as WeightsJson
  for (const { dimension, rows } of json.heard)
    for (const { code, n } of rows) {
      if (n === null) continue
      const here = (one: Person) => {
        if (dimension === 'group') return one.group === code
        if (dimension === 'grade' || dimension === 'language') return asked.finely && one[dimension] === code
        return source.district.schools.some(
          (school) => school.code === one.school && school[dimension as 'level' | 'zone'] === code,
        )
      }
      if (dimension === 'grade' || dimension === 'language' ? asked.finely : true)
        book.learn('weights', here, n)
    }
  const { weights } = json
  if (weights.why !== null) return
  const sum = (of: (n: number, weight: number) => number) =>
    (source.tally.people.get('') ?? []).reduce(
      (all, { school, group, n }) => all + of(n, weightOf(school, group)),
      0,
    )
  const { weightOf } = weighting as Extract<typeof weighting, { why: null }>
  // Who knows the weights knows this sum from the effective number; told in whole people, it is a range.
  if (weights.effective != null) {
    const total = sum((n, weight) => n * weight)
    const { least, most } = effectively(weights.effective, json.responses ?? 0)
    book.learn(
      'weighted, counts like',
      (one) => weightOf(one.school, one.group) ** 2,
      total ** 2 / most,
      total ** 2 / least,
    )
  }
  for (const { question, item, option, weighted } of json.figures) {
    const part = askedIn(asked.name).find(([code]) => code === question)?.[1]
    if (weighted.share === null || !part) continue
    const base = (one: Person) =>
      item ? ['no', 'so', 'yes'].includes(pointOf(asked.name, item, one.said)) : part(one.said) !== ''
    const said = (one: Person) => {
      if (item) return pointOf(asked.name, item, one.said) === favorable[item]
      return asked.name === 'order' ? one.said[0] === option : chose(asked.name, option ?? '', part(one.said))
    }
    // Who knows the weights knows the sum of all who answered too.
    const all = survey.people.reduce(
      (sums, one) => sums + (base(one) ? one.n * weightOf(one.school, one.group) : 0),
      0,
    )
    const answered = survey.people.reduce((sum, one) => sum + (base(one) ? one.n : 0), 0)
    // As the pages say: in whole percent, or in steps of at least two people.
    const half = ([1, 2, 5, 10].find((one) => (one * answered) / 100 >= 2) ?? 10) / 200
    const shared = (share: number, said: Holds) => {
      const of = (one: Person) =>
        weightOf(one.school, one.group) * (Number(said(one)) - share * Number(base(one)))
      book.learn('weighted share', of, -half * all, half * all)
    }
    shared(weighted.share, said)
    for (const [point, share] of Object.entries(weighted.points ?? {}))
      shared(share, (one) => pointOf(asked.name, item ?? '', one.said) === point)
    // Of a question that everybody answered, how many people it counts like is one more sum of all squares.
    const everybody = survey.people.every(base)
    if (!everybody || weighted.effective === undefined) continue
    const { least, most } = effectively(weighted.effective, json.responses ?? 0)
    const squared = (one: Person) => weightOf(one.school, one.group) ** 2
    book.learn('weighted, counts like', squared, all ** 2 / most, all ** 2 / least)
  }
}

/**
 * What an effective number leaves, to who reads it alone: it is told to the last person, or in the widest of the steps
 * (or half a step further on) in which it can stand, or as all `n` people where the step would be more.
 */
function effectively(told: number, n: number): { least: number; most: number } {
  if (told === n) return { least: 0.5, most: n + 0.5 }
  const steps = [10, 20, 50, 100, 200, 500]
  const step = steps.findLast((one) => (2 * told) % one === 0 && 2 * told >= one) ?? 1
  return { least: Math.max(0.5, told - step / 2), most: told + step / 2 }
}

/** The plan's dashboard and indicator pages, for all schools and each that may be read. */
function readPlan(book: Book, { asked }: AnySurvey, source: ReportSource, { reach }: Role, plan: Plan): void {
  if (asked.name !== 'climate') return
  for (const school of [null, ...schools.filter((one) => one !== '' && (reach?.includes(one) ?? true))]) {
    const report = composePlan({
      plan,
      plans: [plan],
      crosswalk: null,
      measures,
      waves: [{ key: 'now', at: 0, sources: [source] }],
      school,
      query: '',
    })
    const holds = holdsIn({ school, group: null })
    const json = planJson(report) as PlanJson
    for (const { populations } of json.indicators)
      for (const { population, waves } of populations)
        for (const one of waves) {
          const own = definitions.indicators[0]?.populations.find(({ code }) => code === population)?.groups
          readJoint(book, 'plan', asked.name, holds, { ...one, groups: own ?? groups.filter(Boolean) })
        }
    for (const { item, n, share, bound } of json.items) {
      const rated = (one: Person) =>
        holds(one) && ['no', 'so', 'yes'].includes(pointOf(asked.name, item, one.said))
      const yes = (one: Person) => holds(one) && pointOf(asked.name, item, one.said) === favorable[item]
      const count = n !== null && share !== null ? Math.round(n * share) : null
      readFigure(book, 'plan', rated, yes, { n: n ?? bound?.n ?? null, count, ...(bound && { bound }) })
    }
  }
}

/** What the office published to everybody. */
function heardByAll(book: Book, { asked, people, minimum }: AnySurvey, source: ReportSource): void {
  const report = composeReport(source, everyone)
  const page = heardSnapshot(report, {
    district: {},
    planTitle: null,
    themes: publishedThemes(source),
    quotes: [],
    findings: { groups: [], themes: [] },
    conversations: null,
  })
  if (!page) return
  book.learn('heard', () => true, page.responses)
  for (const { code, n } of page.heard.groups)
    if (n !== null) book.learn('heard', (one) => one.group === code, n)
  for (const { question, result } of page.questions) {
    const part = askedIn(asked.name).find(([code]) => code === question.code)?.[1]
    if (!part) continue
    if (result.measure === 'choice')
      for (const { code, n } of result.options)
        if (n !== null) book.learn('heard', (one) => chose(asked.name, code, part(one.said)), n)
    if (result.measure === 'points')
      for (const { code, summary } of result.items)
        if (summary?.favorable != null)
          book.learn(
            'heard',
            (one) => pointOf(asked.name, code, one.said) === favorable[code],
            summary.favorable,
          )
  }
  for (const { told: said } of page.themes?.themes ?? []) {
    if (!said) continue
    book.learn('heard', (one) => comments(one.said, counted(people, minimum), 't') > 0, said.n)
    book.learn('heard', (one) => comments(one.said, counted(people, minimum), 'any') > 0, said.of)
  }
}

type Figure = { n: number | null; count: number | null; bound?: Bound }
type ThemeLine = {
  n: number | null
  people: number | null
  of: { comments: number; people: number } | null
  bound?: Bound
}
type Question = {
  code: string
  n: number | null
  asked?: number | null
  options?: Share[]
  items?: {
    code: string
    n: number | null
    favorable: number | null
    notApplicable?: number
    counts: Record<string, number> | null
    nonResponse: { asked: number; missing: number } | null
    bound?: Bound & { n: number }
  }[]
  alpha?: { value: number | null; n?: number }
  groups?: (Question & { group: string })[]
  themes?: ThemeLine[]
}
type Ranked = {
  n: number | null
  options: {
    code: string
    first: number | null
    ranked: number | null
    top2: number | null
    meanRank: number | null
    bound?: Bound
  }[]
  pairwise?: Record<string, Record<string, number>> | null
}
type Json = {
  responses: number | null
  groups: { code: string; n: number | null }[]
  questions: Question[]
  themes?: { comments: number | null; people: number | null; themes: ThemeLine[] }
  indicators?: {
    populations: (Figure & { groups: string[]; parts: (Figure & { code: string })[] })[]
    together: Figure | null
  }[]
}
type Cell = { n: number | null; said?: Share[] }
type CrossTable = {
  rows: { codes: string[] }
  columns: { codes: string[] } | null
  everyone: Cell
  rowTotals: Cell[]
  columnTotals: Cell[]
  cells: Cell[][]
}
type WeightsJson = {
  responses: number | null
  heard: { dimension: string; rows: { code: string; n: number | null }[] }[]
  weights: { why: string | null; effective?: number }
  figures: {
    question: string
    item: string | null
    option: string | null
    weighted: { share: number | null; points?: Record<string, number>; effective?: number }
  }[]
}
type PlanJson = {
  indicators: {
    populations: { population: string; waves: (Figure & { parts: (Figure & { code: string })[] })[] }[]
  }[]
  items: { item: string; n: number | null; share: number | null; bound?: Bound & { n?: number } }[]
}
