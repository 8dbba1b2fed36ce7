import { wallTime } from '../district/clock.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import { bucketOf } from '../response/minutes.ts'
import { walk } from '../response/walk.ts'
import type { ProgressEvent } from '../store/stores.ts'
import type { Sample } from './responses.ts'

/** Every so many who finished, one more began and stopped somewhere. */
const stopsEvery = 5

/** Made-up counts of how far people came and how long they took, to go with made-up responses. */
export function* sampleCourse(
  { id, version, questionnaire }: { id: number; version: number; questionnaire: Questionnaire },
  samples: readonly Sample[],
  timeZone: string,
): Generator<ProgressEvent> {
  for (const [at, { answers, hour, channel }] of samples.entries()) {
    if (channel === 'paper') continue
    const day = wallTime(hour, timeZone).slice(0, 10)
    const pages = [...walk(questionnaire, answers, []).steps.map(({ code }) => code), 'review']
    const event = (what: ProgressEvent['what'], place: string): ProgressEvent => ({
      survey: id,
      version,
      day,
      what,
      place,
    })
    for (const page of pages) {
      yield event('reached', page)
      yield event('passed', page)
    }
    yield event('took', bucketOf(2 + ((at * 7) % 9) + ((at * 13) % 5) + (at % 17 === 0 ? 14 : 0)) ?? '0')
    if (at % stopsEvery !== 0) continue
    // More stop early and where they have to write.
    const last = (at / stopsEvery) % 3 === 0 ? 0 : (at / stopsEvery) % pages.length
    for (const [place, page] of pages.slice(0, last + 1).entries()) {
      yield event('reached', page)
      if (place < last) yield event('passed', page)
    }
  }
}
