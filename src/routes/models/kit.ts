import type { ContactField, RowProblem } from '../../district/contactList.ts'
import type { Worded } from '../../language/text.ts'
import type { FieldProblem } from './account.ts'
import type { ShownLink } from './officeSurvey.ts'

type Choice = { code: string; label: Worded }
type Tongue = { tag: string; name: string; dir: 'ltr' | 'rtl' }

/** When a survey opens and closes, in words: wording keys with their values. */
export type DatesInWords = { key: string; values: Record<string, string> }[]

type Head = { slug: string; title: Worded }

/** views/kit/home.ejs: links, flyers and texts of one survey. */
export type KitPage = Head & {
  sample: boolean
  dates: DatesInWords
  zone: string
  languages: Tongue[]
  schools: Choice[]
  groups: Choice[]
  /** What was chosen for one link, '' for everybody. `files` is the query of its QR codes. */
  chosen: { language: string; school: string; group: string }
  link: ShownLink
  files: string
  /** Without the beginning that browsers add by themselves. */
  short: string
  sms: SmsText[]
  mail: { tag: string; name: string; lang: string; dir: 'ltr' | 'rtl'; subject: string; body: string }[]
}

/** A message for phones. `units` is written for the reader. */
export type SmsText = Tongue & {
  lang: string
  words: string
  units: string
  segments: number
  ucs2: boolean
  /** A shorter one, where the first takes more than one message. */
  shorter?: { words: string; units: string; segments: number } | undefined
}

/** One page to print, all of it in one language. */
export type Flyer = {
  lang: string
  dir: 'ltr' | 'rtl'
  district: string
  title: Worded
  sentence: string
  facts: string[]
  scan: string
  code: string
  qr: string
  /** Of whom it asks, where it is for one school or group. */
  about: Worded[]
  others: { lang: string; dir: 'ltr' | 'rtl'; name: string; words: string }[]
}

/** views/kit/flyer.ejs: a page of its own, without the site's head. `together`: all languages on one sheet. */
export type FlyerPage = Head & {
  paper: 'letter' | 'a4'
  together: boolean
  sample: boolean
  /** The address, to be broken where the parts meet. */
  address: string[]
  flyers: Flyer[]
  office: {
    lang: string
    dir: 'ltr' | 'rtl'
    back: string
    print: string
    papers: { name: string; href: string; current: boolean }[]
  }
}

/** views/kit/list.ejs: a file of contacts that was read, before anything is made of it. */
export type ListPage = Head & {
  name: string
  windows: boolean
  columns: { at: number; letter: string; words: string }[]
  header: boolean
  /** Column of each, -1 for none. */
  mapping: Record<ContactField, number>
  /** The first rows, and the number of the first of them. */
  sample: string[][]
  good: number
  known: number
  bad: number
  /** Rows that cannot be used; the first of them. */
  problemRows: RowProblem[]
  elsewhere: { language: string; count: number }[]
  fallback: string
  problems: FieldProblem[]
}

export type MailingRow = {
  id: number
  kind: 'invitation' | 'reminder'
  state: 'waiting' | 'sending' | 'done' | 'stopped'
  when: string
  sent: string
  waiting: string
  failed: string
  stopped: string
  answered: string
  trouble: { reason: string; when: string } | undefined
  unsure: number
  failures: { email: string; state: 'refused' | 'unsure'; reason: string }[]
}

/** views/kit/mail.ejs: the list, the letters, and how far they are. */
export type MailPage = Head & {
  sample: boolean
  dates: DatesInWords
  zone: string
  server: boolean
  /** The survey is over: nothing can be brought in or sent. */
  over: boolean
  codes: boolean
  follows: boolean
  list: { all: number; stopped: number }
  waitingFile: string | undefined
  deletedAt: string | undefined
  email: string
  mailings: MailingRow[]
  typed: { kind: string; when: string; at: string }
  problems: FieldProblem[]
  done: string | undefined
}

/** views/mail/stop.ejs, reached from a letter without signing in. */
export type StopPage = { title: string; action: string; state: 'ask' | 'stopped' | 'undone' }

export type KitPages = {
  'kit/home': KitPage
  'kit/flyer': FlyerPage
  'kit/list': ListPage
  'kit/mail': MailPage
  'mail/stop': StopPage
}
