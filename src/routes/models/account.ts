import type { Role } from '../../district/people.ts'

/** What is wrong with one field: `field` is its id to link to, `key` the wording, with `values`. */
export type FieldProblem = { field: string; key: string; values?: Record<string, string | number> }

/**
 * views/account/sign-in.ejs. `next` is the local path to return to, '' for the person's first page. `letters`: who
 * forgot the password can ask for a letter. `openid`: what the district calls its own sign-in, if it has one.
 */
export type SignInPage = {
  email: string
  next: string
  problems: FieldProblem[]
  letters: boolean
  openid: string | undefined
}

/** views/account/forgot.ejs. `sent`: says so, whether there is such a person or not. */
export type ForgotPage = { email: string; sent: boolean; problems: FieldProblem[] }

/**
 * views/account/choose-password.ejs: the set-up link of the first admin (who types an e-mail) and the links of
 * everyone after (whose `email` is known). `action` is where the form goes.
 */
export type ChoosePasswordPage = {
  link: 'setup' | 'welcome' | 'reset'
  action: string
  email: string
  shortest: number
  longest: number
  problems: FieldProblem[]
}

type Moment = { words: string; iso: string }

/** One open session; `mine` is the one that asks. */
export type SessionRow = { id: string; since: Moment; seen: Moment; mine: boolean }

/** views/account/own.ejs. Without `hasPassword` the person signs in by the district's own sign-in. */
export type OwnPage = {
  email: string
  role: Role
  hasPassword: boolean
  shortest: number
  longest: number
  sessions: SessionRow[]
  problems: FieldProblem[]
  done: string | undefined
}

/** views/account/sure.ejs. `next`: the page to go on with. `openid`: see SignInPage. */
export type SurePage = {
  email: string
  hasPassword: boolean
  next: string
  problems: FieldProblem[]
  openid: string | undefined
}

export type AccountPages = {
  'account/sure': SurePage
  'account/sign-in': SignInPage
  'account/forgot': ForgotPage
  'account/choose-password': ChoosePasswordPage
  'account/own': OwnPage
}
