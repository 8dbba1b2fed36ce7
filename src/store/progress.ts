import type { Engine } from './engine.ts'
import type { Progress, ProgressEvent } from './stores.ts'

/** How long counts wait in memory before they are written, milliseconds: so much is lost at most when the process is killed. */
const PAUSE = 3_000

export function openProgress({
  read,
  run,
}: Pick<Engine, 'read' | 'run'>): Progress & { end: () => Promise<void> } {
  let waiting = new Map<string, { event: ProgressEvent; n: number }>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  function add(event: ProgressEvent, n: number): void {
    const key = `${event.survey}\0${event.version}\0${event.day}\0${event.what}\0${event.place}`
    const known = waiting.get(key)
    if (known) known.n += n
    else waiting.set(key, { event, n })
  }

  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      // What could not be written waits for the next count; counting is never worth a fault.
      flush().catch(() => {})
    }, PAUSE).unref()
  }

  /** All at once, so that they share one commit, and that with what respondents send meanwhile. */
  async function write(): Promise<void> {
    const counts = [...waiting.values()]
    waiting = new Map()
    const results = await Promise.allSettled(
      counts.map(({ event: { survey, version, day, what, place }, n }) =>
        run(
          read
            .insertInto('progress')
            .values({ survey, version, day, what, place, n })
            .onConflict((known) =>
              known
                .columns(['survey', 'version', 'day', 'what', 'place'])
                .doUpdateSet(({ eb, ref }) => ({ n: eb('progress.n', '+', ref('excluded.n')) })),
            ),
        ),
      ),
    )
    const failed = results.flatMap((result, at) => {
      const count = counts[at]
      if (result.status === 'fulfilled' || !count) return []
      add(count.event, count.n)
      return [result.reason]
    })
    if (failed.length > 0) throw failed[0]
  }

  function flush(): Promise<void> {
    writing = writing.catch(() => {}).then(write)
    return writing
  }

  return {
    count: (event) => {
      add(event, 1)
      later()
    },
    flush,
    list: async (survey) => {
      if (waiting.size > 0) await flush().catch(() => {})
      const rows = await read
        .selectFrom('progress')
        .select(({ fn }) => ['version', 'what', 'place', fn.sum<number>('n').as('n')])
        .where('survey', '=', survey)
        .groupBy(['version', 'what', 'place'])
        .orderBy('version')
        .orderBy('what')
        .orderBy('place')
        .execute()
      return rows.map((row) => ({ ...row, n: Number(row.n) }))
    },
    end: () => {
      clearTimeout(timer)
      return write().catch(() => {})
    },
  }
}
