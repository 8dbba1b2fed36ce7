import { parseArgs } from 'node:util'
import { seeded } from '../../src/demo/chance.ts'
import { definition, file, readSamples, type Samples } from './fuzz/apart.ts'
import type { Answer, Line } from './fuzz/line.ts'
import { openPlace, type Place } from './fuzz/place.ts'
import { form, page, type Request, raw } from './fuzz/requests.ts'

/** What went wrong with one case; it is run again by its seed and number. */
export type Failure = { seed: number; number: number; what: string; told: string }
export type Fuzzed = {
  cases: number
  by: Record<string, number>
  /** Milliseconds that each kind took in all. */
  took: Record<string, number>
  statuses: Record<string, number>
  failures: Failure[]
  /** Milliseconds of the slowest case. */
  slowest: number
  /** Heap in use after each round and a collection (where node was started with --expose-gc), MB. */
  heap: number[]
  seconds: number
}

/** Cases on one site; then a fresh one is opened, so that what was broken in one does not hide the rest. */
const roundLength = 10_000
const patience = 2_000
/** How likely each kind is, adding up to 1. `many` and `quick` have less of what takes long. */
const mixes = {
  even: { raw: 0.2, page: 0.4, form: 0.16, definition: 0.14, file: 0.1 },
  quick: { raw: 0.5, page: 0.25, form: 0.02, definition: 0.22, file: 0.01 },
  many: { raw: 0.34, page: 0.35, form: 0.08, definition: 0.18, file: 0.05 },
} as const

type Kind = keyof typeof mixes.even

const kindOf = (at: number, mix: keyof typeof mixes): Kind => {
  let left = at
  for (const [kind, share] of Object.entries(mixes[mix])) {
    left -= share
    if (left < 0) return kind as Kind
  }
  return 'page'
}

/**
 * Sends malformed requests, forms, definitions and files, on so many lines at once (one unless told): number N of a
 * seed and a mix is always made in the same way, and a round of them meets the same site. A 5xx, a thrown fault, and no
 * answer within two seconds of the processor's time (three times over) are failures.
 */
export async function fuzz(asked: {
  cases: number
  seed: number
  from?: number
  mix?: keyof typeof mixes
  lines?: number
  tell?: (line: string) => void
}): Promise<Fuzzed> {
  const { cases, seed, from = 0, mix = 'even', lines = 1, tell = () => {} } = asked
  const samples = readSamples()
  const result: Fuzzed = {
    cases: 0,
    by: {},
    took: {},
    statuses: {},
    failures: [],
    slowest: 0,
    heap: [],
    seconds: 0,
  }
  const began = performance.now()
  for (let start = from; start < from + cases; start += roundLength) {
    const place = await openPlace(patience)
    const end = Math.min(start + roundLength, from + cases)
    let next = start
    const caller = async () => {
      const line = place.line()
      try {
        while (next < end) await one({ place, line, samples, seed, mix, number: next++, result, tell })
      } finally {
        line.hangUp()
      }
    }
    try {
      await Promise.all(Array.from({ length: lines }, caller))
    } finally {
      await place.close()
    }
    globalThis.gc?.()
    result.heap.push(Math.round(process.memoryUsage().heapUsed / 1e6))
    tell(`${result.cases} cases, ${result.failures.length} failures, heap ${result.heap.at(-1)} MB`)
  }
  result.seconds = (performance.now() - began) / 1000
  return result
}

type Case = {
  place: Place
  line: Line
  samples: Samples
  seed: number
  mix: keyof typeof mixes
  number: number
  result: Fuzzed
  tell: (line: string) => void
}

async function one(it: Case): Promise<void> {
  const kind = kindOf(randomOf(it)(), it.mix)
  const began = performance.now()
  await tried(it, kind)
  const { took, by } = it.result
  by[kind] = (by[kind] ?? 0) + 1
  took[kind] = (took[kind] ?? 0) + performance.now() - began
}

const randomOf = ({ seed, number }: Pick<Case, 'seed' | 'number'>) =>
  seeded(Math.imul(seed, 0x9e3779b1) ^ number)

async function tried({ place, line, samples, seed, number, result, tell }: Case, kind: Kind): Promise<void> {
  const random = randomOf({ seed, number })
  random()
  result.cases++
  const failed = (what: string, told = '') => {
    result.failures.push({ seed, number, what, told })
    tell(`seed ${seed}, number ${number}: ${what}\n${told}`)
  }
  const began = performance.now()
  if (kind === 'definition' || kind === 'file') {
    try {
      if (kind === 'definition') definition(random, samples)
      else await file(random, samples)
    } catch (error) {
      failed(`${kind} threw`, error instanceof Error ? String(error.stack).slice(0, 1200) : String(error))
    }
    // What is read meanwhile on other lines counts in it.
    const longest = patience * 5
    let took = performance.now() - began
    for (let tries = 1; took > longest && tries < 3; tries++) {
      const again = randomOf({ seed, number })
      again()
      const start = performance.now()
      if (kind === 'definition') definition(again, samples)
      else await file(again, samples)
      took = performance.now() - start
    }
    result.slowest = Math.max(result.slowest, took)
    if (took > longest) failed(`${kind} took ${Math.round(took)} ms`)
    return
  }
  const request =
    kind === 'raw' ? raw(random) : kind === 'page' ? page(random, place) : form(random, place, samples.files)
  let answer = await line.ask(request.bytes, request)
  for (let tries = 1; answer === 'hang' && tries < 3; tries++) {
    tell(`seed ${seed}, number ${number}: slow`)
    answer = await line.ask(request.bytes, request)
  }
  result.slowest = Math.max(result.slowest, performance.now() - began)
  const told = () =>
    `${request.actor}: ${request.bytes.toString('utf8', 0, 600)}\n${JSON.stringify(place.log.at(-1) ?? {})}`
  if (answer === 'hang') return failed('no answer', told())
  result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1
  if (answer.status >= 500 && !expected(answer, request)) failed(`answered ${answer.status}`, told())
  try {
    await after(place, request, answer, number)
  } catch (error) {
    failed('nobody could sign in again', String(error))
  }
  if (place.log.length > 100) place.log.splice(0, 50)
}

/** Node answers what asks for a protocol or an expectation that there is not by itself. */
const expected = (answer: Answer, { unfinished }: Request): boolean =>
  unfinished && (answer.status === 501 || answer.status === 505)

/** The family's cookies follow the answers; staff who were sent out come back in. */
async function after(place: Place, { actor }: Request, answer: Answer, number: number): Promise<void> {
  if (actor === 'family') return place.take('family', answer)
  if (actor === 'stranger') return
  const to = answer.headers.find(([name]) => name === 'location')?.[1] ?? ''
  const out = answer.headers.some(([name, value]) => name === 'set-cookie' && /^(__Host-)?sid=/.test(value))
  // Most refusals are right, and the token still good.
  const refused = answer.status === 403 && number % 16 === 0
  if (out || to.startsWith('/sign-in') || refused) await place.arrive(actor)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      mix: { type: 'string', default: 'even' },
      lines: { type: 'string', default: '1' },
    },
  })
  const { failures, ...result } = await fuzz({
    cases: Number(values.cases),
    seed: Number(values.seed),
    from: Number(values.from),
    mix: values.mix in mixes ? (values.mix as keyof typeof mixes) : 'even',
    lines: Number(values.lines),
    tell: (line) => console.log(line),
  })
  console.log(JSON.stringify(result, undefined, 2))
  console.log(`${failures.length} failures`)
  process.exit(failures.length > 0 ? 1 : 0)
}
