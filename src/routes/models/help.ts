import type { Worded } from '../../language/text.ts'
import type { Words } from '../../report/reader.ts'
import type { FlagState } from '../../store/stores.ts'
import type { OwnList, WordChange, WordFault } from '../../theme/ownWords.ts'
import type { DangerKind } from '../../theme/safety.ts'
import type { FieldProblem } from './account.ts'
import type { Moment } from './office.ts'

export type HelpRow = {
  id: number
  level: 'urgent' | 'second'
  kind: DangerKind
  state: FlagState
  /** The survey or the conversation. */
  title: Words
  sample: boolean
  /** The hour in which it was found. */
  at: Moment
}

/** views/office/help.ejs: no words of a comment stand in the list. `closed`: those that are done are shown. */
export type HelpPage = { rows: HelpRow[]; closed: boolean; mailed: boolean }

/** views/office/help-one.ejs. `parts`: the words in pieces, those that the lists met marked; none when they are gone. */
export type HelpOnePage = HelpRow & {
  parts: { words: string; met: boolean }[]
  lang: string
  dir: 'ltr' | 'rtl'
  /** The question that it answers. */
  asked: Words | undefined
  language: string
  group: Words | undefined
  school: Words | undefined
  log: { state: FlagState; by: string; at: Moment; note: string }[]
  /** What may be done with it now. */
  next: FlagState[]
  note: string
  problems: FieldProblem[]
  done: boolean
}

type WordRow = Pick<WordChange, 'list' | 'lang' | 'phrase' | 'did' | 'reason'> & {
  dir: 'ltr' | 'rtl'
  language: string
  by: string
  at: Moment
}
/** An entry that comes with Heard; `off`: the district switched it off. */
type ShippedWord = { phrase: string; off: boolean }

/** views/office/help-words.ejs: the lists of danger, or those of masking. `seen`: how many changes there are. */
export type WordListsPage = {
  which: 'danger' | 'mask'
  action: string
  seen: number
  kinds: readonly OwnList[]
  tags: { tag: string; name: string }[]
  /** Entries that were added or switched off, and every change there was, the latest first. */
  own: WordRow[]
  log: WordRow[]
  lists: {
    name: Words
    tag: string
    kinds: { kind: DangerKind; words: ShippedWord[] }[]
    ways: ShippedWord[]
  }[]
  typed: WordChange | undefined
  fault: WordFault | undefined
  done: boolean
}

/** views/office/help-lines.ejs. `usual`: what is shown where the district says nothing. */
export type HelpLinesPage = {
  lines: { tag: string; name: string; dir: 'ltr' | 'rtl'; words: string; usual: string }[]
  shown: Worded
  own: boolean
  most: number
  problems: FieldProblem[]
  done: boolean
}

export type HelpPages = {
  'office/help': HelpPage
  'office/help-one': HelpOnePage
  'office/help-words': WordListsPage
  'office/help-lines': HelpLinesPage
}
