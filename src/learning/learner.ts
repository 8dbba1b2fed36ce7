import type { Stores, Survey } from '../store/stores.ts'
import type { Codebook } from '../theme/codebook.ts'
import { codeSurvey, fewest, type Shelf, trainSurvey } from './train.ts'

/** Learns in the background while people code. */
export type Learner = {
  /** People coded something: learns again once enough is new. Returns at once. */
  coded: (survey: Pick<Survey, 'id' | 'questionnaire'>) => void
  /** Learns now, or when what is under way is done. Returns at once. */
  learn: (survey: Pick<Survey, 'id' | 'questionnaire'>) => void
  /** Whether it is at work for a survey. */
  busy: (survey: number) => boolean
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>
  /** Gives up what is under way. */
  close: () => Promise<void>
}

/** So many comments newly read by people are worth learning again; more where there are many already. */
const enough = (examples: number): number => Math.max(fewest, Math.floor(examples / 10))
/** Milliseconds without anything new before it begins, so that a person who is at it is not learnt from halfway. */
const pause = 2_000

type Parts = {
  stores: Shelf & Pick<Stores, 'hold' | 'release'>
  codebook: () => Promise<Codebook>
  log: { warn: (about: object, words: string) => void }
  now: () => number
}

/** One lesson at a time for the whole process: the machine has other things to do. */
export function openLearner({ stores, codebook, log, now }: Parts): Learner {
  const given = new AbortController()
  const waiting = new Map<number, { survey: Pick<Survey, 'id' | 'questionnaire'>; asked: boolean }>()
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | undefined
  let at: number | undefined

  function soon(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(start, wait)
    timer.unref()
  }

  function start(): void {
    if (work || given.signal.aborted) return
    const [next] = waiting.values()
    if (!next) return
    waiting.delete(next.survey.id)
    at = next.survey.id
    work = alone(next)
      .catch((fault: unknown) => {
        if (!given.signal.aborted) log.warn({ fault: String(fault) }, 'themes could not be learnt')
      })
      .finally(() => {
        work = undefined
        at = undefined
        start()
      })
  }

  /** One process of an installation learns at a time; while another one does, what was asked for waits. */
  async function alone(next: {
    survey: Pick<Survey, 'id' | 'questionnaire'>
    asked: boolean
  }): Promise<void> {
    if (!(await stores.hold('learning'))) {
      if (!waiting.has(next.survey.id)) waiting.set(next.survey.id, next)
      // Not at once: the other one needs its time.
      await new Promise((done) => setTimeout(done, pause).unref())
      return
    }
    try {
      await lesson(next.survey, next.asked)
    } finally {
      await stores.release('learning')
    }
  }

  async function lesson(survey: Pick<Survey, 'id' | 'questionnaire'>, asked: boolean): Promise<void> {
    const [newest] = await stores.themeModels.list(survey.id)
    const read = new Set((await stores.codings.readings(survey.id)).map(({ comment }) => comment)).size
    const fresh = read - (newest?.examples ?? 0)
    if (asked || fresh >= (newest ? enough(newest.examples) : fewest))
      await trainSurvey(stores, survey, await codebook(), now, given.signal)
    else if (newest) await codeSurvey(stores, survey, await codebook(), now)
  }

  return {
    coded(survey) {
      waiting.set(survey.id, { survey, asked: waiting.get(survey.id)?.asked ?? false })
      soon(pause)
    },
    learn(survey) {
      waiting.set(survey.id, { survey, asked: true })
      soon(0)
    },
    busy: (survey) => at === survey || waiting.get(survey)?.asked === true,
    idle: async () => {
      while (work || waiting.size > 0) await (work ?? new Promise((done) => setTimeout(done, 20)))
    },
    close: async () => {
      clearTimeout(timer)
      waiting.clear()
      given.abort()
      await work
    },
  }
}
