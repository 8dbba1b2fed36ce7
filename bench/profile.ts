// node bench/profile.ts FILE.cpuprofile [LINES]: where a server's time went (npm run bench -- --profile FOLDER).
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

type Node = {
  id: number
  callFrame: { functionName: string; url: string; lineNumber: number }
  children?: number[]
}
type Profile = { nodes: Node[]; samples: number[]; timeDeltas: number[] }

const [file = '', lines = '30'] = process.argv.slice(2)
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile
const byId = new Map(nodes.map((node) => [node.id, node]))
const parents = new Map(
  nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
)

const selfOf = new Map<number, number>()
samples.forEach((id, index) => {
  selfOf.set(id, (selfOf.get(id) ?? 0) + (timeDeltas[index] ?? 0))
})

const place = ({ callFrame: { functionName, url, lineNumber } }: Node): string => {
  const from =
    /node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(url)?.slice(1).join(' ') ??
    /\/((?:src|views)\/.*)$/.exec(url)?.[1] ??
    (url.startsWith('node:') ? url : basename(url))
  return `${functionName || '(anonymous)'}  ${from}${url ? `:${lineNumber + 1}` : ''}`
}

/** Of what the process itself did: idle time left out. */
const own = new Map<string, number>()
const within = new Map<string, number>()
const byPackage = new Map<string, number>()
let busy = 0
for (const [id, time] of selfOf) {
  const node = byId.get(id)
  if (!node || node.callFrame.functionName === '(idle)') continue
  busy += time
  add(own, place(node), time)
  add(byPackage, packageOf(node), time)
  const seen = new Set<string>()
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const above = byId.get(at)
    if (above) seen.add(place(above))
  }
  for (const name of seen) add(within, name, time)
}

function packageOf({ callFrame: { functionName, url } }: Node): string {
  if (url === '') return functionName
  return (
    /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ??
    /\/((?:src|views)\/[^/]+)/.exec(url)?.[1] ??
    (url.startsWith('node:') ? 'node' : basename(url))
  )
}

function add(sums: Map<string, number>, name: string, time: number): void {
  sums.set(name, (sums.get(name) ?? 0) + time)
}

function print(title: string, sums: Map<string, number>, keep: (name: string) => boolean = () => true): void {
  console.log(`\n${title}`)
  const sorted = [...sums].filter(([name]) => keep(name)).toSorted(([, a], [, b]) => b - a)
  for (const [name, time] of sorted.slice(0, Number(lines)))
    console.log(`${((100 * time) / busy).toFixed(1).padStart(6)} %  ${name}`)
}

console.log(`${(busy / 1e6).toFixed(1)} s busy`)
print('by package, own time', byPackage)
print('by function, own time', own)
print('by function, with what it calls (ours, and entry points of packages)', within, (name) =>
  /src\/|views\/|ejs|kysely|compression|i18next|express |helmet|better-sqlite3/.test(name),
)
