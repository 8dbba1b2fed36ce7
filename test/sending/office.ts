import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { openMail } from '../../src/mail.ts'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import { openPost } from '../../src/sending/post.ts'
import { addressHash, mailKey } from '../../src/sending/stopping.ts'
import type { Stores } from '../../src/store/stores.ts'
import { field } from '../site.ts'

export const address = 'https://surveys.example.org'

/** A survey that asks one thing and the school, in three languages; one of them runs from right to left. */
export const voices = {
  title: { en: 'Your voice', es: 'Su voz', ar: 'صوتك' },
  source: 'en',
  languages: ['en', 'es', 'ar'],
  minutes: 5,
  sections: [
    {
      code: 'about',
      title: { en: 'About you', es: 'Sobre usted', ar: 'عنك' },
      questions: [
        { code: 'school', kind: 'profile', attribute: 'school', title: { en: 'School' } },
        {
          code: 'bus',
          kind: 'single',
          title: { en: 'Is the bus on time?' },
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
      ],
    },
  ],
}

type Fields = Partial<Pick<Parameters<typeof field>[1], 'slug' | 'state' | 'opensAt' | 'closesAt'>>

export const openSurvey = (stores: Stores, access: 'open' | 'codes', more: Fields = {}) =>
  field(stores, {
    slug: access,
    definition: voices,
    fielding: { ...everydayFielding, access },
    ...more,
  })

export async function list(stores: Stores, survey: number, emails: string[], language = 'en'): Promise<void> {
  const key = await mailKey(stores)
  await stores.contacts.add(
    survey,
    emails.map((email) => ({ email, addressHash: addressHash(key, email), language, school: '', group: '' })),
  )
}

const messages = wordings(readLocales('locales'))

/** What sends letters, by a clock of the test's own, and everything that it logged. */
export function postOffice(stores: Stores, smtpUrl: string | undefined, perMinute = 6000) {
  const log: string[] = []
  const mail = openMail({ smtpUrl, mailFrom: 'Sample Office <surveys@example.org>', baseUrl: address })
  const write = (facts: object, words: string) => log.push(JSON.stringify(facts) + words)
  const post = openPost({ stores, messages, mail, log: { warn: write } }, { address, perMinute })
  return {
    post,
    log,
    close: async () => {
      await post.stop()
      mail?.close()
    },
  }
}

/** Plans a mailing that is due at once. */
export const plan = (stores: Stores, survey: number, kind: 'invitation' | 'reminder', at = 0) =>
  stores.mailings.add(survey, kind, at)
