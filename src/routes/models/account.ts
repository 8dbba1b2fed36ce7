/** What is wrong with one field: `field` is its id to link to, `key` the wording, with `values`. */
export type FieldProblem = { field: string; key: string; values?: Record<string, string | number> }

/** views/account/sign-in.ejs. `next` is the local path to return to, '' for the person's first page. */
export type SignInPage = { email: string; next: string; problems: FieldProblem[] }

/**
 * views/account/choose-password.ejs: the set-up link of the first admin (who types an e-mail) and the welcome link
 * of everyone after (whose `email` is known). `action` is where the form goes.
 */
export type ChoosePasswordPage = {
  link: 'setup' | 'welcome'
  action: string
  email: string
  shortest: number
  longest: number
  problems: FieldProblem[]
}

export type AccountPages = { 'account/sign-in': SignInPage; 'account/choose-password': ChoosePasswordPage }
