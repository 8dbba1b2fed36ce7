import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { conversationKinds } from '../../src/commitment/conversation.ts'
import { acts } from '../../src/district/acts.ts'
import { roles } from '../../src/district/people.ts'
import { comparisons } from '../../src/plan/plan.ts'
import { audiences, domains, topics } from '../../src/questionnaire/bank/bank.ts'
import { protectedAreas } from '../../src/questionnaire/definition.ts'
import { type Dynamic, type Locale, localeFaults, pluralForms, usageFaults, usesIn } from './locales.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const locales = new Map(
  readdirSync(`${root}locales`)
    .filter((file) => file.endsWith('.json'))
    .map((file): [string, Locale] => [
      file.slice(0, -5),
      JSON.parse(readFileSync(`${root}locales/${file}`, 'utf8')),
    ]),
)
const english = locales.get('en') as Locale

/** Views and sources; the store's strings are columns, and it words nothing. */
function sources(): Record<string, string> {
  const of = (folder: string, ending: RegExp) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => ending.test(file) && !file.startsWith('src/store/'))
  return Object.fromEntries(
    [...of('views', /\.ejs$/), ...of('src', /\.ts$/)].map((file) => [
      file,
      readFileSync(root + file, 'utf8').replace(notWordings, ''),
    ]),
  )
}

