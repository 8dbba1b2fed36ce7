import { readFileSync } from 'node:fs'
import { settle } from '../../src/response/settle.ts'
import type { Stores } from '../../src/store/stores.ts'
import { readCodebook } from '../../src/theme/codebook.ts'
import type { everyKind } from '../respond/surveys.ts'
import { field } from '../site.ts'
import type { visitor } from '../web/house.ts'

const home = '/office/surveys/answered'

/** A survey that is over, with a quote and commitments. `definition` is everyKind in every language. */
export async function fillTold(stores: Stores, definition: typeof everyKind) {
  const survey = await field(stores, { slug: 'answered', definition, state: 'closed' })
  const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
  const answers = {
    ride: 'bus',
    ride_why: { words: 'My own words', language: 'en' },
    group: 'family',
    rate: 7,
  }
  await stores.responses.addMany(
    survey.id,
    Array.from({ length: 14 }, () => settle(survey.questionnaire, answers, circumstances)),
  )
  const { codebook } = readCodebook(JSON.parse(readFileSync('templates/codebook.json', 'utf8')))
  if (codebook && !(await stores.codebooks.find('default')))
    await stores.codebooks.save({ ...codebook, id: 'default', version: 1, history: [] }, 'x', 0)
  const comments = await stores.comments.list(survey.id)
  const by = { person: 'x', version: 1, how: 'desk', at: 0 } as const
  const themes = ['tutoring', 'mental-health']
  await stores.codings.read(
    survey.id,
    by,
    comments.map(({ id }) => ({ comment: id, themes })),
  )
  const [first] = comments
  await stores.quotes.add({
    ...{
      survey: survey.id,
      comment: first?.id ?? 0,
      theme: 'tutoring',
      words: 'My own [words]',
      language: 'en',
    },
    ...{
      edits: [],
      translations: { es: 'Mis palabras' },
      group: 'family',
      state: 'approved',
      by: 'x',
      at: 0,
    },
  })
  const about = { kind: 'group', code: 'family' } as const
  const words = { en: 'More buses & <rides>' }
  const one = {
    about,
    words,
    owner: { en: 'Transport' },
    element: null,
    status: 'done',
    on: '2026-08-31',
  } as const
  await stores.commitments.add(survey.id, one, 'id-office-example-org', 0)
  await stores.commitments.add(survey.id, { ...one, about: { kind: 'theme', code: 'gone' } }, 'x', 0)
}

/** Everybody reads what was heard; the office changes it, rightly and wrongly. */
export async function asTold(
  { office, leader }: Record<'office' | 'leader', ReturnType<typeof visitor>>,
  headers: Record<string, string>,
) {
  const open = (path: string) => office.open(path).set(headers)
  for (const path of ['', '/commitments', '/commitments?done=saved', '/commitments/1', '/commitments/99'])
    await open(home + path)
  for (const path of ['/commitments/new?kind=group&code=family', '/heard', '/heard/preview'])
    await open(home + path)
  await open('/office/surveys/draft/heard')
  await open('/office/surveys/draft/heard/preview')
  await open('/office/surveys/draft/commitments')
  for (const path of ['/quotes', '/quotes?comment=1']) await open(home + path)
  const _csrf = await office.token(`${home}/heard`)
  const wrong = { _csrf, kind: 'group', code: 'family', 'owner.en': 'Dr. Who', on: 'x', element: 'x' }
  await office.send(`${home}/commitments`, wrong).set(headers)
  await office.send('/office/surveys/draft/heard/publish', { _csrf }).set(headers)
  await office.send(`${home}/heard/publish`, { _csrf })
  await open(`${home}/heard?done=shown`)
  for (const path of ['', '/commitments', '/themes', '/themes?group=student', '/themes/tutoring'])
    await leader.open(`/reports/answered${path}`).set(headers)
  await leader.open('/reports/draft/themes').set(headers)
  for (const path of ['/heard/answered', '/heard/draft', '/s/answered']) await leader.open(path).set(headers)
}
