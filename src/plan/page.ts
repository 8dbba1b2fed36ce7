import { sayNumber } from '../language/format.ts'
import { direction } from '../language/tags.ts'
import { pick, type Text } from '../language/text.ts'
import { type Crosswalk, counterparts } from './crosswalk.ts'
import { elements, findElement } from './elements.ts'
import type {
  Better,
  Goal,
  Indicator,
  Investment,
  Plan,
  Printed,
  Priority,
  Source,
  Strategy,
  Wording,
} from './plan.ts'
import { byMachine, textOf } from './plan.ts'

/** Words with the language and direction they must be marked up with. */
export type Marked = { words: string; lang: string; dir: 'ltr' | 'rtl' }
/** Where words were printed: `anchor` is the id of the document in the page's own list of sources. */
export type SourceNote = { anchor: string; title: string; lines: string; many: boolean }
export type Quoted = Marked & { source: SourceNote }
/** The wording that is shown, where it was printed, and the other printed wordings. */
export type Printing = Quoted & { translated: boolean; others: Quoted[]; why: Marked | null }

type Coded = { code: string; text: Printing }
/** An element that another part of the page names: its code links to where the element stands. */
type Cited = { code: string; href: string; text: Marked }

/** What the address, the reader and the other loaded data add to a plan. `tag` is the reader's language. */
export type Reading = { tag: string; plans: Plan[]; crosswalk: Crosswalk | null }

export type PlanPage = ReturnType<typeof planPage>
export type PlanIndex = ReturnType<typeof planIndex>

/** The public page of one plan version. */
export function planPage(plan: Plan, { tag, plans, crosswalk }: Reading) {
  const say = speaker(plan, tag)
  return {
    id: plan.id,
    title: say.printing(plan.title).words,
    heading: say.printing(plan.title),
    district: plan.district,
    lang: plan.language,
    /** The words of the plan are a machine's in the reader's language. */
    machine: byMachine(plan, tag),
    dir: direction(plan.language),
    mission: say.maybe(plan.mission),
    vision: say.maybe(plan.vision),
    value: say.maybe(plan.value),
    beliefs: plan.beliefs.map(({ name, text }) => ({ name: say.quoted(name), text: say.quoted(text) })),
    goals: plan.goals.map((goal) => goalRow(plan, goal, tag, say)),
    priorities: plan.priorities.map((priority) => priorityPart(plan, priority, say)),
    hasIndicators: elements(plan).some(({ kind }) => kind === 'indicator'),
    labels: labelGroups(plan, say),
    investments: plan.investments.map((one) => investmentPart(one, tag, say)),
    experiences: plan.experiences.map(({ audience, items }) => ({
      audience: say.quoted(audience),
      items: items.map(say.printing),
    })),
    schoolYears: plan.schoolYears.map(({ year, planned, majorActions }) => ({
      year,
      planned: planned.elements.map((code) => cited(plan, plan, code, tag)),
      source: say.note(planned.source),
      majorActions: majorActions.map(({ text, elements: codes }) => ({
        text: say.printing(text),
        elements: codes.map((code) => cited(plan, plan, code, tag)),
      })),
    })),
    misprints: plan.misprints.map(({ printed, words, source, reading, note }) => ({
      printed,
      words: say.quoted({ words, source }),
      reading: cited(plan, plan, reading, tag),
      note: say.own(note),
    })),
    crosswalk: crosswalkPart(plan, plans, crosswalk, tag),
    sources: plan.sources.map(({ document, title }, at) => ({
      anchor: anchor(at),
      document,
      title: say.own(title),
    })),
    otherPlans: plans.filter(({ id }) => id !== plan.id).map((other) => link(other, tag)),
  }
}

/** The list of plan versions, newest first. `title` is the page's, in the reader's language. */
export function planIndex(plans: Plan[], tag: string, title: string) {
  const newestFirst = [...plans].sort((a, b) => b.years.from - a.years.from)
  return { title, plans: newestFirst.map((plan) => link(plan, tag)) }
}

const anchor = (at: number) => `source-${at + 1}`

const marked = (text: Text, tag: string, language: string): Marked => {
  const { words, lang } = pick(text, tag, language)
  return { words, lang, dir: direction(lang) }
}

const link = (plan: Plan, tag: string) => ({
  href: `/plans/${plan.id}`,
  title: marked(textOf(plan.title, plan.language), tag, plan.language),
  district: plan.district,
  years: `${plan.years.from}–${plan.years.to}`,
  priorities: plan.priorities.map(({ name }) => marked(name, tag, plan.language)),
})

/** `from` is the plan whose page this is: its own elements need no address, only the place on the page. */
function cited(from: Plan, of: Plan, code: string, tag: string): Cited {
  const text = findElement(of, code)?.text ?? {}
  return {
    code,
    href: `${from.id === of.id ? '' : `/plans/${of.id}`}#${code}`,
    text: marked(text, tag, of.language),
  }
}

