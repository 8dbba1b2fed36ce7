import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import { field } from '../site.ts'
import { openDesk } from './command-line.ts'

let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const definition = {
  ...{ source: 'en', languages: ['en'], title: { en: 'A sample survey' } },
  sections: [
    {
      ...{ code: 'all', title: { en: 'All' } },
      questions: [{ code: 'say', kind: 'text', title: { en: 'What else?' } }],
    },
  ],
}
const said = (n: number) =>
  n % 2 === 0 ? `The bus came late on day ${n} again` : `The lunch was cold on day ${n} and too small`

test('what people coded is learnt, and what is new is coded by it', async () => {
  await desk.heard(['migrate'])
  const stores = await openStores({ dataDir: desk.dataDir })
  const survey = await field(stores, { slug: 'bus', definition })
  const answer = (words: string) => ({
    ...{ version: 1, language: 'en', channel: 'import' as const, hour: 0, group: '', school: '' },
    ...{
      answers: { say: words },
      cells: [],
      comments: [{ question: 'say', about: null, words, language: 'en' }],
    },
  })
  await stores.responses.addMany(
    survey.id,
    Array.from({ length: 60 }, (_, n) => answer(said(n))),
  )
  expect((await desk.heard(['themes', 'train', 'bus'])).err).toMatch(/fewer than 20 comments/)
  expect((await desk.heard(['themes', 'code', 'bus'])).out).toMatch(
    /^words-1 read 60 comments and gave \d+ codes/,
  )
  const comments = await stores.comments.list(survey.id)
  const by = { person: 'ana', version: 1, how: 'desk' as const, at: 1 }
  const read = comments.slice(0, 40).map(({ id, words }) => ({
    comment: id,
    themes: [words.includes('bus') ? 'reconnect' : 'mental-health'],
  }))
  await stores.codings.read(survey.id, by, read)
  const trained = await desk.heard(['themes', 'train', 'bus'])
  expect(trained.err).toBe('')
  expect(trained.out).toMatch(/^model-1 learnt from 40 comments/)
  await stores.responses.addMany(survey.id, [answer('The bus never came')])
  expect((await desk.heard(['themes', 'code', 'bus'])).out).toMatch(/^model-1 read 1 comments/)
  const codes = await stores.codings.list(survey.id, { who: ['model-1'] })
  const last = (await stores.comments.list(survey.id)).at(-1)?.id
  expect(codes.some(({ comment, confidence }) => comment === last && (confidence ?? 0) > 0.5)).toBe(true)
  await stores.close()
})
