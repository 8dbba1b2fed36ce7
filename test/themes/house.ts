import type { Survey } from '../../src/store/stores.ts'
import { staff } from '../access/staff.ts'
import { field, hidden, openSite, type Site, sampleDistrict } from '../site.ts'

export const definition = {
  ...{
    source: 'en',
    languages: ['en', 'es', 'ar'],
    title: { en: 'A sample survey', es: 'Una encuesta de muestra' },
  },
  sections: [
    {
      ...{ code: 'all', title: { en: 'All' } },
      questions: [
        { code: 'say', kind: 'text', title: { en: 'What should change?' } },
        { code: 'group', kind: 'profile', attribute: 'group', title: { en: 'Who are you?' }, options: 'all' },
      ],
    },
  ],
}

type Written = { words: string; language?: string; group?: string; school?: string }

/** A survey with these comments, in their order. */
export async function survey(
  { stores }: Pick<Site, 'stores'>,
  slug: string,
  written: Written[],
): Promise<Survey> {
  const made = await field(stores, { slug, definition: { ...definition, sections: sections() } })
  await write({ stores }, made, written)
  return made
}

const sections = () => [
  {
    ...definition.sections[0],
    questions: [{ code: 'say', kind: 'text', title: { en: 'What should change?' } }],
  },
]

export async function write(
  { stores }: Pick<Site, 'stores'>,
  { id }: Survey,
  written: Written[],
): Promise<void> {
  await stores.responses.addMany(
    id,
    written.map(({ words, language = 'en', group = '', school = '' }) => ({
      ...{
        version: 1,
        language,
        channel: 'import' as const,
        hour: 0,
        group,
        school,
        answers: { say: words },
      },
      cells: [
        { question: '', cell: '' },
        { question: 'say', cell: '' },
      ],
      comments: [{ question: 'say', about: null, words, language }],
    })),
  )
}

/** A site with coders, and what they see and press at the desk of one survey. */
export async function openThemes() {
  const site = await openSite(sampleDistrict)
  const at = async (role: string) => {
    const person = await staff(site, role)
    const look = async (path: string) => {
      const answer = await person.open(path)
      return { status: answer.status, html: answer.text ?? '', to: String(answer.headers.location ?? '') }
    }
    /** Opens a page and sends a form of it, with fields over its hidden ones. */
    const press = async (page: string, action: string, fields: Record<string, string | string[]> = {}) => {
      const { html } = await look(page)
      const from = html.indexOf(`action="${action.replaceAll('&', '&amp;')}"`)
      const all = hidden(html.slice(from, html.indexOf('</form>', from)))
      const body = new URLSearchParams(
        Object.entries({ ...all, ...fields }).flatMap(([name, value]) =>
          [value].flat().map((one) => [name, one]),
        ),
      ).toString()
      const answer = await person.send(action, body as unknown as Record<string, string>)
      return { status: answer.status, html: answer.text ?? '', to: String(answer.headers.location ?? '') }
    }
    const upload = async (path: string, fields: Record<string, string>, content: string) =>
      (await person.agent.post(path).field(fields).attach('file', Buffer.from(content), 'file.csv')).text
    return { ...person, look, press, upload }
  }
  return { ...site, at }
}
