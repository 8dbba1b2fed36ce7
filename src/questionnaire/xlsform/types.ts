import type { Code } from './notes.ts'

/** What a cell of the column `type` asks for. */
export type RowType =
  | { is: 'begin' | 'end'; what: 'group' | 'repeat' }
  | { is: 'select'; how: 'one' | 'many' | 'rank'; list: string; orOther: boolean }
  | { is: 'number'; whole: boolean }
  | { is: 'range' | 'text' | 'note' }
  /** Asked as text; `word` is what it is. */
  | { is: 'asText'; word: string }
  | { is: 'lost'; code: Code; word: string }
  | { is: 'unknown'; near?: string }

const plainTypes: Record<string, RowType> = {
  text: { is: 'text' },
  string: { is: 'text' },
  integer: { is: 'number', whole: true },
  int: { is: 'number', whole: true },
  decimal: { is: 'number', whole: false },
  range: { is: 'range' },
  note: { is: 'note' },
}
const asText = ['date', 'time', 'datetime', 'barcode']
const lost: [Code, string[]][] = [
  ['typeCalculate', ['calculate', 'calculation']],
  [
    'typeMetadata',
    ['start', 'end', 'today', 'deviceid', 'device_id', 'subscriberid', 'subscriber_id', 'simserial', 'sim_id']
      .concat(['phonenumber', 'phone_number', 'username', 'user_name', 'email', 'audit', 'start-geopoint'])
      .concat(['imei', 'uri:deviceid', 'uri:email', 'uri:username', 'uri:phonenumber', 'get_start_time'])
      .concat(['start_time', 'end_time', 'get_today', 'background-geopoint', 'last-saved']),
  ],
  ['typeMedia', ['image', 'photo', 'audio', 'video', 'file', 'background-audio']],
  ['typePlace', ['geopoint', 'geotrace', 'geoshape', 'location', 'gps']],
  ['typeHidden', ['hidden', 'entity']],
  ['typeAcknowledge', ['acknowledge', 'trigger']],
  ['typeExternal', ['xml-external', 'csv-external']],
]

/** Reads a type cell in any case, with spaces or underscores, old spellings among them (pyxform's dictionary). */
export function readType(cell: string): RowType {
  const words = cell.trim().replace(/\s+/g, ' ')
  const key = words.toLowerCase()
  const border = /^(begin|end)[ _](group|repeat|loop)\b/.exec(key)
  if (border)
    return { is: border[1] === 'begin' ? 'begin' : 'end', what: border[2] === 'group' ? 'group' : 'repeat' }
  const external = /^select_(one|multiple)(_from_file|_external)\b/.exec(key)
  if (external) return { is: 'lost', code: 'typeExternal', word: words }
  const select =
    /^(select[ _]one|select1|select[ _]multiple|select all that apply|select|rank)(?: from)?(?: (.*))?$/i.exec(
      words,
    )
  if (select) return readSelect(select[1] ?? '', select[2] ?? '', words)
  if (/^osm\b/.test(key)) return { is: 'lost', code: 'typePlace', word: words }
  const written = key.replace(/ /g, '_')
  const simple = plainTypes[written]
  if (simple) return simple
  if (asText.includes(written)) return { is: 'asText', word: written }
  const found = lost.find(([, types]) => types.includes(written))
  if (found) return { is: 'lost', code: found[0], word: words }
  const near = nearest(written)
  return near === undefined ? { is: 'unknown' } : { is: 'unknown', near }
}

function readSelect(verb: string, rest: string, whole: string): RowType {
  const other = / ?\b(or[ _]other|or specify other)$/i.exec(rest)
  const list = (other ? rest.slice(0, other.index) : rest).trim()
  if (list.startsWith('${') || /\.(csv|xml|geojson)$/i.test(list))
    return { is: 'lost', code: 'typeExternal', word: whole }
  const kind = verb.toLowerCase().replace(' ', '_')
  const how = kind === 'rank' ? 'rank' : kind === 'select_one' || kind === 'select1' ? 'one' : 'many'
  return { is: 'select', how, list, orOther: other !== null }
}

/** The known type that a misspelt one is closest to, within two letters. */
function nearest(written: string): string | undefined {
  const [first = ''] = written.split('_from')
  const known = [
    'select_one',
    'select_multiple',
    'rank',
    'begin_group',
    'end_group',
    ...Object.keys(plainTypes),
  ]
    .concat(asText)
    .concat(lost.flatMap(([, types]) => types))
  const head = first.slice(0, 30)
  const near = known
    .map((type) => ({
      type,
      far: Math.min(distance(head, type), distance(head.slice(0, type.length), type)),
    }))
    .sort((a, b) => a.far - b.far)[0]
  return near && near.far <= 2 && near.far <= near.type.length / 2 ? near.type : undefined
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}
