import { isDeepStrictEqual } from 'node:util'
import { type Answered, type Browser, connection, openBrowser } from '../../bench/browser.ts'
import { type Respondent, readNumber, respondent, withNumber } from '../../bench/journey.ts'
import { type Scratch, slug } from '../../bench/scratch.ts'
import { faultyCounts } from '../../src/commands/check.ts'
import { walk } from '../../src/response/walk.ts'
import { hashOf } from '../../src/routes/respond/visit.ts'
import { openStores } from '../../src/store/open.ts'
import { faultsOf } from '../../src/store/sqlite/backup.ts'

/**
 * Somebody who answers the whole survey and does not give up: what was acknowledged is remembered across every fault,
 * and whoever got no answer goes on where they were, as a person would who reloads the page.
 */
type Person = {
  n: number
  respondent: Respondent
  token: string | undefined
  /** Sections whose form was acknowledged. */
  saved: Set<string>
  /** Whether the answers may have been sent: the button was pressed. */
  pressed: boolean
  sent: boolean
}

export type Crowd = {
  /** So many answer at once until the time is up; whoever is half-way then stays so, for the next server. */
  answer: (url: string, asked: { atOnce: number; milliseconds: number }) => Promise<void>
  /** Everybody who began finishes. */
  finish: (url: string) => Promise<void>
  /** What is wrong in the data folder, with no server on it; nothing when all is as it was acknowledged. */
  audit: () => Promise<string[]>
  counts: () => { people: number; acknowledged: number; requests: number; refused: number; broken: number }
  /** What each answered request took, milliseconds. */
  times: number[]
}

export function openCrowd(scratch: Scratch): Crowd {
  const people: Person[] = []
  const half: Person[] = []
  const times: number[] = []
  let [requests, refused, broken] = [0, 0, 0]

  function begin(): Person {
    const n = people.length
    const one: Person = {
      n,
      respondent: respondent(scratch, n),
      token: undefined,
      saved: new Set(),
      pressed: false,
      sent: false,
    }
    people.push(one)
    return one
  }

  async function asked(ask: () => Promise<Answered>): Promise<Answered> {
    requests++
    const began = performance.now()
    const answer = await ask()
    times.push(performance.now() - began)
    if (answer.status >= 500) {
      refused++
      throw new Refused(`${answer.status}`)
    }
    if (answer.status !== 200 && answer.status !== 303) throw new Error(`answered with ${answer.status}`)
    return answer
  }

  async function goOn(one: Person, browser: Browser): Promise<void> {
    const at = `/s/${slug}`
    if (one.token) browser.keep('draft', one.token)
    const forms = new Map(
      one.respondent.forms.map(([section, form]) => [`${at}/${section}`, { section, form }]),
    )
    let next = one.token ? `${at}/review` : `${at}/${one.respondent.forms[0]?.[0] ?? ''}`
    for (let steps = 0; steps < 100; steps++) {
      const path = next.split('?')[0] ?? ''
      const page = await asked(() => browser.get(path))
      one.token ??= browser.cookie('draft')
      if (page.status === 303) {
        next = page.location
        continue
      }
      const found = forms.get(path)
      if (found) {
        next = (await asked(() => browser.post(path, { ...found.form, token: one.token }))).location
        one.saved.add(found.section)
      } else if (path === `${at}/review`) {
        one.pressed = true
        next = (await asked(() => browser.post(`${at}/send`, { token: one.token }))).location
        if (next.startsWith(`${at}/thanks`)) one.sent = true
      } else if (path === `${at}/thanks`) {
        one.sent = true
        return
      } else if (path === at) next = `${at}/${one.respondent.forms[0]?.[0] ?? ''}`
      else throw new Error(`was led to ${path}`)
    }
    throw new Error('was led in circles')
  }

  async function lane(url: string, more: () => Person | undefined): Promise<void> {
    for (let one = more(); one; one = more()) {
      const line = connection()
      try {
        await goOn(one, openBrowser(url, line, { language: one.respondent.language }))
      } catch (fault) {
        half.push(one)
        if (!(fault instanceof Refused) && !isBroken(fault)) throw fault
        if (!(fault instanceof Refused)) broken++
        await new Promise((done) => setTimeout(done, 50))
      } finally {
        line.destroy()
      }
    }
  }

  return {
    times,
    async answer(url, { atOnce, milliseconds }) {
      const end = performance.now() + milliseconds
      const more = () => (performance.now() < end ? (half.shift() ?? begin()) : undefined)
      await Promise.all(Array.from({ length: atOnce }, () => lane(url, more)))
    },
    async finish(url) {
      for (let tries = 0; half.length > 0 && tries < 20; tries++) {
        const left = half.splice(0)
        await Promise.all(Array.from({ length: 16 }, () => lane(url, () => left.shift())))
      }
      if (half.length > 0) throw new Error(`${half.length} people could not finish`)
    },
    audit: () => audit(scratch, people),
    counts: () => ({
      people: people.length,
      acknowledged: people.filter(({ sent }) => sent).length,
      requests,
      refused,
      broken,
    }),
  }
}

/** The server said that it cannot take it now. */
class Refused extends Error {}

const isBroken = (fault: unknown): boolean =>
  fault instanceof Error &&
  (('code' in fault && /^(ECONN|EPIPE|ETIMEDOUT|HPE_)/.test(String(fault.code))) ||
    /hang up|aborted|was not answered/.test(fault.message))

/** Compares what people were told with what is there. */
async function audit(scratch: Scratch, people: readonly Person[]): Promise<string[]> {
  const { dataDir, databaseUrl, survey, questionnaire, samples } = scratch
  const faults: string[] = []
  const stores = await openStores({ dataDir, databaseUrl })
  try {
    const kept = new Map<number, number>()
    for await (const { answers } of stores.responses.stream(survey)) {
      const { words } = (answers.goal_why ?? {}) as { words?: unknown }
      const n = readNumber(words)
      kept.set(n, (kept.get(n) ?? 0) + 1)
    }
    for (const [n, times] of kept) {
      if (times > 1) faults.push(`the response of person ${n} is there ${times} times`)
      if (!people[n]?.pressed) faults.push(`there is a response of person ${n}, who never sent one`)
    }
    for (const one of people) {
      if (one.sent && !kept.has(one.n)) faults.push(`the acknowledged response of person ${one.n} is lost`)
      if (one.sent || kept.has(one.n) || one.saved.size === 0) continue
      const draft = await stores.drafts.find(hashOf(one.token ?? '', survey))
      const sample = samples[one.n % samples.length]
      const told = sample ? walk(questionnaire, withNumber(sample, one.n), []).answers : {}
      for (const section of questionnaire.sections) {
        if (!one.saved.has(section.code)) continue
        if (!draft?.passed.includes(section.code))
          faults.push(`person ${one.n} has lost the page ${section.code} of a draft`)
        for (const { code } of section.questions)
          if (told[code] !== undefined && !isDeepStrictEqual(draft?.answers[code], told[code]))
            faults.push(`person ${one.n} has lost the answer to ${code} of a draft`)
      }
    }
    faults.push(...(await faultyCounts(stores)).map((wrong) => `the counts of ${wrong} are not the recount`))
    if (databaseUrl === undefined) faults.push(...faultsOf(`${dataDir}/heard.db`))
  } finally {
    await stores.close()
  }
  return faults
}