/** How this plan's printed words are put before this reader. */
function speaker(plan: Plan, tag: string) {
  const own = (words: string): Marked => ({ words, lang: plan.language, dir: direction(plan.language) })
  const note = ({ document, lines }: Source): SourceNote => {
    const at = plan.sources.findIndex((one) => one.document === document)
    const title = plan.sources[at]?.title ?? document
    return { anchor: anchor(at), title, lines: lines.replaceAll('-', '–'), many: /\D/.test(lines) }
  }
  const quoted = ({ words, source }: Wording): Quoted => ({ ...own(words), source: note(source) })
  const printing = (printed: Printed): Printing => {
    const shown = printed.wordings[printed.shown] ?? { words: '', source: { document: '', lines: '' } }
    const words = marked(textOf(printed, plan.language), tag, plan.language)
    const translated = words.lang !== plan.language
    const others = translated ? printed.wordings : printed.wordings.filter((one) => one !== shown)
    return {
      ...words,
      source: note(shown.source),
      translated,
      others: others.map(quoted),
      why: printed.why ? own(printed.why) : null,
    }
  }
  return {
    own,
    note,
    quoted,
    printing,
    maybe: (printed: Printed | null) => (printed ? printing(printed) : null),
    coded: ({ code, text }: { code: string; text: Printed }): Coded => ({ code, text: printing(text) }),
    text: (text: Text) => marked(text, tag, plan.language),
  }
}
type Speaker = ReturnType<typeof speaker>

function priorityPart(plan: Plan, priority: Priority, say: Speaker) {
  const { code, name, aliases, statement, champions, strategies } = priority
  const [first, ...others] = aliases
  return {
    code,
    name: say.text(name),
    source: first ? say.note(first.source) : null,
    otherNames: others.map(say.quoted),
    statement: { kind: statement.kind, text: say.printing(statement.text) },
    champions: champions ? { roles: champions.roles.map(say.own), source: say.note(champions.source) } : null,
    goals: plan.goals.filter((goal) => goal.priority === code).map((goal) => goal.code),
    strategies: strategies.map((strategy) => strategyPart(strategy, say)),
  }
}

function strategyPart({ code, text, actions, indicators, exampleExperiences }: Strategy, say: Speaker) {
  return {
    code,
    text: say.printing(text),
    actions: actions.map((action) => ({
      ...say.coded(action),
      footnote: action.footnote ? say.quoted(action.footnote) : null,
    })),
    /** The document offers them as examples, not as what will be done. */
    examples: actions.length > 0 && actions.every(({ example }) => example),
    indicators: indicators.map((indicator) => indicatorRow(indicator, say)),
    experiences: exampleExperiences.map(say.printing),
  }
}

function indicatorRow(indicator: Indicator, say: Speaker) {
  type Figure = { of: Marked | null; statistic: Indicator['statistic']; direction: Better }
  const figures: Figure[] = [
    { of: null, statistic: indicator.statistic, direction: indicator.direction },
    ...indicator.also.map(({ of, ...figure }) => ({ of: say.own(of), ...figure })),
  ]
  return {
    ...say.coded(indicator),
    figures,
    perception: indicator.perception,
    populations: indicator.populations.map(say.own),
    note: indicator.note ? say.own(indicator.note) : null,
  }
}

function goalRow(plan: Plan, goal: Goal, tag: string, say: Speaker) {
  const priority = plan.priorities.find(({ code }) => code === goal.priority)
  const percent = (share: number) => sayNumber(tag, share, { style: 'percent', maximumFractionDigits: 2 })
  return {
    ...say.coded(goal),
    priority: priority ? { code: priority.code, name: say.text(priority.name) } : null,
    target:
      goal.comparison && goal.target !== null
        ? {
            comparison: goal.comparison,
            amount: percent(goal.target / 100),
            unclear: goal.unit === 'unclear',
          }
        : null,
    byYear: goal.byYear,
    perception: goal.perception,
    populations: goal.populations.map(say.own),
    note: goal.note ? say.own(goal.note) : null,
  }
}

function investmentPart(investment: Investment, tag: string, say: Speaker) {
  const dollars = (amount: number) =>
    sayNumber(tag, amount, { style: 'currency', currency: 'USD', notation: 'compact' })
  return {
    ...say.coded(investment),
    amount: investment.amount === null ? null : dollars(investment.amount * 1_000_000),
    examples: investment.examples.map(say.printing),
  }
}

/** Labels of the overview and of charts, by priority in the plan's order. */
function labelGroups(plan: Plan, say: Speaker) {
  return plan.priorities
    .map(({ code, name }) => ({
      code,
      name: say.text(name),
      labels: plan.labels
        .filter(({ priority }) => priority === code)
        .map(({ kind, strategy, text, note }) => ({
          kind,
          strategy,
          text: say.printing(text),
          note: note ? say.own(note) : null,
        })),
    }))
    .filter(({ labels }) => labels.length > 0)
}

/** The table to other versions, with the statement of who made it; null when there is nothing to show. */
function crosswalkPart(plan: Plan, plans: Plan[], crosswalk: Crosswalk | null, tag: string) {
  if (!crosswalk) return null
  const rows = counterparts(crosswalk, plan.id).flatMap(({ here, there, note }) => {
    const other = plans.find(({ id }) => id === there.plan)
    if (!other) return []
    return [
      {
        here: cited(plan, plan, here, tag),
        there: cited(plan, other, there.code, tag),
        plan: link(other, tag),
        note: marked(note, tag, 'en'),
      },
    ]
  })
  return rows.length > 0
    ? { madeBy: crosswalk.madeBy, statement: marked(crosswalk.statement, tag, 'en'), rows }
    : null
}