/** Keys that are finished when the page is made; nothing else may be put together. */
const dynamic: Dynamic = {
  'busy.': ['title', 'what', 'do', 'again'],
  'cross.': ['rows', 'columns', 'question'],
  'told.status.': ['planned', 'underway', 'done', 'stopped'],
  'told.done.': ['saved', 'removed'],
  'told.fault.': 'any',
  'told.mayNotError.': 'any',
  'told.publish.': ['shown', 'hidden'],
  'told.mayNot.': ['open', 'few', 'near'],
  'told.quotes.state.': ['proposed', 'approved', 'withdrawn'],
  'told.table.': ['groups', 'themes'],
  'told.themes.': ['none', 'few'],
  'access.area.': protectedAreas,
  'agreement.tie.': ['first', 'borda', 'irv', 'schulze'],
  'access.problem.': ['slip', 'unknown', 'other', 'used', 'out', 'void'],
  'account.problem.': ['short', 'long'],
  'account.openid.': 'any',
  'account.own.done.': ['password', 'ended'],
  'audit.did.': acts,
  'everything.holds.': ['surveys', 'responses', 'themes', 'district', 'record'],
  // Each stands for one for everyone (test/children/wording.test.ts).
  'child.': 'any',
  'advice.': 'any',
  'dashboard.population.': [
    'students',
    'staff',
    'families',
    'community',
    'administrators',
    'teachers',
    'together',
  ],
  'dashboard.manifest.': [
    'fingerprint',
    'surveys',
    'filter',
    'bases',
    'rounding',
    'weights',
    'suppression',
    'software',
    'codebook',
  ],
  'dashboard.by.': ['group', 'school', 'level', 'zone', 'grade', 'language'],
  'dashboard.gapsBy.': ['group', 'school', 'level', 'zone', 'grade', 'language'],
  'dashboard.noGaps.': ['group', 'school', 'level', 'zone', 'grade', 'language'],
  'dashboard.level.': ['elementary', 'elementary-middle', 'middle', 'middle-high', 'high'],
  'dashboard.boardColumn.': ['indicator', 'who', 'figure', 'base', 'interval'],
  'dashboard.gapColumn.': ['item', 'above', 'below', 'gap', 'interval', 'p', 'verdict'],
  'dashboard.of.': ['people', 'families'],
  'dashboard.change.': ['up', 'down', 'same', 'little', 'beyond', 'many', 'chance'],
  'dashboard.gap.': ['beyond', 'many', 'chance'],
  'dashboard.together.': ['changes', 'gaps'],
  'dashboard.tone.': ['better', 'worse'],
  'dashboard.term.': ['statistic', 'rule', 'direction', 'target'],
  'dashboard.statistic.': ['percent.people', 'percent.families', 'count.people', 'count.families'],
  'dashboard.rule.': ['one', 'all', 'mean'],
  'dashboard.direction.': ['increase', 'decrease', 'none'],
  'dashboard.target.': comparisons,
  'bank.audience.': audiences,
  'bank.coverage.sum.': ['perception', 'strategy'],
  'bank.domain.': domains,
  'bank.kind.': 'any',
  'bank.standing.': 'any',
  'bank.topic.': Object.keys(topics),
  'build.attribute.': 'any',
  'build.change.': 'any',
  'build.check.': 'any',
  'build.condition.': 'any',
  'build.conflict.': 'any',
  'build.done.': 'any',
  'build.field.': 'any',
  'build.how.': 'any',
  'build.if.': 'any',
  'build.kind.': 'any',
  'build.list.': 'any',
  'build.mark.': 'any',
  'build.nav.': 'any',
  'build.new.': 'any',
  'build.preset.': 'any',
  'build.problem.': 'any',
  'build.readers.': 'any',
  'build.ready.grid.': 'any',
  'build.rows.help.': 'any',
  'build.tick.': 'any',
  'exchange.': 'any',
  'paper.if.': 'any',
  'kit.list.wrong.': 'any',
  'kit.post.': ['invitation', 'reminder'],
  'kit.post.done.': 'any',
  'kit.post.is.': 'any',
  'life.office.': ['drafts', 'codes', 'comments'],
  'life.problem.': ['slip', 'unknown'],
  'later.problem.': ['slip', 'unknown', 'over', 'sent'],
  'office.do.': ['open', 'close'],
  'office.done.': ['opened', 'closed'],
  'office.mayNot.': ['notice', 'codes', 'optOut'],
  'office.standing.': 'any',
  'officeSurvey.done.': ['dates', 'fielding', 'life', 'void', 'nobody', 'opened', 'closed'],
  'paper.done.': ['saved', 'first', 'counted', 'takenBack'],
  'paper.typing.': 'any',
  'people.done.': 'any',
  'people.may.': roles,
  'people.roles.': roles,
  'plan.': ['mission', 'vision', 'value'],
  'plan.better.': 'any',
  'plan.madeBy.': ['us', 'district'],
  'plan.statement.': ['objective', 'vision'],
  'plan.statistic.': 'any',
  'plan.target.': 'any',
  'problem.': 'any',
  'report.column.': 'any',
  'report.finding.': 'any',
  'report.how.': 'any',
  'report.note.caution.': ['few', 'small', 'negative', 'high', 'low'],
  'report.stance.': ['favorable', 'neutral', 'unfavorable'],
  'report.table.': 'any',
  'student.': 'any',
  'waves.fromColumns.is.': ['favorable', 'other', 'na'],
  'waves.fromColumns.kind.': 'any',
  'weights.column.': 'any',
  'weights.how.': 'any',
  'weights.measure.': ['points', 'options'],
  'weights.refused.': 'any',
  'weights.why.': ['noTable', 'nobody', 'nothing', 'refused', 'reach', 'part', 'hidden'],
  'waves.break.': 'any',
  'waves.change.': 'any',
  'waves.done.': 'any',
  'waves.earlier.wrong.': ['nothing', 'date', 'cells'],
  'waves.how.': 'any',
  'waves.measure.': 'any',
  'waves.paired.': 'any',
  'waves.paired.why.': ['few', 'rest', 'alike', 'turned'],
  'watching.column.': 'any',
  'watching.enrolment.done.': ['kept', 'removed'],
  'watching.note.': 'any',
  'watching.watch.by.': 'any',
  'watching.watch.channel.': ['web', 'paper', 'kiosk', 'import'],
  'themes.codebook.did.': 'any',
  'themes.codebook.done.': 'any',
  'themes.codebook.will.': ['added', 'changed', 'removed'],
  'themes.done.': ['sampled', 'settled', 'learning', 'accepted', 'withdrawn'],
  'themes.field.': ['name', 'definition', 'include', 'exclude', 'examples', 'words'],
  'themes.nav.': ['desk', 'alike', 'agreement', 'learning', 'import'],
  'themes.order.': ['unsure', 'first', 'last'],
  'themes.state.': ['unread', 'open', 'differ', 'none', 'read', 'all', 'sample'],
  'translate.done.': 'any',
  'translate.fault.': 'any',
  'translate.files.': 'any',
  'translate.keep.': ['machine', 'outdated'],
  'translate.notice.': 'any',
  'safety.do.': ['seen', 'acted', 'closed', 'again', 'title'],
  'talks.ask.problem.': ['empty', 'long'],
  'talks.done.': 'any',
  'talks.kinds.': conversationKinds,
  'talks.note.': 'any',
  'talks.problem.': 'any',
  'talks.states.': ['waiting', 'shown', 'hidden'],
  'safety.kinds.': ['self-harm', 'abuse', 'threat'],
  'importFault.': [
    ...['noName', 'unknown', 'twice', 'noQuestion', 'cells', 'language', 'long'],
    ...['channel', 'hour', 'version', 'notAsked', 'answer'],
  ],
  'bookFault.': [
    ...[
      'large',
      'notCsv',
      'noColumn',
      'doubleColumn',
      'unknownColumn',
      'noTag',
      'cells',
      'tooMany',
      'missing',
    ],
    ...['empty', 'code', 'colour', 'bar', 'invalid', 'doubleCode', 'ownParent', 'noParent', 'deepParent'],
    ...['noPlan', 'noElement'],
  ],
  'safety.ownWords.lists.': ['self-harm', 'abuse', 'threat', 'way', 'name', 'not-name'],
  'safety.ownWords.do.': ['add', 'drop', 'off', 'on'],
  'safety.ownWords.state.': ['add', 'off'],
  'safety.ownWords.reasonHelp.': ['danger', 'mask'],
  'safety.ownWords.fault.': ['phrase', 'long', 'there', 'none', 'reason', 'longReason', 'full'],
  'safety.level.': ['urgent', 'second'],
  'safety.states.': ['new', 'seen', 'acted', 'closed'],
  'translate.problem.': 'any',
  'translate.row.': 'any',
  'translate.state.': 'any',
}

