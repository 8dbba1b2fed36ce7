import { one } from '../choices.ts'
import { findQuestion, type Question, type Questionnaire } from '../definition.ts'
import type { Build, FormBody } from '../kind.ts'
import { kinds } from '../kinds.ts'
import { codedLists, type Frozen, takenQuestions } from './codes.ts'
import { typedCondition } from './conditions.ts'
import {
  type Fault,
  type Form,
  type Preset,
  readForm,
  typedCode,
  typedCodes,
  typedFlag,
  typedText,
  typedTextOrNone,
} from './form.ts'
import { moved, without } from './lists.ts'
import { changeQuestion, placeQuestion, sectionOf } from './questions.ts'
import { renameParts, renameQuestion } from './rename.ts'

/** What became of a questionnaire: the question may have another code now. */
export type Edited = { questionnaire: Questionnaire; code: string; faults: Fault[]; removed: boolean }

/**
 * A question with what was typed into its form: its own fields, those of its kind, and the step that the pressed
 * button (`do`) asks for. `tags`: the languages whose fields stand on the form.
 */
export function editQuestion(
  questionnaire: Questionnaire,
  code: string,
  body: FormBody,
  { tags, frozen, preset }: { tags: readonly string[]; frozen: Frozen; preset: Preset },
): Edited {
  const before = findQuestion(questionnaire, code)
  if (!before) return { questionnaire, code, faults: [], removed: false }
  const parts = new Set(
    [...frozen.parts].flatMap((part) => (part.startsWith(`${code}.`) ? [part.slice(code.length + 1)] : [])),
  )
  const form = readForm(body, tags, questionnaire.source, parts)
  const build = kinds.get(before.kind)?.build
  const shared = common(before, form)
  const typed = build ? build.edited({ ...missingLists(before, build), ...shared }, form) : shared
  const own = withStep(typed, form, preset)
  let result = renameParts(
    changeQuestion(questionnaire, code, () => own.question),
    code,
    form.renamed,
  )
  const section = one(body.section)
  if (section && section !== sectionOf(result, code)?.code)
    result = placeQuestion(result, code, section, undefined)
  const to = frozen.questions.has(code)
    ? code
    : typedCode(form, 'code', code, takenQuestions(questionnaire, frozen))
  return {
    questionnaire: to === code ? result : renameQuestion(result, code, to),
    code: to,
    faults: form.faults,
    removed: own.removed,
  }
}

/** Lists that questions of the kind have and this one lacks, empty: it may have been begun elsewhere. */
const missingLists = (question: Question, build: Build): Record<string, never[]> =>
  Object.fromEntries(
    Object.entries(build.blank(question.code, () => ({}))).flatMap(([name, value]): [string, never[]][] =>
      Array.isArray(value) && question[name] === undefined ? [[name, []]] : [],
    ),
  )

/** The fields that every kind has. */
const common = (question: Question, form: Form): Question => ({
  ...question,
  title: typedText(form, 'title', question.title),
  help: typedTextOrNone(form, 'help', question.help),
  short: typedTextOrNone(form, 'short', question.short),
  required: typedFlag(form, 'required'),
  cites: typedCodes(form, 'cites'),
  showIf: typedCondition(form, question.showIf),
})

/** What the pressed button does beside saving: `row.up|down|remove.<list>.<n>` and `ready.<name>`. */
function withStep(question: Question, form: Form, preset: Preset): { question: Question; removed: boolean } {
  const [what = '', step = '', list = '', at = ''] = one(form.body.do).split('.')
  if (what === 'ready') {
    const ready = kinds.get(question.kind)?.build?.ready ?? {}
    const make = Object.hasOwn(ready, step) ? ready[step] : undefined
    return { question: make ? make(question, preset) : question, removed: false }
  }
  const code = form.rows.get(`${list}.${at}`)
  const things = codedLists(question).find(([name]) => name === list)?.[1]
  if (what !== 'row' || !code || !things) return { question, removed: step === 'remove' && what === 'if' }
  if (step === 'remove') return { question: { ...question, [list]: without(things, code) }, removed: true }
  const changed = moved(things, code, step === 'up' ? -1 : step === 'down' ? 1 : 0)
  return { question: { ...question, [list]: inStep(things, changed) }, removed: false }
}

/** Points of a scale change places, but their numbers go on rising. */
const inStep = <T extends { code: string }>(before: T[], after: T[]): T[] =>
  after.map((thing, at) => {
    const value = before[at] && Reflect.get(before[at], 'value')
    return value === undefined ? thing : { ...thing, value }
  })
