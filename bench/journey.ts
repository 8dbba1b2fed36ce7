import type { Question } from '../src/questionnaire/definition.ts'
import type { FormBody } from '../src/questionnaire/kind.ts'
import { kindOf } from '../src/questionnaire/kinds.ts'
import { walk } from '../src/response/walk.ts'
import { type Browser, connection, openBrowser } from './browser.ts'
import { type Scratch, slug } from './scratch.ts'

/** Somebody about to answer: the forms they will send, by section in the order of their path. */
export type Respondent = { language: string; forms: [section: string, form: FormBody][] }

/** The question whose words carry a number, so that each acknowledged response can be found again in the database. */
const numbered = 'goal_why'
export const number = (n: number): string => `bench #${n}`
export const readNumber = (words: unknown): number => Number(/#(\d+)$/.exec(String(words))?.[1] ?? Number.NaN)

/** The samples' answers with a comment that holds this number in its place. */
export const withNumber = (sample: Scratch['samples'][number], n: number) => ({
  ...sample.answers,
  [numbered]: { words: number(n), language: sample.language },
})

/** What this sample would send, page by page. */
export function respondent({ questionnaire, samples }: Scratch, n: number): Respondent {
  const sample = samples[n % samples.length]
  if (!sample) throw new Error('there are no samples')
  const { steps, answers } = walk(questionnaire, withNumber(sample, n), [])
  const fill = (question: Question): FormBody => {
    const answer = answers[question.code]
    return answer === undefined ? {} : kindOf(question).fill(question, answer)
  }
  return {
    language: sample.language,
    forms: steps.map(({ section, questions }) => [section.code, Object.assign({}, ...questions.map(fill))]),
  }
}

/** What each request took, in milliseconds, by the page it was for. */
export type Times = Record<'start' | 'section' | 'answer' | 'review' | 'send' | 'thanks', number[]>
export const noTimes = (): Times => ({ start: [], section: [], answer: [], review: [], send: [], thanks: [] })

/**
 * Answers the whole survey as a browser without script would: start page, each section's page and form, review,
 * send, receipt. Returns once the receipt has been read; throws when the server answers anything else.
 */
export async function answerSurvey(
  browser: Browser,
  { forms }: Respondent,
  times: Times,
  acknowledged: () => void,
): Promise<void> {
  const at = `/s/${slug}`
  const open = async (path: string, page: 'start' | 'section' | 'review' | 'thanks') =>
    expect(await timed(times[page], () => browser.get(path)), 200, path)
  const send = async (path: string, form: FormBody, page: 'answer' | 'send') => {
    const token = browser.cookie('draft')
    return expect(await timed(times[page], () => browser.post(path, { ...form, token })), 303, path).location
  }
  await open(at, 'start')
  const first = forms[0]?.[0] ?? ''
  let next = `${at}/${first}`
  const byPath = new Map(forms.map(([section, form]) => [`${at}/${section}`, form]))
  // A page may come again when an answer brought up another question on it, but not for ever.
  for (let pages = 0; next !== `${at}/review`; pages++) {
    const form = byPath.get(next)
    if (!form || pages > 2 * forms.length)
      throw new Error(`the survey led to ${next}, which was not expected`)
    await open(next, 'section')
    next = await send(next, form, 'answer')
  }
  await open(next, 'review')
  const receipt = await send(`${at}/send`, {}, 'send')
  if (receipt !== `${at}/thanks`) throw new Error(`sending led to ${receipt}`)
  acknowledged()
  await open(receipt, 'thanks')
}

/** Reads one page of a bare server, and notes what that took. */
export async function pageOf(browser: Browser, path: string, times: number[]): Promise<void> {
  expect(await timed(times, () => browser.get(path)), 200, path)
}

/** The same number of pages and forms, of the same sizes, from a bare server. */
export async function answerBare(browser: Browser, { forms }: Respondent): Promise<void> {
  const open = async () => expect(await browser.get('/'), 200, '/')
  const send = async (form: FormBody) =>
    expect(await browser.post('/form', { ...form, token: 'x'.repeat(22) }), 303, '/form')
  await open()
  for (const [, form] of forms) {
    await open()
    await send(form)
  }
  await open()
  await send({})
  await open()
}

function expect<T extends { status: number }>(answered: T, status: number, path: string): T {
  if (answered.status !== status) throw new Error(`${path} was answered with ${answered.status}`)
  return answered
}

async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  into.push(performance.now() - began)
  return result
}

/** `perSecond` is over the time until the last was done; `failures` are the messages of what went wrong. */
export type Journeys = { perSecond: number; failures: string[] }

/**
 * Keeps so many people answering at once, each over a connection of their own, until the time is up, or `most` of them
 * have begun; who has begun
 * by then finishes, so that nothing is left half-way.
 */
export async function journeys(
  url: string,
  {
    inFlight,
    seconds,
    most = Number.POSITIVE_INFINITY,
  }: { inFlight: number; seconds: number; most?: number },
  answer: (browser: (language: string) => Browser) => Promise<void>,
): Promise<Journeys> {
  const failures: string[] = []
  let [begun, complete] = [0, 0]
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1000
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      const line = connection()
      while (passed() < seconds && begun < most) {
        begun++
        try {
          await answer((language) => openBrowser(url, line, { language }))
          complete++
        } catch (fault) {
          failures.push(fault instanceof Error ? fault.message : String(fault))
        }
      }
      line.destroy()
    }),
  )
  return { perSecond: complete / passed(), failures }
}