/** Names of acts in the builder's forms, which begin like wordings and are none. */
const notWordings = /(?<=['"])question\.(code|copy|down|place|remove|up)(?=['"])/g

describe('the wordings', () => {
  it('are there in English', () => expect(english).toBeDefined())

  it.each([...locales.keys()])('in %s have every key, plural form and blank of the English ones', (tag) => {
    expect(localeFaults(tag, locales.get(tag) as Locale, english)).toEqual([])
  })

  it('are all asked for by a page, and every page finds what it asks for', () => {
    const uses = usesIn(
      sources(),
      Object.keys(english).filter((name) => name !== '_about'),
    )
    expect(uses.keys.size).toBeGreaterThan(50)
    expect(usageFaults(uses, english, dynamic)).toEqual({ missing: [], loose: [], unused: [], idle: [] })
  })
})

describe('the check of the wordings', () => {
  const en: Locale = {
    _about: { name: 'English' },
    send: { do: 'Send', left_one: '{{count}} page left', left_other: '{{count}} pages left of {{all}}' },
    hello: 'Hello, {{- name}}',
  }
  const es: Locale = {
    _about: { name: 'español', machine: ['hello', 'send.left'] },
    send: {
      do: 'Enviar',
      left_one: 'Queda una página de {{all}}',
      left_many: 'Quedan {{count}} de páginas de {{all}}',
      left_other: 'Quedan {{count}} páginas de {{all}}',
    },
    hello: 'Hola, {{name}}',
  }
  const spoiled = (
    spoil: (copy: { [name: string]: never } & { send: { [name: string]: unknown } }) => void,
  ) => {
    const copy = structuredClone(es) as never
    spoil(copy)
    return localeFaults('es', copy, en)
  }

  it('has nothing to say of a complete file', () => {
    expect(localeFaults('es', es, en)).toEqual([])
    expect(
      localeFaults(
        'en',
        { ...en, send: { ...(en.send as object), left_one: '{{count}} page left of {{all}}' } },
        en,
      ),
    ).toEqual([])
    expect(pluralForms('ar')).toHaveLength(6)
    expect(pluralForms('vi')).toEqual(['other'])
  })

  it.each<[string, Parameters<typeof spoiled>[0], string]>([
    ['a missing key', (copy) => delete copy.send.do, 'es: send.do is missing'],
    ['a missing group', (copy) => delete (copy as { send?: unknown }).send, 'es: send.left_other is missing'],
    ['a missing plural form', (copy) => delete copy.send.left_many, 'es: send.left_many is missing'],
    [
      'a plural form of another language',
      (copy) => (copy.send.left_few = 'x'),
      'es: send.left_few is a plural form that the language has not',
    ],
    ['a key too many', (copy) => (copy.send.back = 'Volver'), 'es: send.back is not in en'],
    ['an empty wording', (copy) => (copy.send.do = ' '), 'es: send.do is empty'],
    ['a list', (copy) => (copy.send.do = ['Enviar']), 'es: send.do is no string'],
    ['a number', (copy) => (copy.send.do = 1), 'es: send.do is no string'],
    [
      'a blank that was lost',
      (copy) => (copy.send.left_other = 'Quedan {{count}}'),
      'es: send.left_other lacks {{all}}',
    ],
    [
      'a number that was lost',
      (copy) => (copy.send.left_other = 'Quedan de {{all}}'),
      'es: send.left_other lacks {{count}}',
    ],
    [
      'a blank that was translated',
      (copy) => (copy.send.left_one = 'Queda {{cuenta}} de {{all}}'),
      'es: send.left_one has {{cuenta}}, which en has not',
    ],
    [
      'no name',
      (copy) => (copy._about = {} as never),
      "es: _about.name, the language's own name, is missing",
    ],
    [
      'a machine’s key that is gone',
      (copy) => (copy._about = { name: 'x', machine: ['send.gone'] } as never),
      'es: _about.machine names send.gone, which is not there',
    ],
    [
      'a machine that is no list',
      (copy) => (copy._about = { name: 'x', machine: 'all' } as never),
      'es: _about.machine is neither true, false nor a list of keys',
    ],
  ])('tells of %s', (_, spoil, fault) => expect(spoiled(spoil)).toContain(fault))

  it('tells of keys that are asked for and not there, and of keys that nobody asks for', () => {
    const told = (source: string, starts: Dynamic = {}) =>
      usageFaults(usesIn({ 'views/x.ejs': source }, ['send', 'hello']), en, starts)
    expect(told("t('send.do') t('send.left', { count }) t(\"hello\", { name })")).toEqual({
      missing: [],
      loose: [],
      unused: [],
      idle: [],
    })
    expect(told("t('send.do')").unused).toEqual(['hello', 'send.left'])
    expect(told("t('send.doo')").missing).toEqual(['views/x.ejs: en has no "send.doo"'])
    expect(told("t('gone.away')").missing).toEqual(['views/x.ejs: en has no "gone.away"'])
    expect(told("{ key: 'send.doo' }").missing).toEqual(['views/x.ejs: en has no "send.doo"'])
    expect(told("t(wide ? 'send.do' : 'send.left')").unused).toEqual(['hello'])
    const madeUp = 't(`send.$' + '{one}`)'
    expect(told(madeUp).loose).toHaveLength(1)
    expect(told("t('send.' + one)").loose).toHaveLength(1)
    expect(told(madeUp, { 'send.': 'any' })).toMatchObject({ loose: [], unused: ['hello'], idle: [] })
    expect(told(madeUp, { 'send.': ['do', 'not'] })).toMatchObject({
      missing: ['the list of made-up keys: en has no "send.not"'],
      unused: ['hello', 'send.left'],
    })
    expect(told("t('hello')", { 'send.': 'any' }).idle).toEqual(['send.'])
  })
})
