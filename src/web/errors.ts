/** Values that go into a wording. */
type Values = Record<string, string | number>

/**
 * A failure that the reader can do something about. `status` is the HTTP status. `problem` is a wording key:
 * `<problem>.title`, `<problem>.what` and `<problem>.do` say what is wrong and how to mend it, with `values`.
 */
export class PageError extends Error {
  override name = 'PageError'
  readonly status: number
  readonly problem: string
  readonly values: Values

  constructor(status: number, problem: string, values: Values = {}) {
    super(problem)
    this.status = status
    this.problem = problem
    this.values = values
  }
}

/** The request makes no sense: a forged or broken form. */
export const badRequest = (problem = 'error.badRequest', values: Values = {}): PageError =>
  new PageError(400, problem, values)

/** Nobody is signed in. For programs that ask for JSON; people are sent to the sign-in page. */
export const signedOut = (problem = 'error.signedOut', values: Values = {}): PageError =>
  new PageError(401, problem, values)

/** Whoever asks may not do this. */
export const forbidden = (problem = 'error.forbidden', values: Values = {}): PageError =>
  new PageError(403, problem, values)

/** There is nothing here, or it is gone. */
export const notFound = (problem = 'error.notFound', values: Values = {}): PageError =>
  new PageError(404, problem, values)

/** What is asked does not fit what stands there now. */
export const conflict = (problem = 'error.conflict', values: Values = {}): PageError =>
  new PageError(409, problem, values)

/** Too many tries; `values.count` is the minutes to wait. */
export const tooMany = (problem = 'error.tooMany', values: Values = {}): PageError =>
  new PageError(429, problem, values)
