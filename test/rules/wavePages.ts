import type { Stores } from '../../src/store/stores.ts'
import type { visitor } from '../web/house.ts'

/** What somebody of the office sees of surveys over time. */
export const wavePages = [
  '/office/series',
  '/office/series?done=removed',
  '/office/series/1',
  '/office/series/import',
  '/office/series/1?done=same',
  '/office/series/2',
  '/reports/series/1',
  '/reports/series/1?group=family',
  '/reports/series/2',
  '/reports/stakeholder-2021/weights',
  '/reports/here/weights',
  '/reports/stakeholder-2021?weighted=1',
  '/reports/stakeholder-2021/board?weighted=1',
  '/reports/here?weighted=1',
]

/** Beside the series of the demo, which is the first, an empty one. */
export const fillWaves = (stores: Stores): Promise<unknown> => stores.series.add({ en: 'Nothing yet' }, 0)

/** Types what cannot be kept, so that every language sees the same. */
export async function asWaver(staff: ReturnType<typeof visitor>, headers: Record<string, string>) {
  const _csrf = await staff.token('/office/series')
  await staff.send('/office/series', { _csrf, name: '' }).set(headers)
  await staff.send('/office/series/1/wave', { _csrf, slug: '', day: '', label: '' }).set(headers)
  const file = 'Timestamp,How safe\n5/1/2020,Yes\nnever,No'
  const upload = () => staff.post('/office/series/import').set(headers).field({ _csrf, base: 'climate-2021' })
  await upload().attach('file', Buffer.from(file), 'earlier.csv')
  await staff.open('/office/series/import').set(headers)
  await staff.send('/office/series/import/take', { _csrf, go: 'take' }).set(headers)
  await staff.send('/office/series/import/drop', { _csrf }).set(headers)
  await upload()
  const fresh = staff.post('/office/series/import').set(headers).field({ _csrf, base: '@columns' })
  await fresh.attach(
    'file',
    Buffer.from('Timestamp,How safe,Role\n5/1/2020,Agree,x\n5/2/2020,Disagree,x'),
    'earlier.csv',
  )
  await staff.open('/office/series/import').set(headers)
  await staff.send('/office/series/import/columns', { _csrf, 'kind-0': 'skip' }).set(headers)
  await staff.send('/office/series/import/drop', { _csrf }).set(headers)
  await staff.send('/office/series/1/name', { _csrf, name: '' }).set(headers)
}
