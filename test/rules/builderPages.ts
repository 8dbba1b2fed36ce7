import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import type { Stores } from '../../src/store/stores.ts'
import { fieldsOf } from '../build/office.ts'
import { start } from '../build/steps.ts'
import type { visitor } from '../web/house.ts'

type Visitor = ReturnType<typeof visitor>
type Headers = Record<string, string>

const home = '/office/build/gallery'
const everyKind = ['ride', 'ride_why', 'news', 'climate', 'rate', 'children', 'first', 'group', 'school']

/** A questionnaire under work with whatever the builder has a way to show. */
export async function fillBuilder(stores: Stores): Promise<void> {
  const begun = withDefaults({ ...start, plan: 'hartford-2021-2024' })
  await stores.definitions.add('gallery', begun, 'nobody', 1)
  const sections = begun.sections.map((section, at) =>
    at === 1
      ? {
          ...section,
          showIf: { all: [{ any: [{ question: 'ride', is: ['bus'] }] }] },
          cites: ['P1', 'none'],
          questions: section.questions.map((question) =>
            question.code === 'rate'
              ? {
                  ...question,
                  showIf: {
                    any: [
                      { question: 'ride', is: ['bus'] },
                      { question: 'word', atLeast: 2 },
                    ],
                  },
                }
              : question,
          ),
        }
      : section,
  )
  await stores.definitions.save('gallery', 1, { ...begun, sections }, 'id-office-example-org', 2)
  await stores.definitions.add('gone', begun, 'nobody', 1)
  await stores.definitions.discard('gone', 2)
  await stores.definitions.add('begun', { ...begun, title: {}, sections: [] }, 'nobody', 1)
}

/** A form as it stands; none on a page that broke, of which the gallery tells. */
const formOn = (html: string, action: string): Record<string, string> =>
  html.includes(`action="${action}"`) ? (fieldsOf(html, action) as Record<string, string>) : {}

/** Somebody of the office who builds, and makes every mistake. */
export async function asBuilder(office: Visitor, stores: Stores, headers: Headers): Promise<void> {
  const open = async (path: string) => (await office.open(path).set(headers)).text
  const paths = [
    '/office/build',
    '/office/build/new',
    '/office/build/bank?measures=hartford-2018-2022|SCC7.d&item=fam-informed',
    '/office/coverage',
    '/office/coverage?plan=hartford-2018-2022&year=2018-2019',
    `${home}/bank`,
    `${home}/discard`,
    '/office/build/begun',
    '/office/build/nobody',
    home,
    `${home}?undo=2&done=saved`,
    `${home}?since=1&until=2`,
    ...everyKind.map((code) => `${home}/q/${code}`),
    `${home}/q/nobody`,
    `${home}/section/ratings`,
    `${home}/settings`,
    `${home}/history`,
    `${home}/preview?mirror=yes`,
    `${home}/check`,
    '/office/build/begun/check',
  ]
  for (const path of paths) await open(path)
  const send = async (page: string, typed: Record<string, string>, action = page) => {
    const fields = formOn(await open(page), action)
    return (await office.send(action, { ...fields, ...typed }).set(headers)).text
  }
  await send('/office/build/new', { way: 'empty', title: '', otherLanguages: 'no_tag' })
  await send('/office/build/new', { way: 'copy', 'slug.copy': 'here' })
  await send('/office/build/bank', { go: 'add' })
  await send(`${home}/bank`, { go: 'add' })
  await send(home, { kind: 'nothing' }, `${home}/add`)
  await send(home, {}, `${home}/add-section`)
  await send(`${home}/q/news`, { atMost: 'many', code: 'ride' })
  await send(`${home}/section/choices`, { code: '1' })
  await send(`${home}/settings`, { minutes: 'long' })
  await send(`${home}/check`, {}, `${home}/publish`)
  await lookIntoFiles(office, open, headers)
  await collide(office, stores, headers)
}

async function lookIntoFiles(office: Visitor, open: (path: string) => Promise<string>, headers: Headers) {
  const upload = async (content: string) =>
    (
      await office
        .post('/office/build/file')
        .set(headers)
        .field('_csrf', /name="_csrf" value="([^"]+)"/.exec(await open('/office/build/new'))?.[1] ?? '')
        .attach('file', Buffer.from(content), 'file.json')
    ).text
  await upload('{')
  const read = formOn(await upload(JSON.stringify(start)), '/office/build/read')
  await office.send('/office/build/read', { ...read, slug: 'here' }).set(headers)
}

/** Two changes of the same words: the second is shown both. */
async function collide(office: Visitor, stores: Stores, headers: Headers): Promise<void> {
  const action = `${home}/q/ride`
  const fields = formOn((await office.open(action).set(headers)).text, action)
  const last = await stores.definitions.find('gallery')
  const other = last?.questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) =>
      question.code === 'ride'
        ? { ...question, title: { ...question.title, en: `Theirs ${last.revision}` } }
        : question,
    ),
  }))
  if (last && other)
    await stores.definitions.save(
      'gallery',
      last.revision,
      { ...last.questionnaire, sections: other },
      'nobody',
      3,
    )
  await office.send(action, { ...fields, 'title.en': 'Mine' }).set(headers)
}
